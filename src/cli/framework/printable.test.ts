import { describe, expect, test } from "vitest";
import { printable, shortened } from "./printable.ts";

describe("printable", () => {
  test("leaves formulas as they are, in any script", () => {
    const formula = "∂C/∂w_1 · δ_j^(l−1) = σ′(z) 𝑒 é";
    expect(printable(formula)).toBe(formula);
  });

  test("writes out what would command a terminal or turn the direction of writing", () => {
    expect(printable("a\u001b[2J\u0000b\u009b\u202ec\ud800d")).toBe("a\\u001b[2J\\u0000b\\u009b\\u202ec\\ud800d");
  });

  test("keeps to one line", () => {
    expect(printable("a\r\n\tb")).toBe("a b");
  });
});

describe("shortened", () => {
  test("cuts a long text with an ellipsis, and leaves one that fits", () => {
    expect(shortened("abcde", 5)).toBe("abcde");
    expect(shortened("abcdef", 5)).toBe("abcd…");
    expect(shortened("x".repeat(1e6), 10)).toBe(`${"x".repeat(9)}…`);
  });
});
