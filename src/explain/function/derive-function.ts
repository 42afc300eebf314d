import { checkOptions } from "../../network/known-options.ts";
import { OptionError } from "../../errors.ts";
import {
  differentiate,
  type Formula,
  number,
  shortened,
  simplify,
  stabilize,
  substitute,
  symbolsOf,
} from "../../formula/index.ts";
import { unknownQuantity } from "../system/equation-system.ts";
import type { Claim } from "./claim.ts";
import { claimsOf } from "./claims.ts";
import { derivativeInOwnTerms } from "./own-form.ts";

/** A function of one quantity with its derivative. */
export interface FunctionDerivation {
  /** What it is called: `sigma`, or `f` for a formula without a name. */
  readonly name: string;
  readonly by: string;
  readonly formula: Formula;
  /** By the rules of calculus, simplified. */
  readonly derivative: Formula;
  /** In terms of the function itself, for which the symbol `f` stands: `f*(1 - f)`; null where none is found. */
  readonly inOwnTerms: Formula | null;
  /**
   * What is known of the derivative: where it is largest, its limits and kinks, each proved or found on a stretch that is
   * named; null when the formula has a further symbol without a value.
   */
  readonly claims: readonly Claim[] | null;
  /** Formulas that evaluate well, for plots: function and derivative. Null as `claims`. */
  readonly stable: { readonly formula: Formula; readonly derivative: Formula } | null;
}

/** The symbol that stands for the function in `inOwnTerms`. No name of a formula has a space. */
export const OWN = "the function";

/** How a formula is to be differentiated. */
export interface FunctionOptions {
  /** Default: the only symbol of the formula. */
  readonly by?: string;
  /** Values for other symbols. */
  readonly at?: Readonly<Record<string, number>>;
  /** Default `f`. */
  readonly name?: string;
}

/**
 * Differentiates a function given by a formula.
 *
 * @throws OptionError when `by` is no symbol of the formula, or has to be given because there are several.
 */
export function deriveFunction(written: Formula, options: FunctionOptions = {}): FunctionDerivation {
  checkOptions("deriveFunction", options, { by: true, at: true, name: true });
  const { at = {}, name = "f" } = options;
  const symbols = symbolsOf(written);
  for (const given of Object.keys(at)) {
    if (!symbols.includes(given)) throw unknownQuantity(given, symbols, "a symbol of the formula");
  }
  const values = Object.entries(at).map(([symbol, value]) => [symbol, number(value)] as const);
  const formula = substitute(written, new Map(values));
  const by = options.by ?? onlySymbol(symbolsOf(formula));
  if (!symbols.includes(by))
    throw unknownQuantity(by, symbols, "a symbol of the formula to differentiate with respect to");
  const derivative = shortened(differentiate(formula, by));
  const isAlone = symbolsOf(formula).every((symbol) => symbol === by);
  const stable = simplify(stabilize(formula));
  const stableDerivative = simplify(differentiate(stable, by));
  return {
    name,
    by,
    formula,
    derivative,
    inOwnTerms: derivativeInOwnTerms(formula, by, OWN),
    claims: isAlone ? claimsOf({ written: formula, formula: stable, derivative: stableDerivative }, by) : null,
    stable: isAlone ? { formula: stable, derivative: stableDerivative } : null,
  };
}

function onlySymbol(symbols: readonly string[]): string {
  const [first, second] = symbols;
  if (first !== undefined && second === undefined) return first;
  const got = first === undefined ? "none" : symbols.join(", ");
  const advice = first === undefined ? "Write one into it, such as z." : `Say with respect to which: --by ${first}.`;
  throw new OptionError({ where: "derive", expected: "a formula in one symbol", got, advice });
}
