import { differentiate, multiply, replaceSubformula, simplify, symbol, symbolsOf } from "../formula/index.ts";
import type { Formula } from "../formula/tree.ts";

/** A derivative ready for a map node. */
export interface PartialDerivative {
  /** `∂f/∂u` in the symbols of f and in `value`. */
  readonly derivative: Formula;
  /** Symbol that stands for f itself: σ′(z) = σ(z)(1 − σ(z)) becomes a(1 − a), so nothing is computed twice. */
  readonly value: string;
  /** A further unused symbol, for the gradient that comes in. */
  readonly gradient: string;
  /** `g ∂f/∂u`: what the operand u is handed. */
  readonly share: Formula;
}

// By formula object: a graph of many nodes has few formulas, and each is differentiated once.
const cache = new WeakMap<Formula, Map<string, PartialDerivative>>();

/** `∂formula/∂name`, simplified. */
export function partialDerivative(formula: Formula, name: string): PartialDerivative {
  let known = cache.get(formula);
  if (known === undefined) {
    known = new Map();
    cache.set(formula, known);
  }
  let found = known.get(name);
  if (found === undefined) {
    const taken = new Set(symbolsOf(formula));
    const value = unusedSymbol("a", taken);
    const gradient = unusedSymbol("g", taken);
    const derivative = simplify(differentiate(formula, name));
    // The formula may stand in its derivative as it was written or as it was simplified on the way.
    const reused = [formula, simplify(formula)].reduce(
      (sofar, each) => replaceSubformula(sofar, each, symbol(value)),
      derivative,
    );
    found = { derivative: reused, value, gradient, share: multiply(symbol(gradient), reused) };
    known.set(name, found);
  }
  return found;
}

function unusedSymbol(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted;
  while (taken.has(name)) name += "_";
  return name;
}
