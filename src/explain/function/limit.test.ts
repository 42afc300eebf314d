import { describe, expect, test } from "vitest";
import { parseFormula } from "../../formula/index.ts";
import { fractionOf, rationalConstant } from "./constant.ts";
import { limitOf } from "./limit.ts";

/** A limit in a word or a number. */
function toldOf(text: string, path: Parameters<typeof limitOf>[2]): string | number {
  const limit = limitOf(parseFormula(text), "z", path);
  if (limit === null) return "not found";
  if (limit.kind === "infinite") return limit.sign * Infinity;
  if (limit.kind === "oscillates") return limit.isUnbounded ? "unbounded waves" : "waves";
  return limit.kind === "undefined" ? "undefined" : (limit.value.low + limit.value.high) / 2;
}

describe("limits by leading behavior", () => {
  // By hand, and by SymPy where it knows them.
  test.each<[string, string | number, string | number]>([
    ["z^100*e^(-z)", Infinity, 0],
    ["log(z)^20/z", "undefined", 0],
    ["sqrt(z^2 + z) - z", Infinity, 0.5],
    ["(1 + 1/z)^z", Math.E, Math.E],
    ["e^(e^z)", 1, Infinity],
    ["e^z - e^(z + e^(-z))", -Infinity, -1],
    ["log(1 + e^z) - z", Infinity, 0],
    ["z/(1 + abs(z))", -1, 1],
    ["(z + 1)^3 - z^3 - 3*z^2 - 3*z", 1, 1],
    ["erf(z/sqrt(2))", -1, 1],
    ["sin(z)", "waves", "waves"],
    ["z*cos(z)", "unbounded waves", "unbounded waves"],
    ["sin(z)/z", 0, 0],
    ["sin(z)^2 + cos(z)^2", 1, 1],
    ["2*z + sin(z)", -Infinity, Infinity],
    ["z*(1 + sin(z))", "not found", "not found"],
    ["sin(z^2)", "not found", "not found"],
    ["log(log(z))", "undefined", Infinity],
    ["z^z", "undefined", Infinity],
    ["max(z, z^2) - z^2", 0, 0],
    ["z > 1e9 ? 7 : e^z", 0, 7],
    ["0.0000005*z", -Infinity, Infinity],
    ["e^(-(z - 50)^2)", 0, 0],
  ])("%s", (text, left, right) => {
    const close = (value: string | number): unknown =>
      typeof value === "number" && Number.isFinite(value) ? expect.closeTo(value, 12) : value;
    expect(toldOf(text, { toward: "infinity", side: -1 })).toEqual(close(left));
    expect(toldOf(text, { toward: "infinity", side: 1 })).toEqual(close(right));
  });

  test.each<[string, number, string | number, string | number]>([
    ["abs(z - 3)/(z - 3)", 3, -1, 1],
    ["sin(z)/z", 0, 1, 1],
    ["1/z^2", 0, Infinity, Infinity],
    ["1/z", 0, -Infinity, Infinity],
    ["log(z)", 0, "undefined", -Infinity],
    ["z*log(z)", 0, "undefined", 0],
    ["sin(1/z)", 0, "waves", "waves"],
    ["(e^z - 1 - z)/z^2", 0, 0.5, 0.5],
  ])("%s toward %f from both sides", (text, at, left, right) => {
    const toward = rationalConstant(fractionOf(BigInt(at)));
    expect(toldOf(text, { toward, side: -1 })).toBe(left);
    expect(toldOf(text, { toward, side: 1 })).toBe(right);
  });
});
