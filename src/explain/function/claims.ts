import type { Formula } from "../../formula/index.ts";
import { type AnalyzedFunction, analyzedFunction } from "./analyzed-function.ts";
import type { Claim, LimitClaim } from "./claim.ts";
import { domainOf } from "./domain.ts";
import { kinksOf } from "./kinks.ts";
import { largestOf } from "./largest.ts";
import type { Limit } from "./limit.ts";
import { measuredLargest } from "./measured.ts";
import { middleOf } from "./place.ts";

/** A function and its derivative, both in forms that evaluate well, and the function as it was written. */
export interface FunctionForms {
  readonly written: Formula;
  readonly formula: Formula;
  readonly derivative: Formula;
}

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
  const analyzed = analyzedFunction(written, formula, derivative, by);
  if (analyzed === null) return measured();
  const domain = domainOf(analyzed);
  const largest = largestOf(analyzed);
  const kinks = kinksOf(analyzed);
  return [
    ...(domain === null ? [] : [domain]),
    ...(largest === null ? measured() : [{ kind: "largest", value: largest, basis: "proved" } as const]),
    ...limitClaims(analyzed),
    ...kinks.claims,
    ...(kinks.isComplete
      ? []
      : [{ kind: "open", what: "kinks", basis: { foundOn: [-kinks.reach, kinks.reach] } } as const]),
  ];
}

function limitClaims({ slopeLimit }: AnalyzedFunction): readonly LimitClaim[] {
  return ([-1, 1] as const).flatMap((side): readonly LimitClaim[] => {
    const value = valueOf(slopeLimit({ toward: "infinity", side }));
    if (value === null) return [];
    return [{ kind: "limit", toward: side > 0 ? "plusInfinity" : "minusInfinity", value, basis: "proved" }];
  });
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
