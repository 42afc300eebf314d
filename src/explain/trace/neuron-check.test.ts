import { expect, test } from "vitest";
import { dense, network } from "../../network/index.ts";
import { checkNeuron } from "./neuron-check.ts";
import { trace } from "./trace.ts";

const net = network(2, [dense(3, "tanh", { bias: false }), dense(1)], { seed: 1 });
const traced = trace(net, [[1, -1]], [[0.5]], { engine: "reference" });
const [{ delta, dw }] = traced.layers as [(typeof traced.layers)[0]];

test("differences agree with δ and ∂C/∂w, also in a layer without bias", () => {
  const weights = [0, 1].map((from) => ({ from, computed: dw![2]![from]! }));
  const { check, error } = checkNeuron(traced, { layer: 1, neuron: 3, error: delta![0]![2]!, weights });
  expect(check.passed).toBe(true);
  expect(error.difference).toBeCloseTo(delta![0]![2]!, 8);
});

test.each([
  ["δ", 1.001, 1],
  ["∂C/∂w", 1, 1.001],
])("a %s that is off by a thousandth does not pass", (_, ofError, ofWeight) => {
  const weights = [{ from: 0, computed: dw![2]![0]! * ofWeight }];
  const { check } = checkNeuron(traced, { layer: 1, neuron: 3, error: delta![0]![2]! * ofError, weights });
  expect(check).toMatchObject({ passed: false, worst: expect.closeTo(1e-3, 4) });
});
