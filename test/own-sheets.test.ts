import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  checkAnswer,
  checkAnswers,
  groupAnswers,
  lintSheet,
  parseSheet,
  pointsFor,
  type Sheet,
} from "../src/exercise/index.ts";

const folder = new URL("fixtures/sheets/", import.meta.url);
const sheets = new Map<string, Sheet>(
  readdirSync(folder).map((name) => [name.replace(".md", ""), parseSheet(readFileSync(new URL(name, folder), "utf8"))]),
);

function sheetNamed(name: string): Sheet {
  const sheet = sheets.get(name);
  if (sheet === undefined) throw new Error(`there is no sheet ${name}`);
  return sheet;
}

const right = "right";
/** Answers to sheets of authors' own: sheet, question, answer, and its verdict with the slip where there is one. */
const answers: readonly (readonly [string, string, string, string])[] = [
  // y is the target where it is declared as one.
  ["target-y", "slope", "a_j^L - y_j", right],
  ["target-y", "slope", "-(y_j - a_j^L)", right],
  ["target-y", "slope", "0", "wrong"],
  ["target-y", "slope", "y_j - a_j^L", "wrong sign"],
  ["target-y", "error", "(a_j^L - y_j)*a_j^L*(1 - a_j^L)", right],
  ["target-y", "error", "0", "wrong"],
  ["target-y", "error", "a_j^L - y_j", "wrong factor-missing+factor-missing"],
  // A layer without an index is one of a network with one neuron a layer, never a power.
  ["one-neuron-a-layer", "slope", "2*(a^2 - y)", right],
  ["one-neuron-a-layer", "slope", "2a^2 - 2y", right],
  ["one-neuron-a-layer", "slope", "2*(a*a - y)", "wrong layer-missing"],
  ["one-neuron-a-layer", "slope", "2*(a^1 - y)", "wrong"],
  ["one-neuron-a-layer", "slope", "2*(a^L - y)", "wrong"],
  ["one-neuron-a-layer", "slope", "a^2 - y", "wrong"],
  // The cost is called E.
  ["cost-named-E", "gw", "a_k^(l-1)*delta_j^l", right],
  ["cost-named-E", "gw", "a_k^(l-1)", "wrong factor-missing"],
  ["cost-named-E", "gw", "-a_k^(l-1)*delta_j^l", "wrong sign"],
  ["cost-named-E", "gw", "(partialE)/(partialw_jk^l)", "form restated"],
  ["cost-named-E", "gw", "E", "wrong derivative-not-taken"],
  // The activation function is called g.
  ["activation-named-g", "do", "(partialC)/(partiala_j^L)*g'(z_j^L)", right],
  ["activation-named-g", "do", "(partialC)/(partiala_j^L)*g(z_j^L)", "wrong function-for-derivative"],
  ["activation-named-g", "do", "(partialC)/(partiala_j^L)", "wrong factor-missing"],
  // One neuron by its number.
  ["one-neuron-by-name", "dw12", "a_2^(l-1)*delta_1^l", right],
  ["one-neuron-by-name", "dw12", "a_1^(l-1)*delta_2^l", "wrong"],
  ["one-neuron-by-name", "dw12", "delta_1^l", "wrong factor-missing"],
  ["one-neuron-by-name", "dw12", "(partialC)/(partiala_3^L)*f'(z_3^L)", "wrong"],
  ["one-neuron-by-name", "dw12", "a_40^(l-1)*delta_1^l", "wrong"],
  ["one-neuron-by-name", "db2", "delta_2^l", right],
  ["one-neuron-by-name", "db2", "delta_1^l", "wrong"],
  ["one-neuron-by-name", "d3", "(partialC)/(partiala_3^L)*f'(z_3^L)", right],
  ["one-neuron-by-name", "d3", "(partialC)/(partiala_2^L)*f'(z_2^L)", "wrong"],
  ["one-neuron-by-name", "z3", "(sum_k w_3k^2*a_k^1) + b_3^2", right],
  ["one-neuron-by-name", "z3", "sum_k w_3k^2*a_k^1", "wrong term-missing"],
  ["one-neuron-by-name", "jac12", "-a_1^L*a_2^L", right],
  ["one-neuron-by-name", "jac12", "a_1^L*a_2^L", "wrong sign"],
  ["one-neuron-by-name", "jac12", "0", "wrong constant"],
  ["one-neuron-by-name", "hidden-two", "sum_k w_kj^3*delta_k^3*f'(z_j^2)", right],
  ["one-neuron-by-name", "hidden-two", "sum_k w_kj^3*delta_k^3", "wrong factor-missing"],
  ["one-neuron-by-name", "hidden-two", "sum_k w_jk^3*delta_k^3*f'(z_j^2)", "wrong transposed"],
  // A network that is given: its depth, activations and cost, for any of its numbers.
  ["given-and-terms", "gd", "w_1j^2*delta_1^2*(1-(a_j^1)^2)", right],
  ["given-and-terms", "gd", "sum_k w_kj^L*delta_k^2*(1-(a_j^1)^2)", right],
  ["given-and-terms", "gd", "w_1j^2*delta_1^2*a_j^1*(1-a_j^1)", "wrong"],
  ["given-and-terms", "gd", "w_1j^2*delta_1^2", "wrong factor-missing"],
  ["given-and-terms", "g2", "(a_1^2-t_1)*a_1^2*(1-a_1^2)", right],
  ["given-and-terms", "g2", "(a_1^2-1)*a_1^2*(1-a_1^2)", "wrong"],
  // The chain rule over equations that are given.
  ["given-and-terms", "cr", "∂C/∂z_2·a_1", right],
  ["given-and-terms", "cr", "(partialC)/(partialy)*(partialy)/(partialz_2)*(partialz_2)/(partialw_2)", right],
  ["given-and-terms", "cr", "(partialC)/(partialz_2)", "wrong factor-missing"],
  ["given-and-terms", "cr", "(partialC)/(partialz_1)*a_1", "wrong"],
  ["given-and-terms", "cr", "(partialC)/(partialw_2)", "form restated"],
  ["given-and-terms", "mid", "(y-t)*y*(1-y)", right],
  ["given-and-terms", "mid", "dC/dy*y*(1-y)", right],
  ["given-and-terms", "mid", "(y-t)*y", "wrong factor-missing"],
  ["given-and-terms", "loc", "w_2*a_1*(1-a_1)*x", right],
  ["given-and-terms", "loc", "w_2*x", "wrong factor-missing+factor-missing"],
  // Three cases at a kink, where any value between the slopes is right.
  ["given-and-terms", "relu", "z > 0 ? 1 : (z < 0 ? 0 : 1/2)", right],
  ["given-and-terms", "relu", "z > 0 ? 1 : z == 0 ? 1/2 : 0", right],
  ["given-and-terms", "relu", "z < 0 ? 0 : 1", right],
  ["given-and-terms", "relu", "z > 0 ? 1 : z < 0 ? 0 : 0/0", right],
  ["given-and-terms", "relu", "z < 0 ? 0 : z > 0 ? 1 : 7", "wrong case"],
  ["given-and-terms", "relu", "z == 0 ? 2 : z > 0", "wrong"],
  ["given-and-terms", "relu", "z > 0.001 ? 1 : 0", "wrong"],
  ["given-and-terms", "relu", "z > 1e-7 ? 1 : 0", "wrong"],
  ["given-and-terms", "relu", "z > 0 ? 1 : z > -100 ? 0 : 1/2", "wrong"],
  ["relu-network", "d", "(a_j^L-t_j)*(z_j^L > 0 ? 1 : z_j^L < 0 ? 0 : 1/2)", right],
  ["relu-network", "d", "(a_j^L-t_j)*(z_j^L > 0)", right],
  ["relu-network", "d", "(a_j^L-t_j)*(z_j^L > 0 ? 1 : z_j^L < 0 ? 0 : 3)", "wrong case"],
  ["relu-network", "d", "(a_j^L-t_j)*(z_j^L > 0.001)", "wrong case"],
  ["relu-network", "s", "z_j^l > 0 ? 1 : z_j^l == 0 ? 1/2 : 0", right],
  ["relu-network", "s", "z_j^l > 1e-5 ? 1 : 0", "wrong case"],
  // Layers in a domain; as many of them as it says.
  ["relu-network", "dom", "f'(z_j^l)*sum_k w_kj^(l+1)*delta_k^(l+1)", right],
  ["relu-network", "dom", "f'(z_j^l)*sum_k w_kj^L*delta_k^L", "wrong only-layer-before-last"],
  ["relu-network", "dom3", "(a_j^L-t_j)*f'(z_j^3)", right],
  ["relu-network", "dom3", "a_j^3-t_j", "wrong factor-missing"],
  // Terms.
  ["given-and-terms", "sg", "sigma(z)*(1-sigma(z))", right],
  ["given-and-terms", "sg", "sigma(z)-sigma(z)^2", right],
  ["given-and-terms", "sg", "e^(-z)/(1+e^(-z))^2", "form not-in-terms"],
  ["given-and-terms", "sg", "sigma'(z)", "form restated"],
  ["given-and-terms", "sg", "sigma(z)*(1-sigma(2*z-z))", "form not-in-terms"],
  ["given-and-terms", "wt", "2*w1", right],
  ["given-and-terms", "wt", "w_1 + w_1", right],
  ["given-and-terms", "wt", "2*w_1 + 0*w_2", "form not-in-terms"],
  // A name with digits in its middle.
  ["given-and-terms", "hin", "1.5", right],
  ["given-and-terms", "hin", "h1in", "form"],
];

describe("on sheets of authors' own", () => {
  test.each(answers)("%s, %s: %s is %s", (name, id, answer, expected) => {
    const { verdict, slip } = checkAnswer(sheetNamed(name), id, answer);
    const [wanted = "", wantedSlip] = expected.split(" ");
    expect(verdict).toBe(wanted === right ? "correct" : wanted);
    if (wantedSlip !== undefined) expect(slip).toBe(wantedSlip);
  });

  test.each([
    "activation-named-g",
    "cost-named-E",
    "given-and-terms",
    "one-neuron-a-layer",
    "one-neuron-by-name",
    "relu-network",
    "target-y",
  ])("%s has nothing that is wrong", (name) => {
    expect(lintSheet(sheetNamed(name))).toEqual([]);
  });

  test("messages have the sheet's own names", () => {
    const told = (name: string, id: string, answer: string): string =>
      checkAnswer(sheetNamed(name), id, answer).message;
    expect(told("activation-named-g", "do", "(partialC)/(partiala_j^L)*g(z_j^L)")).toContain(
      "g where its derivative g' belongs",
    );
    expect(told("cost-named-E", "gw", "E")).toContain("That is E itself");
  });

  test("a key that is the same on every network is reported", () => {
    const text = sheetNamed("target-y").source.replace("y_j: target of output j", "t_j: target\n  y_j: output");
    const findings = lintSheet(parseSheet(text)).filter(({ kind }) => kind === "key-constant");
    expect(findings).toMatchObject([{ question: "slope" }, { question: "error" }]);
    expect(findings[0]?.message).toContain("which is 0 on every network");
  });

  test("what is asked of no network that answers are tried on cannot be judged, and is no learner's fault", () => {
    const text = sheetNamed("one-neuron-by-name").source.replace("asks: delta_3^L", "asks: delta_300^L");
    const { verdict, message } = checkAnswer(parseSheet(text), "d3", "1");
    expect(verdict).toBe("unreadable");
    expect(message).toContain("This question cannot be judged: what is asked has no value");
  });
});

describe("what a learner is told", () => {
  const told = (id: string, answer: string) => checkAnswer(sheetNamed("false-reasons"), id, answer);

  test.each([
    ["first-output", "(a_1^L-t_1)*0.3333"],
    ["first-output", "(a_1^L-t_1)/1.2"],
    ["first-output", "0.5"],
    ["hidden", "0.25*sum_k w_kj^(l+1)*delta_k^(l+1)"],
    ["hidden", "a_j^l*(1-a_j^l)*sum_k w_kj^(l+1)*delta_k^(l+1)/n_l"],
  ])("is neither a factor nor a rounded number where there is none: %s: %s", (id, answer) => {
    const { verdict, slip, message } = told(id, answer);
    expect(verdict).toBe("wrong");
    expect(slip).not.toBe("constant-factor");
    expect(slip).not.toBe("rounded");
    expect(message).not.toMatch(/always the same|rounded/);
  });

  test.each([
    ["first-output", "3*(a_1^L-t_1)*a_1^L*(1-a_1^L)", "constant-factor", "always the same: 3."],
    ["hidden", "1.5*a_j^l*(1-a_j^l)*sum_k w_kj^(l+1)*delta_k^(l+1)", "constant-factor", "always the same: 1.5."],
    ["hidden", "(0.333*3)*a_j^l*(1-a_j^l)*sum_k w_kj^(l+1)*delta_k^(l+1)", "rounded", "0.333"],
    ["first-output", "(a_1^L-t_1)*a_1^L*(1-a_1^L) + 0.0001*a_1^L*(1-a_1^L)*(a_1^L-t_1)", "rounded", "does not belong"],
  ])("is a factor or a number where there is one: %s: %s", (id, answer, slip, message) => {
    expect(told(id, answer)).toMatchObject({ verdict: "wrong", slip, message: expect.stringContaining(message) });
  });
});

describe("points", () => {
  const sheet = sheetNamed("given-and-terms");

  test("are not earned by saying the question again", () => {
    const said: Record<string, string> = {
      gd: "(partialC)/(partialz_j^1)",
      cr: "(partialC)/(partialw_2)",
      mid: "(partialC)/(partialz_2)",
      loc: "(partialz_2)/(partialw_1)",
      relu: "relu'(z)",
      sg: "sigma'(z)",
      hin: "h1in",
      hw: "dC/dh1in",
    };
    expect(checkAnswers(sheet, said).points).toBe(0);
  });

  test.each(["1", "2", "1.0", "0.5"])("are not earned by %s where a number with three decimals is asked", (answer) => {
    const question = sheet.questions.find(({ id }) => id === "hw")!;
    expect(pointsFor(question, checkAnswer(sheet, "hw", answer))).toBe(0);
  });

  test("a number of a file counts as the number it is", () => {
    expect(checkAnswers(sheet, { hin: "1.5" }, { byValue: ["hin"] }).points).toBe(1);
    const scores = [undefined, ["hw"]].map((byValue) => {
      const { checks } = checkAnswers(sheet, { hw: "-0.03" }, byValue === undefined ? {} : { byValue });
      return checks[0]?.verdict;
    });
    // -0.0273: two decimals of three are not enough typed, and as a number it is within ten units.
    expect(scores).toEqual(["close", "close"]);
  });
});

describe("one learner never stops a class", () => {
  test("with an answer that takes too much work, or a question that cannot be judged", () => {
    const sheet = sheetNamed("too-large");
    const learners = [
      { name: "Ada", answers: { k2: "(partialC)/(partiala_j^L)*f'(z_j^L)", k1: "z" } },
      { name: "Bob", answers: { k2: `f${"'".repeat(40)}(z_j^l)`, k3: "z", k5: "sum_k a_k^l" } },
    ];
    const { questions } = groupAnswers(sheet, learners);
    expect(questions.map(({ question, answered }) => [question, answered])).toContainEqual(["k2", 2]);
    for (const { counts, answered } of questions) {
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(answered);
    }
  });

  test("what takes too much work in a sheet is found with its place", () => {
    const findings = lintSheet(sheetNamed("too-large"));
    const found = (question: string): string => findings.find((each) => each.question === question)?.message ?? "";
    expect(found("k1")).toContain("takes too much work");
    expect(found("k2")).toContain("expected at most 5 primes, got 36");
    expect(found("k3")).toContain("takes too much work");
    expect(findings.filter(({ question }) => question === "k4").map(({ line }) => line)).toEqual([37, 38, 39]);
    expect(found("c")).toContain("expected at most 5 primes, got 14");
  });
});
