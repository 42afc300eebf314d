import fc from "fast-check";
import {
  axis,
  constant,
  contract,
  count,
  hold,
  index,
  input,
  map,
  random,
  reduce,
  rename,
  variable,
} from "../../src/graph/build.ts";
import { backpropagate } from "../../src/graph/backpropagate.ts";
import type { Axis, InputNode, Node, VariableNode } from "../../src/graph/node.ts";
import { uniform } from "../../src/random/philox.ts";
import type { Program, Update } from "../../src/graph/program.ts";

/** A program made at random from every primitive, with all it needs to run. */
export interface RandomProgram {
  readonly program: Program;
  readonly examples: Axis;
  readonly inputs: readonly InputNode[];
  readonly variables: readonly VariableNode[];
}

const FORMULAS = [
  "u + v",
  "u - v",
  "u * v",
  "u / (2 + v^2)",
  "max(u, v)",
  // Without a jump where u = v: rounding may decide otherwise there.
  "u < v ? u : 2 * u - v",
  "tanh(u) + v",
  "sigmoid(u) * v",
];
const FORMULAS_OF_ONE = ["tanh(u)", "sigmoid(u)", "max(0, u)", "u^2 / (1 + u^2)", "abs(u)", "u", "0.5 * u - 1"];

/** Most axes of a tensor. */
const MOST_AXES = 4;
/** Most elements of a tensor, and most terms of a contraction, so that the oracle takes milliseconds. */
const MOST_ELEMENTS = 2000;
const MOST_TERMS = 20_000;

/** What the making of a program needs at every turn. */
interface Maker {
  /** A number below `below`. */
  readonly choose: (below: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
  readonly axes: readonly Axis[];
  /** None to four different axes, those of a small tensor. */
  readonly someAxes: () => readonly Axis[];
  /** The axes as they are, turned around, or the first one last. */
  readonly someOrder: (axes: readonly Axis[]) => readonly Axis[];
  /** Everything there is to compute with. */
  readonly nodes: Node[];
  readonly variables: VariableNode[];
}

/**
 * Choices are numbers below 2^16 taken from a stream that fast-check shrinks; each node kind takes what it needs.
 * All values stay moderate, so that float32 and float64 can be compared.
 */
export function randomProgram(choices: readonly number[]): RandomProgram {
  let next = 0;
  const choose = (below: number): number => (choices[next++ % choices.length] ?? 0) % below;
  const pick = <Item>(items: readonly Item[]): Item => items[choose(items.length)] as Item;

  const examples = axis("examples", 1 + choose(9), { isVariable: true });
  const axes = [
    examples,
    axis("i", 1 + choose(5)),
    axis("j", 1 + choose(20)),
    axis("k", 1 + choose(35)),
    axis("p", 1 + choose(4)),
  ];
  const someAxes = (): readonly Axis[] => {
    const found = new Set<Axis>();
    for (let rank = pick([0, 1, 1, 2, 2, 2, 3, 3, 4]); rank > 0; rank--) found.add(pick(axes));
    return fitting([...found]);
  };
  const someOrder = (all: readonly Axis[]): readonly Axis[] => {
    const way = choose(3);
    return way === 0 ? all : way === 1 ? all.toReversed() : [...all.slice(1), ...all.slice(0, 1)];
  };

  const inputs = [0, 1].map((n) => input(`x${n}`, someAxes()));
  const rate = input("rate", []);
  const variables = [0, 1, 2].map((n) =>
    variable(
      `w${n}`,
      someAxes().filter((each) => !each.isVariable),
    ),
  );
  const nodes: Node[] = [...inputs, ...variables];
  const maker: Maker = { choose, pick, axes, someAxes, someOrder, nodes, variables };
  const steps = 3 + choose(12);
  for (let step = 0; step < steps; step++) nodes.push(randomNode(maker));

  const last = nodes.at(-1)!;
  const total = reduce("sum", last, []);
  const gradients = backpropagate(total, variables);
  const eta = map("r / 64", { r: rate });
  const updates: Update[] = variables
    .filter(() => choose(3) > 0)
    .map((target) => ({ target, value: updatedValue(maker, target, gradients.get(target)!, eta) }));
  const outputs: Record<string, Node> = { total, last };
  for (const [n, each] of variables.entries()) if (choose(2) === 0) outputs[`gradient${n}`] = gradients.get(each)!;
  for (let n = 0; n < 3; n++) outputs[`node${n}`] = pick(nodes);
  return { program: { outputs, updates }, examples, inputs: [...inputs, rate], variables };
}

/** Gradient descent, a step of bounded length, or the old value of another variable. */
function updatedValue({ choose, variables }: Maker, target: VariableNode, gradient: Node, eta: Node): Node {
  switch (choose(6)) {
    case 0:
      return variables.find((each) => each !== target && isSameAxes(each.axes, target.axes)) ?? target;
    case 1:
    case 2:
      return map("w - 0.1 * tanh(g)", { w: target, g: gradient }, { axes: target.axes });
    default:
      return map("w - eta * g", { w: target, g: gradient, eta }, { axes: target.axes });
  }
}

function randomNode(maker: Maker): Node {
  const { choose, pick, axes, nodes, someAxes, someOrder } = maker;
  const one = pick(nodes);
  const other = pick(nodes);
  switch (choose(12)) {
    case 0:
      // No whole numbers: a tanh that has been rounded to 1 would meet them.
      return map("u + 0.37", { u: index(pick(axes)) });
    case 1:
      return map("u / n", { u: one, n: count(pick(axes)) });
    case 2: {
      const drawn = someAxes();
      return pick([constant(1.5, one.axes), hold(one), random(drawn.length === 0 ? [pick(axes)] : drawn, choose(100))]);
    }
    case 3:
    case 4:
      return randomReduction(maker, one);
    case 5:
      return map(pick(FORMULAS_OF_ONE), { u: one }, { axes: choose(3) === 0 ? someOrder(one.axes) : one.axes });
    case 6:
    case 7:
      return randomContraction(maker, one, other);
    case 8:
      return denseLayer(maker, one);
    case 9:
      // Along axes of its own, so that it meets itself as another.
      return rename(
        one,
        one.axes.map((each) => (each.isVariable || choose(2) === 0 ? each : axis(`${each.name}'`, each.size))),
      );
    default: {
      const union = unionOf(one, other);
      if (!isSmall(union)) return map("sigmoid(u)", { u: one });
      return map(pick(FORMULAS), { u: one, v: other }, { axes: someOrder(union) });
    }
  }
}

function randomReduction({ choose, pick, someOrder }: Maker, operand: Node): Node {
  const mask = choose(16);
  const kept = operand.axes.filter((_, position) => (mask & (1 << position)) !== 0);
  return reduce(pick(["sum", "mean", "max"] as const), operand, someOrder(kept));
}

/** A sum over what the two share, though some of it may be kept. */
function randomContraction({ choose, someOrder }: Maker, one: Node, other: Node): Node {
  const union = unionOf(one, other);
  const isShared = (each: Axis): boolean => one.axes.includes(each) && other.axes.includes(each);
  const kept = union.filter((each) => !isShared(each) || choose(4) === 0);
  if (!isSmall(kept) || elements(union) > MOST_TERMS) return map("tanh(u)", { u: one });
  return map("tanh(u)", { u: contract(one, other, someOrder(kept)) });
}

/** σ(w a + b) along the operand's last axis, with weights and biases of its own: what training has most of. */
function denseLayer({ pick, axes, choose, someOrder, variables }: Maker, operand: Node): Node {
  const inner = operand.axes.at(-1);
  const others = axes.filter((each) => !each.isVariable && !operand.axes.includes(each));
  if (inner === undefined || inner.isVariable || others.length === 0) return map("sigmoid(u)", { u: operand });
  const units = pick(others);
  const number = variables.length;
  const order = choose(3) === 0 ? [inner, units] : [units, inner];
  const [w, b] = [variable(`w${number}`, order), variable(`w${number + 1}`, [units])];
  variables.push(w, b);
  const [left, right] = choose(2) === 0 ? [operand, w] : [w, operand];
  const product = contract(left, right, someOrder([...operand.axes.slice(0, -1), units]));
  return map("tanh(z)", { z: choose(5) === 0 ? product : map("s + b", { s: product, b }) });
}

function unionOf(one: Node, other: Node): readonly Axis[] {
  return [...new Set([...one.axes, ...other.axes])];
}

function elements(axes: readonly Axis[]): number {
  return axes.reduce((product, { size }) => product * size, 1);
}

function isSmall(axes: readonly Axis[]): boolean {
  return axes.length <= MOST_AXES && elements(axes) <= MOST_ELEMENTS;
}

/** The first of the axes, as many as make a small tensor. */
function fitting(axes: readonly Axis[]): readonly Axis[] {
  return isSmall(axes) ? axes : fitting(axes.slice(0, -1));
}

function isSameAxes(one: readonly Axis[], other: readonly Axis[]): boolean {
  return one.length === other.length && one.every((each, i) => each === other[i]);
}

/** Streams of choices, for `randomProgram`. */
export const choices: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(65535), { minLength: 40, maxLength: 120 });

/** Numbers in [−1, 1), exact in float32, the same for the same seed. */
export function numbers(axes: readonly Axis[], extents: ReadonlyMap<Axis, number>, stream: number): Float64Array {
  const size = axes.reduce((product, each) => product * (extents.get(each) ?? each.size), 1);
  return Float64Array.from({ length: size }, (_, i) => uniform(1, stream, 0, i) * 2 - 1);
}
