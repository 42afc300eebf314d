import { formulaKey, number, simplify, substitute, symbol } from "../formula/index.ts";
import type { Formula } from "../formula/tree.ts";
import { map, reduce, rename } from "../graph/build.ts";
import { type ByKind, byKind } from "../graph/by-kind.ts";
import type { Axis, MapNode, Node, ReduceNode } from "../graph/node.ts";
import { topologicalOrder } from "../graph/order.ts";
import type { Program } from "../graph/program.ts";
import { type CanonicalMaker, canonicalContraction } from "./canonical-contraction.ts";
import { nextReduction } from "./reduce-layout.ts";

/**
 * The same program with fewer and plainer nodes: equal nodes are one, `hold` and maps that only copy or repeat are gone,
 * constants stand in the formulas, every contraction left is a matrix product, batched or not (`productLayout` says of which
 * axes), every reduction is one instruction (`reduceLayout`), and an operand of a map lies in the order of the map's axes.
 */
export function canonicalProgram(program: Program): Program {
  const order = topologicalOrder([...Object.values(program.outputs), ...program.updates.map(({ value }) => value)]);
  const maker = createMaker();
  const replaced = new Map<Node, Node>();
  const now = (node: Node): Node => replaced.get(node) ?? node;
  for (const node of order) replaced.set(node, byKind(canonicalNode, node, now, maker));
  return {
    outputs: Object.fromEntries(Object.entries(program.outputs).map(([name, node]) => [name, now(node)])),
    updates: program.updates.map(({ target, value }) => ({ target, value: now(value) })),
  };
}

/** True for a map that only hands on its operand, repeated along further axes or with its axes in another order. */
function isCopy(node: MapNode): boolean {
  return node.formula.kind === "symbol";
}

/** True for a map that puts the axes of its operand into another order and does nothing else. */
export function isTranspose(node: MapNode): boolean {
  return isCopy(node) && Object.values(node.operands).every((operand) => isReordered(operand.axes, node.axes));
}

function isReordered(one: readonly Axis[], other: readonly Axis[]): boolean {
  return one.length === other.length && !isSameAxes(one, other) && one.every((axis) => other.includes(axis));
}

function createMaker(): CanonicalMaker {
  const intern = interner();
  return {
    intern,
    map: (node) => canonicalMap(node, (each) => each, intern),
    reduce: (node) => canonicalReduction(node, node.operand, intern),
  };
}

/** What becomes of each kind of node; `now` gives what has become of an operand. */
const canonicalNode: ByKind<Node, Node, [now: (node: Node) => Node, make: CanonicalMaker]> = {
  input: (node) => node,
  variable: (node) => node,
  constant: (node, _, { intern }) => intern(node),
  index: (node, _, { intern }) => intern(node),
  count: (node, _, { intern }) => intern(node),
  random: (node, _, { intern }) => intern(node),
  hold: (node, now) => now(node.operand),
  rename: (node, now, { intern }) => {
    const operand = now(node.operand);
    if (operand.kind === "constant") return intern({ ...operand, axes: node.axes });
    const renamed = rename(operand.kind === "rename" ? operand.operand : operand, node.axes, node.label);
    return renamed.kind === "rename" ? intern(renamed) : renamed;
  },
  contract: (node, now, make) => canonicalContraction({ ...node, left: now(node.left), right: now(node.right) }, make),
  map: (node, now, { intern }) => canonicalMap(node, now, intern),
  reduce: (node, now, { intern }) => canonicalReduction(node, now(node.operand), intern),
};

const COPY = symbol("u");

/** One instruction after another, from the last axes on; then in the order that is asked for. */
function canonicalReduction(node: ReduceNode, operand: Node, intern: (node: Node) => Node): Node {
  const kept = new Set(node.axes);
  let result = operand;
  while (result.axes.length > kept.size) {
    const axes = nextReduction(result.axes, kept);
    result = intern(reduce(node.reduction, result, axes, axes.length === kept.size ? node.label : null));
  }
  return isSameAxes(result.axes, node.axes)
    ? result
    : canonicalMap(map(COPY, { u: result }, { axes: node.axes }), (each) => each, intern);
}

function canonicalMap(node: MapNode, now: (node: Node) => Node, intern: (node: Node) => Node): Node {
  const constants = new Map<string, Formula>();
  const operands: Record<string, Node> = {};
  for (const [name, original] of Object.entries(node.operands)) {
    let operand = now(original);
    while (operand.kind === "map" && isCopy(operand)) operand = Object.values(operand.operands)[0]!;
    if (operand.kind === "constant" && Number.isFinite(operand.value)) {
      constants.set(name, number(operand.value));
      continue;
    }
    // Elementwise work runs row by row: an operand that lies in another order is put into it first, by a node of its own.
    const order = node.axes.filter((axis) => operand.axes.includes(axis));
    if (isReordered(operand.axes, order)) operand = intern(map(COPY, { u: operand }, { axes: order }));
    operands[name] = operand;
  }
  const formula = constants.size === 0 ? node.formula : simplified(node.formula, constants);
  const folded = map(formula, operands, { axes: node.axes, label: node.label });
  if (isCopy(folded)) {
    const operand = Object.values(folded.operands)[0]!;
    if (isSameAxes(operand.axes, folded.axes)) return operand;
  }
  if (formula.kind === "number") {
    return intern({ kind: "constant", value: formula.value, axes: node.axes, label: node.label });
  }
  return intern(folded);
}

const simplifiedFormulas = new WeakMap<Formula, Map<string, Formula>>();

/** `formula` with numbers put in; the same object for the same formula and numbers. */
function simplified(formula: Formula, constants: ReadonlyMap<string, Formula>): Formula {
  const key = [...constants].map(([name, value]) => `${name}=${formulaKey(value)}`).join(";");
  let known = simplifiedFormulas.get(formula);
  if (known === undefined) {
    known = new Map();
    simplifiedFormulas.set(formula, known);
  }
  let found = known.get(key);
  if (found === undefined) {
    found = simplify(substitute(formula, constants));
    known.set(key, found);
  }
  return found;
}

/** True for the same axes in the same order: tensors that lie in memory alike. */
export function isSameAxes(one: readonly Axis[], other: readonly Axis[]): boolean {
  return one.length === other.length && one.every((axis, position) => axis === other[position]);
}

/** Gives the first node made with the same content. */
function interner(): (node: Node) => Node {
  const byContent = new Map<string, Node>();
  const numbers = new Map<object, number>();
  const numberOf = (object: object): number => {
    let found = numbers.get(object);
    if (found === undefined) {
      found = numbers.size;
      numbers.set(object, found);
    }
    return found;
  };
  return (node) => {
    const key = `${node.kind}[${node.axes.map(numberOf).join()}]${byKind(contentOf, node, numberOf)}`;
    const known = byContent.get(key);
    if (known !== undefined) return known;
    byContent.set(key, node);
    return node;
  };
}

/** What tells nodes of one kind and with the same axes apart; for inputs and variables, that they are others. */
const contentOf: ByKind<Node, string, [numberOf: (object: object) => number]> = {
  input: (node, numberOf) => String(numberOf(node)),
  variable: (node, numberOf) => String(numberOf(node)),
  constant: ({ value }) => (Object.is(value, -0) ? "-0" : String(value)),
  index: () => "",
  count: ({ axis }, numberOf) => String(numberOf(axis)),
  random: ({ stream }) => String(stream),
  contract: ({ left, right }, numberOf) => `${numberOf(left)},${numberOf(right)}`,
  reduce: ({ reduction, operand }, numberOf) => `${reduction}${numberOf(operand)}`,
  map: ({ formula, operands }, numberOf) =>
    `${formulaKey(formula)}:${Object.entries(operands)
      .map(([name, operand]) => `${name}=${numberOf(operand)}`)
      .join()}`,
  hold: ({ operand }, numberOf) => String(numberOf(operand)),
  rename: ({ operand }, numberOf) => String(numberOf(operand)),
};
