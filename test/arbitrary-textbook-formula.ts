import fc from "fast-check";
import { add, call, divide, E, multiply, negate, number, power, subtract, symbol } from "../src/formula/build.ts";
import { application, derivative, scripted, summation } from "../src/formula/read/textbook.ts";
import type { Formula, SymbolFormula } from "../src/formula/tree.ts";
import type { Vocabulary } from "../src/formula/read/vocabulary.ts";

/** The names of a network, with a few plain ones. */
export const networkVocabulary: Vocabulary = {
  scalars: ["C", "C_x", "z", "eta", "w_1", "w_2", "y", "x"],
  quantities: [
    { name: "w", indices: 2, hasLayer: true },
    ...["a", "z", "b", "delta"].map((name) => ({ name, indices: 1, hasLayer: true })),
    { name: "t", indices: 1, hasLayer: false },
  ],
  widths: ["n"],
  indices: Array.from("ijkmpqrs"),
  layers: ["l", "L"],
  functions: ["f"],
  defined: new Map(),
};

const index = fc.oneof(
  fc.constantFrom("j", "k", "m").map((letter) => symbol(letter)),
  fc.integer({ min: 1, max: 12 }).map((value) => number(value)),
);
const letter = fc.constantFrom("l", "L").map((name) => symbol(name));
const layer = fc.oneof(
  letter,
  letter.map((base) => add(base, number(1))),
  letter.map((base) => subtract(base, number(1))),
  fc.integer({ min: 0, max: 3 }).map((value) => number(value)),
);

const quantity: fc.Arbitrary<SymbolFormula> = fc.oneof(
  fc.constantFrom("C", "C_x", "z", "eta", "w_1", "y").map((name) => scripted(name, [], null)),
  fc.tuple(index, index, fc.option(layer)).map(([j, k, l]) => scripted("w", [j, k], l)),
  fc.tuple(fc.constantFrom("a", "z", "delta"), index, fc.option(layer)).map(([name, j, l]) => scripted(name, [j], l)),
  index.map((j) => scripted("t", [j], null)),
  layer.map((l) => scripted("n", [l], null)),
);
const limits = fc.record({
  from: fc.option(fc.integer({ min: 0, max: 2 }).map((value) => number(value))),
  to: fc.option(
    fc.oneof(
      layer,
      layer.map((l) => scripted("n", [l], null)),
      fc.constant(symbol("n")),
    ),
  ),
});

/** Formulas in the textbook's notation, with sums at most four deep. */
export const arbitraryTextbookFormula: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, depthIdentifier: "textbook formula" },
    fc.oneof(
      quantity,
      fc.constant(E),
      fc.constantFrom(0, 1, 2, 0.5).map((value) => number(value)),
      fc.tuple(quantity, quantity).map(([of, by]) => derivative(of, by)),
    ),
    ...[add, subtract, multiply, divide, power].map((build) =>
      fc.tuple(tie("formula"), tie("formula")).map(([left, right]) => build(left, right)),
    ),
    tie("formula").map(negate),
    tie("formula").map((argument) => call("tanh", argument)),
    fc
      .tuple(fc.constantFrom("f", "sigmoid", "tanh"), tie("formula"), fc.integer({ min: 0, max: 2 }))
      .map(([name, argument, primes]) => application(name, argument, name === "f" ? primes : 1 + primes)),
    fc
      .tuple(fc.constantFrom("j", "k", "m"), tie("formula"), limits)
      .map(([letterOf, body, ends]) => summation(letterOf, body, ends)),
  ),
})).formula;
