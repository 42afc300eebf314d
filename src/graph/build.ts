import { FormulaError, ShapeError } from "../errors.ts";
import { parseFormula, symbolsOf, toText } from "../formula/index.ts";
import type { Formula } from "../formula/tree.ts";
import type {
  Axis,
  ConstantNode,
  ContractNode,
  CountNode,
  HoldNode,
  IndexNode,
  InputNode,
  Label,
  MapNode,
  Node,
  RandomNode,
  ReduceNode,
  Reduction,
  VariableNode,
} from "./node.ts";

/**
 * A new index. Two axes are the same only when they are the same object, whatever their names.
 *
 * @throws ShapeError when `size` is not a whole number from 1 up.
 */
export function axis(name: string, size: number, options: { readonly isVariable?: boolean } = {}): Axis {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new ShapeError({
      where: `axis "${name}"`,
      expected: "a size of 1 or more",
      got: `${size}`,
      advice: "Give a whole number.",
    });
  }
  return { name, size, isVariable: options.isVariable ?? false };
}

/** Values fed anew for each run; an input without axes is a scalar. */
export function input(name: string, axes: readonly Axis[], label: Label | null = null): InputNode {
  return { kind: "input", name, axes: distinct(axes, `input "${name}"`), label };
}

/** Values that persist between runs, 0 until written. */
export function variable(name: string, axes: readonly Axis[], label: Label | null = null): VariableNode {
  return { kind: "variable", name, axes: distinct(axes, `variable "${name}"`), label };
}

/** The same number everywhere; any finite or infinite float64. */
export function constant(value: number, axes: readonly Axis[] = []): ConstantNode {
  return { kind: "constant", value, axes: distinct(axes, "constant"), label: null };
}

/** 0, 1, 2 … along `along`. */
export function index(along: Axis): IndexNode {
  return { kind: "index", axes: [along], label: null };
}

/** The number of positions that `along` has in a run, as a scalar. */
export function count(along: Axis): CountNode {
  return { kind: "count", axis: along, axes: [], label: null };
}

/** Uniform numbers in [0, 1) that depend on seed, `stream`, step and position alone; at least one axis. */
export function random(axes: readonly Axis[], stream: number): RandomNode {
  if (axes.length === 0)
    throw new ShapeError({
      where: "random",
      expected: "at least one axis",
      got: "none",
      advice: "Give the axes to fill.",
    });
  return { kind: "random", stream, axes: distinct(axes, "random"), label: null };
}

/**
 * `Σ left · right` over every axis that both have and `axes` lacks: the matrix product and its transposes
 * (`z_xj = Σ_k a_xk w_jk` is `contract(a, w, [x, j])`), the outer and the inner product.
 *
 * @throws ShapeError when `axes` names one that neither operand has, or an axis to be summed is in one operand only.
 */
export function contract(left: Node, right: Node, axes: readonly Axis[], label: Label | null = null): ContractNode {
  distinct(axes, "contract");
  for (const wanted of axes) {
    if (!left.axes.includes(wanted) && !right.axes.includes(wanted)) {
      throw new ShapeError({
        where: "contract",
        expected: `axes of its operands ${describeAxes(left.axes)} and ${describeAxes(right.axes)}`,
        got: describeAxes(axes),
        advice: `Axis "${wanted.name}" is in neither.`,
      });
    }
  }
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    for (const summed of one.axes) {
      if (axes.includes(summed) || other.axes.includes(summed)) continue;
      throw new ShapeError({
        where: "contract",
        expected: "every summed axis in both operands",
        got: `"${summed.name}" only in ${describeAxes(one.axes)}, not in ${describeAxes(other.axes)}`,
        advice: "Reduce over it first.",
      });
    }
  }
  return { kind: "contract", left, right, axes, label };
}

// Deep networks have the same few texts in every layer; what is known of a formula is kept by its object.
const parsedTexts = new Map<string, Formula>();
const MOST_TEXTS = 256;

function parsedOnce(text: string, symbols: readonly string[]): Formula {
  const key = `${symbols.join()}: ${text}`;
  let formula = parsedTexts.get(key);
  if (formula === undefined) {
    formula = parseFormula(text, { symbols });
    if (parsedTexts.size >= MOST_TEXTS) parsedTexts.clear();
    parsedTexts.set(key, formula);
  }
  return formula;
}

/** How a map is built, beyond its formula and operands. */
export interface MapOptions {
  /** Axes of the result, in order. Default: those of the operands, in order of first appearance. */
  readonly axes?: readonly Axis[];
  readonly label?: Label | null;
}

/**
 * A formula applied at every position: `map("max(0, z)", { z })`. An operand that lacks an axis is repeated along it.
 *
 * @throws ShapeError when an operand has an axis that the result lacks.
 * @throws FormulaError when the formula cannot be read or uses a symbol that is not among the operands.
 */
export function map(
  formula: Formula | string,
  operands: Readonly<Record<string, Node>>,
  options: MapOptions = {},
): MapNode {
  const names = Object.keys(operands);
  const tree = typeof formula === "string" ? parsedOnce(formula, names) : formula;
  const used = symbolsOf(tree);
  const kept: Record<string, Node> = {};
  for (const name of used) {
    const operand = Object.hasOwn(operands, name) ? operands[name] : undefined;
    if (operand === undefined) {
      const text = toText(tree);
      const given = names.join(", ") || "none";
      throw new FormulaError(
        { where: "map", expected: `an operand for every symbol of ${text}`, got: given, advice: `Add "${name}".` },
        text,
        { start: 0, end: text.length },
      );
    }
    kept[name] = operand;
  }
  const axes = options.axes ?? unionOfAxes(Object.values(operands));
  distinct(axes, "map");
  for (const [name, operand] of Object.entries(kept)) {
    const missing = operand.axes.find((each) => !axes.includes(each));
    if (missing !== undefined) {
      throw new ShapeError({
        where: "map",
        expected: `operand "${name}" to have axes among ${describeAxes(axes)}`,
        got: describeAxes(operand.axes),
        advice: `Reduce over "${missing.name}" first.`,
      });
    }
  }
  return { kind: "map", formula: tree, operands: kept, axes, label: options.label ?? null };
}

/**
 * Sum, mean or maximum over the axes of `operand` that `axes` lacks.
 *
 * @throws ShapeError when `axes` has one that the operand lacks.
 */
export function reduce(
  reduction: Reduction,
  operand: Node,
  axes: readonly Axis[],
  label: Label | null = null,
): ReduceNode {
  distinct(axes, "reduce");
  const extra = axes.find((each) => !operand.axes.includes(each));
  if (extra !== undefined) {
    throw new ShapeError({
      where: "reduce",
      expected: `axes among ${describeAxes(operand.axes)}`,
      got: describeAxes(axes),
      advice: `Drop "${extra.name}", or map the operand over it first.`,
    });
  }
  return { kind: "reduce", reduction, operand, axes, label };
}

/** `operand`, but backpropagation takes it for a constant. */
export function hold(operand: Node): HoldNode {
  return { kind: "hold", operand, axes: operand.axes, label: null };
}

/**
 * `operand` along other axes, for what is computed twice in one graph: a layer that receives its own output has weights
 * whose k is another axis than its j.
 *
 * @throws ShapeError when there are not as many axes, or one has another size.
 */
export function rename(operand: Node, axes: readonly Axis[], label: Label | null = null): Node {
  distinct(axes, "rename");
  const isSame = (one: Axis, other: Axis | undefined): boolean =>
    one.size === other?.size && one.isVariable === other.isVariable;
  if (operand.axes.length !== axes.length || !operand.axes.every((each, i) => isSame(each, axes[i]))) {
    throw new ShapeError({
      where: "rename",
      expected: `axes of the sizes of ${describeAxes(operand.axes)}`,
      got: describeAxes(axes),
      advice: "Give one for each, of the same size.",
    });
  }
  return operand.axes.every((each, i) => each === axes[i]) ? operand : { kind: "rename", operand, axes, label };
}

/** `[examples 32, layer1 10]`, for messages. */
export function describeAxes(axes: readonly Axis[]): string {
  return `[${axes.map(({ name, size }) => `${name} ${size}`).join(", ")}]`;
}

function unionOfAxes(nodes: readonly Node[]): readonly Axis[] {
  return [...new Set(nodes.flatMap((node) => node.axes))];
}

function distinct(axes: readonly Axis[], where: string): readonly Axis[] {
  if (new Set(axes).size !== axes.length) {
    throw new ShapeError({
      where,
      expected: "each axis once",
      got: describeAxes(axes),
      advice: "Use two axes of the same size.",
    });
  }
  return axes;
}
