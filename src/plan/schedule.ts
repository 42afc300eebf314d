import { internalError } from "../errors.ts";
import { symbolText } from "../formula/index.ts";
import { describeAxes } from "../graph/build.ts";
import { type ByKind, byKind } from "../graph/by-kind.ts";
import type { ContractNode, MapNode, Node, RandomNode, ReduceNode, RenameNode, VariableNode } from "../graph/node.ts";
import { operandsOf } from "../graph/node.ts";
import { topologicalOrder } from "../graph/order.ts";
import type { Program, Update } from "../graph/program.ts";
import { isSameAxes, isTranspose } from "./canonical.ts";
import { MOST_EQUATIONS, MOST_UPDATE_TERMS } from "./instruction.ts";
import { elementsOf } from "./layout.ts";
import { type ProductLayout, productLayout } from "./product-layout.ts";

/** One instruction to be: what it computes, before it has a place in memory. */
export type Task = MapTask | MultiplyTask | ReduceTask | RandomTask | TransposeTask | RenameTask;

/** Maps over the same axes in one pass; later nodes may use earlier ones without a trip through memory. */
export interface MapTask {
  readonly kind: "map";
  readonly nodes: MapNode[];
}

export interface ReduceTask {
  readonly kind: "reduce";
  readonly node: ReduceNode;
}

export interface RandomTask {
  readonly kind: "random";
  readonly node: RandomNode;
}

/** A map that puts the axes of its operand into another order. */
export interface TransposeTask {
  readonly kind: "transpose";
  readonly node: MapNode;
}

/** The same values along other axes: a copy, as two axes may be walked differently. */
export interface RenameTask {
  readonly kind: "rename";
  readonly node: RenameNode;
}

/** A matrix product, with a vector added to every row on the way out, or taken from a variable as its update. */
export interface MultiplyTask {
  readonly kind: "multiply";
  readonly node: ContractNode;
  /** The node whose values come out: `node`, or the sum of it and `bias`, or the updated variable. */
  readonly result: Node;
  readonly bias: Node | null;
  readonly update: ProductUpdate | null;
}

/** `target − factor · product`: gradient descent, in the product that makes the gradient. */
export interface ProductUpdate {
  readonly target: VariableNode;
  /** A scalar. */
  readonly factor: Node;
}

export interface Schedule {
  readonly tasks: readonly Task[];
  /** Position in `tasks` of the task that computes a node; nodes without one are there before the run. */
  readonly taskOf: ReadonlyMap<Node, number>;
  /** Nodes that use a node. */
  readonly users: ReadonlyMap<Node, readonly Node[]>;
  /** Update values that are written straight over their target, since nobody reads the old value afterwards. */
  readonly inPlace: ReadonlyMap<Node, VariableNode>;
  /** The other updates, to be copied at the end. */
  readonly moves: readonly Update[];
}

/**
 * Puts a canonical program in order and fuses: maps over the same axes into one pass, `Σ w a + b` and `w − η g` into the product.
 *
 * Updates come as soon as nobody needs the old value (last layer first), while the gradient is still in the cache and
 * before the next one needs the room.
 */
export function schedule(program: Program): Schedule {
  const order = executionOrder(program);
  const users = usersOf(order);
  const isNeeded = new Set([...Object.values(program.outputs), ...program.updates.map(({ value }) => value)]);
  const biased = biasedProducts(order, users, isNeeded);
  const updated = updatedProducts(program.updates, users, isNeeded);
  const targetOf = new Map(program.updates.map(({ target, value }) => [value, target] as const));

  const tasks: Task[] = [];
  const taskOf = new Map<Node, number>();
  const lastMapTask = new Map<string, number>();
  const spaceOf = axisNumberer();
  const place = (node: Node): number => taskOf.get(node) ?? -1;
  const push = (task: Task, node: Node): void => {
    taskOf.set(node, tasks.length);
    tasks.push(task);
  };

  const joinable = (node: MapNode, space: string): MapTask | null => {
    const position = lastMapTask.get(space);
    if (position === undefined) return null;
    const task = tasks[position];
    if (task?.kind !== "map" || task.nodes.length >= MOST_EQUATIONS) return null;
    const target = targetOf.get(node);
    const before = [...operandsOf(node), ...(target === undefined ? [] : (users.get(target) ?? []))];
    return before.every((each) => each === node || place(each) <= position) ? task : null;
  };

  const nothing = (): void => {};
  const schedule: ByKind<Node, void> = {
    // There before the run.
    input: nothing,
    variable: nothing,
    constant: nothing,
    index: nothing,
    count: nothing,
    hold: nothing,
    contract: (node) => {
      const sum = biased.get(node);
      // An update waits for its turn, which is after the last reader of the old value.
      if (updated.has(node)) return;
      if (sum === undefined) push({ kind: "multiply", node, result: node, bias: null, update: null }, node);
      else {
        const bias = operandsOf(sum).find((each) => each !== node) ?? null;
        push({ kind: "multiply", node, result: sum, bias, update: null }, node);
        taskOf.set(sum, place(node));
      }
    },
    map: (node) => {
      if (taskOf.has(node)) return;
      const product = operandsOf(node).find((each) => each.kind === "contract" && updated.get(each)?.value === node);
      if (product?.kind === "contract") {
        const update = updated.get(product) ?? null;
        push({ kind: "multiply", node: product, result: node, bias: null, update }, product);
        taskOf.set(node, place(product));
        return;
      }
      if (isTranspose(node)) {
        push({ kind: "transpose", node }, node);
        return;
      }
      const space = spaceOf(node);
      const task = joinable(node, space);
      if (task === null) {
        lastMapTask.set(space, tasks.length);
        push({ kind: "map", nodes: [node] }, node);
      } else {
        task.nodes.push(node);
        taskOf.set(node, lastMapTask.get(space)!);
      }
    },
    reduce: (node) => push({ kind: "reduce", node }, node),
    random: (node) => push({ kind: "random", node }, node),
    rename: (node) => push({ kind: "rename", node }, node),
  };
  for (const node of order) byKind(schedule, node);

  return { tasks, taskOf, users, ...placeUpdates(program.updates, tasks, taskOf, users) };
}

/** Deepest operands first, so that what can wait does; readers of a variable before what replaces it. */
function executionOrder(program: Program): readonly Node[] {
  const values = program.updates.map(({ value }) => value).toReversed();
  const roots = [...Object.values(program.outputs), ...values];
  const plain = topologicalOrder(roots);
  const depth = new Map<Node, number>();
  for (const node of plain) {
    depth.set(
      node,
      operandsOf(node).reduce((most, operand) => Math.max(most, depth.get(operand)! + 1), 0),
    );
  }
  const users = usersOf(plain);
  const readers = new Map<Node, readonly Node[]>(
    program.updates.map(({ target, value }) => [value, (users.get(target) ?? []).filter((each) => each !== value)]),
  );
  const order = topologicalOrder(roots, (node) => [
    ...operandsOf(node).toSorted((one, other) => depth.get(other)! - depth.get(one)!),
    ...(readers.get(node) ?? []),
  ]);
  // A reader of the old value that itself needs the new one closes a circle; such updates are copied at the end instead.
  return isTopological(order) ? order : plain;
}

function isTopological(order: readonly Node[]): boolean {
  const done = new Set<Node>();
  for (const node of order) {
    if (operandsOf(node).some((operand) => !done.has(operand))) return false;
    done.add(node);
  }
  return true;
}

function usersOf(order: readonly Node[]): ReadonlyMap<Node, readonly Node[]> {
  const users = new Map<Node, Node[]>();
  for (const node of order) {
    for (const operand of new Set(operandsOf(node))) {
      const known = users.get(operand);
      if (known === undefined) users.set(operand, [node]);
      else known.push(node);
    }
  }
  return users;
}

/** Products that only serve to have a vector added to their rows, and the map that adds it. */
function biasedProducts(
  order: readonly Node[],
  users: ReadonlyMap<Node, readonly Node[]>,
  isNeeded: ReadonlySet<Node>,
): ReadonlyMap<ContractNode, MapNode> {
  const found = new Map<ContractNode, MapNode>();
  const position = new Map(order.map((node, i) => [node, i] as const));
  for (const node of order) {
    if (node.kind !== "map" || node.axes.length < 2 || !isPlainSum(node)) continue;
    const [one, other] = operandsOf(node);
    const product = one?.kind === "contract" ? one : other;
    const bias = product === one ? other : one;
    if (product?.kind !== "contract" || bias === undefined || isNeeded.has(product) || found.has(product)) continue;
    const isOnlyUse = users.get(product)?.length === 1 && isSameAxes(product.axes, node.axes);
    const isRow = isOnlyUse && isSameAxes(bias.axes, productLayoutOf(product).columns);
    if (isOnlyUse && isRow && position.get(bias)! < position.get(product)!) found.set(product, node);
    else if (isOnlyUse && isRow && bias.kind === "variable") found.set(product, node);
  }
  return found;
}

/**
 * Products that only serve to update a variable by gradient descent, `w − η g`: nobody looks at the gradient, so that it
 * need not be written to memory, and read again with the variable.
 */
function updatedProducts(
  updates: readonly Update[],
  users: ReadonlyMap<Node, readonly Node[]>,
  isNeeded: ReadonlySet<Node>,
): ReadonlyMap<ContractNode, ProductUpdate & { readonly value: Node }> {
  const found = new Map<ContractNode, ProductUpdate & { readonly value: Node }>();
  for (const { target, value } of updates) {
    if (value.kind !== "map" || value.axes.length < 2 || value.formula.kind !== "operation") continue;
    const { operator, left, right } = value.formula;
    if (operator !== "-" || left.kind !== "symbol" || right.kind !== "operation" || right.operator !== "*") continue;
    if (value.operands[symbolText(left)] !== target || right.left.kind !== "symbol" || right.right.kind !== "symbol")
      continue;
    const factors = [right.left, right.right].map((each) => value.operands[symbolText(each)]);
    const factor = factors.find((each) => each?.axes.length === 0);
    const product = factors.find((each) => each?.kind === "contract");
    if (factor === undefined || product?.kind !== "contract" || found.has(product)) continue;
    const isOnlyUse = users.get(product)?.length === 1 && !isNeeded.has(product);
    const isSameLayout = isSameAxes(product.axes, value.axes) && isSameAxes(target.axes, value.axes);
    const isRead = operandsOf(product).includes(target);
    const { inner, batch } = productLayoutOf(product);
    const isPossible = batch.length === 0 && elementsOf(inner) <= MOST_UPDATE_TERMS;
    if (isOnlyUse && isSameLayout && !isRead && isPossible) {
      found.set(product, { target, factor, value });
    }
  }
  return found;
}

// Asked for at several turns of a compilation.
const layouts = new WeakMap<ContractNode, ProductLayout>();

/** How a contraction of a canonical program is a matrix product. */
export function productLayoutOf(node: ContractNode): ProductLayout {
  let layout = layouts.get(node) ?? null;
  if (layout !== null) return layout;
  const { left, right, axes } = node;
  layout = productLayout({ left: left.axes, right: right.axes, output: axes });
  if (layout === null) throw internalError(`plan: a contraction to ${describeAxes(axes)} is no matrix product.`);
  layouts.set(node, layout);
  return layout;
}

function isPlainSum({ formula, operands }: MapNode): boolean {
  return (
    formula.kind === "operation" &&
    formula.operator === "+" &&
    formula.left.kind === "symbol" &&
    formula.right.kind === "symbol" &&
    Object.keys(operands).length === 2
  );
}

function placeUpdates(
  updates: readonly Update[],
  tasks: readonly Task[],
  taskOf: ReadonlyMap<Node, number>,
  users: ReadonlyMap<Node, readonly Node[]>,
): Pick<Schedule, "inPlace" | "moves"> {
  const inPlace = new Map<Node, VariableNode>();
  const moves: Update[] = [];
  const values = new Set<Node>(updates.map(({ value }) => value));
  for (const update of updates) {
    const { target, value } = update;
    const position = taskOf.get(value) ?? -1;
    const isLastUse =
      !values.has(target) && (users.get(target) ?? []).every((reader) => (taskOf.get(reader) ?? -1) <= position);
    const task = tasks[position];
    const isOwn = task?.kind === "map" || (task?.kind === "multiply" && task.update?.target === target);
    const isOwnMap = value.kind === "map" && isOwn && !inPlace.has(value);
    const isSameLayout = isSameAxes(value.axes, target.axes);
    if (isOwnMap && isLastUse && isSameLayout) inPlace.set(value, target);
    else moves.push(update);
  }
  return { inPlace, moves };
}

/** A text that is the same for nodes with the same axes in the same order. */
function axisNumberer(): (node: Node) => string {
  const numbers = new Map<object, number>();
  return ({ axes }) =>
    axes
      .map((axis) => {
        if (!numbers.has(axis)) numbers.set(axis, numbers.size);
        return numbers.get(axis);
      })
      .join();
}
