import { multiply, symbol } from "../formula/index.ts";
import { contract, map, reduce } from "../graph/build.ts";
import type { Axis, ContractNode, Node } from "../graph/node.ts";
import { elementsOf } from "./layout.ts";
import { type ContractionAxes, productLayout } from "./product-layout.ts";

/** How the nodes of a canonical program are made: each in canonical form itself, the same for the same content. */
export interface CanonicalMaker {
  readonly map: (node: ReturnType<typeof map>) => Node;
  readonly reduce: (node: ReturnType<typeof reduce>) => Node;
  readonly intern: (node: Node) => Node;
}

const COPY = symbol("u");
const PRODUCT = multiply(symbol("u"), symbol("v"));

/** A contraction as a matrix product, batched or not, of operands that lie as it takes; or as maps and sums. */
export function canonicalContraction(node: ContractNode, make: CanonicalMaker): Node {
  const { left, right } = node;
  const isBatch = node.axes.some((axis) => left.axes.includes(axis) && right.axes.includes(axis));
  const inner = left.axes.filter((axis) => !node.axes.includes(axis));
  const isOuterProduct = left.axes.length === 1 && right.axes.length === 1 && !isBatch;
  if (inner.length === 0 && !isOuterProduct) return asMapAndReduce(node, inner, make);
  const isDotProduct = node.axes.every((axis) => left.axes.includes(axis) && right.axes.includes(axis));
  if (isDotProduct && (isBatch || inner.length > 1)) return asMapAndReduce(node, inner, make);
  const axes = { left: left.axes, right: right.axes, output: node.axes };
  if (productLayout(axes) !== null) return make.intern(node);
  const fitting = fittingAxes(axes);
  if (fitting === null) return asSumOfProducts(node, inner, make);
  const copy = (operand: Node, order: readonly Axis[]): Node => make.map(map(COPY, { u: operand }, { axes: order }));
  const product = contract(copy(left, fitting.left), copy(right, fitting.right), fitting.output, node.label);
  return copy(make.intern(product), node.axes);
}

/** `Σ a·b` as an elementwise product and a sum: the row-wise dot products and the like, none of them large. */
function asMapAndReduce(node: ContractNode, inner: readonly Axis[], make: CanonicalMaker): Node {
  const space = [...node.axes, ...inner];
  const product = make.map(map(PRODUCT, { u: node.left, v: node.right }, { axes: space }));
  return inner.length === 0 ? product : make.reduce(reduce("sum", product, node.axes, node.label));
}

/** A sum over several axes that no order brings together: products over one of them, for every position of the others. */
function asSumOfProducts(node: ContractNode, inner: readonly Axis[], make: CanonicalMaker): Node {
  const longest = inner.reduce((one, other) => (other.size > one.size ? other : one));
  const rest = inner.filter((axis) => axis !== longest);
  const products = canonicalContraction({ ...node, axes: [...rest, ...node.axes], label: null }, make);
  return make.reduce(reduce("sum", products, node.axes, node.label));
}

/** Orders of the axes in which the contraction is a matrix product, with the least to be copied; null where there are none. */
function fittingAxes({ left, right, output }: ContractionAxes): ContractionAxes | null {
  const batch = output.filter((axis) => left.includes(axis) && right.includes(axis));
  const [ofLeft, ofRight] = [left, right].map((axes) =>
    output.filter((axis) => axes.includes(axis) && !batch.includes(axis)),
  ) as [Axis[], Axis[]]; // as: map keeps the length
  const sums = [left, right].map((axes) => axes.filter((axis) => !output.includes(axis)));
  const variableFirst = sums[0]!.toSorted((one, other) => Number(other.isVariable) - Number(one.isVariable));
  const orders = [...sums, variableFirst];
  const around = (own: readonly Axis[]): readonly (readonly Axis[])[] =>
    orders.flatMap((inner) => [
      [...batch, ...own, ...inner],
      [...batch, ...inner, ...own],
    ]);
  const candidates = {
    left: [left, ...around(ofLeft)],
    right: [right, ...around(ofRight)],
    output: [output, [...batch, ...ofLeft, ...ofRight], [...batch, ...ofRight, ...ofLeft]],
  };
  let best: ContractionAxes | null = null;
  let least = Infinity;
  for (const [n, one] of candidates.left.entries()) {
    for (const [m, other] of candidates.right.entries()) {
      for (const [k, result] of candidates.output.entries()) {
        const copied =
          (n === 0 ? 0 : elementsOf(left)) + (m === 0 ? 0 : elementsOf(right)) + (k === 0 ? 0 : elementsOf(output));
        const axes = { left: one, right: other, output: result };
        if (copied < least && productLayout(axes) !== null) [best, least] = [axes, copied];
      }
    }
  }
  return best;
}
