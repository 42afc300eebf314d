import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseSheet } from "../reading/parse-sheet.ts";
import { lintSheet } from "../lint/lint-sheet.ts";
import { prepare, type PreparedQuestion } from "../answers/prepare.ts";
import type { Sheet } from "../sheet.ts";
import { answerTestNames, answerTests } from "./answer-tests.ts";

function sheetWith(lines: string, front = "symbols: [x, y, a, t, c]"): Sheet {
  return parseSheet(
    `---\ntitle: A sheet\n${front}\n---\n\n\`\`\`question q\nkind: formula\ntext: What is it?\n${lines}\n\`\`\`\n`,
  );
}

function questionWith(lines: string, front?: string): PreparedQuestion {
  return prepare(sheetWith(lines, front)).question("q");
}

function verdicts(lines: string, answers: readonly string[], front?: string): readonly string[] {
  const question = questionWith(lines, front);
  return answers.map((answer) => question.check(answer).verdict);
}

function findings(lines: string, front?: string): readonly string[] {
  return lintSheet(sheetWith(lines, front))
    .map(({ kind }) => kind)
    .filter((kind) => kind !== "symbol-unused");
}

/** The textbook's symbols. */
const network = "decimals: 3";

describe("the tests of answers", () => {
  test("have a row each", () => {
    expect(Object.keys(answerTests)).toEqual(answerTestNames);
  });

  test("are equal, where none is named", () => {
    const answers = ["x^2 - 1", "(x - 1)*(x + 1)", "x^2", "2*x^2 - 2"];
    const expected = ["correct", "correct", "wrong", "wrong"];
    expect(verdicts("key: x^2 - 1", answers)).toEqual(expected);
    expect(verdicts("key: x^2 - 1\ntest: equal", answers)).toEqual(expected);
  });
});

describe("upToConstant", () => {
  const question = "key: x^2/2 + sin(x)\ntest: upToConstant";
  test.each([
    ["x^2/2 + sin(x)", "correct"],
    ["sin(x) + (x^2 + 7)/2", "correct"],
    ["x^2/2 + sin(x) - e^2", "correct"],
    ["x^2/2 + sin(x) + c", "correct"],
    ["x^2 + sin(x)", "wrong"],
    ["x^2/2 + sin(x) + x/1000", "wrong"],
    ["x^2/2 + sin(x) + c*x", "wrong"],
    ["x^2/2 + sin(x) + (x > 0 ? 1 : 0)", "wrong"],
    ["3", "wrong"],
  ])("takes %s for %s", (answer, verdict) => {
    expect(verdicts(question, [answer])).toEqual([verdict]);
  });

  test("says what was wanted", () => {
    const { message, counterexample } = questionWith(question).check("x^3 + sin(x)");
    expect(message).toContain("not by a constant");
    expect(counterexample).toBeNull();
  });

  test("goes with a domain, and with functions", () => {
    expect(verdicts("key: log(x)\ndomain: x > 0\ntest: upToConstant", ["log(3*x)", "log(x)/2", "log(x)"])).toEqual([
      "correct",
      "wrong",
      "correct",
    ]);
  });

  test("is judged on networks, too", () => {
    const about = "key: (partialC)/(partiala_j^L)*f'(z_j^L)\nasks: delta_j^L\ntest: upToConstant";
    const right = "(partialC)/(partiala_j^L)*f'(z_j^L)";
    expect(verdicts(about, [`${right} + 2/3`, `2*${right}`, right, `${right} + pi`], network)).toEqual([
      "correct",
      "wrong",
      "correct",
      "correct",
    ]);
  });
});

describe("multipleOf", () => {
  test.each([
    ["x - y", "correct"],
    ["3*y - 3*x", "correct"],
    ["c*(x - y)", "correct"],
    ["pi*(x - y)", "correct"],
    ["0", "wrong"],
    ["x - 2*y", "wrong"],
    ["x^2 - x*y", "wrong"],
    ["x - y + 0.0000001", "wrong"],
  ])("takes %s for %s", (answer, verdict) => {
    expect(verdicts("key: x - y\ntest: multipleOf", [answer])).toEqual([verdict]);
  });

  test("is judged on networks, too", () => {
    const about = "key: (partialC)/(partiala_j^L)*f'(z_j^L)\nasks: delta_j^L\ntest: multipleOf";
    const right = "(partialC)/(partiala_j^L)*f'(z_j^L)";
    const answers = [`-${right}`, `${right}/7`, `pi*${right}`, `${right} + 1`, "f'(z_j^L)", "0"];
    expect(verdicts(about, answers, network)).toEqual(["correct", "correct", "correct", "wrong", "wrong", "wrong"]);
  });
});

describe("factored", () => {
  test.each([
    ["a*(1 - a)", "a*(1 - a)", "correct", ""],
    ["a*(1 - a)", "-a*(a - 1)", "correct", ""],
    ["a*(1 - a)", "a - a^2", "form", "have the factor a in common"],
    ["a*(1 - a)", "a^2", "wrong", ""],
    ["2*(x - 1)*(x + 1)", "2*x^2 - 2", "form", "have the factor 2 in common"],
    ["2*(x - 1)*(x + 1)", "2*(x^2 - 1)", "form", "it is 0 at x = 1"],
    ["2*(x - 1)*(x + 1)", "(2*x - 2)*(x + 1)", "form", "have the factor 2 in common"],
    ["2*(x - 1)*(x + 1)", "(x + 1)*2*(x - 1)", "correct", ""],
    ["(2*x - 1)*(x + 3)", "2*x^2 + 5*x - 3", "form", "it is 0 at x = 1/2"],
    ["(x - y)^2", "x^2 - 2*x*y + y^2", "form", "with more factors"],
    ["(x - y)^2", "(y - x)*(y - x)", "correct", ""],
    ["x^2 + 1", "x^2 + 1", "correct", ""],
    ["a*(1 - a)/x", "(a - a^2)/x", "form", "have the factor a in common"],
    ["a*(1 - a)/x", "a/x*(1 - a)", "correct", ""],
  ])("of %s takes %s for %s", (key, answer, verdict, message) => {
    const check = questionWith(`key: ${key}\ntest: factored`).check(answer);
    expect(check.verdict).toBe(verdict);
    if (verdict === "form") {
      expect(check.slip).toBe("not-factored");
      expect(check.message).toMatch(/^The value is right, but it is to be factored: /);
      expect(check.message).toContain(message);
    }
  });

  test("is judged on networks, too", () => {
    const about = "key: delta_j^l*(1 - a_k^(l-1))\ntest: factored";
    expect(verdicts(about, ["delta_j^l - delta_j^l*a_k^(l-1)", "(1 - a_k^(l-1))*delta_j^l"], network)).toEqual([
      "form",
      "correct",
    ]);
  });
});

describe("expanded", () => {
  test.each([
    ["x^2 - 1", "x^2 - 1", "correct", ""],
    ["x^2 - 1", "(x - 1)*(x + 1)", "form", "is a product with a sum in it"],
    ["x^2 - 1", "(x - 1)^2 + 2*x - 2", "form", "is a power of a sum"],
    ["x^2 - 1", "-(1 - x^2)", "form", "a minus stands before (1 - x^2)"],
    ["x^2 - 1", "x^2/2 - 1 + x^2/2", "form", "are one term"],
    ["x^2 - 1", "x^2 + 1", "wrong", ""],
    ["x/2 + 1/2", "(x + 1)/2", "form", "divides a sum"],
    ["x/2 + 1/2", "1/2*x + 0.5", "correct", ""],
    ["x*sin(x + 1) - y", "sin(x + 1)*x - y", "correct", ""],
  ])("of %s takes %s for %s", (key, answer, verdict, message) => {
    const check = questionWith(`key: ${key}\ntest: expanded`).check(answer);
    expect(check.verdict).toBe(verdict);
    if (verdict === "form") {
      expect(check.slip).toBe("not-expanded");
      expect(check.message).toMatch(/^The value is right, but it is to be multiplied out: /);
      expect(check.message).toContain(message);
    }
  });
});

describe("inTerms", () => {
  test("is the same with the terms beside it and under terms", () => {
    for (const lines of [
      "test: { inTerms: [a] }",
      "test:\n  inTerms: [a]",
      "terms: [a]\ntest: inTerms",
      "terms: [a]",
    ]) {
      const question = questionWith(`key: sigma'(x)\n${lines}`);
      expect(question.check("sigma(x)*(1 - sigma(x))")).toMatchObject({ verdict: "form", slip: "not-in-terms" });
    }
  });

  test("is refused without terms, and with two lists of them", () => {
    expect(() => sheetWith("key: a\ntest: inTerms")).toThrow("expected terms for the test inTerms, got none");
    expect(() => sheetWith("key: a\nterms: [a]\ntest: { inTerms: [a] }")).toThrow("expected terms once");
    expect(() => sheetWith("key: a\ntest: factorised")).toThrow('got "factorised"');
    expect(() => sheetWith("key: a\ntest: { factored: [a] }")).toThrow("inTerms");
  });

  test("terms go with every other test", () => {
    const lines = "key: a*(1 - a)\nterms: [a]\ntest: factored";
    const question = questionWith(lines);
    expect(question.check("a*(1 - a)").verdict).toBe("correct");
    expect(question.check("a - a^2").slip).toBe("not-factored");
    expect(question.check("a*(1 - a)*(x/x)").slip).toBe("not-in-terms");
  });
});

test("the sheet that documents them has nothing that lint finds", () => {
  const page = readFileSync(new URL("../../../docs/sheets.md", import.meta.url), "utf8");
  const [, text = ""] = /^### Tests of answers$[\s\S]*?^````markdown\n([\s\S]*?)^````$/m.exec(page) ?? [];
  const sheet = parseSheet(text);
  expect(sheet.questions.map((question) => question.test?.name)).toEqual(["factored", "upToConstant", "inTerms"]);
  expect(lintSheet(sheet)).toEqual([]);
  expect(prepare(sheet).question("integral").check("log(1 + e^z) + c").verdict).toBe("correct");
});

describe("lint", () => {
  test("judges the key by the test itself", () => {
    expect(findings("key: a - a^2\ntest: factored")).toEqual(["key-not-in-form"]);
    expect(findings("key: a*(1 - a)\ntest: factored")).toEqual([]);
    expect(findings("key: a*(1 - a)\ntest: expanded")).toEqual(["key-not-in-form"]);
    expect(findings("key: a*t\nterms: [a]")).toEqual(["key-not-in-terms"]);
    expect(findings("key: a*t\ntest: { inTerms: [a] }")).toEqual(["key-not-in-terms"]);
  });

  test("finds tests that every number passes", () => {
    expect(findings("key: 2\ntest: upToConstant")).toEqual(["test-meaningless"]);
    expect(findings("key: 2\ntest: multipleOf")).toEqual(["test-meaningless"]);
    expect(findings("key: 2*x\ntest: multipleOf")).toEqual([]);
  });

  test("finds tests where there is no formula to judge", () => {
    const block = (lines: string): string => `\`\`\`question q\ntext: Which?\ntest: factored\n${lines}\n\`\`\`\n`;
    const front = "---\ntitle: A sheet\n---\n\n";
    const choice = parseSheet(front + block("kind: choice\nchoices:\n  - a\n  - text: b\n    right: true"));
    expect(lintSheet(choice)).toMatchObject([{ kind: "test-meaningless", line: 7 }]);
    const given = "```equations e\nparameters x = 2\nC = x^2\ncost C\n```\n\n";
    const number = parseSheet(front + given + block("kind: number\nasks: C\ngiven: e"));
    expect(lintSheet(number).map(({ kind }) => kind)).toEqual(["test-meaningless"]);
  });
});

test("a derived key passes the question's test", () => {
  const question = questionWith("asks: sigma'(z)\nkey: derive\ntest: factored");
  expect(question.check(question.solution() ?? "").verdict).toBe("correct");
});
