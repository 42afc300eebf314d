import { describe, expect, test } from "vitest";
import { curvesSvg } from "./curves-svg.ts";

type Curves = Parameters<typeof curvesSvg>[0];

/** A run of these costs, of training and validation alike, and as many accuracies. */
function runOf(costs: readonly number[], accuracies: readonly number[] = costs.map(() => 0.5)): Curves {
  const history = costs.map((cost, i) => ({
    epoch: i + 1,
    cost,
    learningRate: 0.1,
    validation: { cost, accuracy: accuracies[i] ?? Number.NaN },
  }));
  const figures = { task: "classification", data: "a & b", bestEpoch: 1, baseline: { validation: { accuracy: 0.4 } } };
  // as: the curves need no other figures
  return { history, figures } as unknown as Curves;
}

describe("curvesSvg", () => {
  test.each([
    ["one epoch", [0.3]],
    ["values that are all the same", [0.5, 0.5, 0.5]],
    ["values that are not finite", [1, Number.NaN, Infinity, 0.5]],
    ["values below 0", [1, -1, 0]],
    ["zeros", [0, 0, 0]],
    ["values of very different sizes", [1e9, 1, 1e-9]],
    ["very small values", [1e-300, 2e-300]],
    ["no values", []],
  ])("draws %s without a coordinate that is none", (_, values) => {
    for (const run of [
      runOf(values),
      runOf(
        values.map(() => 1),
        values,
      ),
    ]) {
      const svg = curvesSvg(run);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg).toContain("a &amp; b");
    }
  });

  test("draws the same charts as the report: cost, and what validation gave beside the baseline", () => {
    const svg = curvesSvg(runOf([3, 2, 1], [0.3, 0.6, 0.9]));
    expect([...svg.matchAll(/class="name"[^>]*>([^<]+)</g)].map(([, name]) => name)).toEqual(["Cost", "Accuracy"]);
    expect(svg.match(/<polyline/g)).toHaveLength(3);
    expect(svg).toContain("baseline 40 %");
    expect(svg).toContain("kept: epoch 1");
  });

  test("thins a long run out, and keeps its last point", () => {
    const svg = curvesSvg(runOf(Array.from({ length: 200_000 }, (_, i) => 1 / (i + 1))));
    const points = /points="([^"]*)"/.exec(svg)![1]!.split(" ");
    expect(points.length).toBeLessThan(1600);
    expect(points.at(-1)).toMatch(/^704,/);
  });
});
