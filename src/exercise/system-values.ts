import { FormulaError } from "../errors.ts";
import { type EquationSystem, type LocalDerivative, localDerivatives } from "../explain/index.ts";
import {
  differentiate,
  evaluate,
  type Formula,
  isFunctionName,
  notWrittenOut,
  parseFormula,
  rewriteFormula,
  substitute,
} from "../formula/index.ts";
import type { Given } from "./sheet.ts";
import { isSameTerm, type SystemTerm, termKey, termOf, termSymbol } from "./system-names.ts";

/** A number put in place of what a quantity or a derivative is. */
export interface Override {
  readonly term: SystemTerm;
  readonly value: number;
}

/** A local derivative `∂of/∂by` of one equation, with its value. */
export interface LocalValue extends LocalDerivative {
  readonly value: number;
}

/** A system with a value for everything in it. */
export interface SystemState {
  readonly given: Given;
  /** Of every quantity, by its name. */
  readonly values: Readonly<Record<string, number>>;
  readonly locals: readonly LocalValue[];
  readonly overrides: readonly Override[];
}

/**
 * The value of what is asked about a system, in float64: a quantity (`z2`, `a_1^1`), a derivative of any quantity by any other
 * (`∂C/∂w1`, `∂y/∂z2`; 0 where the one does not depend on the other), `delta_j^l`, which is `∂C/∂z_j^l`, or a formula in these.
 *
 * @param overrides numbers to go on with in place of quantities or derivatives, as someone does who has found them earlier: a
 * quantity's changes what is computed from it on the way forward, a derivative's what is computed from it on the way back. Default none.
 * @returns NaN or an infinity where the formula has no value.
 * @throws FormulaError when the formula names no quantity of the system, or has what stands for no number.
 */
export function systemValue(given: Given, asks: Formula, overrides: readonly Override[] = []): number {
  return valueIn(systemState(given, overrides), asks);
}

/** The same of a system whose values are known. */
export function valueIn(state: SystemState, asks: Formula): number {
  const { formula, values } = expressionIn(state, asks);
  return evaluate(formula, values);
}

/** A formula about a system as one in plain symbols, with their values. */
export function expressionIn(
  state: SystemState,
  asks: Formula,
): { readonly formula: Formula; readonly values: Readonly<Record<string, number>> } {
  const values: Record<string, number> = {};
  const formula = rewriteFormula(asks, (part) => {
    if (part.kind === "application") return appliedFunction(part);
    const term = termOf(state.given, part);
    if (term === null) return part;
    values[termKey(term)] = termValue(state, term);
    return termSymbol(term);
  });
  return { formula, values };
}

/** The value of one quantity or derivative. */
export function termValue(state: SystemState, term: SystemTerm): number {
  const { of, by } = term;
  return by === null ? (state.values[of] ?? Number.NaN) : derivativeIn(state, of, by);
}

/** Every value of a system, forward, and its local derivatives there. */
export function systemState(given: Given, overrides: readonly Override[] = []): SystemState {
  const { system } = given;
  const values: Record<string, number> = { ...system.given, ...system.parameters };
  const own = (name: string): number | undefined =>
    overrides.find(({ term }) => term.by === null && term.of === name)?.value;
  for (const name of Object.keys(values)) values[name] = own(name) ?? values[name] ?? Number.NaN;
  for (const { name, formula } of system.equations) values[name] = own(name) ?? evaluate(formula, values);
  const locals = localsOf(system).map((local) => ({ ...local, value: evaluate(local.formula, values) }));
  return { given, values, locals: withOwnLocals({ given, values, locals, overrides: [] }, overrides), overrides };
}

const knownLocals = new WeakMap<EquationSystem, readonly LocalDerivative[]>();

/** Each system is differentiated once. */
function localsOf(system: EquationSystem): readonly LocalDerivative[] {
  const known = knownLocals.get(system) ?? localDerivatives(system);
  knownLocals.set(system, known);
  return known;
}

/** A number for `∂u/∂v` is that of the equation of u by v itself, where there is no other way from v to u. */
function withOwnLocals(state: SystemState, overrides: readonly Override[]): readonly LocalValue[] {
  return state.locals.map((local) => {
    const own = overrides.find(({ term }) => isSameTerm(term, local));
    if (own === undefined) return local;
    return derivativeIn(state, local.of, local.by) === local.value ? { ...local, value: own.value } : local;
  });
}

/**
 * `∂of/∂by` by reverse accumulation from `of` back to `by`; a derivative of `of` that is overridden takes the place of the sum that
 * was accumulated for it.
 */
export function derivativeIn(state: SystemState, of: string, by: string): number {
  const { locals, overrides } = state;
  const own = (name: string): number | undefined =>
    overrides.find(({ term }) => term.of === of && term.by === name)?.value;
  if (of === by) return 1;
  const slopes = new Map<string, number>([[of, 1]]);
  // The locals stand in the order of the equations: where the first of a quantity's is reached, its own sum is complete.
  for (let i = locals.length - 1; i >= 0; i -= 1) {
    const local = locals[i];
    const slope = local === undefined ? undefined : (own(local.of) ?? slopes.get(local.of));
    if (local === undefined || slope === undefined) continue;
    slopes.set(local.by, (slopes.get(local.by) ?? 0) + slope * local.value);
  }
  return own(by) ?? slopes.get(by) ?? 0;
}

/** Each derivative is longer than the one before. */
const MOST_PRIMES = 3;

/** `sigma'(z2)`: a function of the formula language, or a derivative of it, written with primes. */
function appliedFunction(part: Extract<Formula, { kind: "application" }>): Formula {
  if (!isFunctionName(part.name) || part.primes > MOST_PRIMES) throw notWrittenOut(part);
  let formula: Formula;
  try {
    formula = parseFormula(`${part.name}(u)`, { symbols: ["u"] });
  } catch (error) {
    if (error instanceof FormulaError) throw notWrittenOut(part);
    throw error;
  }
  for (let prime = 0; prime < part.primes; prime += 1) formula = differentiate(formula, "u");
  return substitute(formula, new Map([["u", part.argument]]));
}
