import { describe, expect, test } from "vitest";
import { differentiate, evaluate, simplify } from "../formula/index.ts";
import { FormulaError, OptionError } from "../errors.ts";
import { activation, activationNames, type ElementwiseActivation, initializerFamily } from "./activations.ts";

const elementwise = activationNames
  .map((name) => activation(name))
  .filter((each): each is ElementwiseActivation => each.kind === "elementwise");

const derivativeAt = (given: ElementwiseActivation, z: number): number =>
  evaluate(simplify(differentiate(given.stable, "z")), { z });

describe("Every activation", () => {
  test.each(elementwise)("$name runs in a form equal to its textbook formula", ({ formula, stable }) => {
    for (let z = -20; z <= 20; z += 0.0625) {
      const expected = evaluate(formula, { z });
      // The textbook form cancels (e^z − 1, 1 + e^z) down to some units of 1e-16 of the numbers it subtracts.
      expect(Math.abs(evaluate(stable, { z }) - expected)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(z)));
    }
  });

  test.each(elementwise)("$name has finite values and derivatives at 0, −0 and ±1000", (each) => {
    for (const z of [0, -0, 1000, -1000]) {
      expect(evaluate(each.stable, { z })).toBeCloseTo(evaluate(each.stable, { z: z + 1e-9 }), 6);
      expect(Math.abs(derivativeAt(each, z))).toBeLessThan(2);
    }
  });

  test.each(elementwise)("$name hands NaN on", ({ stable }) => {
    expect(evaluate(stable, { z: Number.NaN })).toBeNaN();
  });
});

describe("At a kink the derivative is PyTorch's:", () => {
  const selu = 1.0507009873554805 * 1.6732632423543772;
  test.each([
    ["relu", 0, 0],
    ["leakyRelu", 0, 0.01],
    ["elu", 0, 1],
    ["selu", 0, selu],
    ["celu", 0, 1],
    ["softsign", 0, 1],
    ["hardSigmoid", -3, 0],
    ["hardSigmoid", 3, 0],
    ["hardTanh", -1, 0],
    ["hardTanh", 1, 0],
    ["relu6", 0, 0],
    ["relu6", 6, 0],
  ] as const)("%s at %f is %f", (name, z, expected) => {
    const given = activation(name);
    // One unit in the last place for selu's product of constants.
    expect(given.kind === "elementwise" ? derivativeAt(given, z) : Number.NaN).toBeCloseTo(expected, 15);
  });
});

describe("Values are those of the papers:", () => {
  // Rounded to 10 digits; from the definitions with mpmath-like precision: Φ(1) = 0.8413447461, log(1 + e) = 1.3132616875.
  test.each([
    ["sigmoid", 1, 0.7310585786],
    ["tanh", 1, 0.761594156],
    ["elu", -1, -0.6321205588],
    ["selu", -1, -1.1113307378],
    ["gelu", 1, 0.8413447461],
    ["geluTanh", 1, 0.8411919906],
    ["silu", 1, 0.7310585786],
    ["mish", 1, 0.8650983883],
    ["softplus", 1, 1.3132616875],
    ["softsign", -3, -0.75],
    ["hardSigmoid", 1.5, 0.75],
  ] as const)("%s(%f) = %f", (name, z, expected) => {
    const given = activation(name);
    expect(given.kind === "elementwise" ? evaluate(given.stable, { z }) : Number.NaN).toBeCloseTo(expected, 9);
  });
});

describe("An activation", () => {
  test("takes other parameters than the default", () => {
    const given = activation("leakyRelu", { slope: 0.2 });
    expect(given.kind === "elementwise" && evaluate(given.stable, { z: -2 })).toBe(-0.4);
  });

  test("of one's own needs but a formula in z, and parameters if it likes", () => {
    const given = activation("swish2", "z/(1 + e^(-c*z))", { c: 2 });
    expect(given.kind === "elementwise" && evaluate(given.stable, { z: 0.5 })).toBeCloseTo(
      0.5 / (1 + Math.exp(-1)),
      15,
    );
    expect(given.kind === "elementwise" && evaluate(given.stable, { z: -1000 })).toBeCloseTo(0, 15);
  });

  test("takes a parameter's Greek letter as the formula does", () => {
    for (const text of ["η*z", "eta*z"]) {
      const given = activation("own", text, { η: 2 });
      expect(given.kind === "elementwise" && evaluate(given.stable, { z: 3 })).toBe(6);
    }
  });

  test("may have a parameter called sigma, though sigma(z) is a function elsewhere", () => {
    const given = activation("own", "z/σ", { σ: 2 });
    expect(given.kind === "elementwise" && evaluate(given.stable, { z: 3 })).toBe(1.5);
  });

  test("is one object for each name, so that its formula is differentiated once", () => {
    expect(activation("gelu")).toBe(activation("gelu"));
  });

  test("suits a family of initial weights", () => {
    expect(initializerFamily(activation("relu"))).toBe("he");
    expect(initializerFamily(activation("selu"))).toBe("lecun");
    expect(initializerFamily(activation("softmax"))).toBe("glorot");
    expect(initializerFamily(activation("own", "z^3"))).toBe("glorot");
  });

  test.each([
    ["an unknown name", () => activation("reul" as "relu"), 'got "reul". Did you mean "relu"?'],
    ["a parameter it lacks", () => activation("relu", { slope: 1 }), 'expected no parameter, got "slope"'],
    ["a mistyped parameter", () => activation("leakyRelu", { slop: 1 }), 'Did you mean "slope"?'],
    [
      "a parameter that is no number",
      () => activation("elu", { alpha: Number.NaN }),
      "expected a finite alpha, got NaN",
    ],
    ["a formula under a name that is taken", () => activation("relu", "z"), 'got "relu"'],
    ["a parameter called z", () => activation("own", "2*z", { z: 1 }), 'got "z"'],
    ["a parameter called e", () => activation("own", "e*z", { e: 2 }), 'got "e"'],
    ["a parameter called π", () => activation("own", "π*z", { π: 3 }), 'got "π"'],
    ["a parameter called as a function", () => activation("own", "relu(z)", { relu: 3 }), 'got "relu"'],
    ["two parameters of one name", () => activation("own", "η*z", { eta: 2, η: 3 }), 'got "η"'],
  ])("is refused for %s", (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(OptionError);
  });

  test("is refused for a symbol that is neither z nor a parameter, with its place in the formula", () => {
    expect(() => activation("own", "max(0, x)")).toThrow(FormulaError);
  });
});
