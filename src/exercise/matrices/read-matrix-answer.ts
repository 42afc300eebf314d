import { faultOf, FormulaError } from "../../errors.ts";
import {
  type Formula,
  type MatrixText,
  type Notation,
  parseMatrices,
  type SymbolFormula,
  type Vocabulary,
} from "../../formula/index.ts";
import { layersOfIndices } from "../indices/network-quantities.ts";
import { matrixNotation } from "./matrix-notation.ts";
import { matrixSlip, type MatrixSlip } from "./matrix-slips.ts";
import { isSameShape, type Shape, shapeWords, turned } from "./shape.ts";
import { ShapeMismatch, type TypedMatrix, typedMatrix } from "./typed-matrix.ts";

/** What makes a formula of matrices wrong whatever its numbers are. */
export interface MatrixProblem {
  readonly slip: MatrixSlip | "shape";
  readonly message: string;
  /** The formula as it was read. */
  readonly notation: Notation;
}

/** An answer of whole vectors and matrices in the indices of what is asked; with a problem the formula says nothing. */
export interface MatrixAnswer {
  readonly formula: Formula;
  readonly problem: MatrixProblem | null;
}

/** Signs that only formulas of matrices have. */
const matrixSigns =
  /[⊙∘∇⊤ᵀ]|\\(?:odot|circ|nabla|top|intercal)(?![A-Za-z])|\^\s*[({]*\s*T(?![\p{L}0-9])|[\])0-9lL]T\s*\}|\.T(?![\p{L}0-9])|\b(?:diag|outer)\s*\(/u;

/**
 * Reads an answer of whole vectors and matrices, `(w^(l+1))^T delta^(l+1) ⊙ f'(z^l)` for `delta_j^l`, and writes out the element that
 * is asked, exactly: `Σ_k w_kj^(l+1) δ_k^(l+1) f'(z_j^l)`. Null where what is asked has no indices, or the text is no formula of matrices.
 *
 * @param error why it is no formula for one neuron
 * @throws FormulaError when it has signs of matrices and cannot be read, and when vectors do not fit together that may only lack
 * their indices
 */
export function readMatrixAnswer(
  text: string,
  vocabulary: Vocabulary,
  asked: Formula,
  error: FormulaError,
): MatrixAnswer | null {
  const place = placeOf(asked);
  if (place === null) return null;
  const isCertain = matrixSigns.test(text);
  try {
    return readAt(text, vocabulary, { place, asked, error: isCertain ? null : error });
  } catch (thrown) {
    if (!(thrown instanceof FormulaError)) throw thrown;
    if (thrown.expected === error.expected && thrown.got === error.got) throw thrown;
    if (thrown.text !== "") {
      if (isCertain) throw thrown;
      return null;
    }
    throw new FormulaError(faultOf(thrown), text, { start: 0, end: text.length });
  }
}

interface Place {
  readonly shape: Shape;
  readonly row: Formula;
  readonly column: Formula | null;
  readonly used: readonly string[];
}

/** The element that is asked, and the shape of the whole that it belongs to; null where it is no element. */
function placeOf(asked: Formula): Place | null {
  const symbols = asked.kind === "symbol" ? [asked] : asked.kind === "derivative" ? [asked.of, asked.by] : [];
  const extents = symbols.flatMap((each) => (each.name === "n" ? [] : (layersOfIndices(each) ?? [])));
  const indices = symbols.flatMap((each: SymbolFormula) => each.indices);
  const [row, column, more] = indices;
  const [rows, columns] = extents;
  if (row === undefined || rows === undefined || more !== undefined || extents.length !== indices.length) return null;
  const used = indices.flatMap((index) => (index.kind === "symbol" ? [index.name] : []));
  return { shape: { rows, columns: columns ?? "one" }, row, column: column ?? null, used };
}

/** What is asked, and why the text is no formula for one neuron where it may be meant as one. */
interface About {
  readonly place: Place;
  readonly asked: Formula;
  readonly error: FormulaError | null;
}

function readAt(text: string, vocabulary: Vocabulary, about: About): MatrixAnswer {
  const parsed = parseMatrices(text, vocabulary);
  try {
    return answerAt(typedMatrix(parsed, vocabulary), parsed, about);
  } catch (thrown) {
    if (!(thrown instanceof ShapeMismatch)) throw thrown;
    if (about.error !== null) throw withReason(about.error, thrown.message);
    const problem = { ...problemOf(thrown, about.place.shape), notation: matrixNotation(parsed) };
    return { formula: about.asked, problem };
  }
}

function answerAt(matrix: TypedMatrix, parsed: MatrixText, { place, asked, error }: About): MatrixAnswer {
  const { shape } = matrix;
  if (isSameShape(shape, place.shape)) {
    return { formula: matrix.element(place.row, place.column, place.used), problem: null };
  }
  const message = `This is ${shapeWords(shape)}; what is asked, as a whole, is ${shapeWords(place.shape)}.`;
  if (error !== null) throw withReason(error, message);
  const isTurned = isSameShape(turned(shape), place.shape);
  const turn = isTurned ? " It is the transposed of that." : "";
  const slip = isTurned ? "transposed" : "shape";
  return { formula: asked, problem: { slip, message: message + turn, notation: matrixNotation(parsed) } };
}

function withReason(error: FormulaError, reason: string): FormulaError {
  const advice = `${error.advice} As whole vectors and matrices it does not fit, either. ${reason}`;
  return new FormulaError({ ...faultOf(error), advice }, error.text, error.span);
}

const advice: Readonly<Record<MatrixSlip, string>> = {
  transposed: "One of the factors has to be transposed, or must not be.",
  order: "Two factors are in the wrong order.",
  elementwise: "One of the products is of the other kind: ⊙ goes element by element, a product of matrices adds up.",
};

function problemOf({ message, chain }: ShapeMismatch, wanted: Shape): Omit<MatrixProblem, "notation"> {
  const slip = chain === null ? null : matrixSlip(chain, wanted);
  return { slip: slip ?? "shape", message: slip === null ? message : `${message} ${advice[slip]}` };
}
