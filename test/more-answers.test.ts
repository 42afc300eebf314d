import { describe, expect, test } from "vitest";
import { bundledSheets, checkAnswer, parseSheet } from "../src/exercise/index.ts";
import cases from "./fixtures/more-answer-cases.json" with { type: "json" };

const sheets = new Map(bundledSheets.map(({ name, text }) => [name, parseSheet(text)]));

describe("answers of learners and of cheats, to all bundled sheets", () => {
  test.each(cases)("$question: $answer is $verdict", ({ sheet, question, answer, verdict }) => {
    expect(checkAnswer(sheets.get(sheet)!, question, answer).verdict).toBe(verdict);
  });
});

describe("what a learner is told", () => {
  test.each([
    ["delta-output", "(partialC)/(partiala_j^L)*sigma'(z_j^L)", "only-sigmoid"],
    ["delta-output", "(partialC)/(partiala_j^L)*min(f'(z_j^L),5)", "case"],
    ["delta-hidden", "\\sum_{k=1}^{n} w_{kj}^{l+1}\\delta_k^{l+1} f'(z_j^l)", "layer-missing"],
    ["gradient-weight", "a_k^(l-1) > -1000 ? a_k^(l-1)*delta_j^l : 0", "case"],
    ["gradient-weight", "f(sum_i w_ki^(l-1)*a_i^(l-2)+b_k^(l-1))*delta_j^l", "not-first-layer"],
    ["gradient-weight", "a_k^(l-1)*f'(z_j^l)*sum_m w_mj^(l+1)*delta_m^(l+1)", "not-last-layer"],
    ["gradient-weight", "a_k^(l-1)*delta_j^l+0*a_j^(l-1)", "index-layer"],
    ["sigmoid-derivative", "z > -100 ? e^(-z)/(1+e^(-z))^2 : 0", "case"],
    ["relu-derivative-positive", "relu'(z)", "restated"],
  ])("of %s: %s is %s", (question, answer, slip) => {
    expect(checkAnswer(sheets.get("backpropagation")!, question, answer).slip).toBe(slip);
  });

  test.each([
    ["cross-entropy-with-sigmoid", "(a_j^L-t_j)*a_j^L*(1-a_j^L)", "That would be right for the quadratic cost"],
    ["cross-entropy-with-softmax", "-t_j*(1-a_j^L)", "That would be right for the sigmoid"],
    ["binary-cross-entropy-slope", "(a_j^L-t_j)/a_j^L*(1-a_j^L)", "Brackets are missing"],
  ])("of %s: %s is told %s", (question, answer, message) => {
    expect(checkAnswer(sheets.get("activations-and-costs")!, question, answer).message).toContain(message);
  });
});

describe("a formula that cannot be read", () => {
  test.each([
    ["delta-output", "∂C/∂a_j^L ⊙ f'(z^L)", "either indices or whole vectors"],
    ["delta-hidden", "sum_i=1^n w_ij^(l+1)*delta_i^(l+1)*f'(z_j^l)", "limits of a sum in brackets"],
    ["gradient-bias", "∂C/∂w_jk^l = delta_j^l", "Expected an answer for (partialC)/(partialb_j^l)"],
    ["relu-derivative-positive", "z > 0", "This is a comparison"],
    ["gradient-weight", "delta_j(l)*a_k(l-1)", "l stands in scripts only"],
  ])("of %s: %s is told why", (question, answer, message) => {
    const check = checkAnswer(sheets.get("backpropagation")!, question, answer);
    expect(check.verdict).toBe("unreadable");
    expect(check.message).toContain(message);
  });
});
