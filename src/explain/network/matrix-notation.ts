import {
  type Formula,
  enclosed,
  identifier,
  multiply,
  type Notation,
  number,
  row,
  scripts,
  sign,
  symbolsOf,
  typeset,
  type Typeset,
} from "../../formula/index.ts";
import type { Axis } from "../../graph/index.ts";
import type { GraphReader, IndexName, NamedTerm, SumTerm } from "./graph-formula.ts";
import { arranged, inIndices, labelNotation, type Viewpoint } from "./index-notation.ts";

/**
 * An equation's right side with whole vectors and matrices: `(w^(l+1))ᵀ δ^(l+1) ⊙ f′(z^l)`. Which factor is transposed,
 * and whether a product is one of matrices or element by element (⊙), follows from the axes.
 *
 * @param axes of the left side: one for a vector, rows and columns for a matrix
 */
export function inMatrices(formula: Formula, reader: GraphReader, view: Viewpoint, axes: readonly Axis[]): Notation {
  const outer = outerProduct(formula, reader, view, axes);
  return outer ?? set(formula, reader, view).notation;
}

function set(formula: Formula, reader: GraphReader, view: Viewpoint): Typeset {
  return typeset(arranged(formula, reader.terms), {
    symbol: ({ name }) => {
      const term = reader.terms.get(name);
      if (term === undefined) return null;
      if (term.kind === "count") return atom(identifier("n"));
      return term.kind === "named" ? atom(bare(term, view)) : contraction(term, reader, view);
    },
    product: (left, right) => (isVector(left, reader, view) && isVector(right, reader, view) ? "elementwise" : "times"),
  });
}

function atom(notation: Notation): Typeset {
  return { notation, level: typeset(number(1)).level };
}

const productLevel = typeset(multiply(number(2), number(3))).level;

function bare({ node }: NamedTerm, view: Viewpoint): Notation {
  return labelNotation(node, [], view);
}

/** Whether a formula has an element for every neuron of the layer. */
function isVector(formula: Formula, reader: GraphReader, view: Viewpoint): boolean {
  return symbolsOf(formula).some((name) => {
    const term = reader.terms.get(name);
    if (term?.kind === "named") return term.indices.some(({ axis, run }) => axis === view.neurons && run === 0);
    return term?.kind === "sum" && isVector(term.body, reader, view);
  });
}

function transposed(notation: Notation, isAtom: boolean): Notation {
  const inner: Notation =
    isAtom && notation.kind !== "quantity" ? notation : { kind: "fenced", fence: "parentheses", inner: notation };
  return scripts(inner, null, sign("transposed"));
}

/** `Σ_k w_jk v_k` as w v, `Σ_k w_kj v_k` as wᵀ v, `Σ_i u_i v_i` as uᵀ v; any other sum keeps its index. */
function contraction(term: SumTerm, reader: GraphReader, view: Viewpoint): Typeset {
  const { index, body } = term;
  const factors = factorsOf(arranged(body, reader.terms));
  const [first, second] = factors;
  const asIndices = atom(inIndicesOf(term, reader, view));
  if (first === undefined || second === undefined || factors.length !== 2) return asIndices;
  const matrix = namedOf(first, reader);
  if (matrix !== null && matrix.indices.length === 2 && matrix.node.label?.symbol === "w") {
    const vector = set(second, reader, view);
    const isRowSum = isSame(matrix.indices[0], index);
    const left = isRowSum ? transposed(bare(matrix, view), true) : bare(matrix, view);
    return { notation: row(left, sign("times"), enclosed(vector, productLevel)), level: productLevel };
  }
  if (isVector(first, reader, view) || isVector(second, reader, view)) return asIndices;
  const [u, v] = [set(first, reader, view), set(second, reader, view)];
  return {
    notation: row(transposed(u.notation, false), sign("times"), enclosed(v, productLevel)),
    level: productLevel,
  };
}

/** A sum that no product of matrices says: with its indices, as they are. */
function inIndicesOf({ index, body }: SumTerm, reader: GraphReader, view: Viewpoint): Notation {
  const name = [...reader.terms].find(
    ([, each]) => each.kind === "sum" && each.index === index && each.body === body,
  )?.[0];
  return name === undefined ? row() : inIndices({ kind: "symbol", name, indices: [], layer: null }, reader, view);
}

/** `δ_j a_k`, the elements of a matrix, as δ aᵀ. */
function outerProduct(formula: Formula, reader: GraphReader, view: Viewpoint, axes: readonly Axis[]): Notation | null {
  if (axes.length !== 2) return null;
  const factors = factorsOf(formula).map((factor) => namedOf(factor, reader));
  const rows = factors.find((each) => each?.indices.some(({ axis }) => axis === axes[0]));
  const columns = factors.find((each) => each?.indices.some(({ axis }) => axis === axes[1]) && each !== rows);
  if (factors.length !== 2 || !rows || !columns) return null;
  return row(bare(rows, view), sign("times"), transposed(bare(columns, view), true));
}

function factorsOf(formula: Formula): readonly Formula[] {
  if (formula.kind !== "operation" || formula.operator !== "*") return [formula];
  return [...factorsOf(formula.left), ...factorsOf(formula.right)];
}

function namedOf(formula: Formula, reader: GraphReader): NamedTerm | null {
  const term = formula.kind === "symbol" ? reader.terms.get(formula.name) : undefined;
  return term?.kind === "named" ? term : null;
}

function isSame(left: IndexName | undefined, right: IndexName): boolean {
  return left?.axis === right.axis && left.run === right.run;
}
