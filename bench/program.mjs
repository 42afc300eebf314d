// Backpass without its training loop: the program of a step, compiled by an engine, on data in the engine's memory.
import { dense, network, updateRule } from "backpass";
import { engineFrom } from "backpass/engine";
import { trainingProgram } from "backpass/network";

/** A row of weights for each neuron. */
const rowsOf = (weights, columns) =>
  Array.from({ length: weights.length / columns }, (_, j) => weights.subarray(j * columns, (j + 1) * columns));

/** The network of a task, with its first weights. */
export function networkOf({ net, layers }, activationFor = (name) => name) {
  const made = layers.map(({ weights, biases }, i) =>
    dense(biases.length, activationFor(i === layers.length - 1 ? net.output : net.activation), {
      weights: rowsOf(weights, net.widths[i]),
      biases,
    }),
  );
  return network(net.widths[0], made, { cost: net.cost });
}

/** A task on an engine, ready to train. */
export function openProgram(task, { engine, rule = task.net.optimizer, activationFor, ...options }) {
  const { net, inputs, targets } = task;
  const { equations, program, ...rest } = trainingProgram(networkOf(task, activationFor), {
    capacity: net.batch,
    targets: net.cost === "crossEntropy" ? "labels" : "values",
    rule: typeof rule === "string" ? updateRule(rule) : rule,
    clip: null,
  });
  const session = engineFrom(engine).open(options);
  const executable = session.prepare(program);
  task.layers.forEach(({ weights, biases }, i) => {
    session.write(equations.layers[i].parameters.weights, weights);
    session.write(equations.layers[i].parameters.biases, biases);
  });
  const rows = net.batch * net.batches;
  const tables = new Map([
    [equations.inputs, session.load(inputs, net.widths[0])],
    [equations.targets, session.load(targets, targets.length / rows)],
  ]);
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  let done = 0;

  /** Up to the end of the data, at most `most` steps; gives how many, and the sum of their costs. */
  const runSome = (most) => {
    const first = done % net.batches;
    const steps = Math.min(most, net.batches - first);
    const scalars = rest.rule.scalarsAt(
      { step: 0, scalars: {} },
      new Float64Array(steps).fill(net.learningRate),
    ).values;
    const start = first * net.batch;
    const at = { tables, order, start, batchSize: net.batch, steps, scalars, seed: 1, firstStep: done, watch: "cost" };
    const { total } = executable.runSteps(at);
    done += steps;
    return { steps, total };
  };
  return {
    run: (steps) => {
      let total = 0;
      for (let left = steps; left > 0;) {
        const part = runSome(left);
        left -= part.steps;
        total += part.total;
      }
      return total / steps;
    },
    layers: () =>
      equations.layers.map(({ parameters: { weights, biases } }) => ({
        weights: session.read(weights),
        biases: session.read(biases),
      })),
    close: () => session.close(),
  };
}
