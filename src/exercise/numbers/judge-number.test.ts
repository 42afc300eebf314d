import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { derivative, type Formula, parseFormula, scripted } from "../../formula/index.ts";
import { decimalText, parseDecimal, rounded, truncated } from "./decimal.ts";
import { givenEquations } from "../reading/given.ts";
import { judgeNumber } from "./judge-number.ts";
import type { Judgement } from "../judgement.ts";
import type { Given, NumberQuestion } from "../sheet.ts";
import { givenSystem } from "./system-values.ts";
import type { AskedNumber, TypedNumber } from "./typed-number.ts";
import { twoNeurons as simple } from "../../../test/two-neuron-system.ts";

/** A system whose only quantity has this value. */
function constant(value: string): Given {
  return givenEquations("constant", `C = v + 0*w\ngiven v = ${value}\nparameters w = 987654321\ncost C`, 1, 0);
}

interface AskOptions {
  readonly given?: Given;
  readonly decimals?: number;
  readonly follows?: readonly string[];
}

/** `C`, or `dC/dw1`. */
function read(text: string): Formula {
  const [, of, by] = /^d(\w+)\/d(\w+)$/.exec(text) ?? [];
  return of === undefined || by === undefined
    ? parseFormula(text)
    : derivative(scripted(of, [], null), scripted(by, [], null));
}

function ask(asks: string, { given = simple, decimals = 3, follows = [] }: AskOptions = {}): AskedNumber {
  const located = { text: asks, line: 1, column: 1 };
  const question: NumberQuestion = {
    kind: "number",
    id: asks,
    line: 1,
    column: 1,
    text: located,
    points: 1,
    hints: [],
    slips: [],
    test: null,
    asks: located,
    given,
    decimals,
    follows,
    key: null,
  };
  return { question, asks: read(asks), system: givenSystem(given) };
}

function typed(text: string): TypedNumber {
  return { text, formula: read(text.replace(/^.*=/, "").replace(/(\d),(\d)/, "$1.$2")) };
}

function judge(asked: AskedNumber, text: string, earlier: Readonly<Record<string, string>> = {}): Judgement {
  return judgeNumber(asked, typed(text), {
    earlier: Object.entries(earlier).map(([asks, answer]) => ({ ...ask(asks), answer: typed(answer) })),
  });
}

describe("a typed number", () => {
  // True values: C 0.28842…, ∂C/∂w_1 2.08091…, ∂C/∂w_2 −0.00416…, ∂C/∂b −0.13872….
  test.each([
    ["C", "0.288", "correct"],
    ["C", "0.2884", "correct"],
    ["C", "0,288", "correct"],
    ["C", "C = 0.288", "correct"],
    ["C", ".288", "correct"],
    ["C", "2.884e-1", "correct"],
    ["C", "0.28842841648", "correct"],
    ["C", "0.29", "close"],
    ["C", "0.3", "wrong"],
    ["C", "0.289", "close"],
    ["C", "0.281", "close"],
    ["C", "0.278", "wrong"],
    ["C", "0.577", "wrong"],
    ["C", "2.88", "wrong"],
    ["C", "0", "wrong"],
    ["C", "-0.288", "wrong"],
    ["C", "1/0", "unreadable"],
    ["C", "0/0", "unreadable"],
    ["C", "log(-1)", "unreadable"],
    ["C", "1e200*1e200", "unreadable"],
    ["C", "q", "unreadable"],
    ["C", "C", "form"],
    ["C", "1/2*(y-t)^2", "form"],
    ["C", "(y-t)^2", "wrong"],
    ["C", "1/2*(0.2405-1)^2", "correct"],
    ["dC/dw1", "2.080", "correct"],
    ["dC/dw1", "2.081", "correct"],
    ["dC/dw1", "2.0809", "correct"],
    ["dC/dw1", "2.08091656", "correct"],
    ["dC/dw1", "2.08", "close"],
    ["dC/dw1", "2.1", "wrong"],
    ["dC/dw1", "2", "wrong"],
    ["dC/dw1", "-2.081", "wrong"],
    ["dC/dw1", "1.040", "wrong"],
    ["dC/dw1", "dC/dw1", "form"],
    ["dC/dw2", "-0.004", "correct"],
    ["dC/dw2", "-0.0042", "correct"],
    ["dC/dw2", "-4.16e-3", "correct"],
    ["dC/dw2", "-0.005", "close"],
    ["dC/dw2", "-0.01", "close"],
    ["dC/dw2", "0", "wrong"],
    ["dC/dw2", "0.0", "wrong"],
    ["dC/dw2", "-0.0", "wrong"],
    ["dC/dw2", "0.000", "wrong"],
    ["dC/dw2", "0.004", "wrong"],
    ["dC/db", "-0.1387", "correct"],
    ["dC/db", "-0.138", "correct"],
    ["dC/db", "-0.139", "correct"],
    ["dC/db", "0.1387", "wrong"],
    ["dC/db", "0.183", "wrong"],
    ["z1", "0.03", "correct"],
    ["z1", "0.0300", "correct"],
    ["z1", "3e-2", "correct"],
    ["z1", "3/100", "correct"],
    ["z1", "0.031", "close"],
  ])("for %s is judged: %s is %s", (asks, answer, verdict) => {
    expect(judge(ask(asks), answer)).toMatchObject({ verdict, counterexample: null, span: null });
  });

  test.each([
    ["0.0125", "0.012", "correct"],
    ["0.0125", "0.013", "correct"],
    ["-0.0125", "-0.013", "correct"],
    ["0.1+0.2-0.2975", "0.003", "correct"],
    ["0.1+0.2-0.2975", "0.002", "correct"],
    // 1.1 + 2.2 is 3.3000000000000003 in float64, 0.1·3 − 0.287 a little more than 0.013.
    ["1.1+2.2", "3.3", "correct"],
    ["0.1*3-0.287", "0.012", "close"],
    ["0", "0", "correct"],
    ["0", "-0", "correct"],
    ["0", "0.000", "correct"],
    ["0", "0.001", "wrong"],
    ["0.00004", "0.000", "correct"],
    ["0.00004", "0", "wrong"],
    ["1e-30", "1e-30", "correct"],
    ["1e-30", "0.000", "correct"],
    ["1e30", "1e30", "correct"],
    ["1e30", "1.1e30", "wrong"],
    ["1e308", "1e308", "correct"],
    ["2/3", "2/3", "correct"],
    ["2/3", "0.666", "correct"],
    ["2/3", "0.667", "correct"],
    ["2/3", "0.668", "close"],
    ["-2/3", "-0.6", "wrong"],
    ["1", "1", "correct"],
    ["0.9999", "1.000", "correct"],
    ["0.9999", "1", "wrong"],
  ])("for the value %s: %s is %s", (value, answer, verdict) => {
    expect(judge(ask("C", { given: constant(value) }), answer).verdict).toBe(verdict);
  });

  test("is right at every number of decimals from those asked for on, rounded or cut off, and only close nearby", () => {
    const value = fc.tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 5 }), ([units, places], decimals) => {
        const text = String(units / 10 ** places);
        const asked = ask("C", { given: constant(text), decimals });
        const truth = parseDecimal(text);
        if (truth === null) throw new Error(text);
        const shifted = (by: bigint): string => {
          const { units: down } = truncated(truth, decimals);
          return decimalText({ units: down + by * (truth.units < 0n ? -1n : 1n), decimals });
        };
        for (const more of [0, 1, 2, 6]) {
          expect(judge(asked, decimalText(rounded(truth, decimals + more))).verdict).toBe("correct");
          expect(judge(asked, decimalText(truncated(truth, decimals + more))).verdict).toBe("correct");
        }
        if (truth.units === 0n) return;
        for (const by of [2n, 5n, 9n]) expect(judge(asked, shifted(by)).verdict).toBe("close");
        for (const by of [11n, 12n, 1_000n]) expect(judge(asked, shifted(by)).verdict).toBe("wrong");
        const sign = judge(
          asked,
          decimalText({ ...truncated(truth, decimals), units: -truncated(truth, decimals).units }),
        );
        const isZero = truncated(truth, decimals).units === 0n;
        expect(sign.verdict).toBe(isZero ? "correct" : "wrong");
      }),
    );
  });

  test("has as many decimals as the question asks for", () => {
    expect(judge(ask("C", { decimals: 1 }), "0.3").verdict).toBe("correct");
    expect(judge(ask("C", { decimals: 1 }), "0.2").verdict).toBe("correct");
    expect(judge(ask("C", { decimals: 6 }), "0.288").verdict).toBe("wrong");
    expect(judge(ask("C", { decimals: 4 }), "0.288").verdict).toBe("close");
    expect(judge(ask("dC/dw1", { decimals: 0 }), "2").verdict).toBe("correct");
  });

  test.each([
    ["1/0", /^Expected a number, got a division by 0 in 1\/0\./],
    ["log(-1)", /^Expected a number, got log\(-1\), which is no real number\./],
    ["q", /^Expected a quantity of "simple" .*got q\./],
  ])("without a value says why: %s", (answer, message) => {
    expect(judge(ask("C"), answer).message).toMatch(message);
  });

  test("may be a slip that the author expects, before any other", () => {
    const slips = [{ answer: typed("0.577"), message: "Mind the half." }];
    expect(judgeNumber(ask("C"), typed("0.5769"), { slips })).toMatchObject({
      verdict: "wrong",
      slip: "author",
      message: "Mind the half.",
    });
    expect(judgeNumber(ask("C"), typed("0.5"), { slips: [{ answer: typed("0.004"), message: "no" }] }).slip).toBeNull();
    expect(judgeNumber(ask("C"), typed("0"), { slips: [{ answer: typed("0.0004"), message: "No." }] }).slip).toBe(
      "zero",
    );
  });
});

describe("a number that follows from the learner's own", () => {
  const y = ask("y", { follows: ["z2"] });
  // z2 = w2·a1 + b with the bias forgotten: −0.15, so y = 0.46257.

  test("is right, and says from what", () => {
    expect(judge(y, "0.463", { z2: "-0.15" })).toMatchObject({
      verdict: "correct",
      message: "Right: it follows from your z_2 = -0.15.",
    });
    expect(judge(y, "0.463").verdict).toBe("wrong");
    expect(judge(y, "0.4", { z2: "-0.15" }).verdict).toBe("wrong");
  });

  test("follows through derivatives on the way back", () => {
    const gradient = ask("dC/dw1", { follows: ["dC/dz2"] });
    expect(judge(gradient, "-4.5", { "dC/dz2": "0.3" }).verdict).toBe("correct");
    expect(judge(ask("dC/dw1", { follows: [] }), "-4.5", { "dC/dz2": "0.3" }).verdict).toBe("wrong");
  });

  test("follows from several, or from some of them", () => {
    const cost = ask("dC/db", { follows: ["y", "dC/dy"] });
    const own = { y: "0.4", "dC/dy": "1.2" };
    expect(judge(cost, "0.288", own).message).toBe("Right: it follows from your y = 0.4 and ∂C/∂y = 1.2.");
    expect(judge(cost, "0.219", own).message).toBe("Right: it follows from your ∂C/∂y = 1.2.");
    expect(judge(cost, "-0.144", own).message).toBe("Right: it follows from your y = 0.4.");
    expect(judge(cost, "0.25", own).verdict).toBe("wrong");
  });

  test("is right by the true value first", () => {
    expect(judge(y, "0.240", { z2: "-0.15" })).toMatchObject({ verdict: "correct", message: "Right." });
  });

  test.each([
    ["0", "0.500"],
    ["1", "0.731"],
    ["-1", "0.269"],
    ["2000000", "1.000"],
    ["-1.15", "0.241"],
    ["-1.150", "0.250"],
    ["z", "0.463"],
  ])("is not, where the own number is trivial, right or unreadable: %s", (own, answer) => {
    const { message } = judge(y, answer, { z2: own });
    expect(message).not.toContain("follows");
  });

  test("is not, where it is 0, or the own number itself", () => {
    const a1 = ask("a1", { follows: ["z1"] });
    expect(judge(a1, "0.500", { z1: "0.5" }).verdict).toBe("wrong");
    expect(judge(a1, "0.000", { z1: "-0.5" }).verdict).toBe("wrong");
  });
});
