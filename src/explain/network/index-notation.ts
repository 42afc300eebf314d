import {
  divide,
  enclosed,
  type Formula,
  foldFormula,
  fraction,
  identifier,
  multiply,
  type Notation,
  notationToText,
  number,
  parenthesized,
  row,
  scripts,
  sign,
  typeset,
  type Typeset,
} from "../../formula/index.ts";
import type { Axis, Node } from "../../graph/index.ts";
import type { GraphReader, IndexName, NamedTerm, SumTerm, Term } from "./graph-formula.ts";

/** From where an equation is read: layer l (or L, the last), and the axes its free indices run over. */
export interface Viewpoint {
  /** The number of the layer. */
  readonly layer: number;
  /** What it is called: `l`, or `L` for the last. */
  readonly name: "l" | "L";
  /** The neurons of the layer, index j. */
  readonly neurons: Axis;
  /** The axis of examples. Its index x is shown only in sums over examples. */
  readonly examples: Axis;
  readonly isSummedOverExamples: boolean;
}

/** An equation's right side as a textbook writes it with indices: `Σ_k w_kj^(l+1) δ_k^(l+1) f′(z_j^l)`. */
export function inIndices(formula: Formula, reader: GraphReader, view: Viewpoint): Notation {
  return set(formula, reader, view).notation;
}

function set(formula: Formula, reader: GraphReader, view: Viewpoint): Typeset {
  return typeset(arranged(formula, reader.terms), {
    symbol: ({ name }) => {
      const term = reader.terms.get(name);
      return term === undefined ? null : termNotation(term, reader, view);
    },
  });
}

function termNotation(term: Term, reader: GraphReader, view: Viewpoint): Typeset {
  switch (term.kind) {
    case "named":
      return named(term, view);
    case "count":
      return atom(identifier("n"));
    case "sum":
      return sum(term, reader, view);
  }
}

function sum({ index, body }: SumTerm, reader: GraphReader, view: Viewpoint): Typeset {
  const inner = set(body, reader, view);
  return sumNotation(letterOf(index, view), inner);
}

/**
 * `Σ_index body`. It counts as one factor, though it reaches over those after it: whoever writes it puts it last
 * (`arranged`).
 */
export function sumNotation(index: string, body: Typeset): Typeset {
  const isBrace = body.notation.kind === "cases";
  const notation: Notation = {
    kind: "sum",
    index: identifier(index),
    body: isBrace ? body.notation : enclosed(body, typeset(multiply(number(2), number(3))).level),
  };
  return { notation, level: typeset(divide(number(1), number(2))).level };
}

function atom(notation: Notation): Typeset {
  return { notation, level: typeset(number(1)).level };
}

/** A quantity with its subscripts and its layer. */
function named({ node, indices }: NamedTerm, view: Viewpoint): Typeset {
  const letters = indices
    .filter(({ axis }) => axis !== view.examples || view.isSummedOverExamples)
    .map((index) => letterOf(index, view));
  return atom(labelNotation(node, letters, view));
}

function letterOf(index: IndexName, view: Viewpoint): string {
  if (index.axis === view.examples) return "x";
  if (index.axis !== view.neurons) return "k";
  return index.run === 0 ? "j" : "i";
}

/** `w_jk^l` from a node's label; a derivative that is given, `f′(z_j^l)`, by its own notation. */
export function labelNotation(
  node: Node,
  letters: readonly string[],
  view: Pick<Viewpoint, "layer" | "name">,
): Notation {
  const { symbol = "?", layer = null } = node.label ?? {};
  if (symbol === "f prime") {
    const prime = scripts(identifier("f"), null, sign("prime"));
    const z = quantityNotation("z", letters, layerNotation(layer, view));
    const inner = row(prime, sign("apply"), parenthesized(z));
    return { kind: "quantity", plain: notationToText(inner), inner };
  }
  if (symbol === "C prime") {
    const below = row(sign("partial"), quantityNotation("a", letters, layerNotation(layer, view)));
    const inner = fraction(row(sign("partial"), costOfOne()), below);
    return { kind: "quantity", plain: notationToText(inner), inner };
  }
  return quantityNotation(symbol, letters, layerNotation(layer, view));
}

/** `C_x`, the cost of one example. */
export function costOfOne(): Notation {
  return { kind: "quantity", plain: "C_x", inner: scripts(identifier("C"), identifier("x"), null) };
}

/** The layer of a quantity, seen from layer l: `l`, `l - 1`, `l + 1`. Null for what belongs to none. */
export function layerNotation(layer: number | null, view: Pick<Viewpoint, "layer" | "name">): Notation | null {
  if (layer === null) return null;
  const offset = layer - view.layer;
  const name = identifier(view.name);
  if (offset === 0) return name;
  const size: Notation = { kind: "number", text: String(Math.abs(offset)) };
  return row(name, sign(offset < 0 ? "minus" : "plus"), size);
}

/** A letter with subscripts and a layer. */
export function quantityNotation(symbol: string, letters: readonly string[], layer: Notation | null): Notation {
  const below = letters.length === 0 ? null : row(...letters.map((letter) => identifier(letter)));
  const above = layer === null ? "" : layerText(layer);
  const plain = `${symbol}${letters.length === 0 ? "" : `_${letters.join("")}`}${above}`;
  return { kind: "quantity", plain, inner: scripts(identifier(symbol), below, layer) };
}

function layerText(layer: Notation): string {
  if (layer.kind === "identifier") return `^${layer.name}`;
  const parts = layer.kind === "row" ? layer.parts : [layer];
  const text = parts.map((part) =>
    part.kind === "identifier"
      ? part.name
      : part.kind === "number"
        ? part.text
        : part.kind === "sign" && part.sign === "plus"
          ? "+"
          : "-",
  );
  return `^(${text.join("")})`;
}

// The order of factors ----------------------------------------------------------------------------------------------

const rank: readonly string[] = ["w", "a", "t", "delta"];

/**
 * The same product in the order a textbook has: factors with a Σ last, so that it reaches over nothing that is not its
 * own; of two quantities the weight before the activation before the error; and 1/n before a Σ, not the Σ over n.
 */
export function arranged(formula: Formula, terms: ReadonlyMap<string, Term>): Formula {
  const hasSum = (part: Formula): boolean =>
    foldFormula<boolean>(part, (each, found) => found.includes(true) || isSum(each, terms));
  return foldFormula<Formula>(formula, (part, parts) => {
    const [left = part, right = part] = parts;
    if (part.kind === "negate") return { ...part, operand: left };
    if (part.kind !== "operation") return rebuilt(part, parts);
    if (part.operator === "/" && hasSum(left) && !hasSum(right)) {
      return multiply(divide(number(1), right), left);
    }
    if (part.operator !== "*") return { ...part, left, right };
    const factors = [...factorsOf(left), ...factorsOf(right)];
    const plain = factors.filter((factor) => !hasSum(factor));
    const ranks = plain.map((factor) => rankOf(factor, terms));
    const ordered =
      plain.length === 2 && !ranks.includes(-1) && (ranks[0] ?? 0) > (ranks[1] ?? 0) ? plain.toReversed() : plain;
    return [...ordered, ...factors.filter(hasSum)].reduce(multiply);
  });
}

function isSum(part: Formula, terms: ReadonlyMap<string, Term>): boolean {
  return part.kind === "symbol" && terms.get(part.name)?.kind === "sum";
}

function rebuilt(part: Formula, parts: readonly Formula[]): Formula {
  const [first = part, second = part, third = part] = parts;
  switch (part.kind) {
    case "call":
      return { ...part, arguments: parts };
    case "comparison":
      return { ...part, left: first, right: second };
    case "choice":
      return { ...part, condition: first, then: second, otherwise: third };
    default:
      return part;
  }
}

function factorsOf(formula: Formula): readonly Formula[] {
  if (formula.kind !== "operation" || formula.operator !== "*") return [formula];
  return [...factorsOf(formula.left), ...factorsOf(formula.right)];
}

function rankOf(factor: Formula, terms: ReadonlyMap<string, Term>): number {
  const term = factor.kind === "symbol" ? terms.get(factor.name) : undefined;
  return term?.kind === "named" ? rank.indexOf(term.node.label?.symbol ?? "") : -1;
}
