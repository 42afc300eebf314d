import { formulaKey, multiply, number, simplify, substitute, symbol } from "../formula/index.ts";
import type { Formula } from "../formula/tree.ts";
import { map, reduce } from "../graph/build.ts";
import type { Axis, ContractNode, MapNode, Node } from "../graph/node.ts";
import { topologicalOrder } from "../graph/order.ts";
import type { Program } from "../graph/program.ts";

/**
 * The same program with fewer and plainer nodes: equal nodes are one, `hold` and maps that only copy or repeat are gone,
 * constants stand in the formulas, and every contraction left is a matrix product (two operands of at most two axes, one
 * summed axis, none shared by all three).
 */
export function canonicalProgram(program: Program): Program {
  const order = topologicalOrder([...Object.values(program.outputs), ...program.updates.map(({ value }) => value)]);
  const intern = interner();
  const replaced = new Map<Node, Node>();
  const now = (node: Node): Node => replaced.get(node) ?? node;
  for (const node of order) replaced.set(node, canonicalNode(node, now, intern));
  return {
    outputs: Object.fromEntries(Object.entries(program.outputs).map(([name, node]) => [name, now(node)])),
    updates: program.updates.map(({ target, value }) => ({ target, value: now(value) })),
  };
}

/** True for a map that only hands on its operand, repeated along further axes or with its axes in another order. */
function isCopy(node: MapNode): boolean {
  return node.formula.kind === "symbol";
}

/** True for a map that turns its operand from [i, j] to [j, i] and does nothing else. */
export function isTranspose(node: MapNode): boolean {
  return isCopy(node) && Object.values(node.operands).some((operand) => isReversed(operand.axes, node.axes));
}

function isReversed(one: readonly Axis[], other: readonly Axis[]): boolean {
  return one.length === 2 && other.length === 2 && one[0] === other[1] && one[1] === other[0];
}

function canonicalNode(node: Node, now: (node: Node) => Node, intern: (node: Node) => Node): Node {
  switch (node.kind) {
    case "hold":
      return now(node.operand);
    case "contract": {
      const contract: ContractNode = { ...node, left: now(node.left), right: now(node.right) };
      return isMatrixProduct(contract) ? intern(contract) : asMapAndReduce(contract, now, intern);
    }
    case "map":
      return canonicalMap(node, now, intern);
    case "reduce": {
      const operand = now(node.operand);
      if (node.axes.length < operand.axes.length) return intern({ ...node, operand });
      return canonicalMap(map(COPY, { u: operand }, { axes: node.axes }), now, intern);
    }
    case "constant":
    case "index":
    case "count":
    case "random":
      return intern(node);
    default:
      return node;
  }
}

const COPY = symbol("u");
const PRODUCT = multiply(symbol("u"), symbol("v"));

function canonicalMap(node: MapNode, now: (node: Node) => Node, intern: (node: Node) => Node): Node {
  const constants = new Map<string, Formula>();
  const operands: Record<string, Node> = {};
  for (const [name, original] of Object.entries(node.operands)) {
    let operand = now(original);
    while (operand.kind === "map" && isCopy(operand)) operand = Object.values(operand.operands)[0]!;
    // Elementwise work runs row by row: an operand that lies the other way round is turned first, by a node of its own.
    if (isReversed(operand.axes, node.axes)) operand = intern(map(COPY, { u: operand }, { axes: node.axes }));
    if (operand.kind === "constant" && Number.isFinite(operand.value)) constants.set(name, number(operand.value));
    else operands[name] = operand;
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

/** The axes summed by a contraction. */
export function summedAxes(node: ContractNode): readonly Axis[] {
  return node.left.axes.filter((axis) => !node.axes.includes(axis));
}

function isMatrixProduct(node: ContractNode): boolean {
  const { left, right } = node;
  if (left.axes.length > 2 || right.axes.length > 2) return false;
  if (left.axes.some((axis) => right.axes.includes(axis) && node.axes.includes(axis))) return false;
  const summed = summedAxes(node).length;
  return summed === 1 || (summed === 0 && left.axes.length === 1 && right.axes.length === 1);
}

/** `Σ a·b` as an elementwise product and a sum: the row-wise dot products and the like, none of them large. */
function asMapAndReduce(node: ContractNode, now: (node: Node) => Node, intern: (node: Node) => Node): Node {
  const space = [...node.axes, ...summedAxes(node)];
  const product = canonicalMap(map(PRODUCT, { u: node.left, v: node.right }, { axes: space }), now, intern);
  return space.length === node.axes.length ? product : intern(reduce("sum", product, node.axes, node.label));
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
    const key = `${node.kind}[${node.axes.map(numberOf).join()}]${contentOf(node, numberOf)}`;
    const known = byContent.get(key);
    if (known !== undefined) return known;
    byContent.set(key, node);
    return node;
  };
}

function contentOf(node: Node, numberOf: (object: object) => number): string {
  switch (node.kind) {
    case "constant":
      return Object.is(node.value, -0) ? "-0" : String(node.value);
    case "count":
      return String(numberOf(node.axis));
    case "random":
      return String(node.stream);
    case "contract":
      return `${numberOf(node.left)},${numberOf(node.right)}`;
    case "reduce":
      return `${node.reduction}${numberOf(node.operand)}`;
    case "map":
      return `${formulaKey(node.formula)}:${Object.entries(node.operands)
        .map(([name, operand]) => `${name}=${numberOf(operand)}`)
        .join()}`;
    case "index":
      return "";
    default:
      return String(numberOf(node));
  }
}
