import {
  application,
  type Formula,
  multiply,
  negate,
  number,
  postorder,
  sameStructure,
  scripted,
  subtract,
  symbol,
  type SymbolFormula,
} from "../formula/index.ts";
import { type AboutKey, isQuantity, type Mutant, quantitiesOf, typed } from "./mutant.ts";

/** Factors put in twice, or where none belongs: f′ beside δ, an activation for a bias, the weight itself, the step size. */
export function* factorNeedless(formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  const slip = "factor-needless";
  if (asked?.kind === "derivative" && isQuantity(asked.by)) {
    const { by } = asked;
    if (by.name === "b") {
      const activation = scripted("a", [symbol("k")], below(by));
      const message = "A factor too many: that is the derivative for a weight, and no activation multiplies the bias.";
      yield { slip, formula: multiply(activation, formula), message };
    }
    const message = `A factor too many: ${typed(by)} itself.`;
    yield { slip, formula: multiply(by, formula), message };
  }
  for (const quantity of quantitiesOf(formula).filter(({ name }) => name === "delta")) {
    const weightedInput: SymbolFormula = { ...quantity, name: "z" };
    const slope = application("f", weightedInput, 1);
    if (postorder(formula).some((part) => sameStructure(part, slope))) continue;
    const message = `A factor too many: ${typed(quantity)} has ${typed(slope)} in it already.`;
    yield { slip, formula: multiply(formula, slope), message };
  }
  if (asked?.kind === "derivative" && quantitiesOf(formula).length > 0) {
    const message = "The step size belongs to the update; the derivative alone is asked.";
    yield { slip, formula: multiply(symbol("eta"), formula), message };
    yield { slip, formula: multiply(symbol("eta"), negate(formula)), message };
  }
}

/** 0 and 1, where something that varies is asked. */
export function* constantTyped(formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  const isNumber = formula.kind === "number";
  const isDerivative = asked?.kind === "derivative" || (asked?.kind === "application" && asked.primes > 0);
  if (isNumber && !isDerivative) return;
  const stands = "would mean that what is asked stays the same everywhere.";
  const other = "That is the derivative on the other side of the kink.";
  yield { slip: "constant", formula: number(0), message: isNumber ? other : `0 ${stands}` };
  yield { slip: "constant", formula: number(1), message: isNumber ? other : `1 ${stands}` };
}

function below({ layer }: SymbolFormula): Formula | null {
  return layer === null ? null : subtract(layer, number(1));
}
