import { describe, expect, test } from "vitest";
import { derivative, type Formula, parseFormula, scripted } from "../../formula/index.ts";
import { dense, network, networkToJson } from "../../network/index.ts";
import { givenNetwork } from "../reading/given.ts";
import { quantity } from "../reading/network-system.ts";
import { numberSlip } from "./number-slips.ts";
import type { Given } from "../sheet.ts";
import { systemState, systemValue, valueIn } from "./system-values.ts";
import { readNumber } from "./typed-number.ts";
import type { NamedSlip } from "./wrong-number.ts";
import { twoNeurons as simple } from "../../../test/two-neuron-system.ts";

function slope(of: string, by: string): Formula {
  return derivative(scripted(of, [], null), scripted(by, [], null));
}

function slipOf(asks: Formula, typed: string, given: Given = simple): NamedSlip | null {
  const state = systemState(given);
  const read = readNumber(state, { formula: parseFormula(typed), text: typed });
  if (typeof read === "string") throw new Error(read);
  return numberSlip({ asks, state, exact: valueIn(state, asks), typed: read, decimals: 3 });
}

const cost = parseFormula("C");
const dw1 = slope("C", "w1");

describe("the slip behind a wrong number", () => {
  // C 0.28842…, ∂C/∂w1 2.08091…, ∂C/∂w2 −0.00416…, ∂C/∂b −0.13872…, z2 −1.15, y 0.24048…, ∂y/∂z_2 0.18265….
  test.each([
    [cost, "-0.288", "sign", "The size is right, the sign is not."],
    [dw1, "-2.081", "sign", "The size is right, the sign is not."],
    [slope("C", "b"), "0.1387", "sign", "The size is right, the sign is not."],
    [cost, "0.577", "twice", "Twice what is asked for: the ½ of the cost is missing."],
    [cost, "0.5768", "twice", "Twice what is asked for: the ½ of the cost is missing."],
    [dw1, "4.162", "twice", /did you forget the ½ of the cost/],
    [dw1, "1.040", "half", /^Half of what is asked for/],
    [cost, "2.88", "power-of-ten", /the decimal point is not where it belongs/],
    [cost, "0.0288", "power-of-ten", /the decimal point/],
    [slope("C", "w2"), "-0.005", "rounding", /not rounded right/],
    [cost, "0.289", "rounding", /not rounded right/],
    [parseFormula("z2"), "0.240", "other-quantity", "That is y, not z_2."],
    [parseFormula("y"), "-1.15", "other-quantity", "That is z_2, not y."],
    [parseFormula("z2"), "-0.150", "term-missing", "A term of z_2 is missing: the one with b."],
    [slope("C", "w1"), "-0.139", "other-quantity", "That is ∂C/∂b, not ∂C/∂w_1."],
    [dw1, "11.393", "factor-missing", "The factor ∂y/∂z_2 of the chain rule is missing."],
    [dw1, "-2.740", "factor-missing", "The factor ∂C/∂y of the chain rule is missing."],
    [dw1, "-0.416", "factor-missing", "The factor ∂z_2/∂a_1 of the chain rule is missing."],
    [slope("C", "b"), "-0.18265", "value-for-derivative", /∂y\/∂z_2/],
    [cost, "0.828", "digits-swapped", "Two digits next to each other seem to be swapped."],
  ] as const)("is named: %#, typed %s, is %s", (asks, typed, slip, message) => {
    const found = slipOf(asks, typed);
    expect(found?.slip).toBe(slip);
    expect(found?.message).toMatch(message);
  });

  test.each([
    [cost, "0"],
    [cost, "0.0"],
    [cost, "0.000"],
    [slope("C", "w2"), "0"],
    [slope("C", "w2"), "0.1"],
    [slope("C", "w2"), "-0.1"],
    [cost, "7"],
    [parseFormula("z1"), "-5"],
    [parseFormula("z1"), "0.02"],
    [slope("C", "b"), "0.1"],
    [cost, "123456"],
    [dw1, "0.5"],
  ] as const)("is not made up: %#, typed %s", (asks, typed) => {
    expect(slipOf(asks, typed)).toBeNull();
  });

  test("never gives the right number away", () => {
    const quantities = ["z1", "a1", "z2", "y", "C"].map((name) => parseFormula(name));
    const all = [...quantities, ...["w1", "w2", "b", "z2", "y"].map((by) => slope("C", by))];
    for (const asks of all) {
      const exact = systemValue(simple, asks);
      for (let i = -300; i <= 300; i += 1) {
        const message = slipOf(asks, (i / 100).toFixed(2))?.message ?? "";
        const numbers = message.match(/\d+\.\d+/g) ?? [];
        expect({ message, numbers }).toEqual({ message, numbers: [] });
        expect(message).not.toContain(exact.toFixed(3));
      }
    }
  });
});

describe("the slip behind a wrong number of a network", () => {
  const net = network(2, [dense(2, "tanh"), dense(2, "sigmoid")], { seed: 5 });
  const text = JSON.stringify({ ...networkToJson(net), examples: { inputs: [[0.5, -1]], targets: [[1, 0]] } });
  const given = givenNetwork("net", text, 1, 0);
  const value = (asks: Formula): number => systemValue(given, asks);
  const error = quantity("delta", [1], 1);
  const z = quantity("z", [1], 1);
  const a = value(quantity("a", [1], 1));

  test.each([
    ["factor-missing", "∂a_1^1/∂z_1^1", value(error) / (1 - a * a)],
    ["value-for-derivative", "∂a_1^1/∂z_1^1", (value(error) / (1 - a * a)) * a],
    ["derivative-at-activation", "∂a_1^1/∂z_1^1", (value(error) / (1 - a * a)) * (1 - Math.tanh(a) ** 2)],
    [
      "path-missing",
      "∂z_2^2/∂a_1^1",
      value(error) - value(quantity("delta", [2], 2)) * value(quantity("w", [2, 1], 2)) * (1 - a * a),
    ],
    ["other-quantity", "That is ∂C/∂z_2^1", value(quantity("delta", [2], 1))],
  ])("is %s, at %s", (slip, place, typed) => {
    const found = slipOf(error, typed.toFixed(5), given);
    expect(found?.slip).toBe(slip);
    expect(found?.message).toContain(place);
  });

  test("is a factor left out of a whole layer", () => {
    // ∂C/∂w_11^1 without f′ of either output neuron.
    const asks = derivative(scripted("C", [], null), quantity("w", [1, 1], 1));
    const ofOutput = (j: number): number => {
      const y = value(quantity("a", [j], 2));
      return (value(quantity("delta", [j], 2)) / (y * (1 - y))) * value(quantity("w", [j, 1], 2));
    };
    const typed = (ofOutput(1) + ofOutput(2)) * (1 - a * a) * 0.5;
    expect(slipOf(asks, typed.toFixed(5), given)?.slip).toBe("factor-missing");
  });

  test("is a term left out of a weighted input", () => {
    const typed = value(z) - value(quantity("w", [1, 2], 1)) * -1;
    expect(slipOf(z, typed.toFixed(5), given)).toMatchObject({
      slip: "term-missing",
      message: "A term of z_1^1 is missing: the one with w_12^1 and x_2.",
    });
  });
});
