// What `train` costs beside the steps themselves: node bench/loop.mjs [epochs] [rounds] [part of a name]. Build first.
//
// Bare: the same steps on the same tables by `runSteps`, an epoch a call, in an order drawn beforehand. Then `train`: an
// epoch without validation, as it reports it; an epoch with a sixth of the examples held back, beside bare steps and a
// bare forward pass over these; and a whole run, set-up and final score included, beside its bare steps alone, and
// beside these and what nobody does without: the data copied into the engine's memory, and a forward pass for the score.
// In turns, in one process; medians over the rounds.
import { dataset, dense, network, split, train, updateRule } from "backpass";
import { digits } from "backpass/digits";
import { engineFrom } from "backpass/engine";
import { forwardNetwork, trainingProgram, writeParameters } from "backpass/network";

const epochs = Number(process.argv[2] ?? 5);
const rounds = Number(process.argv[3] ?? 9);
/** Examples of a forward pass, as `train` takes them. */
const CHUNK = 256;

/** Images like MNIST's, for time alone: a fifth of the pixels are not 0. */
function images(rows) {
  const values = new Float32Array(rows * 784);
  for (let i = 0; i < values.length; i++) {
    const noise = Math.imul(i, 2_654_435_761) >>> 8;
    values[i] = noise % 5 === 0 ? (noise % 256) / 255 : 0;
  }
  const targets = Array.from({ length: rows }, (_, i) => i % 10);
  return dataset({ inputs: { values, columns: 784 }, targets, classes: "0123456789".split("") });
}

const mnist = images(12_000);
const only = process.argv[4] ?? "";
const cases = [
  { name: "784-30-10, batches of 10", data: mnist, hidden: dense(30, "sigmoid"), batchSize: 10 },
  { name: "784-128-10, batches of 64", data: mnist, hidden: dense(128, "relu"), batchSize: 64 },
  { name: "digits, 64-32-10, batches of 32", data: await digits(), hidden: dense(32, "relu"), batchSize: 32 },
];

const made = ({ data, hidden }) => network(data.inputWidth, [hidden, dense(10, "softmax")], { cost: "crossEntropy" });

/** What takes the seconds of bare steps, an epoch, and of a bare forward pass over some examples. */
function bareWork(each, data, judged) {
  const { batchSize } = each;
  const net = made(each);
  const rule = updateRule("sgd");
  const { equations, program, ...training } = trainingProgram(net, {
    capacity: batchSize,
    targets: "labels",
    rule,
    clip: null,
  });
  const session = engineFrom("wasm").open();
  const executable = session.prepare(program);
  writeParameters(session, equations.parameters, net);
  const order = shuffled(data.examples);
  const forward = forwardNetwork(net, { capacity: CHUNK, targets: "labels", sharedWith: equations });
  const answers = session.prepare({
    outputs: { cost: forward.cost, a: forward.layers.at(-1).activation },
    updates: [],
  });
  const tables = tablesOf(session, equations, data);
  const judgedTables = tablesOf(session, forward, judged);
  const inOrder = Uint32Array.from({ length: judged.examples }, (_, i) => i);
  const run = (start, size, steps, firstStep) => {
    const scalars = training.rule.scalarsAt({ step: 0, scalars: {} }, new Float64Array(steps).fill(0.01)).values;
    executable.runSteps({ tables, order, start, batchSize: size, steps, scalars, seed: 0, firstStep, watch: "cost" });
  };
  const pass = (start, size, steps) => {
    const rows = { tables: judgedTables, order: inOrder, start, batchSize: size };
    answers.runSteps({ ...rows, steps, scalars: new Map(), seed: 0, firstStep: 0, watch: "cost" });
  };
  return {
    epoch: () => seconds(() => inBatches(data.examples, batchSize, run)),
    forward: () => seconds(() => inBatches(judged.examples, CHUNK, pass)),
  };
}

/** A data set in the engine's memory, for the inputs of some equations. */
function tablesOf(session, { inputs, targets }, data) {
  return new Map([
    [inputs, session.load(data.inputs, data.inputWidth)],
    [targets, session.load(data.targets, 1)],
  ]);
}

/** The numbers from 0 on, in an order that no cache foresees. */
function shuffled(count) {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const noise = (i) => Math.imul(i + 1, 2_654_435_761) >>> 0;
  return order.sort((a, b) => noise(a) - noise(b));
}

/** Whole batches in one call, and what is left in another. */
function inBatches(examples, size, run) {
  const whole = Math.floor(examples / size);
  if (whole > 0) run(0, size, whole, 0);
  if (examples > whole * size) run(whole * size, examples - whole * size, 1, whole);
}

function seconds(work) {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

/** Seconds for a data set to be copied into the memory of a new session. */
function copying(data) {
  return seconds(() => {
    const session = engineFrom("wasm").open();
    session.load(data.inputs, data.inputWidth);
    session.load(data.targets, 1);
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function say(what, bare, trained) {
  const [least, all] = [median(bare), median(trained)];
  const more = 100 * (all / least - 1);
  const ms = (time) => `${(1e3 * time).toFixed(2)} ms`;
  console.log(
    `  ${what.padEnd(34)} bare ${ms(least).padStart(11)}, train ${ms(all).padStart(11)}, ${more.toFixed(1)} % more`,
  );
}

for (const each of cases.filter(({ name }) => name.includes(only))) {
  const { data, batchSize } = each;
  const parts = split(data, { validation: 1 / 6 });
  const options = { epochs, batchSize, learningRate: 0.01, seed: 0 };
  const bare = bareWork(each, data, data);
  const bareHeld = bareWork(each, parts.training, parts.validation);
  const times = { epoch: [], run: [], least: [], held: [] };
  const trained = { epoch: [], run: [], held: [] };
  for (let round = 0; round <= rounds; round++) {
    const bareEpochs = Array.from({ length: epochs }, bare.epoch);
    const started = performance.now();
    const plain = await train(made(each), data, options);
    const run = (performance.now() - started) / 1000;
    const bareHeldEpochs = Array.from({ length: epochs }, () => bareHeld.epoch() + bareHeld.forward());
    const held = await train(made(each), parts.training, { ...options, validation: parts.validation });
    // The first round warms up.
    if (round === 0) continue;
    const bareRun = bareEpochs.reduce((sum, time) => sum + time);
    times.epoch.push(...bareEpochs);
    times.run.push(bareRun);
    times.least.push(bareRun + bare.forward() + copying(data));
    times.held.push(...bareHeldEpochs);
    trained.epoch.push(...plain.history.map((report) => report.seconds));
    trained.run.push(run);
    trained.held.push(...held.history.map((report) => report.seconds));
  }
  console.log(`${each.name}: ${data.examples} examples`);
  say("epoch", times.epoch, trained.epoch);
  say("epoch with validation", times.held, trained.held);
  say(`run of ${epochs} epochs`, times.run, trained.run);
  say("beside steps, copying and scoring", times.least, trained.run);
}
