import { describe, expect, test } from "vitest";
import { axis, contract, index, input, map, reduce, variable } from "../graph/build.ts";
import { backpropagate } from "../graph/backpropagate.ts";
import type { Node, VariableNode } from "../graph/node.ts";
import type { Program } from "../graph/program.ts";
import { canonicalProgram } from "./canonical.ts";
import { compilePlan } from "./compile.ts";
import { MOST_UPDATE_TERMS } from "./instruction.ts";
import { schedule } from "./schedule.ts";

const j = axis("j", 3);
const k = axis("k", 5);
const w = variable("w", [j, k]);
const b = variable("b", [j]);

/** Gradient descent of one layer of sigmoids, with batches of up to so many examples. */
function oneLayer(batchSize: number) {
  const examples = axis("examples", batchSize, { isVariable: true });
  const [x, t, eta] = [input("x", [examples, k]), input("t", [examples, j]), input("eta", [])];
  const z = map("s + b", { s: contract(x, w, [examples, j]), b });
  const a = map("sigmoid(z)", { z });
  const costs = reduce("sum", map("1/2 (a - t)^2", { a, t }), [examples]);
  const gradients = backpropagate(costs, [w, b]);
  const updates = [w, b].map((each) => ({
    target: each,
    value: map("w - eta*g", { w: each, eta, g: gradients.get(each)! }),
  }));
  const program: Program = { outputs: { cost: reduce("mean", costs, []) }, updates };
  return { examples, x, t, z, gradients, program };
}

const { examples, x, t, z, gradients, program } = oneLayer(8);

describe("a training step of one layer", () => {
  test("is seven instructions: bias in the product, δ with the activation, updates in place", () => {
    const { instructions } = compilePlan(program, plainStorage());
    expect(instructions.map(({ kind }) => kind)).toEqual([
      "multiply", // z = w x + b
      "map", // a, the terms of C, and δ = (a − t) a (1 − a)
      "reduce", // C_x
      "reduce", // C
      "reduce", // ∂C/∂b
      "map", // b ← b − η ∂C/∂b
      "multiply", // w ← w − η ∂C/∂w
    ]);
  });

  test("keeps a gradient that somebody looks at", () => {
    const gradient = gradients.get(w)!;
    const { instructions } = compilePlan({ ...program, outputs: { ...program.outputs, gradient } }, plainStorage());
    // b's update and w's, each a map of its own.
    expect(instructions.map(({ kind }) => kind).slice(-2)).toEqual(["map", "map"]);
    expect(instructions.some((each) => each.kind === "multiply" && each.update !== undefined)).toBe(false);
  });

  test("keeps a gradient over more examples than are added up in one go", () => {
    const { instructions } = compilePlan(oneLayer(MOST_UPDATE_TERMS + 1).program, plainStorage());
    expect(instructions.some((each) => each.kind === "multiply" && each.update !== undefined)).toBe(false);
  });

  test("writes every update over its variable", () => {
    const { inPlace, moves } = schedule(canonicalProgram(program));
    expect([...inPlace.values()].toSorted((one, other) => one.name.localeCompare(other.name))).toEqual([b, w]);
    expect(moves).toEqual([]);
  });
});

describe("a product with fewer axes than what is made of it", () => {
  const v = variable("v", [k]);
  const product = contract(w, v, [j]);

  test("does not take a bias along the other axis", () => {
    expect(kinds({ y: map("u + c", { u: product, c: v }, { axes: [j, k] }) })).toEqual(["multiply", "map"]);
  });

  test("does not update the whole variable", () => {
    const value = map("w - eta*g", { w: variable("u", [j, k]), eta: input("eta", []), g: product }, { axes: [j, k] });
    const updates = [{ target: value.operands["w"] as VariableNode, value }]; // as: made in the line above
    const { instructions } = compilePlan({ outputs: {}, updates }, plainStorage());
    expect(instructions.map(({ kind }) => kind)).toEqual(["multiply", "map"]);
  });
});

test("an update whose old value is read later is copied at the end", () => {
  const newest = map("2*b", { b });
  const later = map("b + m", { b, m: reduce("max", newest, []) });
  const { inPlace, moves } = schedule(
    canonicalProgram({ outputs: { later }, updates: [{ target: b, value: newest }] }),
  );
  expect(inPlace.size).toBe(0);
  expect(moves).toHaveLength(1);
});

test("equal equations are computed once, whoever wrote them", () => {
  const outputs = { one: map("tanh(u)", { u: z }), other: map("tanh(u)", { u: z }) };
  const canonical = canonicalProgram({ outputs, updates: [] });
  expect(canonical.outputs["one"]).toBe(canonical.outputs["other"]);
});

test("maps that only repeat or hand on their operand are no instructions", () => {
  const repeated = map("u", { u: b }, { axes: [examples, j] });
  expect(kinds({ y: map("u * v", { u: repeated, v: map("u", { u: t }) }) })).toEqual(["map"]);
});

test("constants go into the formulas", () => {
  const gradient = backpropagate(map("3*b", { b }), [b]).get(b)!;
  expect(canonicalProgram({ outputs: { gradient }, updates: [] }).outputs["gradient"]).toMatchObject({
    kind: "constant",
    value: 3,
  });
});

test("an operand that lies the other way round is turned once, by an instruction of its own", () => {
  const turned = map("u + v", { u: contract(x, w, [j, examples]), v: z }, { axes: [examples, j] });
  const again = map("u * v", { u: contract(x, w, [j, examples]), v: z }, { axes: [examples, j] });
  expect(kinds({ turned, again }).toSorted()).toEqual(["map", "multiply", "multiply", "transpose"]);
});

test("a product of the same rows of two tensors is a map and a sum", () => {
  expect(kinds({ y: contract(z, t, [examples]) })).toEqual(["multiply", "map", "reduce"]);
});

test("a long chain of maps is a few instructions, each of bounded length", () => {
  let chain: Node = map("u + i", { u: b, i: index(j) });
  for (let n = 0; n < 100; n++) chain = map("1.5*u", { u: chain });
  expect(kinds({ chain }).length).toBeLessThan(10);
});

function kinds(outputs: Readonly<Record<string, Node>>): readonly string[] {
  return compilePlan({ outputs, updates: [] }, plainStorage()).instructions.map(({ kind }) => kind);
}

function plainStorage() {
  let end = 0;
  const allocate = (floats: number): number => {
    end += floats;
    return end - floats;
  };
  const places = new Map<Node, number>();
  const variableAt = (node: Node): number => {
    if (!places.has(node)) places.set(node, allocate(1024));
    return places.get(node)!;
  };
  return { allocate, variable: variableAt };
}
