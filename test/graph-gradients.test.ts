import { describe, expect, test } from "vitest";
import { engineFrom } from "../src/engine/index.ts";
import { backpropagate } from "../src/graph/backpropagate.ts";
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
} from "../src/graph/build.ts";
import { type Axis, type Node, type NodeKind, operandsOf, type VariableNode } from "../src/graph/node.ts";
import { topologicalOrder } from "../src/graph/order.ts";
import { uniform } from "../src/random/philox.ts";

const examples = axis("examples", 3, { isVariable: true });
const j = axis("j", 4);
const k = axis("k", 2);
const w = variable("w", [j, k]);
const a = variable("a", [examples, k]);
const b = variable("b", [j]);
const s = variable("s", []);
const c = variable("c", [examples, k, j]);
const d = variable("d", [k, examples, j]);

/** At least one expression per primitive, and per way of using it; the variables it is differentiated by follow from it. */
const expressions: Readonly<Record<NodeKind, readonly Node[]>> = {
  variable: [b, s],
  input: [map("b * x", { b, x: input("x", [j]) })],
  constant: [map("b * c", { b, c: constant(3) }), map("b * c", { b, c: constant(-3, [j]) })],
  index: [map("b * i", { b, i: index(j) })],
  count: [map("a / n", { a, n: count(examples) })],
  random: [map("b * r", { b, r: random([j], 3) })],
  // Held values that the result does not depend on, as in softmax; the others have a test of their own below.
  hold: [softmax(b, [])],
  // Also along an axis that meets the original, and one renamed back.
  rename: [
    rename(w, [axis("j again", 4), k]),
    map("u*v^2", { u: rename(b, [axis("another j", 4)]), v: b }),
    map("u*v", { u: rename(rename(b, [axis("a j", 4)]), [j]), v: b }),
  ],
  contract: [
    contract(a, w, [examples, j]),
    contract(w, a, [j, examples]),
    contract(w, b, [k]),
    contract(b, b, []),
    contract(w, w, []),
    contract(b, contract(w, b, [k]), [k, j]),
    contract(a, a, [examples]),
    contract(s, w, [k, j]),
    // Batches of products, and sums over several axes.
    contract(c, w, [examples, k]),
    contract(c, a, [examples, j]),
    contract(c, a, [j, k]),
    contract(c, d, [examples, k]),
    contract(c, w, [examples]),
    contract(c, d, [j]),
    contract(c, b, [k, examples]),
  ],
  map: [
    map("w * b + s", { w, b, s }),
    map("a / (1 + s^2)", { a, s }),
    map("u * v", { u: b, v: b }),
    map("tanh(w)", { w }, { axes: [k, j] }),
    map("b", { b }, { axes: [k, j] }),
    map("sigmoid(w) > b ? w^2 : b", { w, b }),
    map("c * d + w * a", { c, d, w, a }),
  ],
  reduce: [
    reduce("sum", w, [k]),
    reduce("sum", w, [j]),
    reduce("mean", a, []),
    reduce("mean", a, [k]),
    reduce("max", w, [j]),
    reduce("max", w, []),
    reduce("sum", c, [j, examples]),
    reduce("mean", d, [j]),
    reduce("max", c, [examples]),
  ],
};

describe("backpropagation agrees with central differences", () => {
  for (const [kind, nodes] of Object.entries(expressions)) {
    test.each(nodes.map((node, n) => [n, node] as const))(`${kind}, expression %i`, (_, node) => {
      // tanh of the result, so that the gradient that comes in is not 1 everywhere.
      const total = reduce("sum", map("tanh(u) + u^2", { u: node }), []);
      expectGradient(total);
    });

    test.each(nodes.map((node, n) => [n, node] as const))(`${kind}, expression %i, differentiated twice`, (_, node) => {
      const total = reduce("sum", map("tanh(u) + u^2", { u: node }), []);
      const variables = variablesOf(total);
      const gradients = backpropagate(total, variables);
      const again: Node[] = [...gradients.values()].map((each) => reduce("sum", map("g^2 + g", { g: each }), []));
      const second = again.reduce((one, other) => map("u + v", { u: one, v: other }));
      expectGradient(second);
    });
  }
});

test("a held value counts as a constant", () => {
  const square = map("b^2", { b });
  const total = reduce("sum", map("h * b", { h: hold(square), b }), []);
  const gradient = backpropagate(total, [b]).get(b)!;
  const { values, at } = evaluate({ gradient });
  expect([...values("gradient")]).toEqual([...at(b)].map((each) => each ** 2));
});

test("a chain of 100,000 nodes is differentiated and run without overflowing the stack", () => {
  let node: Node = s;
  for (let n = 0; n < 100_000; n++) node = map(CHAIN_LINK.formula, { u: node });
  const gradient = backpropagate(node, [s]).get(s)!;
  const session = engineFrom("reference").open();
  session.write(s, [2]);
  const executable = session.prepare({ outputs: { gradient }, updates: [] });
  executable.run({ inputs: new Map() });
  expect(executable.output("gradient")[0]).toBeCloseTo(Math.exp(1), 4); // (1 + 1e-5)^100000
});
const CHAIN_LINK = map("1.00001 * u", { u: s });

test("only what lies between the quantities and the output gets a gradient", () => {
  const hidden = map("tanh(u)", { u: contract(a, w, [examples, j]) });
  const total = reduce("sum", hidden, []);
  const onlyHidden = topologicalOrder([backpropagate(total, [hidden]).get(hidden)!]);
  expect(onlyHidden.some(({ kind }) => kind === "contract")).toBe(false);
  const onlyWeights = topologicalOrder([backpropagate(total, [w]).get(w)!]);
  // Forward Σ w a and Σ δ a; not Σ w δ, which only ∂C/∂a needs.
  expect(onlyWeights.filter(({ kind }) => kind === "contract")).toHaveLength(2);
});

test("a quantity the output does not depend on gets zeros", () => {
  const gradient = backpropagate(s, [w]).get(w)!;
  expect(gradient).toMatchObject({ kind: "constant", value: 0, axes: [j, k] });
});

test("an upstream gradient with other axes is refused with both shapes", () => {
  expect(() => backpropagate(w, [w], { upstream: constant(1, [j]) })).toThrow(
    "backpropagate: expected upstream with axes [j 4, k 2], got [j 4].",
  );
});

test.each([
  ["an unknown axis", () => contract(w, a, [axis("q", 2)]), 'Axis "q" is in neither.'],
  ["a sum over an axis of one operand", () => contract(w, b, [j]), '"k" only in [j 4, k 2]'],
  ["an axis twice", () => variable("w", [j, j]), 'variable "w": expected each axis once'],
  ["a map onto fewer axes", () => map("w", { w }, { axes: [j] }), 'Reduce over "k" first.'],
  ["a reduction onto other axes", () => reduce("sum", b, [k]), "reduce: expected axes among [j 4], got [k 2]."],
  ["a symbol without an operand", () => map(CHAIN_LINK.formula, { v: s }), 'got v. Add "u".'],
  ["a symbol that only a prototype has", () => map("constructor + b", { b }), "constructor"],
  ["a size of zero", () => axis("q", 0), 'axis "q": expected a size of 1 or more, got 0.'],
])("%s is refused", (_, build, message) => {
  expect(build).toThrow(message);
});

function softmax(logits: Node, axes: readonly Axis[]): Node {
  const exponentials = map("e^(u - m)", { u: logits, m: hold(reduce("max", logits, axes)) });
  return map("u / s", { u: exponentials, s: reduce("sum", exponentials, axes) });
}

function variablesOf(node: Node): readonly VariableNode[] {
  return topologicalOrder([node], operandsOf).filter((each) => each.kind === "variable");
}

/** Runs on the reference engine with fixed values of all variables, one of them shifted if asked. */
function evaluate(
  outputs: Readonly<Record<string, Node>>,
  shift?: { variable: VariableNode; element: number; by: number },
) {
  const session = engineFrom("reference").open();
  const inputs = new Map<Node, Float64Array>();
  for (const node of topologicalOrder(Object.values(outputs))) {
    if (node.kind !== "variable" && node.kind !== "input") continue;
    const size = node.axes.reduce((product, each) => product * each.size, 1);
    const values = Float64Array.from({ length: size }, (_, i) => 2 * uniform(3, node.name.charCodeAt(0), 0, i) - 1);
    if (shift?.variable === node) values[shift.element]! += shift.by;
    if (node.kind === "variable") session.write(node, values);
    else inputs.set(node, values);
  }
  const executable = session.prepare({ outputs, updates: [] });
  // Only input nodes were put in.
  executable.run({ inputs: inputs as Map<Extract<Node, { kind: "input" }>, Float64Array>, seed: 1 });
  return { values: (name: string) => executable.output(name), at: (node: VariableNode) => session.read(node) };
}

function expectGradient(total: Node): void {
  for (const each of variablesOf(total)) {
    const gradient = evaluate({ gradient: backpropagate(total, [each]).get(each)! }).values("gradient");
    for (let element = 0; element < gradient.length; element++) {
      // h = 1e-5 leaves a truncation error of h²·C‴ ≈ 1e-9 and a rounding error of 1e-16/h ≈ 1e-11, for values near 1.
      const h = 1e-5;
      const above = evaluate({ total }, { variable: each, element, by: h }).values("total")[0]!;
      const below = evaluate({ total }, { variable: each, element, by: -h }).values("total")[0]!;
      const difference = (above - below) / (2 * h);
      expect(Math.abs(gradient[element]! - difference)).toBeLessThan(1e-7 * (1 + Math.abs(difference)));
    }
  }
}
