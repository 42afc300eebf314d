// What `train` costs beside the steps themselves: node bench/loop.mjs [epochs] [rounds]. Build first.
//
// Bare: the same steps on the same tables by `runSteps`, an epoch a call, in the examples' own order. Then `train`: an
// epoch without validation, as it reports it; the same with a sixth of the examples held back, beside bare steps and bare
// scoring of as many; and a whole run of some epochs, set-up and final scores included, beside its bare steps. In turns, in one
// process; medians over the rounds.
import { dense, evaluate, network, train } from "../dist/index.js";
import { digits } from "../dist/data/digits.js";
import { engineNamed } from "../dist/engine/index.js";
import { writeParameters } from "../dist/network/index.js";
import { dataset } from "../dist/train/dataset.js";
import { exampleTables, RESIDENT_BYTES } from "../dist/train/example-tables.js";
import { split } from "../dist/train/split.js";
import { trainingProgram } from "../dist/train/training-program.js";
import { updateRuleFrom } from "../dist/train/update-rules.js";

const epochs = Number(process.argv[2] ?? 5);
const rounds = Number(process.argv[3] ?? 9);

/** Images like MNIST's, for time alone: a fifth of the pixels are not 0. */
function images(rows) {
  const values = new Float32Array(rows * 784);
  for (let i = 0; i < values.length; i++) {
    const noise = Math.imul(i, 2_654_435_761) >>> 8;
    values[i] = noise % 5 === 0 ? (noise % 256) / 255 : 0;
  }
  const targets = Array.from({ length: rows }, (_, i) => i % 10);
  return dataset({ inputs: { values, columns: 784 }, targets, classes: [..."0123456789"] });
}

const mnist = images(12_000);
const cases = [
  { name: "784-30-10, batches of 10", data: mnist, hidden: dense(30, "sigmoid"), batchSize: 10 },
  { name: "784-128-10, batches of 64", data: mnist, hidden: dense(128, "relu"), batchSize: 64 },
  { name: "digits, 64-32-10, batches of 32", data: await digits(), hidden: dense(32, "relu"), batchSize: 32 },
];

const made = ({ data, hidden }) => network(data.inputWidth, [hidden, dense(10, "softmax")], { cost: "crossEntropy" });

/** Seconds of an epoch of bare steps, and of a bare forward pass over the examples held back. */
function bareSteps(each, data) {
  const { batchSize } = each;
  const net = made(each);
  const rule = updateRuleFrom("sgd");
  const program = trainingProgram(net, { capacity: batchSize, targets: "labels", rule, clip: null });
  const session = engineNamed("wasm").open();
  const executable = session.prepare(program.program);
  writeParameters(session, program.equations.layers, net);
  const tables = exampleTables(session, program.equations, data, { batchSize, residentBytes: RESIDENT_BYTES });
  const order = Uint32Array.from({ length: data.examples }, (_, i) => i);
  const run = (start, size, steps, firstStep) => {
    const scalars = program.rule.nextScalars(new Float64Array(steps).fill(0.01));
    const rows = tables.bind(order, start, size * steps);
    executable.runSteps({ ...rows, batchSize: size, steps, scalars, seed: 0, firstStep, watch: "cost" });
  };
  const whole = Math.floor(data.examples / batchSize);
  const rest = data.examples - whole * batchSize;
  return () => {
    const started = performance.now();
    run(0, batchSize, whole, 0);
    if (rest > 0) run(whole * batchSize, rest, 1, whole);
    return (performance.now() - started) / 1000;
  };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const over = (values, bare) => `${(1e3 * median(values)).toFixed(2)} ms (+${(100 * (median(values) / median(bare) - 1)).toFixed(1)} %)`;

for (const each of cases) {
  const { data, batchSize } = each;
  const parts = split(data, { validation: 1 / 6 });
  const options = { epochs, batchSize, learningRate: 0.01, seed: 0 };
  const [bare, bareHeld] = [bareSteps(each, data), bareSteps(each, parts.training)];
  const judge = made(each);
  const times = { bare: [], bareRun: [], epoch: [], run: [], bareHeld: [], held: [] };
  for (let round = 0; round <= rounds; round++) {
    const bareEpochs = Array.from({ length: epochs }, bare);
    const started = performance.now();
    const plain = await train(made(each), data, options);
    const run = (performance.now() - started) / 1000;
    const heldSteps = Array.from({ length: epochs }, bareHeld);
    const before = performance.now();
    evaluate(judge, parts.validation);
    const scoring = (performance.now() - before) / 1000;
    const held = await train(made(each), parts.training, { ...options, validation: parts.validation });
    // The first round warms up.
    if (round === 0) continue;
    times.bare.push(...bareEpochs);
    times.bareRun.push(bareEpochs.reduce((sum, time) => sum + time));
    times.epoch.push(...plain.history.map(({ seconds }) => seconds));
    times.run.push(run);
    times.bareHeld.push(...heldSteps.map((time) => time + scoring));
    times.held.push(...held.history.map(({ seconds }) => seconds));
  }
  console.log(`${each.name}: ${data.examples} examples`);
  console.log(`  epoch             bare ${over(times.bare, times.bare).split(" (")[0]}, train ${over(times.epoch, times.bare)}`);
  console.log(`  with validation   bare ${over(times.bareHeld, times.bareHeld).split(" (")[0]}, train ${over(times.held, times.bareHeld)}`);
  console.log(`  run of ${epochs} epochs   bare ${over(times.bareRun, times.bareRun).split(" (")[0]}, train ${over(times.run, times.bareRun)}`);
}
