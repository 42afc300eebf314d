import { describe, expect, test } from "vitest";
import { evaluate, notationToText, parseFormula } from "../../formula/index.ts";
import { bundledSheets } from "../bundled-sheets.ts";
import { subjectsOf } from "../answers/subjects.ts";
import { parseSheet } from "../reading/parse-sheet.ts";
import type { Question, Sheet } from "../sheet.ts";
import type { EquationRow } from "../prose/sheet-document.ts";
import { workedSolution } from "./worked-solution.ts";

function bundled(name: string, seed = 1): Sheet {
  return parseSheet(bundledSheets.find((each) => each.name === name)?.text ?? "", { seed });
}

function rowsOf(sheet: Sheet, question: Question): readonly EquationRow[] {
  const [block] = workedSolution(subjectsOf(sheet), question, new Map(), 1);
  return block?.kind === "equations" ? block.rows : [];
}

function rowsAt(sheet: Sheet, id: string): readonly string[] {
  const question = sheet.questions.find((each) => each.id === id);
  if (question === undefined) throw new Error(`no question ${id}`);
  return rowsOf(sheet, question).map(({ left, right, relation = "equals" }) => {
    const lead = left === null ? "" : notationToText(left).trim();
    return `${lead} ${relation === "equals" ? "=" : "←"} ${notationToText(right).trim()}`.trim();
  });
}

/** The value of `0.5 · (-2) + σ(1)`, as it is printed. */
function computed(text: string): number {
  const written = text.replaceAll(/\[(-?[\d.]+) > (-?[\d.]+)\]/g, (_, left: string, right: string) =>
    Number(left) > Number(right) ? "1" : "0",
  );
  return evaluate(parseFormula(written.replaceAll("√(", "sqrt(")), {});
}

const ofNumbers = bundledSheets.flatMap(({ name }) =>
  [1, 2, 3, 7].flatMap((seed) =>
    bundled(name, seed).questions.flatMap((question) =>
      question.kind === "number" ? [{ name, seed, id: question.id }] : [],
    ),
  ),
);

describe("a worked number", () => {
  test.each(ofNumbers)(
    "$name, seed $seed: $id ends with the value, and every step in numbers is right",
    ({ name, seed, id }) => {
      const sheet = bundled(name, seed);
      const question = sheet.questions.find((each) => each.id === id);
      const texts = rowsAt(sheet, id);
      const value =
        question?.kind === "number" ? (subjectsOf(sheet).number(question).value() ?? Number.NaN) : Number.NaN;
      const last = Number(/= (\S+)$/.exec(texts.at(-1) ?? "")?.[1]);
      expect(Math.abs(last - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value));
      const inNumbers = texts.flatMap((text) => {
        const [, numbers, result] = /^= (.*) = (\S+)$/.exec(text) ?? [];
        return numbers === undefined || result === undefined ? [] : [{ numbers, result: Number(result) }];
      });
      expect(inNumbers.length).toBeGreaterThan(0);
      for (const { numbers, result } of inNumbers) {
        // Every number has six digits; a difference of two may lose some of them.
        expect(Math.abs(computed(numbers) - result), numbers).toBeLessThan(2e-5 * Math.max(0.1, Math.abs(result)));
      }
    },
  );

  test("goes forward through every equation, then back by the chain rule", () => {
    expect(rowsAt(bundled("backpropagation"), "simple-dw1")).toEqual([
      "z1 = w1 x",
      "= 0.01 · 3 = 0.03",
      "a1 = ReLU(z1)",
      "= ReLU(0.03) = 0.03",
      "z2 = w2 a1 + b",
      "= (-5) · 0.03 + (-1) = -1.15",
      "y = σ(z2)",
      "= σ(-1.15) = 0.240489",
      "∂C/∂y = y - t",
      "= 0.240489 - 1 = -0.759511",
      "∂C/∂z2 = ∂C/∂y · ∂y/∂z2",
      "= ∂C/∂y · y (1 - y)",
      "= (-0.759511) · 0.240489 · (1 - 0.240489) = -0.138728",
      "∂C/∂a1 = ∂C/∂z2 · ∂z2/∂a1",
      "= ∂C/∂z2 · w2",
      "= (-0.138728) · (-5) = 0.693639",
      "∂C/∂z1 = ∂C/∂a1 · ∂a1/∂z1",
      "= ∂C/∂a1 · [z1 > 0]",
      "= 0.693639 · [0.03 > 0] = 0.693639",
      "∂C/∂w1 = ∂C/∂z1 · ∂z1/∂w1",
      "= ∂C/∂z1 · x",
      "= 0.693639 · 3 = 2.08092",
    ]);
  });

  test("adds up the ways through a network, and calls ∂C/∂z the error", () => {
    const texts = rowsAt(bundled("two-three-two"), "hidden-error");
    expect(texts).toContain("∂C/∂a_1^1 = δ_1^2 · ∂z_1^2/∂a_1^1 + δ_2^2 · ∂z_2^2/∂a_1^1");
    expect(texts).toContain("= ∂C/∂a_1^1 · a_1^1 (1 - a_1^1)");
    expect(texts.at(-3)).toBe("δ_1^1 = ∂C/∂a_1^1 · ∂a_1^1/∂z_1^1");
  });

  test("takes from an earlier question what that has worked out", () => {
    const sheet = bundled("two-three-two");
    const known = new Map();
    const [input, activation] = sheet.questions;
    if (input === undefined || activation === undefined) throw new Error("two questions expected");
    workedSolution(subjectsOf(sheet), input, known, 1);
    const [block] = workedSolution(subjectsOf(sheet), activation, known, 2);
    expect(block?.kind === "equations" ? block.rows.map(({ why }) => why) : []).toEqual([
      "from question 1",
      null,
      null,
    ]);
  });

  test.each([
    ["a formula in quantities", "2*z + dC/dw", /= 2 · .* = -?[\d.]+$/],
    ["a derivative that is 0", "dz/dt", /^∂z\/∂t = 0$/],
    ["a quantity that is given", "x", /^$/],
  ])("works out %s", (_, asks, end) => {
    const sheet = parseSheet(
      `---\ntitle: T\n---\n\n\`\`\`equations e\nz = w*x\nC = (z - t)^2\ngiven x = 2, t = 1\nparameters w = 3\ncost C\n\`\`\`\n\n\`\`\`question q\nkind: number\ntext: T\nasks: ${asks}\ngiven: e\n\`\`\`\n`,
    );
    expect(rowsAt(sheet, "q").at(-1) ?? "").toMatch(end);
  });
});

describe("a worked formula", () => {
  test("derives a function by the chain rule over its parts", () => {
    expect(rowsAt(bundled("backpropagation"), "sigmoid-derivative")).toEqual([
      "σ(z) = 1/(1 + e^(-z))",
      "f = 1/u",
      "u = 1 + e^v",
      "v = -z",
      "∂f/∂u = -1/u^2",
      "∂u/∂v = e^v",
      "∂v/∂z = -1",
      "σ′(z) = ∂f/∂u · ∂u/∂v · ∂v/∂z",
      "= e^v/u^2",
      "= e^(-z)/(1 + e^(-z))^2",
    ]);
  });

  test("takes the branch that the domain decides", () => {
    expect(rowsAt(bundled("activations-and-costs"), "leaky-derivative-negative")).toEqual([
      "leaky(z) = { z if z > 0; 0.1 z otherwise }",
      "= 0.1 z",
      "leaky′(z) = 0.1",
    ]);
  });

  test("derives the errors and derivatives of a network from its equations", () => {
    const sheet = bundled("backpropagation");
    expect(rowsAt(sheet, "gradient-weight")).toEqual([
      "z_j^l = Σ_k w_jk^l a_k^(l-1) + b_j^l",
      "∂C/∂w_jk^l = ∂C/∂z_j^l · ∂z_j^l/∂w_jk^l",
      "∂z_j^l/∂w_jk^l = a_k^(l-1)",
      "∂C/∂z_j^l = δ_j^l",
      "∂C/∂w_jk^l = a_k^(l-1) · δ_j^l",
    ]);
    expect(rowsAt(sheet, "delta-hidden")).toContain("∂C/∂a_j^l = Σ_k ∂C/∂z_k^(l+1) · ∂z_k^(l+1)/∂a_j^l");
    expect(rowsAt(bundled("activations-and-costs"), "cross-entropy-with-softmax").at(-1)).toBe("= a_j^L - t_j");
  });

  test("of a given system goes back by the chain rule in letters", () => {
    const system = "z = w*x\ny = sigmoid(z)\nC = (y - t)^2\ngiven x = 2, t = 1\nparameters w = 0.5\ncost C\n";
    const sheet = parseSheet(
      `---\ntitle: T\n---\n\n\`\`\`equations net\n${system}\`\`\`\n\n\`\`\`question q\nkind: formula\ntext: T\nasks: dC/dw\ngiven: net\nkey: derive\n\`\`\`\n`,
    );
    expect(rowsAt(sheet, "q")).toEqual([
      "∂C/∂y = 2 (y - t)",
      "∂C/∂z = ∂C/∂y · ∂y/∂z",
      "= ∂C/∂y · y (1 - y)",
      "∂C/∂w = ∂C/∂z · ∂z/∂w",
      "= ∂C/∂z · x",
    ]);
  });

  test("puts an update rule's equations into each other", () => {
    expect(rowsAt(bundled("optimizers"), "momentum")).toEqual([
      "v ← μ v + ∂C/∂w",
      "w ← w - η v",
      "= w - η (μ v + ∂C/∂w)",
    ]);
  });

  test("is there for every formula of the bundled sheets that says what it asks", () => {
    const formulas = bundledSheets.flatMap(({ name }) => {
      const sheet = bundled(name);
      return sheet.questions.flatMap((question) => (question.kind === "formula" ? [{ sheet, question }] : []));
    });
    const derived = formulas.filter(({ sheet, question }) => rowsOf(sheet, question).length > 0);
    expect(derived).toEqual(formulas.filter(({ question }) => question.asks !== null));
    expect(derived.length).toBeGreaterThan(15);
  });

  test.each([
    ["f(x) = x^2*sin(3*x)", "f'(x)", "x"],
    ["g(z) = ln(1 + z^2)/z", "g'(z)", "z"],
    ["h(z) = e^(-z^2)", "h''(z)", "z"],
    ["m(z) = sqrt(1 + tanh(z)^2)", "m'(z)", "z"],
    ["p(u) = 1/(1 + u)", "p'(u)", "u"],
  ])("of %s ends with what the judge of answers takes for right", (definition, asks, letter) => {
    const sheet = parseSheet(
      `---\ntitle: T\nfunctions:\n  - ${definition}\n---\n\n\`\`\`question q\nkind: formula\ntext: T\nasks: ${asks}\nsymbols: [${letter}]\nkey: derive\n\`\`\`\n`,
    );
    expect(rowsAt(sheet, "q").length).toBeGreaterThan(0);
  });
});
