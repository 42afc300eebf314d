import {
  application,
  evaluate,
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
} from "../../formula/index.ts";
import { appliedFunction } from "../vocabulary/applied-function.ts";
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

/** 0 and 1, where a derivative is asked. */
export function* constantTyped(_formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  const change = changeAsked(asked);
  if (change === null) return;
  const [what, by] = change;
  const elsewhere = "That is the derivative on the other side of the kink.";
  const zero = `0 would mean that ${what} does not change with ${by}.`;
  const one = `1 would mean that ${what} always changes just as much as ${by}.`;
  yield { slip: "constant", formula: number(0), message: isSlopeSomewhere(asked, 0) ? elsewhere : zero };
  yield { slip: "constant", formula: number(1), message: isSlopeSomewhere(asked, 1) ? elsewhere : one };
}

/** Whether a function like ReLU, which has a kink at 0, has this slope on a side of it. */
function isSlopeSomewhere(asked: Formula | null, slope: number): boolean {
  if (asked?.kind !== "application" || asked.primes !== 1) return false;
  const slopes = [number(-1), number(1)].map((at) => appliedFunction(asked.name, at, 1));
  return slopes.some((formula) => formula.kind !== "application" && evaluate(formula, {}) === slope);
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
