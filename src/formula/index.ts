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
} from "./build.ts";
export { differentiate } from "./rewrite/differentiate.ts";
export { type EqualOptions, type EqualVerdict, equalFormulas } from "./equality/equal.ts";
export { type Arithmetic, NotRational, NoValue } from "./numeric/arithmetic.ts";
export { compileFormula } from "./numeric/compile-formula.ts";
export { evaluateIn, evaluatorIn, preparedIn, valueOfPart } from "./numeric/evaluate-in.ts";
export { evaluate, evaluateWithError, valueFromParts, type ValueWithError } from "./numeric/evaluate.ts";
export { fieldArithmetic } from "./numeric/field-arithmetic.ts";
export { float64Arithmetic } from "./numeric/float64.ts";
export { formulaArithmetic } from "./numeric/formula-arithmetic.ts";
export { type BinaryFunction, type FunctionDefinition, functions, type UnaryFunction } from "./functions.ts";
export { spellGreek } from "./print/greek.ts";
export { intervalArithmetic, intervalFunction } from "./numeric/interval-arithmetic.ts";
export { callInterval, powerInterval } from "./numeric/interval-functions.ts";
export { addIntervals, multiplyIntervals } from "./numeric/interval-operations.ts";
export {
  type Interval,
  interval,
  isEmpty,
  magnitude,
  mignitude,
  pointInterval,
  roundedDown,
  roundedUp,
  signOfInterval,
} from "./numeric/interval.ts";
export { literalValue } from "./literal-value.ts";
export { lower } from "./rewrite/lower.ts";
export { DIAGONAL, type MatrixText, parseMatrices, TRANSPOSED } from "./read/matrix-language.ts";
export { nearestName } from "../tree/nearest-name.ts";
export { fraction, identifier, type Notation, parenthesized, row, scripts, sign } from "./print/notation.ts";
export { type DefinedFunction, isFunctionName, type ParseOptions, parseFormula } from "./read/parse.ts";
export { type FreeFormula, parseFreeFormula } from "./read/parse-free.ts";
export { parseTextbook } from "./read/parse-textbook.ts";
export { notationToLatex, toLatex } from "./print/print-latex.ts";
export { type MathmlOptions, notationToMathml, toMathml } from "./print/print-mathml.ts";
export { notationToText, toReadableText } from "./print/print-readable.ts";
export { symbolText, toText } from "./print-text.ts";
export { shortened } from "./rewrite/multiply-out.ts";
export { simplify } from "./rewrite/simplify.ts";
export { stabilize } from "./rewrite/stabilize.ts";
export {
  formulaKey,
  replaceSubformula,
  sameStructure,
  shareSubformulas,
  sizeOf,
  substitute,
  symbolsOf,
} from "./structure.ts";
export { type Token, tokenize } from "./read/tokenize.ts";
export { application, derivative, notWrittenOut, scripted, summation } from "./read/textbook.ts";
export type * from "./tree.ts";
export { applied, enclosed, functionWord, typeset, type Typeset, type TypesetOptions } from "./print/typeset.ts";
export type { ScriptedQuantity, Synonyms, Vocabulary } from "./read/vocabulary.ts";
export { childrenOf, foldFormula, postorder, rewriteFormula, withChildren } from "./walk.ts";
