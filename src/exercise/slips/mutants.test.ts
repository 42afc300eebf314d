import { describe, expect, test } from "vitest";
import { type KeyCase, keys } from "../../../test/mutant-keys.ts";
import { equalFormulas, type Formula, rewriteFormula, sameStructure, symbol, toText } from "../../formula/index.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";

function keyNamed(name: string): KeyCase {
  const found = keys.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no key is called ${name}`);
  return found;
}

function mutantsNamed(name: string): readonly Mutant[] {
  const { key, about } = keyNamed(name);
  return mutantsOf(key, about);
}

/** `z_j^L` for the `z_j^(L)` that `toText` writes. */
function shown(formula: Formula): string {
  return toText(formula).replace(/\^\((\w+)\)/gu, "^$1");
}

/** Plain symbols for what has no value by itself, so that `equalFormulas` can compare. */
function scalar(formula: Formula): Formula {
  return rewriteFormula(formula, (part) =>
    ["symbol", "derivative", "application", "sum"].includes(part.kind) ? symbol(toText(part)) : part,
  );
}

/** What a learner with each slip writes: the key, the slip's name, the wrong formula, a part of the message. */
const slips: readonly (readonly [string, string, string, string])[] = [
  ["delta-output", "sign", "-(partialC)/(partiala_j^L)*f'(z_j^L)", "The sign is wrong."],
  [
    "delta-output",
    "function-for-derivative",
    "(partialC)/(partiala_j^L)*f(z_j^L)",
    "f where its derivative f' belongs",
  ],
  ["delta-output", "second-derivative", "(partialC)/(partiala_j^L)*f''(z_j^L)", "second derivative"],
  ["delta-output", "factor-missing", "(partialC)/(partiala_j^L)", "how does a_j^L change with z_j^L?"],
  ["delta-output", "factor-missing", "f'(z_j^L)", "how does C change with a_j^L?"],
  ["delta-output", "only-quadratic-cost", "(a_j^L - t_j)*f'(z_j^L)", "quadratic cost only"],
  ["delta-output", "only-cross-entropy", "a_j^L - t_j", "cross-entropy"],
  ["delta-output", "only-sigmoid", "(partialC)/(partiala_j^L)*(f(z_j^L)*(1 - f(z_j^L)))", "sigmoid only"],
  ["delta-output", "only-tanh", "(partialC)/(partiala_j^L)*(1 - tanh(z_j^L)^2)", "tanh only"],
  ["delta-output", "only-relu", "(partialC)/(partiala_j^L)*(z_j^L > 0)", "ReLU only"],
  [
    "delta-output",
    "only-quadratic-cost-and-sigmoid",
    "(a_j^L - t_j)*(f(z_j^L)*(1 - f(z_j^L)))",
    "quadratic cost with the sigmoid only",
  ],
  ["delta-output", "only-quadratic-cost-and-tanh", "(a_j^L - t_j)*(1 - f(z_j^L)^2)", "quadratic cost with tanh only"],
  ["delta-output", "only-quadratic-cost-and-relu", "(a_j^L - t_j)*(z_j^L > 0)", "quadratic cost with ReLU only"],
  ["delta-output", "factor-two", "2*((partialC)/(partiala_j^L)*f'(z_j^L))", "Off by a factor 2."],
  ["delta-output", "factor-two", "(partialC)/(partiala_j^L)*f'(z_j^L)/2", "Off by a factor 2."],
  ["delta-output", "a-for-z", "(partialC)/(partiala_j^L)*f'(a_j^L)", "where the weighted input z belongs"],
  ["delta-output", "z-for-a", "(partialC)/(partialz_j^L)*f'(z_j^L)", "where the activation a belongs"],
  ["delta-output", "delta-for-z", "(partialC)/(partiala_j^L)*f'(delta_j^L)", "the error delta"],
  ["delta-output", "derivative-not-taken", "C*f'(z_j^L)", "That is C itself"],
  ["delta-output", "not-output-layer", "(partialC)/(partiala_j^l)*f'(z_j^l)", "the output layer is asked"],
  ["delta-output", "index-renamed", "(partialC)/(partiala_k^L)*f'(z_k^L)", "has j, not k"],
  ["delta-output", "plus-for-times", "(partialC)/(partiala_j^L) + f'(z_j^L)", "Plus, where the two are multiplied."],
  ["delta-output", "factor-missing+sign", "-(partialC)/(partiala_j^L)", "Two slips at once."],
  ["delta-hidden", "factor-missing", "sum_k w_kj^(l + 1)*delta_k^(l + 1)", "how does a_j^l change with z_j^l?"],
  ["delta-hidden", "factor-missing", "sum_k delta_k^(l + 1)*f'(z_j^l)", "how strongly"],
  ["delta-hidden", "factor-missing", "sum_k w_kj^(l + 1)*f'(z_j^l)", "which error"],
  ["delta-hidden", "transposed", "sum_k w_jk^(l + 1)*delta_k^(l + 1)*f'(z_j^l)", "from neuron k of layer l-1"],
  ["delta-hidden", "sum-missing", "w_kj^(l + 1)*delta_k^(l + 1)*f'(z_j^l)", "The sum over k is missing."],
  ["delta-hidden", "sum-index", "sum_j w_kj^(l + 1)*delta_k^(l + 1)*f'(z_j^l)", "wrong index"],
  ["delta-hidden", "index", "sum_k w_kj^(l + 1)*delta_k^(l + 1)*f'(z_k^l)", "The index of z_k^l is wrong"],
  ["delta-hidden", "layer", "sum_k w_kj^(l + 1)*delta_k^l*f'(z_j^l)", "The layer of delta is off by one."],
  ["delta-hidden", "layer", "sum_k w_kj^l*delta_k^l*f'(z_j^l)", "Layer l+1 is off by one."],
  ["delta-hidden", "layer", "sum_k w_kj^L*delta_k^L*f'(z_j^l)", "L is the output layer"],
  ["delta-hidden", "layer", "sum_k w_kj^l*delta_k^l*f'(z_j^(l - 1))", "All layers are off by one."],
  ["delta-hidden", "only-layer-before-last", "sum_k w_kj^L*delta_k^L*f'(z_j^(L - 1))", "l = L-1 only"],
  ["delta-hidden", "a-for-delta", "sum_k w_kj^(l + 1)*a_k^(l + 1)*f'(z_j^l)", "where the error delta belongs"],
  ["delta-hidden", "z-for-delta", "sum_k w_kj^(l + 1)*z_k^(l + 1)*f'(z_j^l)", "where the error delta belongs"],
  ["delta-hidden", "sum-missing+factor-missing", "w_kj^(l + 1)*delta_k^(l + 1)", "The sum over k is missing."],
  ["delta-hidden", "transposed+factor-missing", "sum_k w_jk^(l + 1)*delta_k^(l + 1)", "A factor is missing"],
  ["delta-hidden", "factor-missing+factor-missing", "sum_k delta_k^(l + 1)", "Two factors are missing."],
  ["gradient-weight", "factor-missing", "delta_j^l", "what is the weight multiplied with?"],
  ["gradient-weight", "z-for-a", "z_k^(l - 1)*delta_j^l", "where the activation a belongs"],
  ["gradient-weight", "delta-for-a", "delta_k^(l - 1)*delta_j^l", "where the activation a belongs"],
  ["gradient-weight", "w-for-a", "w_jk^l*delta_j^l", "That is w_jk^l itself"],
  ["gradient-weight", "layer", "a_k^l*delta_j^l", "The layer of a is off by one."],
  ["gradient-weight", "only-last-layer", "a_k^(L - 1)*delta_j^L", "output layer only"],
  ["gradient-weight", "only-one-layer", "a_k^1*delta_j^2", "layer 2 only"],
  ["gradient-weight", "indices-exchanged", "a_j^(l - 1)*delta_k^l", "are exchanged"],
  ["gradient-weight", "index", "a_j^(l - 1)*delta_j^l", "The index of a_j^(l-1) is wrong"],
  ["gradient-weight", "brackets-missing", "a_k^l - 1*delta_j^l", "the layer of a"],
  ["gradient-weight", "brackets-missing", "delta_j^l*a_k^l - 1", "the layer of a"],
  ["gradient-weight", "sum-needless", "sum_j a_k^(l - 1)*delta_j^l", "There is no sum over j"],
  ["gradient-weight", "factor-needless", "a_k^(l - 1)*delta_j^l*f'(z_j^l)", "in it already"],
  ["gradient-weight", "factor-needless", "eta*(a_k^(l - 1)*delta_j^l)", "The step size belongs to the update"],
  ["gradient-weight", "divided", "delta_j^l/a_k^(l - 1)", "Divided"],
  ["gradient-bias", "factor-needless", "a_k^(l - 1)*delta_j^l", "the derivative for a weight"],
  ["gradient-bias", "constant", "0", "does not change with b_j^l"],
  ["gradient-bias", "layer", "delta_j^(l - 1)", "The layer of delta is off by one."],
  ["gradient-bias", "constant", "1", "always changes just as much as b_j^l"],
  ["cost-slope", "plus-for-minus", "a_j^L + t_j", "Plus, where a minus belongs."],
  ["cost-slope", "term-missing", "a_j^L", "A term is missing."],
  ["cost-slope", "term-sign", "-a_j^L - t_j", "The sign of a_j^L is wrong."],
  ["cost-slope", "times-for-plus", "a_j^L*t_j", "subtracted"],
  ["delta-quadratic", "brackets-missing", "a_j^L - t_j*f'(z_j^L)", "Brackets are missing"],
  ["sigmoid-derivative", "derivative-not-taken", "sigmoid(z)", "sigma(z) itself"],
  ["sigmoid-derivative", "one-minus-function", "1 - sigmoid(z)", "That is 1-sigma(z)"],
  ["sigmoid-derivative", "derivative-for-function", "sigmoid(z)*(1 - sigmoid(z))*(1 - sigmoid(z))", "sigmoid'"],
  ["sigmoid-derivative", "exponent-sign", "e^z/(1 + e^(-z))^2", "The sign of an exponent is wrong."],
  ["sigmoid-derivative", "exponent-off", "e^(-z)/(1 + e^(-z))^3", "off by one"],
  ["sigmoid-derivative", "brackets-missing", "e^(-z)/1 + e^(-z^2)", "Brackets are missing"],
  ["sigmoid-derivative", "inner-derivative-missing", "-1/(1 + e^(-z))^2", "1+e^(-z) depends on z too"],
  ["sigmoid-derivative", "fraction-inverted", "(1 + e^(-z))^2/e^(-z)", "exchanged"],
  ["sigmoid-derivative", "only-one-point", "1/4", "z = 0 only"],
  ["sigmoid-derivative", "minus-for-plus", "e^(-z)/(1 - e^(-z))^2", "Minus, where a plus belongs."],
  ["tanh-derivative", "square-missing", "1 - tanh(z)", "A square is missing."],
  ["tanh-derivative", "function-missing", "1 - z^2", "tanh is missing."],
  ["tanh-derivative", "second-derivative", "2*tanh(z)*(tanh(z)^2 - 1)", "once too often"],
  ["softplus-derivative", "exponent-sign", "1/(1 + e^z)", "The sign of an exponent is wrong."],
  ["chain-rule", "inner-derivative-missing", "e^z^2", "z^2 depends on z too"],
  ["chain-rule", "factor-missing", "z*e^z^2", "a number"],
  ["leaky-derivative", "cases-exchanged", "z > 0 ? slope : 1", "The cases are exchanged."],
  ["leaky-derivative", "only-one-case", "slope", "one of the cases only"],
  ["leaky-derivative", "case-zero", "z > 0 ? 1 : 0", "not 0"],
  ["leaky-negative", "constant", "0", "does not change with z"],
  ["relu-positive", "derivative-not-taken", "relu(z)", "relu(z) itself"],
  ["relu-positive", "constant", "0", "the other side of the kink"],
  ["relu-negative", "constant", "1", "the other side of the kink"],
  ["sgd-update", "uphill", "w_1 + eta*(partialC)/(partialw_1)", "goes against the gradient"],
  ["sgd-update", "step-size-missing", "w_1 - 1*(partialC)/(partialw_1)", "The step size is missing."],
  ["sgd-update", "step-size-missing+uphill", "w_1 + 1*(partialC)/(partialw_1)", "Two slips at once."],
  ["sgd-update", "step-size-misplaced", "eta*(w_1 - 1*(partialC)/(partialw_1))", "in the wrong place"],
  ["sgd-update", "step-alone", "-eta*(partialC)/(partialw_1)", "the step alone"],
  ["sgd-update", "gradient-exchanged", "(partialC)/(partialw_1) - eta*w_1", "exchanged"],
  ["sgd-update", "other-number", "w_1 - eta*(partialC)/(partialw_2)", "That is w_2"],
  ["sgd-update", "other-number", "w_2 - eta*(partialC)/(partialw_2)", "That is w_2"],
  ["sgd-update", "derivative-not-taken", "w_1 - eta*C", "That is C itself"],
  ["momentum-velocity", "symbols-exchanged", "eta*v - mu*(partialC)/(partialw_1)", "mu and eta are exchanged"],
  ["weight-decay", "brackets-missing", "w - eta*g + lambda*w", "Brackets are missing"],
  ["weight-decay", "term-missing", "w - eta*g", "A term is missing."],
  ["weight-decay", "factor-missing", "w - eta*(g + w)", "not every symbol is used"],
  ["adam-first-step", "function-missing", "w - eta*g/(g + epsilon)", "abs is missing."],
  ["adam-first-step", "times-for-divided", "w - eta*g*(abs(g) + epsilon)", "one divides the other"],
  ["delta-quadratic-sigmoid", "factor-missing+factor-missing", "a_j^L - t_j", "Two factors are missing."],
];

describe("mutants of a key", () => {
  test.each(slips)("%s, %s: %s", (name, slip, text, message) => {
    const found = mutantsNamed(name).find(({ formula }) => shown(formula) === text);
    expect(found).toMatchObject({ slip, message: expect.stringContaining(message) });
  });

  test("every kind of slip is among these examples", () => {
    const made = new Set(keys.flatMap(({ name }) => mutantsNamed(name).map(({ slip }) => slip)));
    const single = [...made].filter((slip) => !slip.includes("+"));
    expect(single.toSorted()).toEqual(
      [...new Set(slips.map(([, slip]) => slip).filter((slip) => !slip.includes("+")))].toSorted(),
    );
  });

  test.each(keys)("of $name none equals the key or another form of it", ({ key, about }) => {
    const scalarKey = scalar(key);
    const equal = mutantsOf(key, about).filter(({ formula }) => equalFormulas(scalar(formula), scalarKey).equal);
    expect(equal.map(({ formula }) => shown(formula))).toEqual([]);
  });

  test.each(keys)("of $name are at most 150, no two alike, and the same every time", ({ key, about }) => {
    const mutants = mutantsOf(key, about);
    expect(mutants.length).toBeGreaterThan(0);
    expect(mutants.length).toBeLessThanOrEqual(150);
    for (const [position, { formula }] of mutants.entries()) {
      expect(mutants.findIndex((other) => sameStructure(other.formula, formula))).toBe(position);
    }
    expect(mutantsOf(key, about)).toEqual(mutants);
  });

  test.each(keys.filter(({ key }) => shown(key).length > 3))("of $name never tell the key", ({ key, about }) => {
    const text = shown(key).replaceAll(" ", "");
    for (const { message } of mutantsOf(key, about)) {
      expect(message.replaceAll(" ", "")).not.toContain(text);
      expect(message).toMatch(/^[^\n]{8,220}[.?]$/u);
    }
  });
});

describe("what is known of the question", () => {
  test("decides which symbols are taken for one another", () => {
    const { key } = keyNamed("sgd-update");
    const ofThree = mutantsOf(key, { asked: null, symbols: ["w_1", "w_2", "w_3"] }).map(({ formula }) =>
      shown(formula),
    );
    expect(ofThree).toContain("w_1 - eta*(partialC)/(partialw_3)");
    const ofOne = mutantsOf(key, { asked: null, symbols: ["w_1"] }).map(({ slip }) => slip);
    expect(ofOne).not.toContain("other-number");
  });

  test("may be nothing at all", () => {
    const mutants = mutantsOf(symbol("z"), { asked: null }).map(({ slip }) => slip);
    expect(mutants).toEqual(["sign", "factor-two", "factor-two", "only-one-point"]);
  });
});
