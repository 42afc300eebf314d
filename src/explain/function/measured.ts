import { compileFormula, type Formula } from "../../formula/index.ts";
import type { LargestClaim } from "./claim.ts";
import { MEASURED_REACH } from "./line-search.ts";

const STEPS = 8_000;

/** The largest magnitude of a derivative among values on [−20, 20]: measured, not proved. Null where there is no value. */
export function measuredLargest(written: Formula, derivative: Formula, by: string): LargestClaim | null {
  const [f, slope] = [compileFormula(written, [by]), compileFormula(derivative, [by])];
  const size = (z: number): number => {
    const value = Number.isFinite(f([z])) ? Math.abs(slope([z])) : Number.NaN;
    return Number.isFinite(value) ? value : -1;
  };
  const width = (2 * MEASURED_REACH) / STEPS;
  let best = -MEASURED_REACH;
  for (let i = 0; i <= STEPS; i += 1) {
    const z = -MEASURED_REACH + width * i;
    if (size(z) > size(best)) best = z;
  }
  if (size(best) < 0) return null;
  const at = peakNear(size, best, width);
  const magnitude = size(at);
  return {
    kind: "largest",
    value: { kind: "points", at: [at], isExact: false, magnitude, bounds: [magnitude, Infinity] },
    basis: { foundOn: [-MEASURED_REACH, MEASURED_REACH] },
  };
}

/** The top of a peak within one step of the grid: golden-section search. */
function peakNear(size: (z: number) => number, middle: number, width: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.max(-MEASURED_REACH, middle - width), Math.min(MEASURED_REACH, middle + width)];
  for (let round = 0; round < 60; round += 1) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (size(left) < size(right)) low = left;
    else high = right;
  }
  const found = Number(((low + high) / 2).toPrecision(9)) + 0;
  return size(found) >= size(middle) ? found : middle;
}
