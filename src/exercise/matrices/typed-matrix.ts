import { type Expectation, FormulaError } from "../../errors.ts";
import {
  childrenOf,
  compare,
  DIAGONAL,
  type Formula,
  type MatrixText,
  multiply,
  scripted,
  summation,
  symbol,
  type SymbolFormula,
  toText,
  TRANSPOSED,
  type Vocabulary,
  withChildren,
} from "../../formula/index.ts";
import type { ProductSign } from "../../formula/read/parser.ts";
import { type Extent, isSameExtent, isSameShape, type Shape, shapeOfWhole, shapeWords, turned } from "./shape.ts";

/** A part of a formula of matrices with its shape, and its element in a row and a column as a formula with indices. */
export interface TypedMatrix {
  readonly shape: Shape;
  /** `used`: letters that stand for neurons around it. */
  readonly element: (row: Formula | null, column: Formula | null, used: readonly string[]) => Formula;
  /** The vector on the diagonal of a diagonal matrix, whose product with another has no sum. */
  readonly diagonal?: TypedMatrix;
}

/** Two parts do not fit together by their rows and columns. */
export class ShapeMismatch extends Error {
  /** The product that does not fit, as factors with the signs between them; null where it is no product. */
  readonly chain: Chain | null;
  constructor(message: string, chain: Chain | null = null) {
    super(message);
    this.chain = chain;
  }
}

/** Factors and the signs between them. */
export interface Chain {
  readonly factors: readonly TypedMatrix[];
  readonly signs: readonly Sign[];
}

/** The sign between two factors: a quotient is in the chain, too. */
export type Sign = ProductSign | "/";

interface Typing {
  readonly text: MatrixText;
  readonly vocabulary: Vocabulary;
  /** Letters that sums of the formula run over. */
  readonly bound: readonly string[];
}

/**
 * Gives every part of a formula of matrices its shape, and says what its elements are. Products are told by shapes: side by side
 * it is one of matrices, `⊙` goes element by element, and `*` is whichever of them fits; a function, a number beside a vector and
 * a quotient of vectors take each element.
 *
 * @throws ShapeMismatch where parts do not fit together
 * @throws FormulaError where a part is neither whole nor has its indices from sums in the formula, or has no layer
 */
export function typedMatrix(text: MatrixText, vocabulary: Vocabulary): TypedMatrix {
  return typed(text.formula, { text, vocabulary, bound: [] });
}

function refused(expectation: Expectation): FormulaError {
  return new FormulaError({ where: "formula", ...expectation }, "", { start: 0, end: 0 });
}

function plain(formula: Formula): TypedMatrix {
  return { shape: null, element: () => formula };
}

function typed(formula: Formula, typing: Typing): TypedMatrix {
  switch (formula.kind) {
    case "number":
    case "constant":
      return plain(formula);
    case "symbol":
      return typedSymbol(formula, typing);
    case "derivative":
      return typedDerivative(formula, typing);
    case "operation":
      if (formula.operator === "*" || formula.operator === "/") return typedChain(formula, typing);
      if (formula.operator === "^") return typedPower(formula, typing);
      return eachOf(formula, typing);
    case "application":
      return typedApplication(formula, typing);
    case "sum": {
      const body = typed(formula.body, { ...typing, bound: [...typing.bound, formula.index] });
      const element: TypedMatrix["element"] = (row, column, used) =>
        summation(formula.index, body.element(row, column, [...used, formula.index]), formula);
      return { shape: body.shape, element };
    }
    default:
      return eachOf(formula, typing);
  }
}

/** A sum, a function or a case: each element by itself. Numbers go with vectors. */
function eachOf(formula: Formula, typing: Typing): TypedMatrix {
  const parts = childrenOf(formula).map((part) => typed(part, typing));
  let shape: Shape = null;
  for (const part of parts) {
    if (part.shape !== null && shape !== null && !isSameShape(shape, part.shape)) {
      const message = `${shapeWords(shape)} does not go with ${shapeWords(part.shape)}.`;
      throw new ShapeMismatch(sentence(message));
    }
    shape = part.shape ?? shape;
  }
  const element: TypedMatrix["element"] = (row, column, used) =>
    withChildren(
      formula,
      parts.map((part) => part.element(row, column, used)),
    );
  return { shape, element };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// Quantities ----------------------------------------------------------------------------------------------------------

function indicesOf(symbolOf: SymbolFormula, { vocabulary }: Typing): number {
  return vocabulary.quantities.find(({ name }) => name === symbolOf.name)?.indices ?? 0;
}

/** Whole, or a number where all its indices are those of sums in the formula. */
function shapeOf(quantity: SymbolFormula, typing: Typing): Shape {
  const count = indicesOf(quantity, typing);
  if (quantity.indices.length === 0 && count > 0) {
    const shape = shapeOfWhole(quantity, count);
    if (shape !== "no layer") return shape;
    throw refused({ expected: `the layer of ${quantity.name}`, got: "none", advice: `Write ${quantity.name}^l.` });
  }
  const isWidth = typing.vocabulary.widths.includes(quantity.name);
  const open = quantity.indices.find((index) => index.kind === "symbol" && !typing.bound.includes(index.name));
  if (isWidth || open === undefined) return null;
  throw refused({
    expected: "either indices or whole vectors and matrices",
    got: `both: ${toText(quantity)} is one number`,
    advice: "Give every quantity its indices, or none.",
  });
}

function elementOf(quantity: SymbolFormula, shape: Shape, row: Formula | null, column: Formula | null): SymbolFormula {
  if (shape === null) return quantity;
  const indices = shape.columns === "one" ? [row] : [row, column];
  return scripted(
    quantity.name,
    indices.flatMap((index) => index ?? []),
    quantity.layer,
  );
}

function typedSymbol(formula: SymbolFormula, typing: Typing): TypedMatrix {
  const shape = shapeOf(formula, typing);
  return { shape, element: (row, column) => elementOf(formula, shape, row, column) };
}

/** `∂C/∂w^l` has the shape of w^l. */
function typedDerivative(formula: Extract<Formula, { kind: "derivative" }>, typing: Typing): TypedMatrix {
  const { of, by } = formula;
  if (shapeOf(of, typing) !== null) {
    throw refused({
      expected: "the derivative of a number",
      got: `one of the vector ${toText(of)}`,
      advice: "Write its elements with indices.",
    });
  }
  const shape = shapeOf(by, typing);
  return { shape, element: (row, column) => ({ ...formula, by: elementOf(by, shape, row, column) }) };
}

function typedApplication(formula: Extract<Formula, { kind: "application" }>, typing: Typing): TypedMatrix {
  if (formula.name === TRANSPOSED) return transposed(typed(formula.argument, typing));
  if (formula.name !== DIAGONAL) return eachOf(formula, typing);
  const inner = typed(formula.argument, typing);
  if (inner.shape === null || inner.shape.columns !== "one") {
    throw new ShapeMismatch(`diag(…) takes a column, and this is ${shapeWords(inner.shape)}.`);
  }
  const { rows } = inner.shape;
  const element: TypedMatrix["element"] = (row, column, used) => {
    const diagonal = inner.element(row, null, used);
    return row === null || column === null ? diagonal : multiply(compare("==", row, column), diagonal);
  };
  return { shape: { rows, columns: rows }, element, diagonal: inner };
}

/** Rows for columns. */
export function transposed(inner: TypedMatrix): TypedMatrix {
  const element: TypedMatrix["element"] = (row, column, used) => inner.element(column, row, used);
  return { ...inner, shape: turned(inner.shape), element };
}

/** A power of a vector is one of each element; of a matrix it could be two things. */
function typedPower(formula: Extract<Formula, { kind: "operation" }>, typing: Typing): TypedMatrix {
  const { shape } = typed(formula.left, typing);
  if (shape !== null && shape.columns !== "one" && shape.rows !== "one") {
    throw refused({
      expected: "a vector or a number in a power",
      got: "a matrix",
      advice: "Write its elements with indices.",
    });
  }
  return eachOf(formula, typing);
}

// Products ------------------------------------------------------------------------------------------------------------

function typedChain(formula: Formula, typing: Typing): TypedMatrix {
  const chain: { factors: TypedMatrix[]; signs: Sign[] } = { factors: [], signs: [] };
  flatten(formula, true, typing, chain);
  return typedProduct(chain);
}

/** A product as factors with signs between them; brackets hold together, and so does what is divided by. */
function flatten(
  formula: Formula,
  isOutermost: boolean,
  typing: Typing,
  into: { factors: TypedMatrix[]; signs: Sign[] },
): void {
  const { signs, bracketed } = typing.text;
  const isOpen = isOutermost || !bracketed.has(formula);
  if (!isOpen || formula.kind !== "operation" || (formula.operator !== "*" && formula.operator !== "/")) {
    into.factors.push(typed(formula, typing));
    return;
  }
  flatten(formula.left, false, typing, into);
  into.signs.push(formula.operator === "/" ? "/" : (signs.get(formula) ?? "*"));
  // Only ⊙ has a product without brackets on its right.
  if (signs.get(formula) === "⊙") flatten(formula.right, false, typing, into);
  else into.factors.push(typed(formula.right, typing));
}

/** Which signs hold together before others: products of matrices before ⊙, as is usual; else whatever grouping fits. */
const groupings: readonly (readonly (readonly Sign[])[])[] = [
  [
    ["", "/"],
    ["*", "⊙"],
  ],
  [["", "/", "*"], ["⊙"]],
  [["", "/", "*", "⊙"]],
  [["⊙"], ["", "/", "*"]],
  [
    ["*", "⊙"],
    ["", "/"],
  ],
];

/** A chain of factors as one, in the first grouping in which all rows and columns fit. @throws ShapeMismatch when none does */
export function typedProduct(chain: Chain): TypedMatrix {
  let first: ShapeMismatch | null = null;
  for (const grouping of groupings) {
    try {
      return grouped(chain, grouping);
    } catch (error) {
      if (!(error instanceof ShapeMismatch)) throw error;
      first ??= error;
    }
  }
  throw new ShapeMismatch(first?.message ?? "The factors do not fit together.", chain);
}

function grouped({ factors, signs }: Chain, grouping: readonly (readonly Sign[])[]): TypedMatrix {
  let rest = { factors: [...factors], signs: [...signs] };
  for (const together of grouping) {
    const next: { factors: TypedMatrix[]; signs: Sign[] } = { factors: rest.factors.slice(0, 1), signs: [] };
    for (const [i, sign] of rest.signs.entries()) {
      const right = rest.factors[i + 1];
      const left = next.factors.at(-1);
      if (right === undefined || left === undefined) continue;
      if (together.includes(sign)) next.factors.splice(-1, 1, combined(left, right, sign));
      else {
        next.factors.push(right);
        next.signs.push(sign);
      }
    }
    rest = next;
  }
  const [only] = rest.factors;
  if (only === undefined) throw new ShapeMismatch("There is nothing to multiply.");
  return only;
}

function combined(left: TypedMatrix, right: TypedMatrix, sign: Sign): TypedMatrix {
  if (sign === "/") return quotient(left, right);
  const [a, b] = [left.shape, right.shape];
  if (a === null || b === null) {
    if (sign === "⊙" && a !== b) {
      throw new ShapeMismatch(`⊙ takes two of the same rows and columns, not ${shapeWords(a)} and ${shapeWords(b)}.`);
    }
    return elementwise(left, right);
  }
  const isProduct = sign !== "⊙" && isSameExtent(a.columns, b.rows);
  const isElementwise = sign !== "" && isSameShape(a, b);
  if (isProduct && isElementwise) {
    throw refused({
      expected: "a product that can be read in one way",
      got: "* between two square matrices",
      advice: "Write ⊙, or leave the sign out.",
    });
  }
  if (isProduct) return matrixProduct(left, right, { rows: a.rows, columns: b.columns, between: a.columns });
  if (isElementwise) return elementwise(left, right);
  const reason =
    sign === "⊙"
      ? `⊙ takes two of the same rows and columns, not ${shapeWords(a)} and ${shapeWords(b)}.`
      : `A product of matrices takes as many columns on its left as rows on its right, and here ${shapeWords(a)} stands before ${shapeWords(b)}.`;
  throw new ShapeMismatch(reason);
}

function elementwise(left: TypedMatrix, right: TypedMatrix): TypedMatrix {
  const element: TypedMatrix["element"] = (row, column, used) =>
    multiply(left.element(row, column, used), right.element(row, column, used));
  return { shape: left.shape ?? right.shape, element };
}

function quotient(left: TypedMatrix, right: TypedMatrix): TypedMatrix {
  if (left.shape !== null && right.shape !== null && !isSameShape(left.shape, right.shape)) {
    throw new ShapeMismatch(`${sentence(shapeWords(left.shape))} cannot be divided by ${shapeWords(right.shape)}.`);
  }
  const shape = left.shape ?? right.shape;
  if (right.shape !== null && shape?.rows !== "one" && shape?.columns !== "one") {
    throw new ShapeMismatch("Nothing is divided by a matrix here. Write its elements with indices.");
  }
  const element: TypedMatrix["element"] = (row, column, used) => ({
    kind: "operation",
    operator: "/",
    left: left.element(row, column, used),
    right: right.element(row, column, used),
  });
  return { shape, element };
}

/** `Σ_k left_ik right_kj`; no sum where there is one column between them. */
function matrixProduct(
  left: TypedMatrix,
  right: TypedMatrix,
  { rows, columns, between }: { readonly rows: Extent; readonly columns: Extent; readonly between: Extent },
): TypedMatrix {
  const isNumber = rows === "one" && columns === "one";
  const element: TypedMatrix["element"] = (row, column, used) => {
    if (left.diagonal !== undefined)
      return multiply(left.diagonal.element(row, null, used), right.element(row, column, used));
    if (right.diagonal !== undefined) {
      return multiply(left.element(row, column, used), right.diagonal.element(column, null, used));
    }
    if (between === "one") return multiply(left.element(row, null, used), right.element(null, column, used));
    const letter = sumLetters.find((each) => !used.includes(each));
    if (letter === undefined)
      throw refused({
        expected: "fewer products of matrices",
        got: "too many to write out",
        advice: "Write it shorter.",
      });
    const inside = [...used, letter];
    const index = symbol(letter);
    return summation(letter, multiply(left.element(row, index, inside), right.element(index, column, inside)));
  };
  return { shape: isNumber ? null : { rows, columns }, element };
}

/** Letters for the sums of products of matrices, in the order in which they are taken. */
const sumLetters: readonly string[] = ["k", "i", "m", "p", "q", "r", "s", "j"];
