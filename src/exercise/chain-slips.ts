import { differentiate, evaluate, type Formula, symbolsOf } from "../formula/index.ts";
import { type SystemTerm, termOf, termText } from "./system-names.ts";
import { derivativeIn, type LocalValue, type SystemState } from "./system-values.ts";
import type { SlipValue, WrongNumber } from "./wrong-number.ts";

/** Numbers that come of a slip in working the asked quantity out: along the chain rule, or in the sum of its equation. */
export function chainSlips({ asks, state }: WrongNumber): readonly SlipValue[] {
  const term = termOf(state.given, asks);
  if (term === null) return [];
  return term.by === null ? missingTerms(state, term.of) : wrongFactors(state, term.of, term.by);
}

// Derivatives -------------------------------------------------------------------------------------------------------

/** The derivative with one factor of the chain rule left out, or wrong, or one way left out. */
function wrongFactors(state: SystemState, of: string, by: string): readonly SlipValue[] {
  const groups = factorGroups(state, of, by);
  const exact = derivativeIn(state, of, by);
  const withValues = (group: readonly LocalValue[], valueOf: (local: LocalValue) => number): number =>
    derivativeIn(
      {
        ...state,
        locals: state.locals.map((each) => (group.includes(each) ? { ...each, value: valueOf(each) } : each)),
      },
      of,
      by,
    );
  const made = (
    slip: string,
    message: (name: string) => string,
    valueOf: (local: LocalValue) => number | null,
  ): readonly SlipValue[] =>
    groups.flatMap((group) => {
      const [first] = group;
      if (first === undefined || group.some((each) => valueOf(each) === null)) return [];
      const value = withValues(group, (local) => valueOf(local) ?? local.value);
      return value === exact ? [] : [{ value, slip, message: message(termText(first)) }];
    });
  return [
    ...made(
      "factor-missing",
      (name) => `The factor ${name} of the chain rule is missing.`,
      () => 1,
    ),
    ...made(
      "value-for-derivative",
      (name) => `The value of the function stands where its derivative ${name} belongs: f for f′.`,
      (local) => (isFunction(state, local) ? (state.values[local.of] ?? null) : null),
    ),
    ...made(
      "derivative-at-activation",
      (name) => `The derivative ${name} is taken at the function's value instead of at its argument: f′(a) for f′(z).`,
      (local) => derivativeAtValue(state, local),
    ),
    ...made(
      "path-missing",
      (name) =>
        `There is more than one way from ${termText({ of, by: null })} to ${termText({ of: by, by: null })}; the one through ${name} is missing.`,
      () => 0,
    ).filter(({ value }) => value !== 0),
    ...onlyWays(state, of, by),
  ];
}

/** Where a quantity is used several times: the derivative with one of the ways only. */
function onlyWays(state: SystemState, of: string, by: string): readonly SlipValue[] {
  const uses = factorsBetween(state, of, by).filter((local) => local.by === by);
  if (uses.length < 3) return []; // of two, one left out is the other alone
  return uses.map((kept) => {
    const locals = state.locals.filter((each) => each.by !== by || each === kept);
    return {
      value: derivativeIn({ ...state, locals }, of, by),
      slip: "path-missing",
      message: `The derivative is a sum over every way back; only the one through ${termText(kept)} is there.`,
    };
  });
}

/** The local derivatives on the ways from `of` to `by`. */
function factorsBetween(state: SystemState, of: string, by: string): readonly LocalValue[] {
  const leads = new Set([by]);
  for (const local of state.locals) if (leads.has(local.by)) leads.add(local.of);
  const reached = new Set([of]);
  for (const local of state.locals.toReversed()) if (reached.has(local.of)) reached.add(local.by);
  return state.locals.filter((local) => reached.has(local.of) && leads.has(local.by));
}

/** Factors to be left out together: each by itself, then in a network those of one kind in one layer, as every f′ of layer 1. */
function factorGroups(state: SystemState, of: string, by: string): readonly (readonly LocalValue[])[] {
  const factors = factorsBetween(state, of, by);
  const kinds = new Map<string, LocalValue[]>();
  for (const local of factors) {
    const kind = [local.of, local.by].map(withoutNeurons).join(" ");
    kinds.set(kind, [...(kinds.get(kind) ?? []), local]);
  }
  const alone = factors.map((each) => [each]);
  return [...alone, ...[...kinds.values()].filter((each) => each.length > 1)];
}

function withoutNeurons(name: string): string {
  return name.replace(/_(?:\([0-9,]+\)|[0-9,]+)/, "");
}

/** Whether a factor is `f′(z)` of an equation `a = f(z)`: of a function of one quantity that is not just a multiple of it. */
function isFunction(state: SystemState, local: LocalValue): boolean {
  const formula = formulaOf(state, local.of);
  return formula !== null && symbolsOf(formula).length === 1 && formula.kind !== "symbol";
}

function derivativeAtValue(state: SystemState, local: LocalValue): number | null {
  const formula = formulaOf(state, local.of);
  if (formula === null || !isFunction(state, local)) return null;
  const value = evaluate(differentiate(formula, local.by), { [local.by]: state.values[local.of] ?? Number.NaN });
  return Number.isFinite(value) ? value : null;
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
    const names = symbolsOf(term).map((name): string => termText({ of: name, by: null } satisfies SystemTerm));
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
    else
      open.push(
        { term: term.right, sign: term.operator === "-" ? (-sign as 1 | -1) : sign },
        { term: term.left, sign },
      ); // as: ∓1
  }
  return terms;
}
