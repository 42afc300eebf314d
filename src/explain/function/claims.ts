import { withinBudget } from "../../formula/budget.ts";
import {
  equalFormulas,
  evaluate,
  type Formula,
  number,
  pointInterval,
  sizeOf,
  symbolsOf,
} from "../../formula/index.ts";
import { type AnalyzedFunction, analyzedFunction, type FunctionForms } from "./analyzed-function.ts";
import type { Claim, LimitClaim, PeriodClaim } from "./claim.ts";
import { enclosureOf } from "./constant.ts";
import { domainOf } from "./domain.ts";
import { kinksOf } from "./kinks.ts";
import { largestOf } from "./largest.ts";
import type { Limit } from "./limit.ts";
import { measuredLargest } from "./measured.ts";
import { middleOf } from "./place.ts";

/**
 * What can be said of the derivative of a function of `by` alone: where its magnitude is largest, what it tends to, its
 * kinks, and where the function has values. Each claim is proved, or says on which stretch it was found; what is not
 * known is not there. The work is bounded for every formula.
 */
export function claimsOf({ written, formula, derivative }: FunctionForms, by: string): readonly Claim[] {
  const measured = (): readonly Claim[] => {
    const found = measuredLargest(written, derivative, by);
    return found === null ? [] : [found];
  };
  const analyzed = analyzedFunction({ written, formula, derivative: constantOf(derivative, by) ?? derivative }, by);
  if (analyzed === null) return measured();
  return withinBudget(MOST_OPERATIONS, () => provedClaims(analyzed, measured), measured);
}

/** What is proved takes no more work than this, some ten times what it takes of an activation; else it is measured. */
const MOST_OPERATIONS = 1_000_000;

function provedClaims(analyzed: AnalyzedFunction, measured: () => readonly Claim[]): readonly Claim[] {
  const domain = domainOf(analyzed);
  const largest = largestOf(analyzed);
  const kinks = kinksOf(analyzed);
  return [
    ...(domain === null ? [] : [domain]),
    ...(largest === null ? measured() : [{ kind: "largest", value: largest, basis: "proved" } as const]),
    ...limitClaims(analyzed),
    ...periodClaims(analyzed),
    ...kinks.claims,
    ...(kinks.isComplete
      ? []
      : [{ kind: "open", what: "kinks", basis: { foundOn: [-kinks.reach, kinks.reach] } } as const]),
  ];
}

/** The number that a derivative is everywhere, as that of (z + 1)^2 - z^2 - 2z, when it is one; exactly compared. */
function constantOf(derivative: Formula, by: string): Formula | null {
  if (!symbolsOf(derivative).includes(by) || sizeOf(derivative) > 60) return null;
  const [one, other] = [evaluate(derivative, { [by]: 1 }), evaluate(derivative, { [by]: -2.5 })];
  if (!Number.isFinite(one) || Math.abs(one - other) > 1e-6 * Math.max(1, Math.abs(one))) return null;
  const value = number(Number(one.toPrecision(9)));
  const verdict = equalFormulas(derivative, value);
  return verdict.equal && verdict.method === "exact" ? value : null;
}

function periodClaims({ period }: AnalyzedFunction): readonly PeriodClaim[] {
  if (period === null) return [];
  const { low, high } = enclosureOf(period);
  return [{ kind: "period", period: rounded(middleOf(low, high)), basis: "proved" }];
}

function limitClaims(analyzed: AnalyzedFunction): readonly LimitClaim[] {
  return ([-1, 1] as const).flatMap((side): readonly LimitClaim[] => {
    const value =
      valueOf(analyzed.slopeLimit({ toward: "infinity", side })) ?? (oscillates(analyzed) ? "oscillates" : null);
    if (value === null) return [];
    return [{ kind: "limit", toward: side > 0 ? "plusInfinity" : "minusInfinity", value, basis: "proved" }];
  });
}

/** Whether a periodic derivative surely takes two values: then it has no limit. */
function oscillates({ period, derivativeIn, writtenIn }: AnalyzedFunction): boolean {
  if (period === null) return false;
  const values = [0.1, 0.7, 1.3, 2.2, 2.9]
    .map((z) => pointInterval((z * enclosureOf(period).high) / 6.25))
    .filter((z) => writtenIn(z).coverage >= 2)
    .map(derivativeIn)
    .filter(({ coverage }) => coverage >= 2);
  return values.some((one) => values.some((other) => one.high < other.low));
}

function valueOf(limit: Limit | null): LimitClaim["value"] | null {
  switch (limit?.kind) {
    case undefined:
      return null;
    case "infinite":
      return limit.sign * Infinity;
    case "oscillates":
    case "undefined":
      return limit.kind;
    case "tends": {
      const { low, high } = limit.value;
      if (limit.isZero) return 0;
      // Six digits are printed.
      return high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high)) ? rounded(middleOf(low, high)) : null;
    }
  }
}

/** Twelve digits: without the last bits of an enclosure. */
function rounded(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}
