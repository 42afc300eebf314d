import { describe, expect, test } from "vitest";
import listedCases from "../../../test/fixtures/answer-cases.json" with { type: "json" };
import ownCases from "../../../test/fixtures/own-answer-cases.json" with { type: "json" };
import { OptionError } from "../../errors.ts";
import { bundledSheets, checkAnswer, parseSheet } from "../index.ts";

const sheet = parseSheet(bundledSheets.find(({ name }) => name === "backpropagation")!.text);

test("an answer is read, judged, its slip named, and shown wrong by a number", () => {
  const check = checkAnswer(sheet, "gradient-weight", "a_k^(l-1) + δ_j^l");
  expect(check.reading?.text).toBe("a_k^(l-1) + δ_j^l");
  expect(check.verdict).toBe("wrong");
  expect(check.slip).toBe("plus-for-times");
  expect(check.message).toMatch(/multiplied/);
  expect(check.hint).toBe("Which weighted input contains this weight? There is just one.");
  expect(check.counterexample?.text).toMatch(/^In a 1-1 network/);
  expect(checkAnswer(sheet, "gradient-weight", "a_k^(l-1)*δ_j^l").verdict).toBe("correct");
});

describe("the listed answers", () => {
  test.each(listedCases)("$question: $answer is $verdict", ({ question, answer, verdict }) => {
    expect(checkAnswer(sheet, question, answer).verdict).toBe(verdict);
  });
});

describe("further answers", () => {
  test.each(ownCases)("$question: $answer is $verdict", ({ question, answer, verdict }) => {
    expect(checkAnswer(sheet, question, answer).verdict).toBe(verdict);
  });
});

describe("slips", () => {
  test.each([
    ["delta-output", "(partialC)/(partiala_j^L)*f(z_j^L)", "function-for-derivative"],
    ["delta-output", "(a_j^L-t_j)*f'(z_j^L)", "only-quadratic-cost"],
    ["delta-output", "(partialC)/(partiala_j^L)*a_j^L*(1-a_j^L)", "only-sigmoid"],
    ["delta-output", "(partialC)/(partiala_j^L)*(1-(a_j^L)^2)", "only-tanh"],
    ["delta-output", "(a_j^L-t_j)*a_j^L*(1-a_j^L)", "only-quadratic-cost-and-sigmoid"],
    ["delta-output", "(partialC)/(partiala_k^L)*f'(z_k^L)", "index-renamed"],
    ["delta-hidden", "sum_k w_jk^(l+1)*delta_k^(l+1)*f'(z_j^l)", "transposed"],
    ["delta-hidden", "w_kj^(l+1)*delta_k^(l+1)*f'(z_j^l)", "sum-missing"],
    ["delta-hidden", "sum_k w_kj^L*delta_k^L*f'(z_j^l)", "only-layer-before-last"],
    ["delta-hidden", "-f'(z_j^l)*sum_i delta_i^(l+1)*w_ij^(l+1)", "sign"],
    ["delta-hidden", "5*f'(z_j^l)*sum_i delta_i^(l+1)*w_ij^(l+1)", "constant-factor"],
    ["gradient-weight", "sum_k a_k^(l-1)*delta_j^l", "sum-needless"],
    ["gradient-weight", "a_k^l*delta_j^l/a_k", "index-layer"],
    ["gradient-weight", "z_k^(l-1)*delta_j^l", "z-for-a"],
    ["gradient-bias", "2*delta_j^l", "factor-two"],
    ["sigmoid-derivative", "e^z/(1+e^(-z))^2", "exponent-sign"],
    ["sigmoid-derivative", "1/(1+e^(-z))", "derivative-not-taken"],
    ["sigmoid-derivative", "2.71828^(-z)/(1+2.71828^(-z))^2", "rounded"],
    ["simple-loss", "0.577", "twice"],
    ["simple-dw1", "-2.081", "sign"],
    ["sgd-update", "w_1+eta*dC/dw_1", "uphill"],
    ["sgd-update", "w_1-dC/dw_1", "step-size-missing"],
  ])("%s: %s is %s", (question, answer, slip) => {
    const check = checkAnswer(sheet, question, answer);
    expect(check.verdict).toBe("wrong");
    expect(check.slip).toBe(slip);
  });

  test("an author's own message goes before those that are found", () => {
    const check = checkAnswer(sheet, "sigmoid-derivative", "e^(-z)/(1+e^(-z))");
    expect(check.slip).toBe("author");
    expect(check.message).toMatch(/one of the two factors/);
  });
});

describe("a key that is left to be derived", () => {
  const derived = parseSheet(
    "---\ntitle: T\n---\n```question q\nkind: formula\ntext: What?\nasks: delta_j^l\nkey: derive\n```\n",
  );

  test("judges right and wrong answers, and names slips", () => {
    expect(checkAnswer(derived, "q", "f'(z_j^l)*sum_i w_ij^(l+1)*delta_i^(l+1)").verdict).toBe("correct");
    expect(checkAnswer(derived, "q", "sum_i w_ij^(l+1)*delta_i^(l+1)").slip).toBe("factor-missing");
  });
});

describe("what an author says", () => {
  const own = parseSheet(`---
title: T
---
\`\`\`question weight
kind: formula
text: What?
asks: (partialC)/(partialw_jk^l)
hints:
  - Look at $z_j^l$, and 2*a*b.
slips:
  - answer: a_k^l*delta_j^l
    message: Not the activation $a_k^l$.
\`\`\`
\`\`\`question pick
kind: choice
text: Which?
choices:
  - { text: yes, right: true }
  - no
slips:
  - { answer: b, message: Think of $z^2$. }
\`\`\`
`);

  test("of a slip in a network's quantities is said, with its mathematics as it reads", () => {
    const check = checkAnswer(own, "weight", "delta_j^l*a_k^l");
    expect(check).toMatchObject({ slip: "author", message: "Not the activation a_k^l." });
    expect(check.hint).toBe("Look at z_j^l, and 2*a*b.");
  });

  test("of a choice is said", () => {
    expect(checkAnswer(own, "pick", "No")).toMatchObject({ slip: "author", message: "Think of z^2." });
  });
});

describe("what is said", () => {
  test("an unknown name comes with the nearest known one, and its place", () => {
    const check = checkAnswer(sheet, "gradient-bias", "deltta_j^l");
    expect(check.message).toMatch(/Did you mean delta/);
    expect(check.span).toEqual({ start: 0, end: 6 });
    expect(check.reading).toBeNull();
  });

  test("a place is that of the whole text, after a restated left side", () => {
    const left = "(partialC)/(partialb_j^l) = ";
    const check = checkAnswer(sheet, "gradient-bias", `${left}x_j^l`);
    expect(check.span).toEqual({ start: left.length, end: left.length + 1 });
  });

  test("hints come one after the other, and none with a right answer", () => {
    const hints = [0, 1, 2, 3].map((attempts) => checkAnswer(sheet, "delta-output", "0", { attempts }).hint);
    expect(new Set(hints).size).toBe(4);
    expect(hints[3]).toBeNull();
    expect(checkAnswer(sheet, "gradient-bias", "delta_j^l").hint).toBeNull();
    expect(checkAnswer(sheet, "gradient-bias", "delta_j^").hint).toBeNull();
  });

  test("an unknown question is refused with the nearest", () => {
    expect(() => checkAnswer(sheet, "delta-outptu", "0")).toThrow(OptionError);
    expect(() => checkAnswer(sheet, "delta-outptu", "0")).toThrow(/Did you mean "delta-output"/);
  });
});
