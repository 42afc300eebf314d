// RESULTS.md, made of the results alone.
import { BLAS, fastestOf, labelOf, PYTORCH, ratio, sidesOfKind, starOf, stepTime } from "./lookup.mjs";
import { predictionsText } from "./predictions.mjs";
import { duration, size, table, times } from "./table.mjs";
import { judged } from "./targets.mjs";

const METHOD = `Every side trains the same net from the same weights on the same data. In each round each of them runs once, in a process
of its own: three steps first, whose costs and weights have to agree with those of the float64 reference engine; then, after
a warm-up, as many steps as fit into a window. Given are the median over the rounds, and where a tenth and nine tenths of
them lie. A side that does not agree is not timed; one that cannot compute a net does the nearest it can, and a note says
what; one that takes 50 ms and eight times the fastest sits out the later rounds. Data are in memory, batches of the peers
ready-made. \`x wasm\` is the time as a multiple of that of the engine \`wasm\` on one thread: above 1 means slower.

The limits do not train. One is the matrix products of a step alone, in OpenBLAS; the others the time they would take at the
rate that the products of the engines \`wasm\` and \`fast\` reach on matrices that stay in the cache.

PyTorch runs eagerly, jax-js has the whole step in one \`jit\` (its threads need a global \`Worker\`, which Node lacks),
TensorFlow.js uses \`optimizer.minimize\` on fused layers, FANN its batch training, brain.js \`trainPattern\`.`;

/** The whole report; `chart(kind)` gives a chart's file name. */
export function reportText(results, chart) {
  return `${[
    "# Backpass beside its peers",
    runsText(results),
    overview(results),
    "\\* takes a similar step, not the same one: see the notes below.",
    `![Time of a step](${chart("steps")})`,
    `![How many times as fast](${chart("ratios")})`,
    "## Targets",
    targetsText(results),
    "## How it is measured",
    METHOD,
    "## Time of a step",
    ...results.nets.flatMap((net) => netText(results, net)),
    ...startUpText(results),
    ...learningText(results),
    ...growthText(results),
    ...predictionsText(results),
    ...leftOutText(results),
  ].join("\n\n")}\n`;
}

function runsText({ runs }) {
  const lines = runs.map(({ date, command, machine, node, load, seconds }, i) => {
    const { processor, cores, memoryGiB, system } = machine;
    const loads = `load average ${load.before.join(" ")} before, ${load.after.join(" ")} after`;
    return (
      `${i + 1}. ${date} UTC, \`${command}\`, ${seconds} s: ${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}, ` +
      `Node ${node}; ${loads}`
    );
  });
  const versions = Object.entries(Object.assign({}, ...runs.map((run) => run.versions)));
  return [
    "Written by `npm run bench` from its results file; edit neither. Runs:",
    lines.join("\n"),
    `Versions: ${versions.map(([name, version]) => `${name} ${version}`).join(", ")}.`,
  ].join("\n\n");
}

/** A line for each net: Backpass's engines, the fastest peer in JavaScript, PyTorch, FANN. */
export function overview(results) {
  const rows = results.nets.map(({ name }) => {
    const peer = fastestOf(results, name, "javascript");
    return [
      name,
      duration(stepTime(results, name, "wasm-1")),
      duration(stepTime(results, name, "wasm-2")),
      ...(hasFast(results) ? [duration(stepTime(results, name, "fast-1"))] : []),
      duration(stepTime(results, name, ...BLAS)),
      peer === null ? "–" : `${duration(peer.microseconds)} (${peer.label})`,
      duration(stepTime(results, name, ...PYTORCH)),
      duration(stepTime(results, name, "fann")) + starOf(results, name, "fann"),
    ];
  });
  const fast = hasFast(results) ? ["fast:"] : [];
  const backpass = ["wasm:", "wasm, 2 threads:", ...fast, "blas:"];
  return table(["net, examples a step", ...backpass, "fastest in JavaScript:", "PyTorch:", "FANN:"], rows);
}

const hasFast = (results) => results.steps.some(({ side }) => side.startsWith("fast-"));

function targetsText(results) {
  const value = (number, unit) =>
    number === null ? "–" : unit === "×" ? times(number) : `${number.toFixed(0)}${unit}`;
  const all = judged(results);
  const rows = all.map(({ text, wanted, got, fast, unit, isReached }) => [
    text,
    value(wanted, unit),
    value(got, unit),
    value(fast, unit),
    isReached === null ? "not measured" : isReached ? "reached" : missed(got, wanted, unit),
  ]);
  const count = all.filter(({ isReached }) => isReached === true).length;
  return [
    `${count} of ${all.length} reached. A multiple says how many times as fast the first is as the second.`,
    table(["target", "wanted:", "got:", "with `fast`:", ""], rows),
  ].join("\n\n");
}

const missed = (got, wanted, unit) =>
  unit === "×"
    ? `missed by ${(100 * (1 - got / wanted)).toFixed(0)} %`
    : `missed by ${(got - wanted).toFixed(0)}${unit}`;

/** Below, a rate says nothing about products. */
const LEAST_MEGAFLOP = 0.1;

function work(megaflop) {
  if (megaflop < 1) return `${Math.round(megaflop * 1e6)} floating-point operations`;
  return megaflop < 1000 ? `${megaflop.toFixed(0)} MFLOP` : `${(megaflop / 1000).toFixed(1)} GFLOP`;
}

function netText(results, { name, megaflop }) {
  const wasm = stepTime(results, name, "wasm-1");
  const entries = results.steps.filter((entry) => entry.net === name);
  if (entries.length === 0) return [];
  const timed = entries.filter(({ microseconds }) => microseconds !== undefined);
  const others = entries.filter(({ microseconds }) => microseconds === undefined);
  const rows = timed
    .toSorted((a, b) => a.microseconds.median - b.microseconds.median)
    .map(({ side, microseconds: { median, p10, p90 }, rounds, agreement, note }) => [
      labelOf(results, side),
      duration(median),
      `${duration(p10)} – ${duration(p90)}`,
      rounds.length,
      times(ratio(median, wasm)),
      megaflop < LEAST_MEGAFLOP ? "–" : ((1000 * megaflop) / median).toFixed(1),
      agreement === undefined ? "–" : `${size(agreement.cost)}, ${size(agreement.weights)}`,
      note ?? "",
    ]);
  const columns = ["side", "median:", "10 % – 90 %:", "rounds:", "x wasm:", "GFLOP/s:", "off in cost, weights", "note"];
  const failed = others.map(({ side, failure, agreement, note }) => {
    const off =
      agreement === undefined ? "" : ` (off by ${size(agreement.cost)} in cost, ${size(agreement.weights)} in weights)`;
    return `- ${labelOf(results, side)}: ${failure}${off}${note === null ? "" : `; ${note}`}`;
  });
  return [
    `### ${name}`,
    `${work(megaflop)} of products a step.`,
    table(columns, rows),
    ...(failed.length === 0 ? [] : [failed.join("\n")]),
  ];
}

function startUpText(results) {
  if (results.startUp.length === 0) return [];
  const node = results.startUp.find(({ side }) => side === "node").milliseconds.median;
  const rows = results.startUp
    .toSorted((a, b) => a.milliseconds.median - b.milliseconds.median)
    .map(({ side, milliseconds: { median, p10, p90 } }) => [
      labelOf(results, side),
      `${median.toFixed(0)} ms`,
      `${p10.toFixed(0)} – ${p90.toFixed(0)} ms`,
      side === "node" || sidesOfKind(results, "native").includes(side) ? "" : `${(median - node).toFixed(0)} ms`,
    ]);
  return [
    "## Start-up",
    "From the start of a process to the end of its first step, 64-32-10 with 32 examples; Backpass by `train`.",
    table(["side", "median:", "10 % – 90 %:", "after Node's own start:"], rows),
  ];
}

function learningText(results) {
  if (results.learning.length === 0) return [];
  const rows = results.learning
    .toSorted((a, b) => (a.seconds ?? Infinity) - (b.seconds ?? Infinity))
    .map(({ side, seconds, epochs, accuracy, failure }) => [
      labelOf(results, side),
      failure ?? `${seconds.toFixed(2)} s`,
      epochs ?? "",
      accuracy === undefined ? "" : `${(100 * accuracy).toFixed(2)} %`,
    ]);
  return [
    "## Time to 97 % on MNIST",
    "Seconds from the start of the process until a 784-128-10 net (ReLU, softmax, Adam with η = 0.001, 64 a step, images in\n" +
      "their order, judged after every epoch) is right about 97 % of 10,000 images that it does not learn from. Reading the\n" +
      "data is part of it.",
    table(["side", "time:", "epochs:", "accuracy:"], rows),
  ];
}

function growthText(results) {
  if (results.growth.length === 0) return [];
  const rows = results.growth.map(({ engine, dimension, of, points, exponent }) => [
    dimension,
    of,
    engine,
    points.map(({ x, y }) => `${x}: ${duration(y)}`).join(", "),
    exponent === null ? "–" : exponent.toFixed(2),
  ]);
  return [
    "## How the cost grows",
    "Time of a step, or of an epoch, for each n; the exponent e is that of the best fit of time ∝ nᵉ.",
    table(["n is", "net", "engine", "times", "e:"], rows),
  ];
}

function leftOutText({ leftOut }) {
  if (leftOut.length === 0) return [];
  return ["## Left out", leftOut.map(({ side, reason }) => `- ${side}: ${reason}`).join("\n")];
}
