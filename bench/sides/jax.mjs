// jax-js on its wasm backend. The whole step is one jit, as its documents advise; batches are arrays made beforehand.
// Its wasm threads need a global `Worker`, which Node does not have, so it computes on one.
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { targetRows } from "../nets.mjs";

export async function open(task) {
  await init("wasm");
  defaultDevice("wasm");
  const { net } = task;
  const { widths, batch } = net;
  const array = (values, shape) => np.array(Float32Array.from(values)).reshape(shape);
  let parameters = task.layers.map(({ weights, biases }, i) => ({
    w: array(transposed(weights, widths[i]), [widths[i], biases.length]),
    b: array(biases, [biases.length]),
  }));
  const rowsOf = (values, k, width) =>
    array(values.subarray(k * batch * width, (k + 1) * batch * width), [batch, width]);
  const targets = targetRows(task);
  const batches = Array.from({ length: net.batches }, (_, k) => ({
    x: rowsOf(task.inputs, k, widths[0]),
    t: rowsOf(targets, k, widths.at(-1)),
  }));
  const optimizer = net.optimizer === "adam" ? adam(net.learningRate) : sgd(net.learningRate);
  let state = optimizer.first(parameters);
  const cost = costFunction(net);
  const step = jit((parameters, state, x, t) => {
    const [value, gradients] = valueAndGrad(cost)(tree.ref(parameters), x, t);
    return [value, ...optimizer.update(parameters, gradients, state)];
  });
  let done = 0;
  const runOne = () => {
    const { x, t } = batches[done++ % net.batches];
    const [value, newParameters, newState] = step(parameters, state, x.ref, t.ref);
    parameters = newParameters;
    state = newState;
    return value;
  };
  return {
    run: async (steps) => {
      // Waited for after each step: with a hundred of them queued up, a step took four times as long.
      for (let i = 1; i < steps; i++) {
        runOne().dispose();
        await blockUntilReady(parameters);
      }
      const value = runOne();
      await blockUntilReady(parameters);
      const [last] = await value.data();
      return last;
    },
    layers: async () =>
      Promise.all(
        parameters.map(async ({ w, b }) => ({
          weights: transposed(await w.ref.data(), b.shape[0]),
          biases: await b.ref.data(),
        })),
      ),
    accuracy: async (inputs, labels) => {
      const x = array(inputs, [labels.length, widths[0]]);
      const classes = await np.argmax(outputOf(net, tree.ref(parameters), x), 1).data();
      return classes.reduce((sum, value, i) => sum + (value === labels[i] ? 1 : 0), 0) / labels.length;
    },
  };
}

/** The last layer's weighted input. */
function outputOf({ activation }, parameters, x) {
  const hidden = activation === "relu" ? nn.relu : nn.sigmoid;
  return parameters.reduce((a, { w, b }, i) => np.matmul(i === 0 ? a : hidden(a), w).add(b), x);
}

/** C of a batch, as a function of parameters, inputs and target rows. It owns its arguments, as functions of jax-js do. */
function costFunction(net) {
  const { cost, batch } = net;
  return (parameters, x, t) => {
    const z = outputOf(net, parameters, x);
    if (cost === "crossEntropy")
      return nn
        .logSoftmax(z)
        .mul(t)
        .sum()
        .mul(-1 / batch);
    return np
      .square(nn.sigmoid(z).sub(t))
      .sum()
      .mul(0.5 / batch);
  };
}

function sgd(learningRate) {
  return {
    first: () => ({}),
    update: (parameters, gradients, state) => [
      tree.map((p, g) => p.sub(g.mul(learningRate)), parameters, gradients),
      state,
    ],
  };
}

/** Kingma and Ba's rule; the powers of β are kept as arrays, so that the whole step stays inside the jit. */
function adam(learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8) {
  return {
    first: (parameters) => ({
      m: tree.map((p) => np.zerosLike(p.ref), parameters),
      v: tree.map((p) => np.zerosLike(p.ref), parameters),
      power1: np.array([1]),
      power2: np.array([1]),
    }),
    update: (parameters, gradients, state) => {
      const m = tree.map((m, g) => m.mul(beta1).add(g.mul(1 - beta1)), state.m, tree.ref(gradients));
      const v = tree.map((v, g) => v.mul(beta2).add(np.square(g).mul(1 - beta2)), state.v, gradients);
      const power1 = state.power1.mul(beta1);
      const power2 = state.power2.mul(beta2);
      const rate = np.array(learningRate).div(np.subtract(1, power1.ref));
      const scale = np.sqrt(np.subtract(1, power2.ref));
      const updated = tree.map(
        (p, m, v) => p.sub(m.mul(rate.ref).div(np.sqrt(v).div(scale.ref).add(epsilon))),
        parameters,
        tree.ref(m),
        tree.ref(v),
      );
      rate.dispose();
      scale.dispose();
      return [updated, { m, v, power1, power2 }];
    },
  };
}

/** The transpose of a matrix with that many columns. */
function transposed(values, columns) {
  const rows = values.length / columns;
  const result = new Float32Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j];
  return result;
}
