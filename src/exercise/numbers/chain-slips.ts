import { evaluate, type Formula, symbolsOf } from "../../formula/index.ts";
import { localSlopes } from "./local-slopes.ts";
import { termOf, termText } from "./system-names.ts";
import { type LocalValue, slopesFrom, slopesTo, type SystemState } from "./system-values.ts";
import type { SlipValue, WrongNumber } from "./wrong-number.ts";

/** Numbers that come of a slip in working the asked quantity out: along the chain rule, or in the sum of its equation. */
export function chainSlips({ asks, state }: WrongNumber): readonly SlipValue[] {
  const term = termOf(state.given, asks);
  if (term === null) return [];
  return term.by === null ? missingTerms(state, term.of) : wrongFactors(state, term.of, term.by);
}

// Derivatives -------------------------------------------------------------------------------------------------------

/**
 * The derivative with one factor of the chain rule left out, or wrong, or one way left out. A factor `∂u/∂v` takes part in it as
 * `∂of/∂u · ∂u/∂v · ∂v/∂by`, so another number in its place changes the whole by that of the difference.
 */
function wrongFactors(state: SystemState, of: string, by: string): readonly SlipValue[] {
  const upper = slopesFrom(state, of);
  const lower = slopesTo(state, by);
  const exact = upper.get(by) ?? 0;
  const factors = state.locals.filter((local) => upper.has(local.of) && lower.has(local.by));
  const change = (local: LocalValue, value: number): number =>
    (upper.get(local.of) ?? 0) * (value - local.value) * (lower.get(local.by) ?? 0);
  const groups = factorGroups(state, factors);
  const made = (
    slip: string,
    message: (name: string) => string,
    valueOf: (local: LocalValue) => number | null,
  ): readonly SlipValue[] => {
    const values = new Map(factors.map((local) => [local, valueOf(local)]));
    return groups.flatMap((group) => {
      const [first] = group;
      if (first === undefined || group.some((local) => values.get(local) === null)) return [];
      const value = group.reduce((sum, local) => sum + change(local, values.get(local) ?? 0), exact);
      return value === exact ? [] : [{ value, slip, message: message(termText(first)) }];
    });
  };
  const [whole, part] = [of, by].map((name) => termText({ of: name, by: null }));
  return [
    ...made(
      "factor-missing",
      (name) => `The factor ${name} of the chain rule is missing.`,
      () => 1,
    ),
    ...made(
      "value-for-derivative",
      (name) => `The value of the function stands where its derivative ${name} belongs: f for f′.`,
      (local) => (functionOf(state, local) === null ? null : (state.values[local.of] ?? null)),
    ),
    ...made(
      "derivative-at-activation",
      (name) => `The derivative ${name} is taken at the function's value instead of at its argument: f′(a) for f′(z).`,
      (local) => derivativeAtValue(state, local),
    ),
    ...made(
      "path-missing",
      (name) => `There is more than one way from ${whole} back to ${part}; the one through ${name} is missing.`,
      () => 0,
    ).filter(({ value }) => Math.abs(value) > NOTHING * Math.abs(exact)),
    ...onlyWays(factors, by, (local) => (upper.get(local.of) ?? 0) * local.value),
  ];
}

/** What rounding may leave of a derivative whose only way is left out, by its size. */
const NOTHING = 1e-9;

/** Where a quantity is used several times: the derivative with one of the ways only. */
function onlyWays(
  factors: readonly LocalValue[],
  by: string,
  valueOf: (local: LocalValue) => number,
): readonly SlipValue[] {
  const uses = factors.filter((local) => local.by === by);
  if (uses.length < 3) return []; // of two, one left out is the other alone
  return uses.map((kept) => ({
    value: valueOf(kept),
    slip: "path-missing",
    message: `The derivative is a sum over every way back; only the one through ${termText(kept)} is there.`,
  }));
}

/** Factors to be left out together: each by itself, then in a network those of one kind in one layer, as every f′ of layer 1. */
function factorGroups({ given }: SystemState, factors: readonly LocalValue[]): readonly (readonly LocalValue[])[] {
  const alone = factors.map((each) => [each]);
  if (given.network === null) return alone;
  const kinds = new Map<string, LocalValue[]>();
  for (const local of factors) {
    const kind = [local.of, local.by].map(withoutNeurons).join(" ");
    kinds.set(kind, [...(kinds.get(kind) ?? []), local]);
  }
  return [...alone, ...[...kinds.values()].filter((each) => each.length > 1)];
}

function withoutNeurons(name: string): string {
  return name.replace(/_(?:\([0-9,]+\)|[0-9,]+)/, "");
}

/** f, where a factor is `f′(z)` of an equation `a = f(z)` in one quantity; else null. */
function functionOf(state: SystemState, local: LocalValue): Formula | null {
  const formula = formulaOf(state, local.of);
  return formula !== null && formula.kind !== "symbol" && symbolsOf(formula).length === 1 ? formula : null;
}

function derivativeAtValue(state: SystemState, local: LocalValue): number | null {
  const formula = functionOf(state, local);
  if (formula === null) return null;
  const slope = localSlopes(formula, { [local.by]: state.values[local.of] ?? Number.NaN }).get(local.by) ?? Number.NaN;
  return Number.isFinite(slope) ? slope : null;
}

function formulaOf(state: SystemState, name: string): Formula | null {
  return state.given.system.equations.find((each) => each.name === name)?.formula ?? null;
}

// Values ------------------------------------------------------------------------------------------------------------

/** The quantity with one term of its sum left out: the bias, for one. */
function missingTerms(state: SystemState, of: string): readonly SlipValue[] {
  const formula = formulaOf(state, of);
  const terms = formula === null ? [] : signedTerms(formula);
  if (terms.length < 2) return [];
  const total = state.values[of] ?? Number.NaN;
  return terms.map(({ term, sign }) => {
    const names = symbolsOf(term).map((name): string => termText({ of: name, by: null }));
    return {
      value: total - sign * evaluate(term, state.values),
      slip: "term-missing",
      message: `A term of ${termText({ of, by: null })} is missing: the one with ${names.join(" and ")}.`,
    };
  });
}

interface SignedTerm {
  readonly term: Formula;
  readonly sign: 1 | -1;
}

/** The terms of a sum as it is written. */
function signedTerms(formula: Formula): readonly SignedTerm[] {
  const terms: SignedTerm[] = [];
  const open: SignedTerm[] = [{ term: formula, sign: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { term, sign } = next;
    const isSum = term.kind === "operation" && (term.operator === "+" || term.operator === "-");
    if (!isSum) terms.push(next);
    else {
      const opposite = sign === 1 ? -1 : 1;
      open.push({ term: term.right, sign: term.operator === "-" ? opposite : sign }, { term: term.left, sign });
    }
  }
  return terms;
}
