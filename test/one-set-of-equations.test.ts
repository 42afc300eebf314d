import { describe, expect, test, vi } from "vitest";
import { textbookEquations, trace } from "../src/explain/index.ts";
import { bundledSheets, checkAnswer, parseSheet } from "../src/exercise/index.ts";
import { notationToText } from "../src/formula/index.ts";
import type * as GradientRules from "../src/graph/gradient-rules.ts";
import { map } from "../src/graph/index.ts";
import { dense, gradient, network } from "../src/network/index.ts";
import { trainer } from "../src/train/index.ts";

// One gradient rule is made wrong: what a sum of products hands back to its left operand is doubled. So δ of each hidden
// layer is twice what it should be, wherever the equations of a network are asked.
vi.mock("../src/graph/gradient-rules.ts", async (original) => {
  const { gradientRules } = await original<typeof GradientRules>();
  const contract: typeof gradientRules.contract = (node, upstream, isWanted) =>
    gradientRules.contract(node, upstream, isWanted).map(({ operand, gradient: share }) => ({
      operand,
      gradient: operand === node.left ? map("2*g", { g: share }, { axes: share.axes }) : share,
    }));
  return { gradientRules: { ...gradientRules, contract } };
});

const sheet = parseSheet(bundledSheets.find(({ name }) => name === "backpropagation")!.text);

const made = () => network(2, [dense(3, "sigmoid"), dense(2, "sigmoid")], { cost: "quadratic", seed: 7 });
const inputs = [[0.5, -0.25]];
const targets = [[1, 0]];

/** δ^1 of `made` as it should be, from what lies after it. */
function rightError(): readonly number[] {
  const net = made();
  const [first, last] = gradient(net, inputs, targets, { engine: "reference" }).layers;
  const w = net.parameters.find(({ layer, name }) => layer === 2 && name === "weights")!.values;
  return first!.a[0]!.map(
    (a, j) => last!.delta[0]!.reduce((sum, delta, k) => sum + w[k * 3 + j]! * delta, 0) * a * (1 - a),
  );
}

function expectDoubled(error: ArrayLike<number>, digits = 12): void {
  for (const [j, right] of rightError().entries()) expect(error[j]).toBeCloseTo(2 * right, digits);
}

describe("with a wrong gradient rule", () => {
  test("the gradient and the trace have it", () => {
    expectDoubled(gradient(made(), inputs, targets, { engine: "reference" }).layers[0]!.delta[0]!);
    expectDoubled(trace(made(), inputs, targets, { engine: "reference" }).layers[0]!.delta![0]!);
  });

  test.each(["reference", "wasm"] as const)("training has it, on the engine %s", (engine) => {
    const net = made();
    const biases = () => Array.from(net.parameters.find(({ layer, name }) => layer === 1 && name === "biases")!.values);
    const before = biases();
    trainer(net, { engine, learningRate: 1 }).step(inputs, targets);
    const after = biases();
    // b ← b − η δ, in float32 on wasm
    const error = before.map((b, j) => b - after[j]!);
    expectDoubled(error, 6);
  });

  test("the equations of the textbook have it", () => {
    expect(notationToText(textbookEquations.BP2.right)).toBe("2 f′(z_j^l) Σ_k w_kj^(l+1) δ_k^(l+1)");
  });

  test.each(["", "2*"])("the judge has it: %s(Σ w δ f′)", (factor) => {
    const answer = `${factor}sum_k w_kj^(l+1)*delta_k^(l+1)*f'(z_j^l)`;
    expect(checkAnswer(sheet, "delta-hidden", answer).verdict).toBe(factor === "" ? "wrong" : "correct");
  });
});
