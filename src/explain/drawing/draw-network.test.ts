import { describe, expect, test } from "vitest";
import { dense, network } from "../../network/index.ts";
import { drawNetwork } from "./draw-network.ts";
import type { DrawingView } from "./drawing.ts";
import { type Trace, trace } from "../trace/trace.ts";

/** Tags of an SVG by "name.first-class", counted; fails where they are not nested as XML has it. */
function partsOf(svg: string): Record<string, number> {
  const counts: Record<string, number> = {};
  const open: string[] = [];
  for (const [tag, close, name = "", attributes = "", selfClosing] of svg.matchAll(/<(\/?)([a-z]+)([^<>]*?)(\/?)>/g)) {
    if (close === "/") {
      if (open.pop() !== name) throw new Error(`${tag} closes something else`);
      continue;
    }
    const classes = /class="([^"]*)"/.exec(attributes)?.[1]?.split(" ") ?? [];
    for (const each of [name, ...classes.map((one) => `${name}.${one}`)]) counts[each] = (counts[each] ?? 0) + 1;
    if (selfClosing !== "/") open.push(name);
  }
  if (open.length > 0) throw new Error(`${open.join(", ")} stay open`);
  return counts;
}

/** Every attribute that is a number is one. */
function strangeNumbers(svg: string): string[] {
  const numbers = [...svg.matchAll(/\b(?:x|y|x1|x2|y1|y2|r|cx|cy|width|height|stroke-width|fill-opacity)="([^"]*)"/g)];
  return numbers.map(([, value = ""]) => value).filter((value) => value === "" || !Number.isFinite(Number(value)));
}

const inputsOf = (width: number): number[] => Array.from({ length: width }, (_, k) => Math.sin(3 * k + 1));
const small = network(2, [dense(3, "tanh"), dense(3, "sigmoid"), dense(2, "softmax")], {
  cost: "crossEntropy",
  seed: 4,
});
const wide = network(784, [dense(128, "relu"), dense(10, "softmax")], { cost: "crossEntropy", seed: 1 });
const ofSmall = trace(small, [[0.5, -1]], [1], { engine: "reference" });
const ofWide = trace(wide as never, [inputsOf(784)] as never, [7]);
const views: readonly DrawingView[] = ["forward", "backward"];

describe.each(views)("a drawing, %s", (view) => {
  test("has a circle for each neuron, a line with its number and its arrow for each weight", () => {
    const svg = drawNetwork(ofSmall, { view });
    expect(strangeNumbers(svg)).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    const weights = 2 * 3 + 3 * 3 + 3 * 2;
    expect(partsOf(svg)).toMatchObject({
      "g.neuron": 10,
      "circle.shape": 10,
      "line.weight": weights,
      // One for each line, and one above each of the three lanes.
      "polygon.tip": weights + 3,
      "line.sample": 2,
      title: 1,
      desc: 1,
    });
  });

  test("folds wide layers, and shows pixels and their weights as images", () => {
    const svg = drawNetwork(ofWide, { view });
    expect(strangeNumbers(svg)).toEqual([]);
    const parts = partsOf(svg);
    expect(parts).toMatchObject({ "g.neuron": 8 + 10, "line.weight": 8 * 10, "text.folded": 1, "path.wire": 8 });
    expect(svg).toContain("… 120 more");
    expect(svg).toContain("28 × 28 pixels");
    // Small enough to stand in a page twice.
    expect(svg.length).toBeLessThan(200_000);
  });

  test("shows of a wide layer those with the largest values, in order, and the neuron that is opened", () => {
    const { a, delta } = ofWide.layers[0]!;
    const sizes = (view === "forward" ? a : delta)![0]!.map(Math.abs);
    const shown = (svg: string): number[] =>
      [...svg.matchAll(/data-neuron="1,(\d+)"/g)].map(([, number]) => Number(number));
    const largest = Array.from(sizes.keys(), (j) => j + 1)
      .sort((i, j) => sizes[j - 1]! - sizes[i - 1]!)
      .slice(0, 8);
    expect(shown(drawNetwork(ofWide, { view }))).toEqual(largest.sort((i, j) => i - j));
    const least = sizes.indexOf(Math.min(...sizes)) + 1;
    const svg = drawNetwork(ofWide, { view, opened: { layer: 1, neuron: least } });
    expect(shown(svg)).toContain(least);
    expect(partsOf(svg)).toMatchObject({ "rect.opened": 1, "path.faded": 7 });
  });
});

describe("drawNetwork", () => {
  test("draws width by size and color by sign: weights forward, ∂C/∂w backward", () => {
    const net = network(1, [dense(1, "identity", { weights: [[0.25]] }), dense(1, "identity", { weights: [[-1]] })]);
    const traced = trace(net, [[1]], [[0]], { engine: "reference" });
    const lines = (view: DrawingView): string[] =>
      [...drawNetwork(traced, { view }).matchAll(/<line class="weight (\w+)"[^>]*stroke-width="([\d.]+)"/g)].map(
        ([, sign, width]) => `${sign} ${width}`,
      );
    // From 1 to 5.5 pixels: a quarter of the largest, and the largest.
    expect(lines("forward")).toEqual(["plus 2.13", "minus 5.5"]);
    // C = (a2)²/2, a2 = -0.25: ∂C/∂w1 = 0.25, ∂C/∂w2 = -0.0625.
    expect(lines("backward")).toEqual(["plus 5.5", "minus 2.13"]);
  });

  test("turns the arrows with the flow", () => {
    const tips = (view: DrawingView): number[] =>
      [...drawNetwork(ofSmall, { view }).matchAll(/<polygon class="tip flow" points="([\d.]+),\S+ ([\d.]+),/g)].map(
        ([, head, base]) => Math.sign(Number(head) - Number(base)),
      );
    expect(tips("forward")).toEqual([1, 1, 1]);
    expect(tips("backward")).toEqual([-1, -1, -1]);
  });

  test("says in words what is to be seen, and makes names safe", () => {
    const svg = drawNetwork(ofSmall, { inputNames: ["a < b", 'c "d"'], outputNames: ["x & y", "z"] });
    expect(svg).toContain("A network of 2 inputs and layers of 3 tanh, 3 sigmoid, 2 softmax. Cost 0.747604.");
    expect(svg).toContain("x &amp; y: 0.527 for a target of 0");
    expect(svg).toContain("a &lt; b");
    expect(() => partsOf(svg)).not.toThrow();
  });

  test("draws means, and pixels that are not all inputs", () => {
    const net = network(62, [dense(4, "relu"), dense(1)], { seed: 1 });
    const places = Array.from({ length: 62 }, (_, k) => k + 1);
    const means = trace(net as never, [inputsOf(62), inputsOf(62)] as never, [[1], [0]] as never, { of: "means" });
    const svg = drawNetwork(means, { image: { rows: 8, columns: 8, places } });
    expect(svg).toContain("means over 2 examples");
    expect(partsOf(svg)["path.wire"]).toBe(4);
  });

  test("draws a network whose numbers are all 0, and one that has diverged", () => {
    const zero = network(2, [
      dense(2, "relu", {
        weights: [
          [0, 0],
          [0, 0],
        ],
      }),
      dense(1, "identity", { weights: [[0, 0]] }),
    ]);
    expect(strangeNumbers(drawNetwork(trace(zero, [[0, 0]], [[0]])))).toEqual([]);
    const huge = network(1, [dense(1, "identity", { weights: [[1e30]] }), dense(1, "identity", { weights: [[1e30]] })]);
    const svg = drawNetwork(trace(huge, [[1]], [[0]]), { view: "backward" });
    expect(strangeNumbers(svg)).toEqual([]);
  });

  test.each<[string, Trace, Parameters<typeof drawNetwork>[1], RegExp]>([
    ["a view that is none", ofSmall, { view: "sideways" as "forward" }, /view: expected "forward" or "backward"/],
    ["too few names", ofSmall, { inputNames: ["a"] }, /inputNames: expected 2, got 1/],
    [
      "a neuron that is not there",
      ofSmall,
      { opened: { layer: 1, neuron: 4 } },
      /neuron: expected a whole number from 1 to 3, got 4/,
    ],
    [
      "an image of another size",
      ofSmall,
      { image: { rows: 1, columns: 3 } },
      /image: expected 1 × 3 pixels .* each of 2 inputs, got 3 and 2/,
    ],
    [
      "several examples",
      trace(
        small,
        [
          [1, 2],
          [3, 4],
        ],
        [0, 1],
      ),
      {},
      /one example or of means, got 2 examples/,
    ],
    ["a trace without δ", trace(small, [[1, 2]], [0], { quantities: ["a"] }), {}, /expected a trace with δ of layer 1/],
  ])("refuses %s", (_, traced, options, message) => {
    expect(() => drawNetwork(traced, options)).toThrow(message);
  });
});
