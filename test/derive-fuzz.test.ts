import { describe, expect, test } from "vitest";
import { BackpassError } from "../src/errors.ts";
import { deriveSystem, pageToHtml, pageToLatex, pageToText, parseEquations, systemPage } from "../src/explain/index.ts";
import { randomEquationFile, randomIntegers } from "./random-equations.ts";

const valid = `f(z) = z/(1+e^(-z))
z1 = w_1*x + b
y = f(z1) > 0 ? sigma(z1) : max(z1, -1)
C = 1/2 (y - t)^2
given x = 3, t = 1
parameters w_1 = 0.01, b = -1
cost C
`;
const pieces = [
  ..."()=,+-*/^#?:\n \t\r.e1π_σ²−∑\u0000😀",
  "given",
  "parameters",
  "cost",
  "f(",
  "w_1",
  "1e999",
  "==",
  "C",
];

/** The file with a few characters dropped, doubled or replaced by pieces of other files. */
function damaged(seed: number): string {
  const integer = randomIntegers(seed);
  let text = valid;
  for (let i = 0; i <= integer(4); i += 1) {
    const [start, length] = [integer(text.length), integer(3)];
    text = text.slice(0, start) + pieces[integer(pieces.length)]! + text.slice(start + length);
  }
  return text;
}

describe("files of equations", () => {
  test("that are damaged end in an error with its place, or in derivatives that agree, never in anything else", () => {
    const outcomes = { read: 0, refused: 0 };
    for (let seed = 1; seed <= 3000; seed += 1) {
      const text = damaged(seed);
      try {
        const derivation = deriveSystem(parseEquations(text));
        outcomes.read += 1;
        for (const { relativeError, isKink, value } of derivation.derivatives) {
          // A jump has no derivative, and a constant cost none but 0.
          expect(isKink || Number.isNaN(value) || relativeError < 1e-4 || /\?|sign|==/.test(text), text).toBe(true);
        }
      } catch (error) {
        if (!(error instanceof BackpassError)) throw new Error(`seed ${seed}: ${text}`, { cause: error });
        expect(error.code, text).toMatch(/^(formula|data|option)$/);
        expect(error.message, text).toMatch(/^(line \d+(, column \d+)?|equations|formula): expected /);
        outcomes.refused += 1;
      }
    }
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(50);
  });

  test("have pages in every form, whatever is in them", () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const page = systemPage(deriveSystem(parseEquations(randomEquationFile(seed))), { learningRate: 0.1 });
      expect(pageToText(page)).toContain("∂C/∂w_1 = ");
      const [html, latex] = [pageToHtml(page), pageToLatex(page)];
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
      expect(new Set(ids).size).toBe(ids.length);
      const count = (pattern: RegExp): number => latex.match(pattern)?.length ?? 0;
      expect(count(/\{/g)).toBe(count(/\}/g));
      expect(count(/\\left\b/g)).toBe(count(/\\right\b/g));
      expect(count(/\\begin\b/g)).toBe(count(/\\end\b/g));
    }
  });
});
