import { describe, expect, test } from "vitest";
import { ShapeError } from "../../errors.ts";
import { activation, cost, dense, network, type Network, predict } from "../../network/index.ts";
import { dataset } from "../examples/dataset.ts";
import { evaluate } from "./evaluate.ts";
import { rSquared } from "./metrics.ts";

/** A network whose answer is its input. */
const echo = (width: number, options: Parameters<typeof network>[2] = {}): Network => {
  const weights = Array.from({ length: width }, (_, j) => Array.from({ length: width }, (__, k) => (j === k ? 1 : 0)));
  return network(width, [dense(width, "identity", { weights })], options);
};

const engine = "reference";

describe("evaluate", () => {
  test("counts labels right when their output is the largest, the first of equal ones", () => {
    const data = dataset({
      inputs: [
        [3, 1, 2],
        [1, 1, 0],
        [0, 1, 2],
        [0, 1, 1],
      ],
      targets: [0, 1, 2, 1],
      classes: ["a", "b", "c"],
    });
    expect(evaluate(echo(3), data, { engine }).accuracy).toBe(0.75);
  });

  test("compares a softmax with rows by their largest numbers", () => {
    const weights = [[1], [-1]];
    const net = network(1, [dense(2, "softmax", { weights })], { cost: "crossEntropy" });
    const targets = [
      [0.9, 0.1],
      [0.9, 0.1],
    ];
    expect(evaluate(net, dataset({ inputs: [[1], [-1]], targets }), { engine }).accuracy).toBe(0.5);
  });

  test("takes outputs of binary cross-entropy on their side of a half, each by itself", () => {
    const net = network(1, [dense(2, "sigmoid", { weights: [[1], [-1]] })], { cost: "binaryCrossEntropy" });
    const data = dataset({
      inputs: [[1], [-1]],
      targets: [
        [1, 0],
        [1, 1],
      ],
    });
    expect(evaluate(net, data, { engine }).accuracy).toBe(0.75);
  });

  test("takes outputs of the hinge cost on their side of 0", () => {
    const data = dataset({ inputs: [[0.4], [-2], [-0.1]], targets: [[1], [-1], [1]] });
    expect(evaluate(echo(1, { cost: "hinge" }), data, { engine }).accuracy).toBe(2 / 3);
  });

  test("takes labels of two classes on one output as the cost wants them, the boundary as the second", () => {
    const inputs = [[-1], [0], [0], [1]];
    const data = dataset({ inputs, targets: [0, 1, 0, 1], classes: ["neg", "pos"] });
    const hinge = evaluate(echo(1, { cost: "hinge" }), data, { engine });
    // max(0, 1 − t·a) with t = −1, 1, −1, 1
    expect(hinge).toEqual({ cost: 0.5, ownCost: 0.5, accuracy: 0.75 });
    const sigmoid = network(1, [dense(1, "sigmoid", { weights: [[1]] })], { cost: "quadratic" });
    const quadratic = evaluate(sigmoid, data, { engine });
    expect(quadratic.accuracy).toBe(0.75);
    expect(quadratic.r2).toBeUndefined();
    // All are at the boundary, and two of three are of the second class.
    const boundary = dataset({ inputs: [[0], [0], [0]], targets: [1, 1, 0], classes: ["neg", "pos"] });
    expect(evaluate(echo(1, { cost: "hinge" }), boundary, { engine }).accuracy).toBe(2 / 3);
    expect(evaluate(sigmoid, boundary, { engine }).accuracy).toBe(2 / 3);
  });

  test("gives R² for numbers, as the metric does", () => {
    const inputs = [
      [1, 5],
      [2, 4],
      [4, 4],
    ];
    const targets = [
      [1, 4],
      [3, 4],
      [4, 6],
    ];
    const score = evaluate(echo(2), dataset({ inputs, targets }), { engine });
    expect(score.r2).toBeCloseTo(rSquared(inputs, targets), 14);
    expect(score.accuracy).toBeUndefined();
    // ½(0 + 1), ½(1 + 0), ½(0 + 4)
    expect(score.cost).toBeCloseTo((0.5 + 0.5 + 2) / 3, 15);
  });

  test("adds the regularization to the cost once, however many examples there are", () => {
    const inputs = Array.from({ length: 700 }, (_, i) => [i / 700]);
    const net = echo(1, { regularization: { l2: 2 } });
    // The answers are right, so all that is left is l2/2 · 1².
    expect(evaluate(net, dataset({ inputs, targets: inputs }), { engine }).cost).toBeCloseTo(1, 12);
  });

  test("leaves dropout out", () => {
    const net = network(1, [dense(8, "identity", { dropout: 0.9 }), dense(1)], { seed: 1 });
    const data = dataset({ inputs: [[1]], targets: predict(net, [[1]], { engine }) });
    expect(evaluate(net, data, { engine }).cost).toBe(0);
  });

  test("works with activations and costs of one's own", () => {
    const own = activation("double", "2z");
    const net = network(1, [dense(1, own, { weights: [[1]] })], { cost: cost("quartic", "(a - t)^4") });
    expect(evaluate(net, dataset({ inputs: [[1]], targets: [[0]] }), { engine }).cost).toBe(16);
  });

  test("agrees between the engines to float32", () => {
    const net = network(3, [dense(7, "tanh"), dense(2)], { seed: 6 });
    const inputs = Array.from({ length: 600 }, (_, i) => [Math.sin(i), Math.cos(i), Math.sin(2 * i)]);
    const data = dataset({ inputs, targets: inputs.map(([x = 0, y = 0]) => [x * y, x + y]) });
    const [exact, fast] = [evaluate(net, data, { engine }), evaluate(net, data)];
    // Sums of some 10 float32 products of numbers near 1, squared and averaged over 600 examples.
    expect(Math.abs(fast.cost - exact.cost)).toBeLessThan(1e-5);
    expect(Math.abs(fast.r2! - exact.r2!)).toBeLessThan(1e-5);
  });

  test("refuses data of another width", () => {
    expect(() => evaluate(echo(2), dataset({ inputs: [[1]], targets: [[1, 2]] }))).toThrow(ShapeError);
  });
});
