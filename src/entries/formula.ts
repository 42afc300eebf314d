export {
  add,
  call,
  choose,
  compare,
  divide,
  E,
  multiply,
  negate,
  number,
  PI,
  power,
  subtract,
  symbol,
} from "../formula/index.ts";
export { differentiate, lower, simplify, stabilize } from "../formula/index.ts";
export { type EqualOptions, type EqualVerdict, equalFormulas } from "../formula/index.ts";
export { type Arithmetic, evaluatorIn } from "../formula/index.ts";
export { compileFormula, evaluate, evaluateWithError, type ValueWithError } from "../formula/index.ts";
export { type BinaryFunction, type FunctionDefinition, functions, type UnaryFunction } from "../formula/index.ts";
export { type Interval, interval, intervalFunction, pointInterval } from "../formula/index.ts";
export { type DefinedFunction, isFunctionName, type ParseOptions, parseFormula } from "../formula/index.ts";
export { type FreeFormula, parseFreeFormula, parseTextbook } from "../formula/index.ts";
export { type MatrixText, parseMatrices } from "../formula/index.ts";
export { toLatex, toReadableText, toText } from "../formula/index.ts";
export { type MathmlOptions, toMathml } from "../formula/index.ts";
export { type Notation, notationToLatex, notationToMathml, notationToText } from "../formula/index.ts";
export { typeset, type TypesetOptions } from "../formula/index.ts";
export { formulaKey, sameStructure, shareSubformulas, sizeOf, substitute, symbolsOf } from "../formula/index.ts";
export { childrenOf, foldFormula, postorder, rewriteFormula, withChildren } from "../formula/index.ts";
export type { ScriptedQuantity, Synonyms, Vocabulary } from "../formula/index.ts";
export type {
  Application,
  Call,
  Choice,
  Comparison,
  ConstantFormula,
  Derivative,
  Formula,
  FunctionName,
  Negation,
  NumberFormula,
  Operation,
  Operator,
  Relation,
  Summation,
  SymbolFormula,
} from "../formula/index.ts";
export type { Coverage } from "../formula/numeric/interval.ts";
export type {
  Cases,
  Fenced,
  Fraction,
  Identifier,
  NumberNotation,
  Quantity,
  Root,
  Row,
  Scripts,
  Sign,
  SignName,
  Sum,
  Words,
} from "../formula/print/notation.ts";
export type { Typeset } from "../formula/print/typeset.ts";
export type { ProductSign } from "../formula/read/parser.ts";
