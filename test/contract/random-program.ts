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

/**
 * Choices are numbers below 2^16 taken from a stream that fast-check shrinks; each node kind takes what it needs.
 * All values stay moderate, so that float32 and float64 can be compared.
 */
export function randomProgram(choices: readonly number[]): RandomProgram {
  let next = 0;
  const choose = (below: number): number => (choices[next++ % choices.length] ?? 0) % below;
  const pick = <Item>(items: readonly Item[]): Item => items[choose(items.length)] as Item;

  const examples = axis("examples", 1 + choose(9), { isVariable: true });
  const axes = [examples, axis("i", 1 + choose(5)), axis("j", 1 + choose(20)), axis("k", 1 + choose(35))];
  const someAxes = (): readonly Axis[] => {
    const first = pick(axes);
    const second = pick(axes);
    const rank = choose(4);
    return rank === 0 ? [] : rank === 1 || first === second ? [first] : [first, second];
  };

  const inputs = [0, 1].map((n) => input(`x${n}`, someAxes()));
  const variables = [0, 1, 2].map((n) =>
    variable(
      `w${n}`,
      someAxes().filter((each) => !each.isVariable),
    ),
  );
  const nodes: Node[] = [...inputs, ...variables];
  const steps = 3 + choose(12);
  for (let step = 0; step < steps; step++) nodes.push(randomNode(nodes, axes, choose, pick));

  const last = nodes.at(-1)!;
  const total = reduce("sum", last, []);
  const gradients = backpropagate(total, variables);
  const updates: Update[] = variables
    .filter(() => choose(3) > 0)
    .map((target) => ({
      target,
      value:
        choose(6) === 0
          ? (variables.find((each) => each !== target && sameAxes(each, target)) ?? target)
          : map("w - 0.1 * tanh(g)", { w: target, g: gradients.get(target)! }, { axes: target.axes }),
    }));
  const outputs: Record<string, Node> = { total, last };
  for (const [n, each] of variables.entries()) if (choose(2) === 0) outputs[`gradient${n}`] = gradients.get(each)!;
  for (let n = 0; n < 3; n++) outputs[`node${n}`] = pick(nodes);
  return { program: { outputs, updates }, examples, inputs, variables };
}

function randomNode(
  nodes: readonly Node[],
  axes: readonly Axis[],
  choose: (below: number) => number,
  pick: <Item>(items: readonly Item[]) => Item,
): Node {
  const one = pick(nodes);
  const other = pick(nodes);
  const union = [...new Set([...one.axes, ...other.axes])];
  switch (choose(9)) {
    case 0:
      // No whole numbers: a tanh that has been rounded to 1 would meet them.
      return map("u + 0.37", { u: index(pick(axes)) });
    case 1:
      return map("u / n", { u: one, n: count(pick(axes)) });
    case 2:
      return pick([constant(1.5, one.axes), hold(one), random(axes.slice(0, 2), choose(100))]);
    case 3:
      return reduce(pick(["sum", "mean", "max"] as const), one, one.axes.slice(choose(2)));
    case 4:
      return map(
        pick(FORMULAS_OF_ONE),
        { u: one },
        { axes: one.axes.length === 2 && choose(3) === 0 ? one.axes.toReversed() : one.axes },
      );
    case 5:
    case 6: {
      const shared = one.axes.filter((each) => other.axes.includes(each));
      const kept = union.filter((each) => !shared.includes(each) || choose(4) === 0);
      const order = choose(2) === 0 ? kept : kept.toReversed();
      if (order.length > 2 || union.length > 3) return map("tanh(u)", { u: one });
      // Batched products become maps, which have two axes at most.
      if (union.length > 2 && shared.some((each) => order.includes(each))) return map("tanh(u)", { u: one });
      return map("tanh(u)", { u: contract(one, other, order) });
    }
    default: {
      if (union.length > 2) return map("sigmoid(u)", { u: one });
      return map(pick(FORMULAS), { u: one, v: other }, { axes: choose(2) === 0 ? union : union.toReversed() });
    }
  }
}

function sameAxes(one: Node, other: Node): boolean {
  return one.axes.length === other.axes.length && one.axes.every((each, i) => each === other.axes[i]);
}

/** Streams of choices, for `randomProgram`. */
export const choices: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(65535), { minLength: 40, maxLength: 120 });

/** Numbers in [−1, 1), exact in float32, the same for the same seed. */
export function numbers(axes: readonly Axis[], extents: ReadonlyMap<Axis, number>, stream: number): Float64Array {
  const size = axes.reduce((product, each) => product * (extents.get(each) ?? each.size), 1);
  return Float64Array.from({ length: size }, (_, i) => uniform(1, stream, 0, i) * 2 - 1);
}
