import { expect, test } from "vitest";
import { parseFormula } from "../../formula/index.ts";
import { layerExpression, layerText } from "./layer-expression.ts";

test.each([
  ["l", "l"],
  ["l+1", "l+1"],
  ["1+l", "l+1"],
  ["l-1+2", "l+1"],
  ["L-1", "L-1"],
  ["-1+L", "L-1"],
  ["2", "2"],
  ["3-1", "2"],
  ["l+0", "l"],
])("%s is layer %s", (text, layer) => {
  const found = layerExpression(parseFormula(text));
  expect(found === null ? null : layerText(found)).toBe(layer);
});

test.each(["2l", "l/2", "l+L", "l^2", "1.5", "2-l", "max(l, 1)"])("%s is no layer", (text) => {
  expect(layerExpression(parseFormula(text))).toBeNull();
});
