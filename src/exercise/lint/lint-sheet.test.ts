import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bundledSheets, checkAnswer, lintSheet, parseSheet, prepare } from "../index.ts";

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
  const text = readFileSync(new URL("../../../test/fixtures/mistaken-keys.md", import.meta.url), "utf8");
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

describe("a question without asks", () => {
  test("is about the indices of its key", () => {
    const text = formula("key: a_k^(l-1)*delta_j^l");
    expect(lint(text)).toEqual([]);
    const verdict = (answer: string): string => checkAnswer(parseSheet(text), "q", answer).verdict;
    expect(verdict("delta_j^l*a_k^(l-1)")).toBe("correct");
    expect(verdict("a_k^l*delta_j^l")).toBe("wrong");
  });
});

describe("a key where a function has a kink", () => {
  test("is shown wrong beside it, with a choice as what would be right", () => {
    const [found] = lint(formula("asks: relu'(z)\nsymbols: [z]\nkey: '1'"));
    expect(found?.message).toContain(
      "At z = −1 your formula gives 1; the right one gives 0, as does a central difference",
    );
    expect(found?.suggestion).toBe("z > 0 ? 1 : 0");
  });

  test.each(["z > 0 ? 1 : 0", "z >= 0 ? 1 : 0"])("may be %s", (key) => {
    expect(kinds(formula(`asks: relu'(z)\nsymbols: [z]\nkey: '${key}'`))).toEqual([]);
  });
});

describe("a domain", () => {
  test("that holds nowhere near is found, and nothing of its key is said", () => {
    const found = lint(formula("asks: relu'(z)\nsymbols: [z]\ndomain: z > 100\nkey: '1'"));
    expect(found).toMatchObject([{ kind: "undefined-point", line: 10, column: 9 }]);
  });

  test("may begin beyond where values are tried first", () => {
    expect(lint(formula("asks: relu'(z)\nsymbols: [z]\ndomain: z > 4\nkey: '1'"))).toEqual([]);
    expect(kinds(formula("asks: relu'(z)\nsymbols: [z]\ndomain: z > 4\nkey: '0'"))).toEqual(["key-wrong"]);
  });

  test("makes one branch the derived key", () => {
    const text = formula("asks: leakyRelu'(z)\ndomain: z > 0\nsymbols: [z]\nkey: derive");
    expect(prepare(parseSheet(text)).questions[0]!.solution()).toBe("1");
  });
});

describe("activations of this package", () => {
  test.each([
    ["elu'(z)", "z > 0 ? 1 : e^z"],
    ["gelu(z)", "z/2*(1 + erf(z/sqrt(2)))"],
    ["silu'(z)", "sigma(z) + z*sigma'(z)"],
  ])("may be asked by name: %s", (asks, key) => {
    expect(lint(formula(`asks: ${asks}\nsymbols: [z]\nkey: '${key.replaceAll("'", "''")}'`))).toEqual([]);
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
    ["  - { text: yes, right: true }\n  - { text: no, claim: sigma(0) }", "choice", ["maths-unreadable"]],
    ["  - { text: yes, right: true, claim: elu(0) == 0 }\n  - text: no", "choice", []],
    ["  - { text: yes, right: true }\n  - text: no\nslips: [{ answer: a, message: No. }]", "choice", ["slip-right"]],
    ["  - { text: yes, right: true }\n  - text: no\nslips: [{ answer: b, message: No. }]", "choice", []],
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

describe("mathematics in the text", () => {
  test.each([
    ["What is $a_k^(l-1$?", "got a_k^(l-1"],
    ["Let $z = 1$ and $sum_k w_jk^l*$.", "got sum_k w_jk^l*"],
    ["It is $\\frac{1}{2$.", 'expected ")"'],
  ])("that cannot be set is found: %s", (prose, said) => {
    const [found, ...others] = lint(sheetWith("kind: formula\ntext: What?\nasks: tanh'(z)\nkey: derive", prose));
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      kind: "maths-unreadable",
      line: 4,
      column: prose.lastIndexOf("$", prose.length - 3) + 1,
    });
    expect(found?.message).toContain(said);
  });

  test.each(["$5 and $6", "`$a_k^($`", "```\n$a_k^($\n```\nand", "between $[0, 1]$ and $2$", "\\$a_k^(\\$"])(
    "is not seen in %j",
    (prose) => {
      expect(lint(sheetWith("kind: formula\ntext: What?\nasks: tanh'(z)\nkey: derive", prose))).toEqual([]);
    },
  );

  test("is found in a question, its hints, choices and messages", () => {
    const bad = "$(z$";
    const [first, ...others] = lint(
      sheetWith(
        `kind: choice\ntext: |\n  Which\n  of ${bad}?\nhints: [Think of ${bad}.]\nchoices:\n  - text: ${bad}\n    right: true\n  - no\nslips:\n  - { answer: b, message: "It is ${bad}." }`,
      ),
    );
    expect(first).toMatchObject({ kind: "maths-unreadable", question: "q", line: 9, column: 6 });
    expect(others.map(({ line }) => line)).toEqual([10, 12, 16]);
  });
});

describe("a function of the front matter", () => {
  test("that cannot be read is found, with the reason, also among others", () => {
    const front =
      "functions:\n  - half(z) = z/2\n  - broken(z) = z/(\n  - later(z) = quarter(z)\n  - quarter(z) = half(z)/2\n";
    const found = lint(sheetWith("kind: formula\ntext: What?\nasks: half'(z)\nkey: derive", "", front));
    expect(found.map(({ kind, line, column }) => ({ kind, line, column }))).toEqual([
      { kind: "maths-unreadable", line: 5, column: 5 },
      { kind: "maths-unreadable", line: 6, column: 5 },
    ]);
    expect(found[1]?.message).toContain('got unknown function "quarter"');
  });
});
