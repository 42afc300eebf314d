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
export { differentiate } from "./differentiate.ts";
export { type EqualOptions, type EqualVerdict, equalFormulas } from "./equal.ts";
export { type Arithmetic, evaluatorIn } from "./evaluate-in.ts";
export { compileFormula, evaluate, evaluateWithError, valueFromParts, type ValueWithError } from "./evaluate.ts";
export { type BinaryFunction, type FunctionDefinition, functions, type UnaryFunction } from "./functions.ts";
export { spellGreek } from "./greek.ts";
export { intervalArithmetic, intervalFunction } from "./interval-arithmetic.ts";
export { callInterval, powerInterval } from "./interval-functions.ts";
export { addIntervals, divideIntervals, multiplyIntervals, negateInterval } from "./interval-operations.ts";
export {
  containsZero,
  EMPTY,
  type Interval,
  interval,
  isEmpty,
  magnitude,
  mignitude,
  pointInterval,
  roundedDown,
  roundedUp,
  signOfInterval,
  WHOLE,
} from "./interval.ts";
export { literalValue, lower } from "./lower.ts";
export { DIAGONAL, type MatrixText, parseMatrices, TRANSPOSED } from "./matrix-language.ts";
export { nearestName } from "../tree/nearest-name.ts";
export { fraction, identifier, type Notation, parenthesized, row, scripts, sign } from "./notation.ts";
export { type DefinedFunction, isFunctionName, type ParseOptions, parseFormula } from "./parse.ts";
export { type FreeFormula, parseFreeFormula } from "./parse-free.ts";
export { parseTextbook } from "./parse-textbook.ts";
export { notationToLatex, toLatex } from "./print-latex.ts";
export { type MathmlOptions, notationToMathml, toMathml } from "./print-mathml.ts";
export { notationToText, toReadableText } from "./print-readable.ts";
export { symbolText, toText } from "./print-text.ts";
export { shortened } from "./multiply-out.ts";
export { simplify } from "./simplify.ts";
export { stabilize } from "./stabilize.ts";
export {
  formulaKey,
  replaceSubformula,
  sameStructure,
  shareSubformulas,
  sizeOf,
  substitute,
  symbolsOf,
} from "./structure.ts";
export { type Token, tokenize } from "./tokenize.ts";
export { application, derivative, notWrittenOut, scripted, summation } from "./textbook.ts";
export type * from "./tree.ts";
export { applied, enclosed, functionWord, typeset, type Typeset, type TypesetOptions } from "./typeset.ts";
export type { ScriptedQuantity, Synonyms, Vocabulary } from "./vocabulary.ts";
export { childrenOf, foldFormula, postorder, rewriteFormula, withChildren } from "./walk.ts";
