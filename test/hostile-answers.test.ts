import { describe, expect, test } from "vitest";
import { bundledSheets, checkAnswer, parseSheet, prepare, type Sheet } from "../src/exercise/index.ts";
import { answerOperations } from "../src/exercise/operations.ts";
import { operationsOf } from "../src/formula/budget.ts";
import { drawing, type Draw } from "./random-answers.ts";

/** `BACKPASS_FUZZ=20000 npx vitest run test/hostile-answers.test.ts` tries more. */
const runs = Math.ceil(Number(process.env["BACKPASS_FUZZ"] ?? 2000) / 4);

const ownFunctions = `---
title: Functions of the sheet's own
functions:
  - swish(z) = z/(1 + e^(-z))
  - twice(z) = swish(swish(z))*swish(z)
---

\`\`\`equations chain
z1 = w1*x
a1 = sigmoid(z1)
C = 1/2 (a1 - t)^2
given x = 3, t = 1
parameters w1 = 0.5
cost C
\`\`\`

\`\`\`question slope
kind: formula
text: What is $twice'(z)$?
asks: twice'(z)
key: derive
\`\`\`

\`\`\`question number
kind: number
text: What is the derivative?
asks: dC/dw1
given: chain
\`\`\`

\`\`\`question weight
kind: formula
text: What is the derivative?
asks: (partialC)/(partialw_1)
given: chain
key: (a_1 - t)*a_1*(1 - a_1)*x
\`\`\`
`;

const sheets: readonly Sheet[] = [...bundledSheets.map(({ text }) => parseSheet(text)), parseSheet(ownFunctions)];
const questions = sheets.flatMap((sheet) => sheet.questions.map((question) => ({ sheet, question })));

/** More than the whole of an answer: judging, and its key for the table of a class, each with a budget of its own. */
const most = 2 * answerOperations + 1_000;

function operations(sheet: Sheet, id: string, text: string): number {
  return operationsOf(() => {
    const { verdict, message, slip } = checkAnswer(sheet, id, text);
    expect(message).not.toBe("");
    expect(message).not.toContain("internal");
    expect({ id, text, slip }).not.toMatchObject({ slip: "not-judged" });
    if (slip === "too-large") expect(verdict).toBe("unreadable");
    prepare(sheet).question(id).answerKey(text);
  });
}

const atoms = ["z", "e", "2", "9", "0.1", "1e300", "a_k^(l-1)", "delta_j^l", "w_kj^(l+1)", "f'(z_j^l)", "t_j"];
const more = ["(partialC)/(partiala_j^L)", "sigma(z)", "w_1", "eta", "n_l", "g", "x", "z_1", "twice(z)"];
const functions = [
  "sigma",
  "tanh",
  "exp",
  "ln",
  "sqrt",
  "abs",
  "relu",
  "softplus",
  "gelu",
  "swish",
  "twice",
  "sin",
  "f",
];
const starts = ["e^(", "2^(", "exp(", "sigma(", "tanh(", "f(", "f'(", "1/(1+", "max(0,", "ln(1+"];

function pick<Item>(draw: Draw, items: readonly Item[]): Item {
  const item = items[draw(items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** Nests of everything that grows: powers of powers, sums within sums, functions of functions, long products. */
function hostile(draw: Draw, depth: number): string {
  const part = (): string => hostile(draw, depth - 1);
  const atom = (): string => pick(draw, draw(2) === 0 ? atoms : more);
  if (depth <= 0) return atom();
  const makers = [
    () => `(${part()}+${part()})*(${part()})`,
    () => `(${part()})/(${part()})`,
    () => `(${part()})^${pick(draw, ["2", "9", "64", "0.5", "-1", "(1/3)", "999", "(10^15)", "(z)"])}`,
    () => `e^(${part()})`,
    () => `sum_${pick(draw, ["i", "k", "m", "p"])} (${part()})`,
    () => `${pick(draw, functions)}${"'".repeat(draw(6))}(${part()})`,
    () => `(${part()} > ${part()} ? ${part()} : ${part()})`,
    () => `max(${part()}, ${part()})`,
    () => Array.from({ length: 2 + draw(60) }, (_, i) => `${i}*${atom()}`).join(pick(draw, ["+", "-", "*"])),
    () => {
      const times = 2 + draw(20);
      return "(".repeat(times) + atom() + `)^${pick(draw, ["9", "2", "z"])}`.repeat(times);
    },
    () => {
      const times = 2 + draw(25);
      return pick(draw, starts).repeat(times) + atom() + ")".repeat(times);
    },
  ];
  return pick(draw, makers)();
}

const plain: readonly string[] = [
  `f${"'".repeat(40)}(z_j^l)`,
  `sigma${"'".repeat(26)}(z)`,
  `${"(".repeat(19)}z${")^9".repeat(19)}`,
  `${"e^(".repeat(40)}z${")".repeat(40)}`,
  `(${Array.from({ length: 190 }, (_, i) => `${i}*z`).join("+")})^2`,
  `sum_i sum_k sum_m sum_p ${Array.from({ length: 20 }, () => "a_i^l*a_k^l*a_m^l*a_p^l").join("+")}`,
  Array.from({ length: 120 }, (_, i) => `e^(z/${i + 7})`).join("+"),
  Array.from({ length: 90 }, (_, i) => `${i + 2}^z`).join("*"),
  Array.from({ length: 60 }, (_, i) => `max(z,${i})`).join("*"),
  `${"9".repeat(300)}^${"9".repeat(300)}`,
  "z^".repeat(300) + "2",
  "(".repeat(900),
  "sum_k ".repeat(160),
  "=".repeat(900),
  "z".repeat(900),
];

describe("an answer that asks for much work", () => {
  test.each(plain)("takes no more operations than it may, in any question: %s", (text) => {
    for (const { sheet, question } of questions) {
      expect(operations(sheet, question.id, text)).toBeLessThanOrEqual(most);
    }
  });

  test("takes no more operations than it may, however it is nested", () => {
    const draw = drawing(20);
    for (let run = 0; run < runs; run += 1) {
      const text = hostile(draw, 1 + draw(5));
      const { sheet, question } = pick(draw, questions);
      expect(operations(sheet, question.id, text)).toBeLessThanOrEqual(most);
    }
  });

  test("has the same verdict, and takes as many operations, whatever was judged before it", () => {
    const draw = drawing(7);
    for (let run = 0; run < runs / 20; run += 1) {
      const text = hostile(draw, 1 + draw(4));
      const { sheet, question } = pick(draw, questions);
      const first = checkAnswer(sheet, question.id, text);
      const before = operationsOf(() => checkAnswer(sheet, question.id, text));
      checkAnswer(sheet, question.id, "z");
      expect(checkAnswer(sheet, question.id, text)).toEqual(first);
      expect(operationsOf(() => checkAnswer(sheet, question.id, text))).toBe(before);
    }
  });

  test("is told so in a sentence, and costs no attempt", () => {
    const [sheet] = sheets;
    const text = `sum_i sum_k sum_m sum_p ${Array.from({ length: 20 }, () => "a_i^l*a_k^l*a_m^l*a_p^l").join("+")}`;
    const check = checkAnswer(sheet!, "gradient-weight", `${text}*delta_j^l*a_k^(l-1)`);
    expect(check.verdict === "unreadable" || check.verdict === "wrong").toBe(true);
    const primes = checkAnswer(sheet!, "gradient-weight", `f${"'".repeat(40)}(z_j^l)`);
    expect(primes).toMatchObject({ verdict: "unreadable", hint: null });
    expect(primes.message).toContain("Expected at most 5 primes, got 40.");
  });
});
