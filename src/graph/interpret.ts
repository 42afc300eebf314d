import { internalError } from "../errors.ts";
import { elementCount, extentOf, type Extents } from "./extents.ts";
import { type Axis, type Node, operandsOf, type RandomNode } from "./node.ts";
import { topologicalOrder } from "./order.ts";
import type { Gathered, GatheredTerms, Kernel, TensorArithmetic } from "./tensor-arithmetic.ts";

/** What a graph is told beyond its equations. */
export interface InterpretOptions<Values> {
  /** Values that a node has already, row-major: of every input and variable, and of others that are not to be computed. */
  readonly given: (node: Node) => Values | undefined;
  /** A number in [0, 1) of a stream at a position. Default: a graph with random numbers has no values. */
  readonly random?: (stream: number, position: number) => number;
  /** How many positions variable axes have. Default: all. */
  readonly extents?: Extents;
  /** Told the values of each node when they were computed, in order; it may write others in their place. */
  readonly computed?: (node: Node, values: Values) => void;
}

/** A graph with room for the values of its nodes. */
export interface Interpretation<Values> {
  /** Computes all nodes from what is given now. */
  readonly run: () => void;
  /** The values of each node after a run; the very arrays, written anew by the next. */
  readonly values: ReadonlyMap<Node, Values>;
  /** The same of one node that is among those computed. */
  readonly valuesOf: (node: Node) => Values;
}

/**
 * What a graph means, in any arithmetic: each node by itself, after those it is computed from.
 *
 * Here stands which axes are summed, where the elements of an operand lie, that a mean is divided by the number of its
 * terms, that `hold` and `rename` are their operands. The loops over the elements are those of the arithmetic. Iterative; every node is
 * computed once a run.
 *
 * @param roots the nodes whose values are wanted.
 */
export function interpret<Values>(
  roots: readonly Node[],
  arithmetic: TensorArithmetic<Values>,
  options: InterpretOptions<Values>,
): Interpretation<Values> {
  const { given, random, computed, extents = new Map<Axis, number>() } = options;
  const values = new Map<Node, Values>();
  const kernels: Kernel[] = [];
  const valuesOf = (node: Node): Values => {
    const found = values.get(node);
    if (found === undefined) throw internalError(`a ${node.kind} was asked for its values before it had any.`);
    return found;
  };
  const operandsToCompute = (node: Node): readonly Node[] => {
    const known = given(node);
    if (known === undefined) return operandsOf(node);
    values.set(node, known);
    return [];
  };
  for (const node of topologicalOrder(roots, operandsToCompute)) {
    if (values.has(node)) continue;
    const { target, kernel } = interpretedNode(node, { arithmetic, extents, valuesOf, random });
    values.set(node, target);
    if (kernel !== null) kernels.push(kernel);
    if (computed !== undefined) kernels.push(() => computed(node, target));
  }
  return {
    run: () => {
      for (const kernel of kernels) kernel();
    },
    values,
    valuesOf,
  };
}

interface Surrounding<Values> {
  readonly arithmetic: TensorArithmetic<Values>;
  readonly extents: Extents;
  readonly valuesOf: (node: Node) => Values;
  readonly random: ((stream: number, position: number) => number) | undefined;
}

/** A node's values, and how they are computed where they change from run to run. */
interface InterpretedNode<Values> {
  readonly target: Values;
  readonly kernel: Kernel | null;
}

function interpretedNode<Values>(node: Node, surrounding: Surrounding<Values>): InterpretedNode<Values> {
  const { arithmetic, extents, valuesOf, random } = surrounding;
  if (node.kind === "input" || node.kind === "variable") {
    throw internalError(`${node.kind} "${node.name}" was not given.`);
  }
  if (node.kind === "hold" || node.kind === "rename") return { target: valuesOf(node.operand), kernel: null };
  const target = arithmetic.allocate(elementCount(node.axes, extents));
  const elements = (operand: Node): Gathered<Values> => ({
    values: valuesOf(operand),
    at: positions(node.axes, operand.axes, extents),
  });
  const terms = (operand: Node, summed: readonly Axis[]): GatheredTerms<Values> => ({
    ...elements(operand),
    terms: positions(summed, operand.axes, extents),
  });
  const filled = (value: (i: number) => number): InterpretedNode<Values> => {
    arithmetic.fill(target, value);
    return { target, kernel: null };
  };
  switch (node.kind) {
    case "constant":
      return filled(() => node.value);
    case "index":
      return filled((i) => i);
    case "count":
      return filled(() => extentOf(node.axis, extents));
    case "random": {
      const drawn = randomNumbers(node, extents, random);
      return { target, kernel: () => arithmetic.fill(target, drawn) };
    }
    case "contract": {
      const summed = summedAxes(node.left, node);
      return { target, kernel: arithmetic.sumOfProducts(target, terms(node.left, summed), terms(node.right, summed)) };
    }
    case "map": {
      const operands = Object.entries(node.operands).map(([name, operand]) => [name, elements(operand)] as const);
      return { target, kernel: arithmetic.apply(target, node.formula, Object.fromEntries(operands)) };
    }
    case "reduce": {
      const { operand, reduction } = node;
      return { target, kernel: arithmetic.reduce(target, reduction, terms(operand, summedAxes(operand, node))) };
    }
  }
}

/** The axes of an operand that its user sums over, or takes the maximum over. */
function summedAxes(operand: Node, user: Node): readonly Axis[] {
  return operand.axes.filter((axis) => !user.axes.includes(axis));
}

/** Positions count with full sizes, so that a smaller batch draws the same numbers for its rows. */
function randomNumbers(
  node: RandomNode,
  extents: Extents,
  random: ((stream: number, position: number) => number) | undefined,
): (i: number) => number {
  if (random === undefined) throw internalError("a graph with random numbers was computed without any.");
  const at = positions(node.axes, node.axes, extents, new Map());
  return (i) => random(node.stream, at[i] ?? 0);
}

/**
 * For every position of `space`, row-major, where its element lies in a tensor with these axes, dense and row-major; an
 * axis that the tensor lacks counts 0.
 *
 * @param layout the extents that the tensor is laid out with, where they are others.
 */
function positions(
  space: readonly Axis[],
  axes: readonly Axis[],
  extents: Extents,
  layout: Extents = extents,
): Int32Array {
  const strides = new Map<Axis, number>();
  let size = 1;
  for (const axis of axes.toReversed()) {
    strides.set(axis, size);
    size *= extentOf(axis, layout);
  }
  // From the innermost axis outwards: what is there already is copied, moved by one stride more each time.
  const found = new Int32Array(elementCount(space, extents));
  let filled = 1;
  for (const axis of space.toReversed()) {
    const extent = extentOf(axis, extents);
    const stride = strides.get(axis) ?? 0;
    for (let e = 1; e < extent; e++) {
      for (let i = 0; i < filled; i++) found[e * filled + i] = (found[i] ?? 0) + e * stride;
    }
    filled *= extent;
  }
  return found;
}
