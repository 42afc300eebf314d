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
import { type AboutKey, isQuantity, type Mutant, quantitiesOf, replaceQuantities, typed } from "./mutant.ts";

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
    const message = `A factor too many: delta has ${typed(slope)} in it already.`;
    yield { slip, formula: multiply(formula, slope), message };
  }
  if (asked?.kind === "derivative" && quantitiesOf(formula).length > 0) {
    const message = "The step size belongs to the update; the derivative alone is asked.";
    yield { slip, formula: multiply(symbol("eta"), formula), message };
    yield { slip, formula: multiply(symbol("eta"), negate(formula)), message };
  }
}

/** The parameter where what it multiplies belongs: `w_jk^l*delta_j^l`. */
export function* parameterForFactor(formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  if (asked?.kind !== "derivative" || asked.by.name !== "w") return;
  const { by } = asked;
  const changed = replaceQuantities(formula, (quantity) => (quantity.name === "a" ? by : quantity));
  const message = `That is ${typed(by)} itself: what is it multiplied with in z_j^l?`;
  yield { slip: "w-for-a", formula: changed, message };
}

/** 0 and 1, where something that varies is asked; 0 for 1 and 1 for 0 at a kink. */
export function* constantTyped(formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  const change = changeAsked(asked);
  if (change === null) return;
  const isSlope = formula.kind === "number" && asked?.kind === "application";
  const other = "That is the derivative on the other side of the kink.";
  const zero = `0 would mean that ${change[0]} does not change with ${change[1]}.`;
  const one = `1 would mean that ${change[0]} changes just as much as ${change[1]}, always.`;
  yield { slip: "constant", formula: number(0), message: isSlope ? other : zero };
  yield { slip: "constant", formula: number(1), message: isSlope ? other : one };
}

/** What changes with what, when a derivative is asked; δ is one. */
function changeAsked(asked: Formula | null): readonly [string, string] | null {
  if (asked?.kind === "derivative") return [typed(asked.of), typed(asked.by)];
  if (asked?.kind === "symbol" && asked.name === "delta") return ["C", typed({ ...asked, name: "z" })];
  if (asked?.kind !== "application" || asked.primes === 0) return null;
  return [typed({ ...asked, primes: asked.primes - 1 }), typed(asked.argument)];
}

function below({ layer }: SymbolFormula): Formula | null {
  return layer === null ? null : subtract(layer, number(1));
}
