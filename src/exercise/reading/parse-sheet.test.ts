import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { OptionError, SheetError } from "../../errors.ts";
import { lintSheet } from "../lint/lint-sheet.ts";
import { parseSheet } from "./parse-sheet.ts";
import type { Located } from "../sheet.ts";

function fileOf(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
}

const ids = [
  "delta-output",
  "delta-hidden",
  "gradient-weight",
  "gradient-bias",
  "sigmoid-derivative",
  "sigmoid-saturation",
  "relu-derivative-positive",
  "relu-derivative-negative",
  "simple-loss",
  "simple-dw1",
  "simple-dw2",
  "simple-db",
  "sgd-update",
];

/** A sheet with this body. */
function sheetWith(body: string, front = "title: T"): string {
  return `---\n${front}\n---\n${body}`;
}

function errorOf(text: string): SheetError {
  try {
    parseSheet(text);
  } catch (error) {
    if (error instanceof SheetError) return error;
    throw error;
  }
  throw new Error("expected an error, got none");
}

/** Every object with text, line and column in a value. */
function allLocated(value: unknown, seen: Set<unknown> = new Set()): Located[] {
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const inner = Object.values(value).flatMap((each) => allLocated(each, seen));
  const isOne = "text" in value && typeof value.text === "string" && "line" in value && "column" in value;
  return isOne ? [value as Located, ...inner] : inner;
}

const simple = "```equations simple\nC = 1/2 (w*x - 1)^2\ngiven x = 3\nparameters w = 0.5\ncost C\n```\n";

describe("parseSheet", () => {
  test.each(["sheets/backpropagation.md", "test/fixtures/mistaken-keys.md"])(
    "reads the questions of %s in order",
    (path) => {
      const sheet = parseSheet(fileOf(path));
      expect(sheet.questions.map((each) => each.id)).toEqual(ids);
      expect(sheet.blocks.filter((each) => each.kind === "question")).toHaveLength(ids.length);
    },
  );

  test("reads the example of the documentation, in which there is nothing to be found", () => {
    const [, example = ""] = /^````markdown\n([\s\S]*?)^````$/m.exec(fileOf("docs/sheets.md")) ?? [];
    const sheet = parseSheet(example);
    expect(sheet.questions.map(({ id }) => id)).toEqual(["slope", "input", "bias-gradient", "flat"]);
    expect(lintSheet(sheet)).toEqual([]);
  });

  test("reads settings, symbols and every kind of block", () => {
    const sheet = parseSheet(fileOf("sheets/backpropagation.md"), { seed: 7 });
    expect(sheet).toMatchObject({
      title: "Backpropagation",
      seed: 7,
      decimals: 3,
      activation: "general",
      cost: "general",
    });
    expect(sheet.symbols[0]).toEqual({
      text: "w_jk^l",
      meaning: "weight from neuron k of layer l-1 to neuron j of layer l",
      line: 7,
      column: 3,
    });
    expect(sheet.blocks.find((each) => each.kind === "drawing")).toMatchObject({ widths: [3, 4, 4, 2] });
    expect(sheet.given.get("simple")?.system.parameters).toEqual({ w1: 0.01, w2: -5, b: -1 });
    expect(sheet.blocks.find((each) => each.kind === "given")).toMatchObject({ given: { name: "simple" } });
    const update = sheet.questions.find((each) => each.id === "sgd-update");
    expect(update).toMatchObject({ kind: "formula", rule: "sgd", asks: { text: "next w_1" }, points: 1 });
  });

  test("keeps a key as it is typed, and null where none is", () => {
    const sheet = parseSheet(fileOf("test/fixtures/mistaken-keys.md"));
    const keys = sheet.questions.map((each) => (each.kind === "number" || each.kind === "formula" ? each.key : null));
    expect(keys[0]).toBeNull();
    expect(keys[9]).toMatchObject({ text: "2.080" });
  });

  test.each(["sheets/backpropagation.md", "test/fixtures/mistaken-keys.md"])(
    "says of every piece of %s where it stands, on each of its lines",
    (path) => {
      const text = fileOf(path);
      const lines = text.split("\n");
      const pieces = allLocated(parseSheet(text)).filter(({ text: piece }) => piece !== text);
      expect(pieces.length).toBeGreaterThan(40);
      for (const piece of pieces) {
        for (const [i, line] of piece.text.split("\n").entries()) {
          expect(lines[piece.line - 1 + i]?.slice(piece.column - 1, piece.column - 1 + line.length)).toBe(line);
        }
      }
    },
  );

  test("finds the place of quoted texts and of blocks that are further in", () => {
    const body =
      "```question q\nkind: formula\ntext: |2\n    two further in\n  last\n\nkey: 'a'\nhints:\n  - \"b\"\n  - >\n    c\n```\n";
    const [question] = parseSheet(sheetWith(body)).questions;
    expect(question).toMatchObject({
      text: { text: "  two further in\nlast", line: 7, column: 3 },
      key: { text: "a", line: 10, column: 7 },
      hints: [
        { text: "b", line: 12, column: 6 },
        { text: "c", line: 14, column: 5 },
      ],
    });
  });

  test("reads files from Windows like others", () => {
    const text = fileOf("sheets/backpropagation.md");
    const windows = parseSheet(`\uFEFF${text.replaceAll("\n", "\r\n")}`);
    expect({ ...windows, source: "" }).toEqual({ ...parseSheet(text), source: "" });
  });

  test("keeps code of other kinds, and fences within it, in the prose", () => {
    const body = "````markdown\n```question q\n```\n````\n\n~~~python\nx = 1\n~~~\n";
    const { blocks } = parseSheet(sheetWith(body));
    expect(blocks).toMatchObject([{ kind: "prose", line: 4, markdown: body }]);
  });

  test("does not show a hidden block, which questions use all the same", () => {
    const hidden = simple.replace("simple\n", "simple hidden\n");
    const sheet = parseSheet(
      sheetWith(`\`\`\`question q\nkind: number\ntext: C?\nasks: C\ngiven: simple\n\`\`\`\n${hidden}`),
    );
    expect(sheet.blocks.map((each) => each.kind)).toEqual(["question"]);
    expect(sheet.questions[0]).toMatchObject({ given: { name: "simple", line: 11 } });
  });

  test("takes the output layer's activation from the question's own, where that says one", () => {
    const ask = (more: string): string => `\`\`\`question q${more.length}\nkind: formula\ntext: T\n${more}\`\`\`\n`;
    const body = ask("") + ask("activation: tanh\n") + ask("output activation: sigmoid\n");
    const { questions } = parseSheet(sheetWith(body, "title: T\nactivation: relu\noutput activation: softmax"));
    expect(questions).toMatchObject([
      { activation: "relu", outputActivation: "softmax" },
      { activation: "tanh", outputActivation: "tanh" },
      { activation: "relu", outputActivation: "sigmoid" },
    ]);
  });

  test("refuses a seed that is no whole number", () => {
    expect(() => parseSheet(sheetWith(""), { seed: 1.5 })).toThrow(OptionError);
  });
});

/** A question of this YAML. */
function asking(yaml: string): string {
  return sheetWith(`${simple}\`\`\`question q\n${yaml}\n\`\`\`\n`);
}

test("lines may end as on Windows and on old Macs", () => {
  const text = asking("kind: formula\ntext: |\n  a\n  b\n");
  const plain = parseSheet(text).questions[0];
  for (const end of ["\r\n", "\r"]) expect(parseSheet(text.replaceAll("\n", end)).questions[0]).toEqual(plain);
});

test("equations call the functions of the front matter, and their lines stay those of the file", () => {
  const front = "title: T\nfunctions:\n  - half(z) = z/2\n  - bad(z) = z/(\n  - quarter(z) = half(half(z))";
  const block = (right: string): string => `\`\`\`equations e\nC = ${right}\nparameters w = 8\ncost C\n\`\`\`\n`;
  expect(parseSheet(sheetWith(block("quarter(w)"), front)).given.get("e")?.system.equations).toMatchObject([
    { name: "C", line: 9 },
  ]);
  expect(errorOf(sheetWith(block("quarter(v)"), front))).toMatchObject({ place: { line: 9, column: 13 } });
  expect(errorOf(sheetWith(block("bad(w)"), front))).toMatchObject({ place: { line: 9, column: 5 } });
});

test("a comment after a name or number, or on its own line, is one", () => {
  const [question] = parseSheet(asking("kind: formula # easy\npoints: 2 # for both\n# more\ntext: a")).questions;
  expect(question).toMatchObject({ kind: "formula", points: 2 });
});

describe("what makes a sheet unusable", () => {
  test.each([
    ["an empty file", "", 1, 1, /front matter/],
    ["front matter without an end", "---\ntitle: T\n", 1, 1, /the end of the file/],
    ["no title", "---\ndecimals: 3\n---\n", 1, 1, /"title:"/],
    ["an unknown setting", sheetWith("", "title: T\ndecimal: 2"), 3, 1, /Did you mean "decimals"\?/],
    ["decimals that are none", sheetWith("", "title: T\ndecimals: 2.5"), 3, 11, /got "2.5"/],
    ["an unknown activation", sheetWith("", "title: T\nactivation: sigmod"), 3, 13, /Did you mean "sigmoid"\?/],
    ["an unknown cost", sheetWith("", "title: T\ncost: nonsense"), 3, 7, /got "nonsense"/],
    ["two colons", asking("kind: formula\ntext: a: b"), 12, 7, /a second ": "\. Put a text with ": " in single quotes/],
    ["a tab", asking("kind: choice\ntext: a\nchoices:\n\t- a"), 14, 1, /got a tab\. Put two spaces/],
    ["no space after a colon", asking("kind:formula\ntext: a"), 11, 1, /a space after the colon/],
    ["a line that is not far enough in", asking("kind: choice\nchoices:\n  - text: a\n   claim: b"), 14, 1, /"- "/],
    ["an open quote", asking('kind: formula\ntext: "a'), 12, 9, /expected " at the end/],
    ["an open bracket", asking("kind: formula\nterms: [a\ntext: b"), 13, 1, /expected "\]", got the next line/],
    ["a backslash in quotes", asking('kind: formula\ntext: "\\sigma"'), 12, 8, /Use single quotes/],
    ["more after a quote", asking("kind: formula\nkey: 'f'(z)'"), 12, 9, /every ' in it twice/],
    ["a sign of YAML at the start", asking("kind: formula\ntext: %a"), 12, 7, /single quotes/],
    [
      "words cut by a comment",
      asking("kind: formula\ntext: Use hint #1"),
      12,
      16,
      /got "#1", which YAML takes for a comment/,
    ],
    ["a kind in capitals", asking("Kind: formula\ntext: a"), 11, 1, /expected "kind:", got "Kind:"/],
    [
      "a symbol of the rule that it has not",
      asking("kind: formula\ntext: a\nasks: next w\nrule: momentum\nrule symbols: { moment: mu }"),
      15,
      17,
      /of momentum one of w, g, .*Did you mean "momentum"\?/,
    ],
    [
      "symbols of no rule",
      asking("kind: formula\ntext: a\nrule symbols: { momentum: mu }"),
      13,
      15,
      /expected "rule:"/,
    ],
    [
      "a block without its end before the next",
      sheetWith("```question q\nkind: formula\n\n```question r\n```\n"),
      7,
      1,
      /expected "```" after the question block of line 4, got the next block/,
    ],
    [
      "a range without another number than 0",
      sheetWith("```equations e\nC = w\nparameters w = 1..3 not 2\ncost C\n```\n"),
      6,
      21,
      /got "not 2"/,
    ],
    [
      "a fault in a network",
      sheetWith('```network n\n{ "inputs": 1,\n  "layers": [{ "units": 1..2 "activation": "relu" }] }\n```\n'),
      6,
      30,
      /expected "," or "}" in a network as JSON/,
    ],
    [
      "a fault in a value of a network",
      sheetWith(
        '```network n\n{ "inputs": 1, "cost": "quadratic",\n "layers": [{ "units": 1, "weights": [[0.5..1, 2]] }] }\n```\n',
      ),
      6,
      39,
      /layers\[0\]\.weights\[0\]: expected 1 number/,
    ],
    ["an alias", asking("kind: formula\ntext: *a"), 12, 7, /alias/i],
    ["an anchor", asking("kind: formula\ntext: &a b"), 12, 10, /an anchor/],
    ["a tag", asking("kind: formula\ntext: !a b"), 12, 7, /tag/i],
    ["a name that comes twice", asking("kind: formula\ntext: a\ntext: b"), 13, 1, /"text" again/],
    ["no kind", asking("text: a"), 10, 1, /expected "kind:"/],
    ["an unknown kind", asking("kind: formla"), 11, 7, /Did you mean "formula"\?/],
    ["no text", asking("kind: formula\ntext:"), 12, 6, /got nothing/],
    ["an unknown key", asking("kind: formula\ntext: a\npionts: 2"), 13, 1, /Did you mean "points"\?/],
    ["a key of another kind", asking("kind: number\ntext: a\nchoices: b"), 13, 1, /got "choices"/],
    ["a number that asks nothing", asking("kind: number\ntext: a\ngiven: simple"), 10, 1, /expected "asks:"/],
    ["a number without anything given", asking("kind: number\ntext: a\nasks: C"), 10, 1, /\(simple\), got none/],
    [
      "something unknown given",
      asking("kind: number\ntext: a\nasks: C\ngiven: simpel"),
      14,
      8,
      /Did you mean "simple"\?/,
    ],
    [
      "an id that is not before",
      asking("kind: number\ntext: a\nasks: C\ngiven: simple\nfollows: q"),
      15,
      10,
      /got "q"/,
    ],
    ["points below zero", asking("kind: formula\ntext: a\npoints: -1"), 13, 9, /got "-1"/],
    ["a rule without what it asks", asking("kind: formula\ntext: a\nrule: sgd"), 10, 1, /asks: next/],
    ["an unknown rule", asking("kind: formula\ntext: a\nrule: adan"), 13, 7, /Did you mean "adam"\?/],
    ["no choices", asking("kind: choice\ntext: a"), 10, 1, /two or more choices, got none/],
    ["one choice", asking("kind: choice\ntext: a\nchoices: [b]"), 13, 10, /got one/],
    [
      "a choice that is right perhaps",
      asking("kind: choice\ntext: a\nchoices:\n  - text: b\n    right: yes\n  - c"),
      15,
      12,
      /true or false/,
    ],
    ["a slip without its message", asking("kind: formula\ntext: a\nslips:\n  - answer: b"), 14, 5, /"message:"/],
    ["an id that comes twice", `${asking("kind: formula\ntext: a")}\`\`\`question q\n\`\`\`\n`, 14, 1, /as on line 10/],
    ["a question without an id", sheetWith("```question\n```\n"), 4, 1, /expected a name/],
    ["an id of two words", sheetWith("```question my question\n```\n"), 4, 1, /got "question"/],
    ["a block that does not end", sheetWith("```question q\nkind: formula\n"), 4, 1, /the end of the file/],
    ["a block that is further in", sheetWith("  ```question q\n  ```\n"), 4, 1, /2 spaces/],
    ["a kind of block mistyped", sheetWith("```equation e\n```\n"), 4, 4, /Did you mean equations\?/],
    [
      "a fault in an equation",
      sheetWith("```equations e\nC = (w - 1)^2\nx = y\nparameters w = 1\ncost C\n```\n"),
      6,
      5,
      /"y"/,
    ],
    ["equations without a cost", sheetWith("```equations e\nC = w\nparameters w = 1\n```\n"), 4, 1, /cost/],
    ["widths that are none", sheetWith("```drawing\nwidths: [3, x]\n```\n"), 5, 13, /got "x"/],
    ["a drawing of one layer", sheetWith("```drawing\nwidths: [3]\n```\n"), 5, 9, /2 to 8 layers/],
  ] as const)("%s", (_, text, line, column, message) => {
    const error = errorOf(text);
    expect(error).toMatchObject({ place: { line, column }, code: "sheet" });
    expect(error.message).toMatch(new RegExp(`^line ${line}, column ${column}: .*expected .*, got .*\\. .*[.?]$`, "s"));
    expect(error.message).toMatch(message);
  });

  test.each([
    ["brackets", asking(`kind: formula\ntext: ${"[".repeat(40_000)}`)],
    ["dashes", asking("- ".repeat(20_000))],
    ["names", asking(Array.from({ length: 6_000 }, (_, i) => `k${i}: 1`).join("\n"))],
    ["faults", asking("}\n".repeat(20_000))],
    ["anchors", asking(`a: ${"&a ".repeat(15_000)}`)],
    ["a block that is too long", asking("# a\n".repeat(20_000))],
    ["a sheet that is too long", sheetWith("a".repeat(1_000_001))],
    [
      "too many questions",
      sheetWith(
        Array.from({ length: 1_001 }, (_, i) => `\`\`\`question q${i}\nkind: formula\ntext: a\n\`\`\`\n`).join(""),
      ),
    ],
    ["open fences", sheetWith("```question q\n".repeat(50_000))],
  ])("very many %s, without hanging", (_, text) => {
    const start = performance.now();
    expect(errorOf(text)).toBeInstanceOf(SheetError);
    // Each takes less than half a second; on a busy machine it may be more.
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
