import { describe, expect, test } from "vitest";
import { bundledSheets, checkAnswer, parseSheet } from "../src/exercise/index.ts";

const sheets = new Map(bundledSheets.map(({ name, text }) => [name, parseSheet(text)]));
const tanhSlope = "1-tanh(z)^2";
const sigmoidSlope = "e^(-z)/(1+e^(-z))^2";
const delta = "(a_j^L-t_j)*a_j^L*(1-a_j^L)";
const step = "w-eta*g/(abs(g)+epsilon)";

/** Cases beyond what float64 tells apart: a case is right where it is equal as a formula, not where two numbers round to one. */
const wrong: readonly (readonly [sheet: string, question: string, answer: string])[] = [
  ...[30, 100, 1e6].flatMap((far) =>
    [
      `z > ${far} ? 0 : ${tanhSlope}`,
      `z < -${far} ? 0 : ${tanhSlope}`,
      `abs(z) > ${far} ? 0 : ${tanhSlope}`,
      `(z < ${far})*(${tanhSlope})`,
      `1-tanh(min(z, ${far}))^2`,
      `1-tanh(max(min(z, ${far}), -${far}))^2`,
      `z >= ${far} ? 4e^(-2z) : ${tanhSlope}`,
    ].map((answer) => ["activations-and-costs", "tanh-derivative", answer] as const),
  ),
  ["activations-and-costs", "tanh-derivative", `z > 0 ? (e^z > 10^20 ? 0 : ${tanhSlope}) : ${tanhSlope}`],
  ["activations-and-costs", "tanh-derivative", `e^z > 10^20 ? 0 : ${tanhSlope}`],
  ["activations-and-costs", "tanh-derivative", `z > 0 ? (z > 30 ? 0 : ${tanhSlope}) : ${tanhSlope}`],
  ["activations-and-costs", "tanh-derivative", `z == 30 ? 0 : ${tanhSlope}`],
  ["activations-and-costs", "tanh-derivative", `z >= 30 ? (z <= 30 ? 0 : ${tanhSlope}) : ${tanhSlope}`],
  ["activations-and-costs", "tanh-derivative", `sqrt((z-40)^2) > 80 ? 0 : ${tanhSlope}`],
  ["backpropagation", "sigmoid-derivative", `z > 40 ? 0 : ${sigmoidSlope}`],
  ["backpropagation", "sigmoid-derivative", `z < -50 ? 0 : ${sigmoidSlope}`],
  ["backpropagation", "relu-derivative-positive", "e^z > 10^30 ? 0 : 1"],
  ["backpropagation", "relu-derivative-positive", "z > 1000000 ? 0 : 1"],
  ["activations-and-costs", "quadratic-with-sigmoid", `t_j > 100 ? 0 : ${delta}`],
  ["activations-and-costs", "quadratic-with-sigmoid", `a_j^L*t_j > 50 ? 0 : ${delta}`],
  ["activations-and-costs", "quadratic-with-sigmoid", "(abs(a_j^L-t_j+5)-5)*a_j^L*(1-a_j^L)"],
  ["activations-and-costs", "quadratic-with-sigmoid", `abs(a_j^L+t_j)/(a_j^L+t_j)*${delta}`],
  ["activations-and-costs", "quadratic-with-sigmoid", `sqrt(t_j^2)/t_j*${delta}`],
  ["optimizers", "adam-first-step", `g > 1000000 ? w-eta : ${step}`],
];

const right: typeof wrong = [
  ["activations-and-costs", "tanh-derivative", `z > 0 ? ${tanhSlope} : 4/(e^z+e^(-z))^2`],
  ["activations-and-costs", "tanh-derivative", "1-tanh(abs(z))^2"],
  ["activations-and-costs", "tanh-derivative", `abs(${tanhSlope})`],
  ["activations-and-costs", "tanh-derivative", `min(${tanhSlope}, 2)`],
  ["backpropagation", "sigmoid-derivative", `abs(${sigmoidSlope})`],
  ["backpropagation", "relu-derivative-positive", "z > 0 ? 1 : 0"],
  ["activations-and-costs", "quadratic-with-sigmoid", "(a_j^L-t_j)*abs(a_j^L*(1-a_j^L))"],
  ["activations-and-costs", "quadratic-with-sigmoid", `a_j^L > 0 ? ${delta} : 0`],
  ["optimizers", "adam-first-step", "w-eta*g/(sqrt(g^2)+epsilon)"],
  ["optimizers", "adam-first-step", "g > 0 ? w-eta*g/(g+epsilon) : w-eta*g/(epsilon-g)"],
];

describe("cases in an answer", () => {
  test.each(wrong)("%s, %s: %s is wrong, and the case is named", (sheet, question, answer) => {
    expect(checkAnswer(sheets.get(sheet)!, question, answer)).toMatchObject({ verdict: "wrong", slip: "case" });
  });

  test.each(right)("%s, %s: %s is right", (sheet, question, answer) => {
    expect(checkAnswer(sheets.get(sheet)!, question, answer).verdict).toBe("correct");
  });
});

describe("cases in an answer about given equations that have cases themselves", () => {
  const equations = "z1 = w1*x\na1 = ReLU(z1)\nz2 = w2*a1 + b\ny = sigma(z2)\nC = 1/2 (y - t)^2";
  const values = "given x = 3, t = 1\nparameters w1 = 0.01, w2 = -5, b = -1\ncost C";
  const question = "kind: formula\ntext: What is it?\ngiven: net\nasks: dC/dw1";
  const fence = "```";
  const sheet = parseSheet(
    `---\ntitle: Own\n---\n\n${fence}equations net\n${equations}\n${values}\n${fence}\n\n${fence}question q\n${question}\n${fence}\n`,
  );
  const slope = "(y-t)*y*(1-y)*w2*(z1>0)*x";

  // The ReLU in y could be left out where z1 > 0 stands beside it; nobody has to.
  test.each(["(y - t) σ′(z2) w2 ReLU′(z1) x", slope, "(y-t)*sigma'(z2)*w2*(w1*x > 0 ? 1 : 0)*x"])(
    "%s is right",
    (answer) => {
      expect(checkAnswer(sheet, "q", answer)).toMatchObject({ verdict: "correct" });
    },
  );

  test.each([`${slope}*(w2 > 50 ? 2 : 1)`, `z1 > 100 ? 0 : ${slope}`, `${slope}*(t > 40 ? 0 : 1)`])(
    "%s is wrong",
    (answer) => {
      expect(checkAnswer(sheet, "q", answer)).toMatchObject({ verdict: "wrong", slip: "case" });
    },
  );
});

describe("numbers that samples cannot tell from others", () => {
  const fence = "```";
  const net = `{"inputs": 2, "layers": [{"units": 2, "activation": "sigmoid", "weights": [[0.1, 0.2], [0.3, 0.4]], "biases": [0.1, 0.2]},
{"units": 1, "activation": "sigmoid", "weights": [[0.5, 0.6]], "biases": [0.1]}], "cost": "quadratic", "examples": {"inputs": [[1, 2]], "targets": [[1]]}}`;
  const sheet = parseSheet(
    `---\ntitle: Own\n---\n\n${fence}network net\n${net}\n${fence}\n\n${fence}question q\nkind: formula\ntext: What is it?\n` +
      `given: net\nasks: delta_j^L\nterms: [a_j^L, t_j]\n${fence}\n`,
  );

  // tanh(10^9 a) is 1 in float64 for every a that is drawn; whether the term belongs there is seen by putting 2 · 10^9 and 1 in its place.
  test.each([
    `${delta}*tanh(10^9*a_j^L)`,
    `${delta}*tanh(1000000000*a_j^L)`,
    `${delta}*tanh(60*a_j^L)`,
    `${delta}*(1+e^(-10^9*a_j^L))`,
    `${delta}/sigma(10^6*(1+t_j))`,
  ])("%s is wrong about a given network, and in general", (answer) => {
    expect(checkAnswer(sheet, "q", answer)).toMatchObject({ verdict: "wrong", slip: "case" });
    const other = checkAnswer(sheets.get("activations-and-costs")!, "quadratic-with-sigmoid", answer);
    expect(other.verdict).toBe("wrong");
  });

  test.each([`1000*${delta}/10^3`, `${delta}*e^(20)/e^(20)`, `(100*a_j^L-100*t_j)*a_j^L*(1-a_j^L)/100`])(
    "%s is right: its large numbers belong there",
    (answer) => {
      expect(checkAnswer(sheet, "q", answer).verdict).not.toBe("wrong");
    },
  );
});
