import { describe, expect, test } from "vitest";
import { parseSheet } from "../reading/parse-sheet.ts";
import { prepare } from "./prepare.ts";

/** The solution of a sheet's only question. */
function solutionOf(question: string): string | null {
  const sheet = parseSheet(`---
title: Solutions
symbols: [z]
---

\`\`\`equations net
z = w*x
C = z^2
given x = 3
parameters w = 0.5
cost C
\`\`\`

\`\`\`question it
text: What is it?
${question}
\`\`\`
`);
  const [only] = sheet.questions;
  return only === undefined ? null : prepare(sheet).question(only.id).solution();
}

describe("a solution", () => {
  test("is the author's key as it reads, where it is right", () => {
    expect(solutionOf("kind: formula\nasks: sigma'(z)\nkey: e^(-z)/(1+e^(-z))^2")).toBe("e^(-z)/(1 + e^(-z))^2");
  });

  test("is never a wrong key, but what is derived instead", () => {
    expect(solutionOf("kind: formula\nasks: sigma'(z)\nkey: 1-1/(1+e^(-z))")).toBe("σ(z) (1 - σ(z))");
  });

  test("is derived where the key is left blank", () => {
    expect(solutionOf("kind: formula\nasks: tanh'(z)\nkey: derive")).toMatch(/tanh|e/);
  });

  test("has two decimals more than asked for a number", () => {
    expect(solutionOf("kind: number\nasks: C\ngiven: net\ndecimals: 2")).toBe("2.2500");
  });

  test("names the right choices", () => {
    const choices = "choices:\n  - text: One\n    right: true\n  - text: Two\n  - text: Three\n    right: true";
    expect(solutionOf(`kind: multiple choice\n${choices}`)).toBe("a, c");
  });
});
