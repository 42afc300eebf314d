import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bundledSheets, lintSheet, parseSheet } from "./index.ts";

const lint = (text: string) => lintSheet(parseSheet(text));
const kinds = (text: string): readonly string[] => lint(text).map(({ kind }) => kind);

/** A sheet with one question. */
const sheetWith = (question: string, before = "", front = ""): string =>
  `---\ntitle: Test\n${front}---\n${before}\n\`\`\`question q\n${question}\n\`\`\`\n`;

const formula = (lines: string): string => sheetWith(`kind: formula\ntext: What?\n${lines}`);
const system = "```equations s\ny = sigmoid(w*x)\nC = 1/2 (y - 1)^2\ngiven x = 3\nparameters w = 0.01\ncost C\n```";

test.each(bundledSheets)("the bundled sheet $name has nothing to find", ({ text }) => {
  expect(lint(text)).toEqual([]);
});

test("the textbook's own keys have three findings: a blank one, a slip of typing, a wrong one", () => {
  const text = readFileSync(new URL("../../test/fixtures/seed-keys.md", import.meta.url), "utf8");
  const found = lint(text);
  expect(found.map(({ kind, question }) => `${question} ${kind}`)).toEqual([
    "delta-output key-blank",
    "gradient-weight key-unreadable",
    "sigmoid-derivative key-wrong",
  ]);
  expect(found.map(({ suggestion }) => suggestion)).toEqual([
    "(partialC)/(partiala_j^L)*f'(z_j^L)",
    "a_k^(l-1)*delta_j^l",
    "e^(-z)/(1 + e^(-z))^2",
  ]);
  const lines = text.split("\n");
  for (const { line, column } of found.slice(1)) expect(lines[line - 1]!.slice(column - 1)).toMatch(/^(a_k|1-)/);
});

describe("a key", () => {
  test.each([
    ["asks: delta_j^l\nkey: sum_k w_jk^(l+1)*delta_k^(l+1)*f'(z_j^l)", "key-wrong"],
    ["asks: (partialC)/(partialw_jk^l)\nkey: a_k^l-1*delta_j^l", "key-misread"],
    ["asks: (partialC)/(partialw_jk^l)\nkey: a_k^(l-1)*dleta_j^l", "key-unreadable"],
    ["asks: (partialC)/(partialw_jk^l)\nterms: [delta_j^l]\nkey: a_k^(l-1)*delta_j^l", "key-not-in-terms"],
    ["asks: tanh'(z)\nsymbols: [z]\nkey: 1-tanh(z)", "key-wrong"],
    ["asks: relu'(z)\nsymbols: [z]\ndomain: z > 0\nkey: '0'", "key-wrong"],
    ["asks: softplus'(z)\nsymbols: [z]\nkey: z/(z+z*e^(-z))", "undefined-point"],
    ["asks: next w_1\nrule: sgd\nsymbols: [w_1, eta, C]\nkey: w_1+eta*(partialC)/(partialw_1)", "key-wrong"],
    ["asks: delta_j^L\nkey: delta_j^L", "key-unreadable"],
    ["asks: delta_j^l\nkey:", "key-blank"],
  ])("%j is %s", (lines, kind) => {
    expect(kinds(formula(lines))).toEqual([kind]);
  });

  test.each([
    "asks: delta_j^l\nkey: derive",
    "asks: (partialC)/(partialw_jk^l)\nkey: derive",
    "asks: (partialC)/(partialb_j^l)\nkey: derive",
    "asks: z_j^l\nkey: derive",
    "asks: tanh'(z)\nsymbols: [z]\nterms: [e, z]\nkey: derive",
    "asks: delta_j^L\ncost: quadratic\nterms: [a_j^L, t_j, f', z_j^L]\nkey: derive",
    "asks: delta_j^L\ncost: crossEntropy\noutput activation: softmax\nterms: [a_j^L, t_j]\nkey: derive",
    "asks: next w_1\nrule: momentum\nrule symbols: { momentum: mu }\nsymbols: [w_1, v, mu, eta, C]\nkey: derive",
  ])("%j can be derived", (lines) => {
    expect(lint(formula(lines))).toEqual([]);
  });
});

describe("a question for a number", () => {
  const number = (lines: string): string => sheetWith(`kind: number\ntext: What?\ngiven: s\n${lines}`, system);

  test.each([
    ["asks: C\nkey: '0.5'", ["key-wrong"]],
    ["asks: C\nkey: '0.1211'", []],
    ["asks: D", ["key-unreadable"]],
    ["asks: log(C - 1)", ["undefined-point"]],
    ["asks: dC/dw\ndecimals: 0", ["decimals-ambiguous"]],
    ["asks: C\nslips:\n  - { answer: '0.1211', message: No. }", ["slip-right"]],
  ])("%j has %j", (lines, expected) => {
    expect(kinds(number(lines))).toEqual(expected);
  });

  test("a derivative at a kink is found by a difference", () => {
    const kink = "```equations s\na = relu(w*x)\nC = (a - 1)^2\ngiven x = 0\nparameters w = 0.5\ncost C\n```";
    expect(kinds(sheetWith("kind: number\ntext: What?\ngiven: s\nasks: dC/dx", kink))).toContain("undefined-point");
  });

  test("values that are drawn are tried with other seeds", () => {
    const drawn = "```equations s\ny = log(5 - w)\nC = y^2\nparameters w = 0..5\ncost C\n```";
    const [found, ...others] = lint(sheetWith("kind: number\ntext: What?\ngiven: s\nasks: C", drawn));
    expect(found).toMatchObject({
      kind: "undefined-point",
      message: expect.stringMatching(/^with seed \d:.*-Infinity/),
    });
    expect(others).toEqual([]);
  });
});

describe("a question with choices", () => {
  const choice = (choices: string, kind = "choice"): string =>
    sheetWith(`kind: ${kind}\ntext: Which?\nchoices:\n${choices}`);

  test.each([
    ["  - text: yes\n  - text: no", "choice", ["no-right-choice"]],
    ["  - { text: yes, right: true }\n  - { text: no, right: true }", "choice", ["several-right-choices"]],
    ["  - { text: yes, right: true }\n  - { text: no, right: true }", "multiple choice", []],
    ['  - { text: yes, right: true, claim: "sigma\'(0) > 1" }\n  - text: no', "choice", ["choice-wrong"]],
    ['  - { text: yes, right: true, claim: "sigma(0) == 1/2" }\n  - text: no', "choice", []],
  ])("%j as %s has %j", (choices, kind, expected) => {
    expect(kinds(choice(choices, kind))).toEqual(expected);
  });
});

describe("a symbol", () => {
  test("that nothing uses is found where it is declared", () => {
    const text = sheetWith(
      "kind: formula\ntext: What?\nasks: delta_j^L\nkey: derive",
      "",
      "symbols:\n  delta_j^l: error\n  C: cost\n  a_j^l: activation\n  f(z): f\n  z_j^l: z\n  rho_j^l: nothing\n",
    );
    const unused = lint(text).filter(({ kind }) => kind === "symbol-unused");
    expect(unused.map(({ line, message }) => `${line} ${/got (\S+),/.exec(message)?.[1]}`)).toContain("9 rho_j^l");
  });

  test("that is none is found", () => {
    const text = sheetWith("kind: formula\ntext: What?\nasks: delta_j^L\nkey: derive", "", "symbols:\n  '++': plus\n");
    expect(kinds(text)).toContain("maths-unreadable");
  });
});
