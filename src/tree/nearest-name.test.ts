import { describe, expect, test } from "vitest";
import { didYouMean, nearestName } from "./nearest-name.ts";

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

  test.each([
    ["w11", ["w12", "w21"]],
    ["a_4^1", ["a_1^1", "a_2^1"]],
    ["sin", ["min", "sum"]],
    ["loss", ["cost", "bias"]],
    ["tan", ["tau", "max"]],
    ["lr", ["l1", "l2"]],
    ["h3in", ["h1in", "h2in"]],
    ["bias", ["data", "mean"]],
  ])("is not guessed: %j among %j", (name, candidates) => {
    expect(nearestName(name, candidates)).toBeNull();
  });

  test.each([
    ["wieght", "weight"],
    ["exo", null],
    ["epx", "exp"],
    ["ep", null],
    ["expp", "exp"],
    ["relo", "relu"],
    ["learningrtae", "learningRate"],
    ["LearningRate", "learningRate"],
  ])("to %j among names of this library is %j", (name, expected) => {
    expect(nearestName(name, ["weight", "exp", "relu", "learningRate"])).toBe(expected);
  });

  test("of nothing is null", () => {
    expect(nearestName("tanh", [])).toBeNull();
  });
});

describe("the end of a message", () => {
  test("has the nearest name, else the other advice", () => {
    expect(didYouMean("sigmiod", ["tanh", "sigmoid"], "Choose one.")).toBe('Did you mean "sigmoid"?');
    expect(didYouMean("cosine", ["tanh", "sigmoid"], "Choose one.")).toBe("Choose one.");
  });

  test("guesses nothing for what is no text", () => {
    expect(didYouMean(7, ["7"], "Choose one.")).toBe("Choose one.");
  });
});
