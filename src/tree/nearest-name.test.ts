import { describe, expect, test } from "vitest";
import { nearestName } from "./nearest-name.ts";

describe("the nearest name", () => {
  test.each([
    ["sigmod", "sigmoid"],
    ["Tanh", "tanh"],
    ["alhpa", "alpha"],
    ["square", null],
    ["q", null],
    ["", null],
  ])("to %j is %j", (name, expected) => {
    expect(nearestName(name, ["sigmoid", "tanh", "alpha", "z", "sqrt"])).toBe(expected);
  });

  test("of nothing is null", () => {
    expect(nearestName("tanh", [])).toBeNull();
  });
});
