import { localDerivatives } from "../../explain/index.ts";
import { type Application, evaluate, type Formula, notWrittenOut, rewriteFormula } from "../../formula/index.ts";
import { appliedFunction } from "../vocabulary/applied-function.ts";
import { once } from "../once.ts";
import { type Constructs, localSlopes, newConstructs } from "./local-slopes.ts";
import type { Given } from "../sheet.ts";
import { isSameTerm, type SystemTerm, termKey, termOf, termSymbol } from "./system-names.ts";

/** A number put in place of what a quantity or a derivative is. */
export interface Override {
  readonly term: SystemTerm;
  readonly value: number;
}

/** The value of a local derivative: `∂of/∂by` of one equation, its other quantities held. A factor of the chain rule. */
export interface LocalValue {
  readonly of: string;
  readonly by: string;
  readonly value: number;
}

/** A system with a value for everything in it. */
export interface SystemState {
  readonly given: Given;
  /** Of every quantity, by its name. */
  readonly values: Readonly<Record<string, number>>;
  /** In the order of the equations, which is that of computation. */
  readonly locals: readonly LocalValue[];
  readonly overrides: readonly Override[];
}

/**
 * The value of what is asked about a system, in float64: a quantity (`z2`, `a_1^1`), a derivative of any quantity by any other
 * (`∂C/∂w1`, `∂y/∂z2`; 0 where the one does not depend on the other), `delta_j^l`, which is `∂C/∂z_j^l`, or a formula in these.
 *
 * @param overrides numbers to go on with in place of quantities or derivatives, as someone does who has found them earlier: a
 * quantity's changes what is computed from it on the way forward, and a derivative that has the value in it, as σ′ = y(1 − y);
 * a derivative's what is computed from it on the way back. Default none.
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
    if (part.kind === "application") return computable(part);
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

/** A given system, whose values are worked out once, and anew with other numbers in it. */
export interface GivenSystem {
  readonly given: Given;
  readonly own: () => SystemState;
  /** With numbers put in place of quantities or derivatives. */
  readonly stateWith: (overrides: readonly Override[]) => SystemState;
}

/** A given system with nothing worked out yet. */
export function givenSystem(given: Given): GivenSystem {
  const constructs = newConstructs();
  return {
    given,
    own: once(() => stateWith(given, [], constructs)),
    stateWith: (overrides) => stateWith(given, overrides, constructs),
  };
}

/** Every value of a system, forward, and its local derivatives there. */
export function systemState(given: Given, overrides: readonly Override[] = []): SystemState {
  return stateWith(given, overrides, newConstructs());
}

function stateWith(given: Given, overrides: readonly Override[], constructs: Constructs): SystemState {
  const { system } = given;
  const values: Record<string, number> = { ...system.given, ...system.parameters };
  const own = (name: string): number | undefined =>
    overrides.find(({ term }) => term.by === null && term.of === name)?.value;
  for (const name of Object.keys(values)) values[name] = own(name) ?? values[name] ?? Number.NaN;
  for (const { name, formula } of system.equations) values[name] = own(name) ?? evaluate(formula, values);
  const locals = system.equations.flatMap((equation): readonly LocalValue[] =>
    own(equation.name) === undefined || equation.name === system.cost
      ? [...localSlopes(equation.formula, values, constructs)].map(([by, value]) => ({ of: equation.name, by, value }))
      : // In terms of the own value: y(1 − y).
        localDerivatives({ ...system, equations: [equation] }).map(({ of, by, formula }) => ({
          of,
          by,
          value: evaluate(formula, values),
        })),
  );
  return { given, values, locals: withOwnLocals({ given, values, locals, overrides: [] }, overrides), overrides };
}

/** A number for `∂u/∂v` is that of the equation of u by v itself, where there is no other way from v to u. */
function withOwnLocals(state: SystemState, overrides: readonly Override[]): readonly LocalValue[] {
  return state.locals.map((local) => {
    const own = overrides.find(({ term }) => isSameTerm(term, local));
    if (own === undefined) return local;
    return derivativeIn(state, local.of, local.by) === local.value ? { ...local, value: own.value } : local;
  });
}

/** `∂of/∂by`, of any quantity by any other. */
function derivativeIn(state: SystemState, of: string, by: string): number {
  return slopesFrom(state, of).get(by) ?? 0;
}

/**
 * `∂of/∂q` of every quantity q that it depends on, by reverse accumulation; a derivative that is overridden takes the place of the
 * sum that was accumulated for it.
 */
export function slopesFrom({ locals, overrides }: SystemState, of: string): ReadonlyMap<string, number> {
  const own = new Map(
    overrides.flatMap(({ term, value }) => (term.of === of && term.by !== null ? [[term.by, value] as const] : [])),
  );
  const slopes = new Map<string, number>([[of, 1]]);
  // Where the first local derivative of a quantity is reached, the sum for it is complete.
  for (let i = locals.length - 1; i >= 0; i -= 1) {
    const local = locals[i];
    const slope = local === undefined ? undefined : (own.get(local.of) ?? slopes.get(local.of));
    if (local === undefined || slope === undefined) continue;
    slopes.set(local.by, (slopes.get(local.by) ?? 0) + slope * local.value);
  }
  for (const [by, value] of own) slopes.set(by, value);
  return slopes;
}

/** `∂q/∂by` of every quantity q that depends on it, by forward accumulation. */
export function slopesTo({ locals }: SystemState, by: string): ReadonlyMap<string, number> {
  const slopes = new Map<string, number>([[by, 1]]);
  for (const local of locals) {
    const slope = slopes.get(local.by);
    if (slope !== undefined) slopes.set(local.of, (slopes.get(local.of) ?? 0) + slope * local.value);
  }
  return slopes;
}

/** Each derivative is longer than the one before. */
const MOST_PRIMES = 3;

/** `sigma'(z2)`: a function of the formula language, or a derivative of it, written with primes. */
function computable(part: Application): Formula {
  const formula = part.primes > MOST_PRIMES ? part : appliedFunction(part.name, part.argument, part.primes);
  if (formula.kind === "application") throw notWrittenOut(formula);
  return formula;
}
