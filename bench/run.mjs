// Backpass beside its peers: npm run bench -- [options], from the root; see `usage`.
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { describeRun } from "./machine.mjs";
import { measureGrowth } from "./measure/growth.mjs";
import { measureLearning } from "./measure/learning.mjs";
import { measurePredictions } from "./measure/predictions.mjs";
import { measureStartUp } from "./measure/start-up.mjs";
import { measureSteps } from "./measure/steps.mjs";
import { flopsOf, nets } from "./nets.mjs";
import { checkReportName, writeReport } from "./report/files.mjs";
import { mergedResults, readResults } from "./results.mjs";
import { sides } from "./sides/index.mjs";
import { predictingSides } from "./sides/predict/index.mjs";

const usage = `npm run bench -- [options]
  --parts steps,startUp,learning,growth,predictions   what to measure (default: all)
  --nets 784-128-10,2-8-2                 nets whose name begins so (default: all)
  --sides wasm-1,pytorch-1                sides by name (default: all that are there)
  --rounds N                              of every net and side (default 3; --quick 1)
  --quick                                 one round of short windows, without what takes long: the largest net
                                          (unless named), and slow sides on the large ones
  --add                                   keep what the results file has of nets and sides not measured now
  --node PATH                             another Node for the sides in JavaScript
  --out NAME                              NAME.json, NAME.md, NAME-*.svg in bench (default results; with --node, results-node-N)
nets:  ${nets.map(({ name }) => name).join(", ")}
sides: ${[...sides, ...predictingSides].map(({ name }) => name).join(", ")}`;

const { values: options } = parseArgs({
  options: {
    parts: { type: "string", default: "steps,startUp,learning,growth,predictions" },
    nets: { type: "string" },
    sides: { type: "string" },
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    add: { type: "boolean", default: false },
    node: { type: "string" },
    out: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
if (options.help) {
  console.log(usage);
  process.exit(0);
}

/** Of a quick run: work of a step, for sides that are slow the least and for all. */
const QUICK = { slowSideGflop: 0.01, mostFlops: 10e9 };

const list = (text) => text?.split(",") ?? null;
const parts = new Set(list(options.parts));
const wantedNets = list(options.nets);
const wantedSides = list(options.sides);
const isNetChosen = (net) =>
  wantedNets?.some((start) => net.name.startsWith(start)) ?? (!options.quick || flopsOf(net) < QUICK.mostFlops);
const chosenNets = nets.filter(isNetChosen);
const leftOut = [];
const isThere = (side) => {
  if (wantedSides !== null && !wantedSides.includes(side.name)) return false;
  const reason = side.missing();
  if (reason !== null) leftOut.push({ side: side.name, reason });
  return reason === null;
};
const chosenSides = sides.filter(isThere);
const chosenPredictors = parts.has("predictions") ? predictingSides.filter(isThere) : [];
const steppingSides = chosenSides.map((side) => {
  const isSlow = side.kind === "javascript" && side.learns !== true;
  return options.quick && isSlow ? { ...side, mostGflop: QUICK.slowSideGflop } : side;
});
for (const { side, reason } of leftOut) console.log(`left out: ${side}: ${reason}`);

const node = options.node ?? process.execPath;
const run = describeRun({ node, sides: [...chosenSides, ...chosenPredictors], command: process.argv.slice(2) });
const name = options.out ?? (options.node === undefined ? "results" : `results-node-${run.node.split(".")[0]}`);
const folder = fileURLToPath(new URL(".", import.meta.url));
// Before measuring, which takes minutes; and before anything is read for --add.
try {
  checkReportName(folder, name);
  if (options.add) readResults(folder, name);
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exit(2);
}

const log = (text) => process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${text}` : `${text}\n`);
const settings = {
  rounds: Number(options.rounds ?? (options.quick ? 1 : 3)),
  warmUpSeconds: options.quick ? 0.4 : 0.6,
  seconds: options.quick ? 0.2 : 0.5,
  node,
  log,
};
console.log(`load average before: ${run.load.before.join(" ")}`);

const measured = { run, leftOut, steps: [], startUp: [], learning: [], growth: [], predictions: [] };
if (parts.has("steps")) measured.steps = await measureSteps(chosenNets, steppingSides, settings);
if (parts.has("startUp")) {
  measured.startUp = await measureStartUp(chosenSides, { ...settings, rounds: options.quick ? 3 : 7 });
}
if (parts.has("learning")) measured.learning = await measureLearning(chosenSides, { ...settings, rounds: 1 });
if (parts.has("growth")) {
  const engines = ["wasm", "blas"].filter((engine) => chosenSides.some(({ name }) => name === `${engine}-1`));
  const timing = { rounds: options.quick ? 3 : 7, seconds: options.quick ? 0.03 : 0.1 };
  measured.growth = await measureGrowth({ engines, ...timing, node, log });
}
if (parts.has("predictions")) {
  const timing = options.quick ? { rounds: 5, seconds: 0.02 } : { rounds: 25, seconds: 0.05 };
  measured.predictions = await measurePredictions(chosenPredictors, { ...timing, node, log });
}
run.load.after = loadavg().map((value) => Number(value.toFixed(2)));
run.seconds = Math.round(performance.now() / 1000);
log("");
console.log(`load average after: ${run.load.after.join(" ")}`);

const results = mergedResults(options.add ? readResults(folder, name) : null, measured);
console.log(writeReport(folder, name, results));
