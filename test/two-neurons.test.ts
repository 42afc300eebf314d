import { expect, test } from "vitest";
import { gradient, networkFromJson } from "../src/entries/index.ts";

const file = `
{ "inputs": 1, "cost": "quadratic",
  "layers": [ { "units": 1, "activation": "relu", "bias": false, "weights": [[0.01]] },
              { "units": 1, "activation": "sigmoid", "weights": [[-5]], "biases": [-1] } ],
  "examples": { "inputs": [[3]], "targets": [[1]] } }`;

/*
 * By hand, with x = 3, t = 1, w¹ = 0.01, w² = −5, b² = −1:
 *   z¹ = w¹x = 0.03                        a¹ = ReLU(z¹) = 0.03
 *   z² = w²a¹ + b² = −1.15                 a² = σ(z²) = 1/(1 + e^1.15) = 0.24048908
 *   C = ½(a² − t)² = ½·0.75951092² = 0.28842841648
 *   δ² = (a² − t)·a²(1 − a²) = −0.75951092·0.24048908·0.75951092 = −0.13872777081
 *   ∂C/∂w² = a¹δ² = 0.03·δ² = −0.00416183312        ∂C/∂b² = δ²
 *   δ¹ = w²δ²·ReLU′(z¹) = −5·δ² = 0.69363885405     ∂C/∂w¹ = xδ¹ = 3·δ¹ = 2.08091656217
 */
test("The textbook's network of two neurons has the cost and the derivatives found by hand, to 10 digits", () => {
  const { net, examples } = networkFromJson(JSON.parse(file));
  const { cost, layers } = gradient(net, examples!.inputs, examples!.targets, { engine: "reference" });
  expect(cost).toBeCloseTo(0.28842841648, 10);
  expect(layers[1]?.dw[0]?.[0]).toBeCloseTo(-0.00416183312, 11);
  expect(layers[1]?.db?.[0]).toBeCloseTo(-0.13872777081, 10);
  expect(layers[0]?.dw[0]?.[0]).toBeCloseTo(2.08091656217, 10);
  expect(layers[0]?.db).toBeNull();
});
