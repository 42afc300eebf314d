import { expect, test } from "vitest";
import { prepare } from "./prepare.ts";
import { bundledSheets, parseSheet } from "../index.ts";

const sheet = parseSheet(bundledSheets.find(({ name }) => name === "backpropagation")!.text);

test.each([
  ["delta-hidden", "sum_k w_jk^(l+1)*delta_k^(l+1)", "sum_i δ_i^(l+1)·w_ji^(l+1)"],
  ["gradient-weight", "a_k^l*delta_j^l", "-(-δ_j^l a_k^l)"],
  ["gradient-weight", "delta_k^l", "2*delta_k^l/2"],
  ["sigmoid-derivative", "1-sigma(z)", "e^-z/(1+e^-z)"],
  ["sgd-update", "w_1+eta*dC/dw_1", "η ∂C/∂w₁ + w₁"],
  ["simple-loss", "0.577", "0.5769"],
  ["sigmoid-saturation", "A", "a "],
])("%s: %s and %s are the same answer", (question, left, right) => {
  expect(prepare(sheet).question(question).answerKey(left)).not.toBeNull();
  expect(prepare(sheet).question(question).answerKey(left)).toBe(prepare(sheet).question(question).answerKey(right));
});

test.each([
  ["delta-hidden", "sum_k w_kj^(l+1)*delta_k^(l+1)", "sum_k w_jk^(l+1)*delta_k^(l+1)"],
  ["gradient-bias", "delta_j^L", "delta_j^(l+1)"],
  ["gradient-bias", "delta_j^(l-1)", "delta_j^1"],
  ["sigmoid-derivative", "e^(-z)", "e^(-z) + 0.000001"],
  ["simple-loss", "0.577", "0.578"],
])("%s: %s and %s are two answers", (question, left, right) => {
  expect(prepare(sheet).question(question).answerKey(left)).not.toBe(
    prepare(sheet).question(question).answerKey(right),
  );
});

test("what cannot be read is like nothing", () => {
  expect(prepare(sheet).question("gradient-bias").answerKey("delta_j^")).toBeNull();
  expect(prepare(sheet).question("sigmoid-saturation").answerKey(" ")).toBeNull();
});
