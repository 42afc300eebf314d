import {
  add,
  divide,
  type Formula,
  formulaKey,
  multiply,
  negate,
  number,
  replaceSubformula,
  rewriteFormula,
  simplify,
  sizeOf,
  stabilize,
  substitute,
  subtract,
  symbol,
  symbolsOf,
} from "../../formula/index.ts";
import type { Axis, Node } from "../../graph/index.ts";
import { identities } from "../../graph/identities.ts";

/** A quantity of the textbook as it stands in an equation: `w_kj^(l+1)`. */
export interface NamedTerm {
  readonly kind: "named";
  readonly node: Node;
  /** The axes in the order of its subscripts, each for the index it stands for here. */
  readonly indices: readonly IndexName[];
}

/** `Σ_index body`, over an axis. */
export interface SumTerm {
  readonly kind: "sum";
  readonly index: IndexName;
  readonly body: Formula;
}

/** The width of an axis, or the number of examples. */
export interface CountTerm {
  readonly kind: "count";
  readonly axis: Axis;
}

/** What a symbol of an equation stands for. */
export type Term = NamedTerm | SumTerm | CountTerm;

/** One running index: an axis, told from another run over the same axis by its number (0: the free one). */
export interface IndexName {
  readonly axis: Axis;
  readonly run: number;
}

/** Turns nodes into formulas whose symbols stand for quantities, sums and counts; `terms` says what for what. */
export interface GraphReader {
  readonly terms: ReadonlyMap<string, Term>;
  /** The right side of a node's equation: what it is computed from, down to the quantities with names. */
  readonly equationOf: (node: Node) => Formula;
}

/** How a graph is read. */
export interface ReaderOptions {
  /** Summed over without saying so, having one position: the axis of examples in the equations of one example. */
  readonly alone?: Axis;
}

/**
 * A reader of one graph. Nodes with a label stay symbols; the others are put in where they are used, until only names
 * are left. Three things a person does are done here, all by rewriting formulas:
 *
 * - a factor that does not depend on the index goes before its Σ;
 * - the equation a = p/s of a quantity with a name is read as p = a s too, so that exponentials of a softmax are written
 *   with the activation they belong to, and its denominators cancel;
 * - where the formula of an activation stands, its name does: σ(z) becomes a.
 */
export function graphReader(named: readonly Node[], options: ReaderOptions = {}): GraphReader {
  const terms = new Map<string, Term>();
  const symbolFor = (key: string, term: Term): Formula => {
    terms.set(key, term);
    return symbol(key);
  };
  const idOf = identities();
  const solved = solvedQuotients(named, idOf);
  type Indices = ReadonlyMap<Axis, IndexName>;
  const runOf = (indices: Indices, axis: Axis): IndexName => indices.get(axis) ?? { axis, run: 0 };

  const nameOf = (node: Node, indices: Indices): Formula => {
    const list = node.axes.map((axis) => runOf(indices, axis));
    const key = `node ${idOf(node)} ${list.map(({ axis, run }) => `${idOf(axis)}.${run}`).join(" ")}`;
    return symbolFor(key, { kind: "named", node, indices: list });
  };

  /** `f′(z_j^l)` of an f of which nothing is known is a quantity, and so is `c′(a_j^L)`, which is `∂C_x/∂a_j^L`. */
  const slopeNamed = (formula: Formula): Formula => {
    if (formula.kind !== "application" || formula.primes !== 1 || formula.argument.kind !== "symbol") return formula;
    const term = terms.get(formula.argument.name);
    if (term?.kind !== "named") return formula;
    const symbol = formula.name === "c" ? "C prime" : "f prime";
    const node: Node = { ...term.node, label: { symbol, layer: term.node.label?.layer ?? null } };
    return symbolFor(`${symbol} of ${formula.argument.name}`, { ...term, node });
  };

  // A quotient's own equation is read as it stands, not by the equations solved from it.
  let root: Node | null = null;
  const read = (node: Node, indices: Indices): Formula => {
    if (node !== root && node.label !== null) return nameOf(node, indices);
    const quotient = solved.get(idOf(node));
    if (quotient !== undefined && quotient.value !== root) {
      return multiply(nameOf(quotient.value, indices), nameOf(quotient.below, indices));
    }
    const isDivisor = [...solved.values()].some(({ below, value }) => idOf(below) === idOf(node) && value !== root);
    if (isDivisor) return nameOf(node, indices);
    switch (node.kind) {
      case "constant":
        return number(node.value);
      case "count":
        return symbolFor(`count ${idOf(node.axis)}`, { kind: "count", axis: node.axis });
      case "hold":
        // Held because nothing depends on it: softmax is the same whatever is subtracted from every z.
        return number(0);
      case "rename": {
        // The same index, whatever the axis is called there.
        const inner = new Map(indices);
        for (const [i, axis] of node.operand.axes.entries()) inner.set(axis, runOf(indices, node.axes[i] ?? axis));
        return read(node.operand, inner);
      }
      case "map": {
        const entries = Object.entries(node.operands).map(([name, operand]) => [name, read(operand, indices)] as const);
        return rewriteFormula(substitute(node.formula, new Map(entries)), slopeNamed);
      }
      case "contract": {
        const summed = node.left.axes.filter((axis) => !node.axes.includes(axis));
        const inner = entering(indices, summed);
        return sumOver(multiply(read(node.left, inner), read(node.right, inner)), summed, inner);
      }
      case "reduce": {
        const summed = node.operand.axes.filter((axis) => !node.axes.includes(axis));
        const inner = entering(indices, summed);
        const body = read(node.operand, inner);
        if (node.reduction === "max") return nameOf(node, indices);
        const sum = sumOver(body, summed, inner);
        if (node.reduction === "sum") return sum;
        return summed
          .filter((axis) => axis !== options.alone)
          .reduce((whole, axis) => divide(whole, extent(axis)), sum);
      }
      default:
        return nameOf(node, indices);
    }
  };

  const extent = (axis: Axis): Formula =>
    axis.isVariable ? symbolFor(`count ${idOf(axis)}`, { kind: "count", axis }) : number(axis.size);

  /** A summed axis gets a run of its own, so that its index is none of those outside. */
  const entering = (indices: Indices, summed: readonly Axis[]): Indices => {
    const inner = new Map(indices);
    const run = Math.max(0, ...Array.from(indices.values(), (each) => each.run)) + 1;
    for (const axis of summed) inner.set(axis, { axis, run });
    return inner;
  };

  const dependsOn = (formula: Formula, index: IndexName): boolean =>
    symbolsOf(formula).some((name) => {
      const term = terms.get(name);
      if (term?.kind === "named")
        return term.indices.some((each) => each.axis === index.axis && each.run === index.run);
      return term?.kind === "sum" && dependsOn(term.body, index);
    });

  const sumOver = (written: Formula, summed: readonly Axis[], inner: Indices): Formula => {
    let total = simplify(written);
    for (const axis of summed) {
      if (axis === options.alone) continue;
      const index = runOf(inner, axis);
      total = sumOverOne(total, index);
    }
    return total;
  };

  /** t - a, which a person writes a - t, with the sign before the sum. */
  const isReversed = (factor: Formula): boolean => {
    if (factor.kind !== "operation" || factor.operator !== "-") return false;
    const [left, right] = [factor.left, factor.right].map((each) =>
      each.kind === "symbol" ? terms.get(each.name) : null,
    );
    return isActivation(right) && !isActivation(left);
  };

  const sumOverOne = (body: Formula, index: IndexName): Formula => {
    if (!dependsOn(body, index)) return multiply(extent(index.axis), body);
    const { sign, outside, inside } = factorsBy(body, (factor) => dependsOn(factor, index), isReversed);
    const key = `sum ${idOf(index.axis)}.${index.run} ${formulaKey(inside)}`;
    const sum = symbolFor(key, { kind: "sum", index, body: inside });
    const whole = simplify(multiply(outside, sum));
    return sign < 0 ? negate(whole) : whole;
  };

  const rightSide = (node: Node, indices: Indices): Formula => {
    root = node;
    const formula = read(node, indices);
    root = null;
    return formula;
  };

  const equationOf = (node: Node): Formula => {
    const free = new Map(node.axes.map((axis) => [axis, { axis, run: 0 }]));
    let formula = simplify(rightSide(node, free));
    for (const each of named) {
      // An activation's own formula stands in a derivative that a cost on z leaves: σ(z) - t is a - t.
      if (each.kind !== "map" || each.label?.symbol !== "a" || each === node) continue;
      const own = rightSide(each, free);
      const name = nameOf(each, free);
      const complement = subtract(number(1), name);
      for (const form of [own, simplify(own)]) formula = replaceSubformula(formula, form, name);
      formula = replaceSubformula(formula, simplify(stabilize(subtract(number(1), own))), complement);
    }
    return factored(shorter(simplify(formula)));
  };

  return { terms, equationOf };
}

/** The nodes p of named quantities a = p/s, with a and s. */
function solvedQuotients(
  named: readonly Node[],
  idOf: (node: Node) => number,
): ReadonlyMap<number, { readonly value: Node; readonly below: Node }> {
  const solved = new Map<number, { value: Node; below: Node }>();
  for (const node of named) {
    if (node.kind !== "map" || node.formula.kind !== "operation" || node.formula.operator !== "/") continue;
    const { left, right } = node.formula;
    const above = left.kind === "symbol" ? node.operands[left.name] : undefined;
    const below = right.kind === "symbol" ? node.operands[right.name] : undefined;
    if (above !== undefined && below !== undefined && above.label === null) {
      solved.set(idOf(above), { value: node, below });
    }
  }
  return solved;
}

/** The factors of a product, those of a kind inside, the others outside; the sign goes outside. */
function factorsBy(
  formula: Formula,
  isInside: (factor: Formula) => boolean,
  isReversed: (factor: Formula) => boolean,
): { readonly sign: 1 | -1; readonly outside: Formula; readonly inside: Formula } {
  let sign: 1 | -1 = 1;
  let outside: Formula = number(1);
  let inside: Formula = number(1);
  const visit = (part: Formula, isBelow: boolean): void => {
    if (part.kind === "negate") {
      sign = sign === 1 ? -1 : 1;
      visit(part.operand, isBelow);
    } else if (part.kind === "operation" && (part.operator === "*" || part.operator === "/")) {
      visit(part.left, isBelow);
      visit(part.right, (part.operator === "/") !== isBelow);
    } else if (isReversed(part) && part.kind === "operation") {
      sign = sign === 1 ? -1 : 1;
      inside = (isBelow ? divide : multiply)(inside, subtract(part.right, part.left));
    } else {
      const join = isBelow ? divide : multiply;
      if (isInside(part)) inside = join(inside, part);
      else outside = join(outside, part);
    }
  };
  visit(formula, false);
  return { sign, outside: simplify(outside), inside: simplify(inside) };
}

/** The formula with its products of sums multiplied out, when that leaves less: (1 - t)·a - t·(1 - a) is a - t. */
function shorter(formula: Formula): Formula {
  const terms = multipliedOut(formula);
  if (terms === null) return formula;
  const sum = simplify(terms.reduce(add));
  return sizeOf(sum) < sizeOf(formula) ? sum : formula;
}

const MOST_TERMS = 32;

/** The terms of a formula whose sums are multiplied out; null when they are too many. */
function multipliedOut(formula: Formula): readonly Formula[] | null {
  if (formula.kind === "negate") return multipliedOut(formula.operand)?.map(negate) ?? null;
  if (formula.kind !== "operation" || formula.operator === "/" || formula.operator === "^") return [formula];
  const left = multipliedOut(formula.left);
  const right = multipliedOut(formula.right);
  if (left === null || right === null || left.length * right.length > MOST_TERMS) return null;
  if (formula.operator === "*") return left.flatMap((u) => right.map((v) => multiply(u, v)));
  return [...left, ...(formula.operator === "-" ? right.map(negate) : right)];
}

function isActivation(term: Term | null | undefined): boolean {
  return term?.kind === "named" && term.node.label?.symbol === "a";
}

/** A sum whose terms have a factor in common, with that factor before it: a·g − a·s is a·(g − s). */
function factored(formula: Formula): Formula {
  if (formula.kind !== "operation" || (formula.operator !== "-" && formula.operator !== "+")) return formula;
  const common = factorsOf(formula.left).find((factor) =>
    factorsOf(formula.right).some((other) => formulaKey(other) === formulaKey(factor)),
  );
  if (common === undefined || common.kind !== "symbol") return formula;
  const join = formula.operator === "-" ? subtract : add;
  return multiply(common, join(without(formula.left, common), without(formula.right, common)));
}

function factorsOf(formula: Formula): readonly Formula[] {
  if (formula.kind === "negate") return factorsOf(formula.operand);
  if (formula.kind !== "operation" || formula.operator !== "*") return [formula];
  return [...factorsOf(formula.left), ...factorsOf(formula.right)];
}

function without(formula: Formula, factor: Formula): Formula {
  return simplify(divide(formula, factor));
}
