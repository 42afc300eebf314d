import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryFormula, differingPoint } from "../../../test/arbitrary-formula.ts";
import { add, multiply, symbol } from "../build.ts";
import { differentiate } from "./differentiate.ts";
import { equalFormulas } from "../equality/equal.ts";
import { evaluate } from "../numeric/evaluate.ts";
import { sigmoid, softplus } from "../special-functions.ts";
import { parseFormula } from "../read/parse.ts";
import { toText } from "../print-text.ts";
import { stabilize } from "./stabilize.ts";
import { sizeOf } from "../structure.ts";

const recognized = [
  ["e^z", "exp(z)"],
  ["1/e^z", "exp(-z)"],
  ["e^z - 1", "expm1(z)"],
  ["alpha*(-1 + e^z)", "alpha*expm1(z)"],
  ["1 - e^z", "-expm1(z)"],
  ["1/(1+e^(-z))", "sigmoid(z)"],
  ["(1+e^(-z))^-1", "sigmoid(z)"],
  ["1/(1+1/e^z)", "sigmoid(z)"],
  ["1/(e^z + 1)", "sigmoid(-z)"],
  ["e^z/(1+e^z)", "sigmoid(z)"],
  ["e^a/(e^a+e^b)", "sigmoid(a - b)"],
  ["z/(1+e^(-2z))", "z*sigmoid(2*z)"],
  ["1 - 1/(1+e^(-z))", "sigmoid(-z)"],
  ["1/(1+e^(-z)) - 1", "-sigmoid(-z)"],
  ["e^(-z)/(1+e^(-z))^2", "sigmoid(-z)*sigmoid(z)"],
  ["(e^z-e^(-z))/(e^z+e^(-z))", "tanh(z)"],
  ["(e^(2z)-1)/(e^(2z)+1)", "tanh(z)"],
  ["(1-e^(-2z))/(1+e^(-2z))", "tanh(z)"],
  ["2/(1+e^(-2z)) - 1", "tanh(z)"],
  ["1 - 2/(e^(2z)+1)", "tanh(z)"],
  ["sinh(z)/cosh(z)", "tanh(z)"],
  ["(e^z+e^-z)/2", "cosh(z)"],
  ["1/2*(e^z-e^-z)", "sinh(z)"],
  ["0.5(e^z-e^-z)", "sinh(z)"],
  ["log(1+e^z)", "softplus(z)"],
  ["log(e^z+1)", "softplus(z)"],
  ["log(e^a+e^b)", "b + softplus(a - b)"],
  ["log(1/(1+e^(-z)))", "-softplus(-z)"],
  ["log(1 - 1/(1+e^(-z)))", "-softplus(z)"],
  ["log(cosh(a-t))", "logcosh(a - t)"],
  ["log((e^z+e^-z)/2)", "logcosh(z)"],
  ["log(1-tanh(z)^2)", "(-2)*logcosh(z)"],
  ["log(e^z)", "z"],
  ["log(1+z/n)", "log1p(z/n)"],
  ["log(1-a)", "log1p(-a)"],
  ["z*tanh(log(1+e^z))", "z*tanh(softplus(z))"],
  ["max(0, z) + max(z, 0)", "relu(z) + relu(z)"],
  ["sqrt(z^2)", "abs(z)"],
] as const;

describe("stable forms", () => {
  test.each(recognized)("recognize %s as %s", (text, expected) => {
    expect(toText(stabilize(parseFormula(text)))).toBe(expected);
  });

  test.each(recognized)("equal what they replace: %s", (text) => {
    const written = parseFormula(text);
    expect(equalFormulas(stabilize(written), written)).toMatchObject({ equal: true });
  });

  test.each([
    "a*(1 - a)",
    "e*z",
    "z^2 + 1",
    "1 + e^z",
    "tanh(z)",
    "z > 0 ? z : 0",
    "max(z, 1)",
    "e - 1",
    "1 - tanh(z)^2",
  ])("leave %s in place", (text) => {
    expect(toText(stabilize(parseFormula(text)))).toBe(text.replace("e^z", "exp(z)"));
  });

  test("keep the value wherever the formula has one", () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        expect(differingPoint(formula, stabilize(formula))).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  test("come in one pass: a second changes nothing", () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        const once = stabilize(formula);
        expect(toText(stabilize(once))).toBe(toText(once));
      }),
      { numRuns: 1_000 },
    );
    for (const [text] of recognized) {
      const once = stabilize(parseFormula(text));
      expect(toText(stabilize(once))).toBe(toText(once));
    }
  });

  test("do not unfold shared parts", () => {
    let grown = symbol("x");
    for (let times = 0; times < 60; times += 1) grown = times % 2 === 0 ? multiply(grown, grown) : add(grown, grown);
    expect(sizeOf(stabilize(grown))).toBeLessThan(200);
  });
});

describe("the cost of a sigmoid, written as in the book", () => {
  const cost = stabilize(parseFormula("-(t*log(1/(1+e^(-z))) + (1-t)*log(1 - 1/(1+e^(-z))))"));
  const slope = differentiate(cost, "z");
  const points = [-1000, -100, -37, -1, -1e-9, 0, 1e-9, 1, 37, 100, 1000];

  test.each(points)("is accurate at z = %d", (z) => {
    // The cost of target 1 is softplus(−z), of target 0 softplus(z): equal bit for bit, as nothing else is computed.
    expect(evaluate(cost, { t: 1, z })).toBe(softplus(-z));
    expect(evaluate(cost, { t: 0, z })).toBe(softplus(z));
  });

  test.each(points)("has the derivative a − t at z = %d", (z) => {
    // −sigmoid(−z) for target 1: small where the target is met, with all its digits.
    expect(evaluate(slope, { t: 1, z }) + 0).toBe(-sigmoid(-z) + 0); // + 0: whichever sign a 0 has
    expect(evaluate(slope, { t: 0, z }) + 0).toBe(sigmoid(z));
    // Two sigmoids that add up to 1, each to 2e-16.
    expect(Math.abs(evaluate(slope, { t: 0.5, z }) - (sigmoid(z) - 0.5))).toBeLessThan(4e-16);
  });
});
