import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkAnswer, parseSheet } from "../src/exercise/index.ts";
import {
  deriveNetwork,
  deriveSystem,
  networkPage,
  pageToLatex,
  pageToText,
  parseEquations,
  systemPage,
} from "../src/explain/index.ts";
import { parseFreeFormula, parseFormula, toLatex, toReadableText } from "../src/formula/index.ts";
import { dense, network } from "../src/network/index.ts";

interface Printed {
  readonly name: string;
  readonly settings: string;
  readonly page: ReturnType<typeof networkPage>;
}

const printed: readonly Printed[] = [
  { name: "a network with any f and C", settings: "activation: general", page: networkPage(deriveNetwork(undefined)) },
  {
    name: "ReLU and softmax",
    settings: "activation: relu\noutput activation: softmax\ncost: crossEntropy",
    page: networkPage(deriveNetwork(network(3, [dense(4, "relu"), dense(3, "softmax")], { cost: "crossEntropy" }))),
  },
  {
    name: "sigmoid and quadratic cost",
    settings: "activation: sigmoid\ncost: quadratic",
    page: networkPage(deriveNetwork(network(3, [dense(4, "sigmoid"), dense(3, "sigmoid")], { cost: "quadratic" }))),
  },
];

/** What a printed left side is asked as. */
const asked: readonly (readonly [RegExp, string])[] = [
  [/^δ(?:_j)?\^L$|^\\delta(?:_\{j\})?\^\{L\}$/u, "delta_j^L"],
  [/^δ(?:_j)?\^l$|^\\delta(?:_\{j\})?\^\{l\}$/u, "delta_j^l"],
  [/^∂C_x\/∂w(?:_jk)?\^l$|C_\{x\}\}\{\\partial w/u, "(partialC)/(partialw_jk^l)"],
  [/^∂C_x\/∂b(?:_j)?\^l$|C_\{x\}\}\{\\partial b/u, "(partialC)/(partialb_j^l)"],
  [/^z(?:_j)?\^l$|^z(?:_\{j\})?\^\{l\}$/u, "z_j^l"],
];

/** Lines of equations with what they say the value of; a line that starts with `=` goes on. */
function equationsIn(text: string, isLatex: boolean): readonly { readonly line: string; readonly asks: string }[] {
  const found: { line: string; asks: string }[] = [];
  let asks: string | null = null;
  for (const each of text.split("\n")) {
    // Remarks stand behind three blanks in text; in LaTeX they are part of what one copies.
    const line = isLatex ? each.trim().replace(/\\\\$/u, "") : each.trim().replace(/ {3}.*$/u, "");
    const [left = "", right] = line.split(/\s*(?<![<>])&?=\s*/u);
    if (right === undefined) continue;
    const name = left.trim();
    asks = name === "" ? asks : (asked.find(([pattern]) => pattern.test(name))?.[1] ?? null);
    if (asks !== null) found.push({ line, asks });
  }
  return found;
}

describe.each(printed)("what derive prints of $name is an answer", ({ settings, page }) => {
  test.each([
    ["text", pageToText(page)],
    ["LaTeX", pageToLatex(page)],
  ])("as %s", (format, text) => {
    const equations = equationsIn(text, format === "LaTeX");
    expect(equations.length).toBeGreaterThan(8);
    const sheets = new Map<string, ReturnType<typeof parseSheet>>();
    for (const { line, asks } of equations) {
      const domain = asks === "delta_j^l" ? "\ndomain: l < L" : "";
      // One for each question, so that its key is derived once.
      const sheet =
        sheets.get(asks) ??
        parseSheet(
          `---\ntitle: Printed\n${settings}\n---\n\n\`\`\`question q\nkind: formula\ntext: What is it?\nasks: ${asks}${domain}\n\`\`\`\n`,
        );
      sheets.set(asks, sheet);
      const { verdict, message } = checkAnswer(sheet, "q", line);
      expect({ line, verdict, message }).toMatchObject({ verdict: expect.stringMatching(/^(?:correct|form)$/) });
    }
  });
});

describe("what derive prints of a file of equations", () => {
  const text = readFileSync(new URL("../examples/two-neurons.txt", import.meta.url), "utf8");
  const page = systemPage(deriveSystem(parseEquations(text)));
  const sheet = (asks: string): ReturnType<typeof parseSheet> =>
    parseSheet(
      `---\ntitle: Printed\n---\n\n\`\`\`equations net\n${text}\n\`\`\`\n\n\`\`\`question q\nkind: formula\ntext: What is it?\ngiven: net\nasks: ${asks}\n\`\`\`\n`,
    );

  test("is an answer, line by line", () => {
    let asks: string | null = null;
    let count = 0;
    for (const each of pageToText(page).split("\n")) {
      const line = each.trim().replace(/ {3}.*$/u, "");
      const left = /^(∂C\/∂(?:w1|w2|b)) = /u.exec(line)?.[1];
      asks = left ?? (line.startsWith("=") ? asks : null);
      // Lines of numbers, and the chain rule with derivatives that no question knows, are for the eye.
      if (asks === null || /[0-9]\.[0-9]|∂C\/∂y|^= -?[0-9.]+$/u.test(line)) continue;
      count += 1;
      const { verdict, message } = checkAnswer(sheet(asks.replaceAll("∂", "d")), "q", line);
      expect({ line, verdict, message }).toMatchObject({ verdict: expect.stringMatching(/^(?:correct|form)$/) });
    }
    expect(count).toBeGreaterThan(3);
  });
});

test.each([
  "1/(1+e^(-z))",
  "z > 0 ? z : 0.1*z",
  "z > 1 ? 1 : z > 0 ? z : 0",
  "(z > 0)*z + (z <= 0)",
  "abs(z) + sqrt(1 + z^2)",
  "tanh(z)^2 + log(1 + e^z)",
  "max(0, z) - min(1, z)",
  "sigmoid(z)*(1 - sigmoid(z))",
])("%s is printed in text and LaTeX that is read back", (text) => {
  const formula = parseFormula(text);
  for (const shown of [toReadableText(formula), toLatex(formula), `f(z) = ${toLatex(formula)}`]) {
    const read = parseFreeFormula(shown).formula;
    expect(toReadableText(read)).toBe(toReadableText(formula));
  }
});
