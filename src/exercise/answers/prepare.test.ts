import { describe, expect, test } from "vitest";
import { operationsOf } from "../../formula/budget.ts";
import { bundledSheets } from "../bundled-sheets.ts";
import { parseSheet } from "../reading/parse-sheet.ts";
import type { Sheet } from "../sheet.ts";
import { checkAnswer } from "./check-answer.ts";
import { prepare } from "./prepare.ts";
import { subjectsOf } from "./subjects.ts";

const bundled = (name: string): Sheet => parseSheet(bundledSheets.find((each) => each.name === name)?.text ?? "");
const fence = "```";
const block = (id: string, lines: string): string =>
  `${fence}question ${id}\nkind: formula\ntext: What is it?\n${lines}\n${fence}\n\n`;

describe("a prepared question", () => {
  test("judges as checkAnswer does", () => {
    const sheet = bundled("backpropagation");
    const question = prepare(sheet).question("delta-output");
    for (const answer of ["(partialC)/(partiala_j^L)*f'(z_j^L)", "f'(z_j^L)", "("]) {
      expect(question.check(answer)).toEqual(checkAnswer(sheet, "delta-output", answer));
    }
    expect(question.check("z_j^L", { attempts: 1 })).toEqual(
      checkAnswer(sheet, "delta-output", "z_j^L", { attempts: 1 }),
    );
  });

  test("is found by its id, or refused with the nearest", () => {
    const prepared = prepare(bundled("backpropagation"));
    expect(prepared.questions.map(({ question }) => question.id)).toContain("delta-output");
    expect(() => prepared.question("delta-outptu")).toThrow('got "delta-outptu". Did you mean "delta-output"?');
  });

  test("knows its solution, and which answers are equal", () => {
    const question = prepare(bundled("backpropagation")).question("sigmoid-derivative");
    expect(question.check(question.solution() ?? "").verdict).toBe("correct");
    expect(question.answerKey("1 + z")).toBe(question.answerKey("z + 1"));
    expect(question.answerKey("1 + z")).not.toBe(question.answerKey("z"));
  });

  test("has variants by their seeds, each read once", () => {
    const prepared = prepare(bundled("two-three-two"));
    expect(prepared.variant(7).sheet.seed).toBe(7);
    expect(prepared.variant(7).sheet).toBe(prepared.variant(7).sheet);
    expect(prepared.variant(prepared.sheet.seed).sheet).toBe(prepared.sheet);
  });

  test("works out a question when it is asked, and then never again", () => {
    // The seventh power of a sum of many terms takes more than a part of a sheet may.
    const long = `(${Array.from({ length: 60 }, (_, i) => `sin(${i}*x)*e^(x/${i + 1})`).join("+")})`;
    const sheet = parseSheet(
      `---\ntitle: T\nsymbols: [x]\nfunctions:\n  - g(x) = ${long}^7*${long}^5\n---\n\n` +
        block("heavy", "asks: g'''''(x)\nkey: derive") +
        block("light", "key: x + 1"),
    );
    const operations = operationsOf(() => {
      const prepared = prepare(sheet);
      expect(prepared.question("light").check("1 + x").verdict).toBe("correct");
    });
    expect(operations).toBeLessThan(10_000);
    const { formula } = subjectsOf(sheet);
    const light = sheet.questions[1];
    if (light?.kind !== "formula") throw new Error("a formula expected");
    expect(formula(light).truth()).toBe(formula(light).truth());
    expect(formula(light).mutants()).toBe(formula(light).mutants());
    const heavy = prepare(sheet).question("heavy");
    const first = heavy.check("x");
    const again = operationsOf(() => expect(heavy.check("x")).toEqual(first));
    expect(again).toBeLessThan(100_000);
  });

  test("takes the same operations from an answer's budget, whatever was asked before", () => {
    const text = "(partialC)/(partiala_j^L)*f'(z_j^L)*2";
    const fresh = bundled("backpropagation");
    const cold = operationsOf(() => checkAnswer(fresh, "delta-output", text));
    const warm = operationsOf(() => checkAnswer(fresh, "delta-output", text));
    expect(cold).toBe(warm);
  });
});
