import type { AnalyzedFunction } from "./analyzed-function.ts";
import type { DomainClaim, Range } from "./claim.ts";
import { type Constant, enclosureOf } from "./constant.ts";
import { searchLine } from "./line-search.ts";
import { candidatesBetween, middleOf } from "./place.ts";
import { constantSeries } from "./series.ts";
import { eventually } from "./series-arithmetic.ts";
import { tailOf } from "./tail-arithmetic.ts";

/** More gaps than this are not listed. */
const MOST_ENDS = 6;

/**
 * Where a function has a value, when that is not everywhere: the ends are isolated on the whole line, and each is proved
 * to be one by what the function does on both sides of it. Null when it has a value everywhere or the proof does not
 * succeed.
 */
export function domainOf(analyzed: AnalyzedFunction): DomainClaim | null {
  const { writtenIn, written, by, period } = analyzed;
  if (period !== null) return null;
  const result = searchLine(
    (start, side) => tailOf(written, by, start, side).range.coverage !== 1,
    (argument) => (writtenIn(argument).coverage === 1 ? "perhaps" : "nothing"),
  );
  if (!result.isComplete || result.clusters.length > MOST_ENDS) return null;
  const isDefinedBeyond = (side: 1 | -1): boolean => tailOf(written, by, 2 ** 66, side).range.coverage >= 2;
  const ends: { readonly at: number; readonly isIn: boolean; readonly before: boolean; readonly after: boolean }[] = [];
  for (const { low, high } of result.clusters) {
    const end = endIn(analyzed, low, high);
    if (end === null) return null;
    ends.push(end);
  }
  const real = ends.filter(({ before, after, isIn }) => before !== after || isIn !== before);
  if (real.length === 0) return isDefinedBeyond(1) ? null : { kind: "domain", ranges: [], basis: "proved" };
  const ranges: Range[] = [];
  let from = real[0]?.before === true ? { from: -Infinity, hasFrom: false } : null;
  for (const { at, isIn, after } of real) {
    if (from !== null) ranges.push({ ...from, to: at, hasTo: isIn });
    else if (isIn && !after) ranges.push({ from: at, to: at, hasFrom: true, hasTo: true });
    from = after ? { from: at, hasFrom: isIn } : null;
  }
  if (from !== null) ranges.push({ ...from, to: Infinity, hasTo: false });
  // What lies between two ends must be what both say of it.
  const agrees = real.every(({ after }, i) => after === (real[i + 1]?.before ?? isDefinedBeyond(1)));
  return agrees ? { kind: "domain", ranges, basis: "proved" } : null;
}

function endIn(
  analyzed: AnalyzedFunction,
  low: number,
  high: number,
): { at: number; isIn: boolean; before: boolean; after: boolean } | null {
  for (const candidate of candidatesBetween(low, high)) {
    const [before, after] = [hasValue(analyzed, candidate, -1), hasValue(analyzed, candidate, 1)];
    const here = eventually(analyzed.written, analyzed.by, constantSeries(candidate));
    if (before === null || after === null || here.kind === "unknown") continue;
    const isIn = here.kind === "series";
    if (before === after && isIn === before) continue; // nothing ends here
    const { low: least, high: most } = enclosureOf(candidate);
    return { at: Number(middleOf(least, most).toPrecision(15)) + 0, isIn, before, after };
  }
  return null;
}

/** Whether there are values just beside a place; null when that is not known. */
function hasValue(analyzed: AnalyzedFunction, at: Constant, side: 1 | -1): boolean | null {
  const limit = analyzed.valueLimit({ toward: at, side });
  return limit === null ? null : limit.kind !== "undefined";
}
