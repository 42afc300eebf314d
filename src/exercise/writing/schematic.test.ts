import { describe, expect, test } from "vitest";
import { describeSchematic, drawSchematic } from "./schematic.ts";

describe("drawSchematic", () => {
  test("draws every neuron, and every connection between neighboring layers", () => {
    const svg = drawSchematic([3, 4, 4, 2]).markup;
    expect(svg.match(/<circle/g)).toHaveLength(13);
    expect(svg.match(/<line/g)).toHaveLength(3 * 4 + 4 * 4 + 4 * 2);
    expect(svg).not.toMatch(/class="[a-z ]*named"/);
  });

  test("names one weight and what it connects when asked to", () => {
    const svg = drawSchematic([3, 4, 4, 2], { names: true }).markup;
    expect(svg.match(/<line[^>]*class="named"/g)).toHaveLength(1);
    for (const name of [">a<", ">w<", ">δ<", ">jk<", ">l−1<"]) expect(svg).toContain(name);
    expect(svg).toContain("= l − 1</text>");
    expect(svg).toContain("output = L</text>");
  });

  test("names the first layer in a network of one", () => {
    expect(drawSchematic([2, 1], { names: true }).markup).toContain("layer 1</text>");
  });

  test("is described in a sentence", () => {
    expect(describeSchematic([1, 2])).toBe(
      "A network of 1 input (layer 0) and layers of neurons: layer 1 with 2. Each neuron is connected with all of the layer before it.",
    );
  });
});
