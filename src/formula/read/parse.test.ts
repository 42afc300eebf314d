import { describe, expect, test } from "vitest";
import { FormulaError } from "../../errors.ts";
import { evaluate } from "../numeric/evaluate.ts";
import { parseFormula, type ParseOptions } from "./parse.ts";
import { toText } from "../print-text.ts";
import { symbolsOf } from "../structure.ts";

const reads = (text: string, options?: ParseOptions): string => toText(parseFormula(text, options));

function errorOf(text: string, options?: ParseOptions): FormulaError {
  try {
    parseFormula(text, options);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(FormulaError);
    return thrown as FormulaError; // as: expected in the line above
  }
  throw new Error(`"${text}" was read without an error`);
}

describe("reading a formula", () => {
  test.each([
    ["1/2 (y-t)^2", "1/2*(y - t)^2"],
    ["1/2z", "1/2*z"],
    ["2z", "2*z"],
    ["2(a+b)", "2*(a + b)"],
    ["(a)(b)", "a*b"],
    ["a b", "a*b"],
    ["2 sin(z) z", "2*sin(z)*z"],
    ["z(1+z)", "z*(1 + z)"],
    ["w_1(1-w_1)", "w_1*(1 - w_1)"],
    ["η(1-z)", "eta*(1 - z)"],
    ["1/(1+e^(-z))", "1/(1 + e^(-z))"],
    ["e^-z y", "e^(-z)*y"],
    ["-z^2", "-z^2"],
    ["(-z)^2", "(-z)^2"],
    ["2^-1", "2^(-1)"],
    ["2^3^2", "2^3^2"],
    ["(2^3)^2", "(2^3)^2"],
    ["a-b-c", "a - b - c"],
    ["a-(b-c)", "a - (b - c)"],
    ["a/b/c", "a/b/c"],
    ["a*-b", "a*(-b)"],
    ["-a*b", "-a*b"],
    ["(-a)*b", "(-a)*b"],
    ["--a", "-(-a)"],
    ["+a - +b", "a - b"],
    ["a - -b", "a - (-b)"],
    ["z > 0 ? z : 0.01z", "z > 0 ? z : 0.01*z"],
    ["a ? b : c ? d : f", "a ? b : c ? d : f"],
    ["a ? b ? c : d : f", "a ? (b ? c : d) : f"],
    ["(a < b) == (c ≥ d)", "(a < b) == (c >= d)"],
    ["ln(z) + σ(z) + ReLU(z)", "log(z) + sigmoid(z) + relu(z)"],
    ["σ z + sigma", "sigma*z + sigma"],
    ["max(a, b + c)", "max(a, b + c)"],
    ["z² − 1e-8", "z^2 - 1e-8"],
    ["π", "pi"],
  ])("takes %s for %s", (text, expected) => {
    expect(reads(text)).toBe(expected);
  });

  test("gives a minus before a power the whole power", () => {
    expect(evaluate(parseFormula("-3^2"), {})).toBe(-9);
    expect(evaluate(parseFormula("2^-1"), {})).toBe(0.5);
    expect(evaluate(parseFormula("2^3^2"), {})).toBe(512);
  });

  test("lets a known symbol stand before a parenthesis, whatever its name", () => {
    expect(reads("rate(1+z)", { symbols: ["rate", "z"] })).toBe("rate*(1 + z)");
    expect(reads("exp(z)", { symbols: ["z"] })).toBe("exp(z)");
  });

  test("takes Greek letters and their names for the same symbols, given ones too", () => {
    expect(symbolsOf(parseFormula("η + eta"))).toEqual(["eta"]);
    expect(reads("eta*η", { symbols: ["η"] })).toBe("eta*eta");
  });
});

describe("errors in a formula", () => {
  test.each([
    ["", 0, 0, "got the end"],
    ["(a", 2, 2, 'expected ")"'],
    ["a)", 1, 2, 'got ")"'],
    ["1 2", 2, 3, "Write * to multiply"],
    ["a +", 3, 3, "got the end"],
    ["a +* b", 3, 4, 'got "*"'],
    ["a < b < c", 6, 7, "one comparison"],
    ["a ? b", 5, 5, 'expected ":"'],
    ["sin z", 4, 5, '"(" after the function sin'],
    ["max(1)", 0, 6, "expected 2 arguments of max, got 1"],
    ["2*tanh(1, 2)", 2, 12, "expected 1 argument of tanh, got 2"],
    ["sigmod(z)", 0, 6, "Did you mean sigmoid?"],
    ["foo(z)", 0, 3, 'unknown function "foo"'],
    ["max()", 4, 5, 'got ")"'],
    ["a = b", 2, 3, "=="],
    ["−)", 1, 2, 'got ")"'],
  ])("say where and what: %j", (text, start, end, part) => {
    const error = errorOf(text);
    expect(error.message).toContain(part);
    expect(error.message).toMatch(/^formula: expected .*, got .*\. /u);
    expect(error).toMatchObject({ text, span: { start, end } });
  });

  test("name the nearest known symbol", () => {
    const error = errorOf("alhpa*z", { symbols: ["alpha", "z"] });
    expect(error.message).toContain('expected one of alpha, z, e, pi, got "alhpa". Did you mean alpha?');
    expect(error.span).toEqual({ start: 0, end: 5 });
  });
});

describe("other people's text", () => {
  test.each([
    ["parentheses", "(".repeat(201) + "z" + ")".repeat(201)],
    ["minus signs", "-".repeat(201) + "z"],
    ["powers", "2^".repeat(201) + "z"],
    ["minus signs after a product", `z*${"-".repeat(201)}z`],
    ["choices", "z ? z : ".repeat(201) + "z"],
    ["calls", "abs(".repeat(201) + "z" + ")".repeat(201)],
  ])("nested too deep in %s is refused", (_, text) => {
    expect(errorOf(text).message).toContain("200 levels");
  });

  test("of 10,001 characters, or 2,001 parts, is refused", () => {
    expect(errorOf(" ".repeat(10_001)).message).toContain("at most 10000 characters");
    expect(errorOf("1" + "+1".repeat(1_000)).message).toContain("at most 2000 numbers");
    expect(reads("1" + "+1".repeat(999))).toHaveLength(1 + 999 * 4);
  });

  test("never does worse than a FormulaError, in 100,000 random and mutated texts", () => {
    // A fixed seed: what fails once fails again.
    const random = linearCongruential(20_240_517);
    const seeds = [
      "1/(1+e^(-z))",
      "z > 0 ? z : alpha*(e^z-1)",
      "w - η*m/(sqrt(v)+1e-8)",
      "max(0, min(1, z/6+.5))",
      "2 sin(z)²",
    ];
    const alphabet = [..."()()+-*/^<>=!?:,. 0123456789eEzxπσ²−·_\u0000😀#", "sin", "max(", "1e9", "**", "**-", "? :"];
    let readable = 0;
    for (let count = 0; count < 100_000; count += 1) {
      const text =
        count % 2 === 0 ? mutated(seeds[count % seeds.length] ?? "", alphabet, random) : randomText(alphabet, random);
      try {
        parseFormula(text, count % 3 === 0 ? { symbols: ["z", "x"] } : {});
        readable += 1;
      } catch (error) {
        if (!(error instanceof FormulaError)) throw error;
        const { start, end } = error.span;
        if (!(start >= 0 && start <= end && end <= text.length))
          throw new Error(`a span outside "${text}"`, { cause: error });
      }
    }
    // Both outcomes occur in number, or the test would test little.
    expect(readable).toBeGreaterThan(5_000);
    expect(readable).toBeLessThan(95_000);
  });
});

/** Park and Miller's generator, in [0, bound). */
function linearCongruential(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % bound;
  };
}

function randomText(alphabet: readonly string[], random: (bound: number) => number): string {
  return Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)]).join("");
}

function mutated(text: string, alphabet: readonly string[], random: (bound: number) => number): string {
  let result = text;
  for (let change = 0; change <= random(3); change += 1) {
    const at = random(result.length + 1);
    result =
      result.slice(0, at) + (random(3) === 0 ? "" : alphabet[random(alphabet.length)]) + result.slice(at + random(3));
  }
  return result;
}
