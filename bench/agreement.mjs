// Whether a side computes what it should: its costs and weights after three steps beside those of the reference engine.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cacheFolder } from "./nets.mjs";

const program = fileURLToPath(new URL("reference.mjs", import.meta.url));

/** A cost of float32 sums, relative: they differ in the order of up to 16 million additions, and in log and exp. */
const COST_TOLERANCE = 1e-4;
/** Of the largest change of an array's weights: a wrong factor, sign or batch is off by far more. */
const MOVED_TOLERANCE = 5e-3;
/** Rounding of float32 weights over three steps, of their size: 2⁻²⁴ each, four times. */
const ROUNDING = 2.5e-7;

/** Three steps of the reference engine; kept in the cache folder, since the largest net takes it a minute. */
export async function referenceFor(net, file) {
  const key = createHash("sha256").update(readFileSync(program)).update(JSON.stringify(net)).update(file).digest("hex");
  const kept = `${cacheFolder}reference-${key.slice(0, 16)}.json`;
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, "utf8"));
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify({ net, file })]);
  writeFileSync(kept, stdout);
  return JSON.parse(stdout);
}

/**
 * How far a side is from the reference: `cost` relative, `weights` relative to the most they have changed, each the
 * largest of all; and whether both are within what float32 explains.
 */
export function compared({ costs, arrays }, reference) {
  const cost = Math.max(...costs.map((value, i) => Math.abs(value / reference.costs[i] - 1)));
  let weights = 0;
  let isClose = arrays.length === reference.arrays.length;
  reference.arrays.forEach(({ sample, sum }, i) => {
    const got = arrays[i];
    const moved = Math.max(reference.moved[i], 1e-12);
    const differences = sample.map((value, k) => Math.abs(value - (got?.sample[k] ?? NaN)));
    weights = Math.max(weights, ...differences.map((difference) => difference / moved));
    const size = Math.max(...sample.map(Math.abs));
    const isSumClose = Math.abs(sum - (got?.sum ?? NaN)) <= sumTolerance(reference, i, size);
    isClose &&= isSumClose && differences.every((each) => each <= MOVED_TOLERANCE * moved + ROUNDING * size);
  });
  return { cost, weights, agrees: isClose && cost <= COST_TOLERANCE };
}

/** Of the sum of a whole array, which holds the numbers not looked at to the same: roundings add up like a random walk. */
function sumTolerance({ movedTotals, lengths }, i, size) {
  return MOVED_TOLERANCE * movedTotals[i] + 8 * Math.sqrt(lengths[i]) * ROUNDING * size;
}
