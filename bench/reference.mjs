// What the float64 reference engine makes of a net in three steps, in a process of its own:
// node reference.mjs '{"net", "file"}' tells what `compared` of agreement.mjs takes.
import { activation, updateRule } from "backpass";
import { readTask } from "./nets.mjs";
import { openProgram } from "./program.mjs";
import { summaryOf } from "./summary.mjs";

const CHECKED_STEPS = 3;
const { net, file } = JSON.parse(process.argv[2]);

/** The update rules of peers that go their own way. */
const rules = {
  adamUncorrected: () =>
    updateRule("adamUncorrected", {
      state: { m: "0.9*m + 0.1*g", v: "0.99*v + 0.01*g^2" },
      update: "w - eta*m/(sqrt(v) + 1e-9)",
    }),
};
const activationFor = (name) => (name === "leakyRelu" ? activation(name, { slope: net.slope }) : name);

/** A task whose batches repeat their first rows, with those alone: every mean over the batch is the same. */
function withDistinctRows(task) {
  const { batch, batches, distinct = batch } = task.net;
  const firstRows = (values) => {
    const width = values.length / (batch * batches);
    const result = new Float32Array(distinct * batches * width);
    for (let k = 0; k < batches; k++) {
      result.set(values.subarray(k * batch * width, (k * batch + distinct) * width), k * distinct * width);
    }
    return result;
  };
  const { inputs, targets } = task;
  return { ...task, net: { ...task.net, batch: distinct }, inputs: firstRows(inputs), targets: firstRows(targets) };
}

const task = readTask(net, file);
const side = openProgram(withDistinctRows(task), {
  engine: "reference",
  rule: rules[net.optimizer]?.() ?? net.optimizer,
  activationFor,
});
const costs = [];
for (let step = 0; step < CHECKED_STEPS; step++) costs.push(side.run(net.updatesPerStep ?? 1));
const last = side.layers().flatMap(({ weights, biases }) => [weights, biases]);
const first = task.layers.flatMap(({ weights, biases }) => [weights, biases]);
/** How far the numbers of an array have moved. */
const changes = last.map((values, i) => values.map((value, k) => Math.abs(value - first[i][k])));
const result = {
  costs,
  arrays: last.map(summaryOf),
  lengths: last.map(({ length }) => length),
  moved: changes.map((values) => values.reduce((most, value) => Math.max(most, value), 0)),
  movedTotals: changes.map((values) => values.reduce((sum, value) => sum + value, 0)),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
