// Time of a prediction: for every net and number of rows the processes of all sides are there at once, and take turns in short
// windows, so that what else the machine does meets all of them. Before that their answers are compared with float64.
import { fileURLToPath } from "node:url";
import { predict } from "backpass";
import { fileOf, readTask } from "../nets.mjs";
import { predictedNets, rowCounts } from "../predictions.mjs";
import { networkOf } from "../program.mjs";
import { startSide } from "./side-child.mjs";
import { spread } from "./statistics.mjs";

const program = fileURLToPath(new URL("../predict-process.mjs", import.meta.url));

/** Of answers from 0 to 1: float32 sums over 784 inputs lose some 1e-6. */
const TOLERANCE = 1e-5;

/**
 * One entry for each net, number of rows and side: `nanoseconds` of a call, or `failure`, with `off`, the largest difference
 * of an answer, and `note`. `settings`: `rounds`, `seconds` of a window, `node`, `log`.
 */
export async function measurePredictions(sides, settings) {
  const entries = [];
  for (const net of predictedNets) {
    for (const rows of rowCounts) entries.push(...(await measured(net, rows, sides, settings)));
  }
  return entries;
}

async function measured(net, rows, sides, { rounds, seconds, node, log }) {
  log(`predictions: ${net.name}, rows a call: ${rows}`);
  const contestants = sides.map((side) => {
    const nearest = side.computes?.(net) ?? { net, note: null };
    const job = { net: nearest.net, file: fileOf(nearest.net), rows };
    const entry = { net: net.name, rows, side: side.name, label: side.label, note: nearest.note };
    return { entry, job, child: startSide(side, job, { node, program }), times: [] };
  });
  const attempt = async (each, work) => {
    if (each.entry.failure !== undefined) return;
    try {
      await work(each);
    } catch (error) {
      each.entry.failure = error.message;
    }
  };
  for (const each of contestants) await attempt(each, check);
  // The first two windows warm up.
  for (let round = -2; round < rounds; round++) {
    for (const each of contestants) {
      await attempt(each, async ({ child, times }) => {
        child.ask({ seconds });
        const window = await child.next();
        if (round >= 0) times.push((window.seconds / window.calls) * 1e9);
      });
    }
  }
  for (const { child } of contestants) await child.end();
  return contestants.map(({ entry, times }) =>
    entry.failure === undefined ? { ...entry, nanoseconds: spread(times) } : entry,
  );
}

async function check({ entry, job: { net, file, rows }, child }) {
  const { answers } = await child.next();
  const { inputs, ...task } = readTask(net, file);
  const values = inputs.subarray(0, rows * net.widths[0]);
  const wanted = predict(networkOf(task), { values, columns: net.widths[0] }, { engine: "reference" }).flat();
  entry.off = Math.max(...wanted.map((value, i) => Math.abs(value - answers[i])));
  if (answers.length !== wanted.length || !(entry.off <= TOLERANCE)) {
    throw new Error(`does not agree with the reference (off by ${entry.off}), so it was not timed`);
  }
}
