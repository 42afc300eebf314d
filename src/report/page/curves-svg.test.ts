import { describe, expect, test } from "vitest";
import { type Chart, curvesSvg } from "./curves-svg.ts";

describe("curvesSvg", () => {
  const chart = (values: readonly number[], isLogarithmic = true): Chart => ({
    title: "Cost",
    curves: [{ name: "training", values, role: "training" }],
    baseline: { name: "baseline", value: 0.5 },
    isLogarithmic,
    format: String,
  });

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
    for (const isLogarithmic of [true, false]) {
      const svg = curvesSvg("a & b", [chart(values, isLogarithmic)], 1);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg).toContain("a &amp; b");
    }
  });

  test("thins a long run out, and keeps its last point", () => {
    const values = Array.from({ length: 200_000 }, (_, i) => 1 / (i + 1));
    const svg = curvesSvg("long", [chart(values)], 0);
    const points = /points="([^"]*)"/.exec(svg)![1]!.split(" ");
    expect(points.length).toBeLessThan(1600);
    expect(points.at(-1)).toMatch(/^704,/);
  });
});
