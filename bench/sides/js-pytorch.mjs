// js-pytorch on the CPU. Its tensors are nested arrays. It has Adam alone, so that plain gradient descent is a loop here.
import { torch } from "js-pytorch";

export function open(task) {
  const { net } = task;
  const { widths, batch } = net;
  const layers = task.layers.map(({ weights, biases }, i) => {
    const linear = new torch.nn.Linear(widths[i], biases.length);
    const rows = Array.from({ length: widths[i] }, (_, k) =>
      Array.from({ length: biases.length }, (_, j) => weights[j * widths[i] + k]),
    );
    // Its tensors are the nested arrays they hold.
    linear.W.data.splice(0, rows.length, ...rows);
    linear.b.data.splice(0, biases.length, ...biases);
    return linear;
  });
  const parameters = layers.flatMap(({ W, b }) => [W, b]);
  const nested = (values, k, width) =>
    Array.from({ length: batch }, (_, i) =>
      Array.from(values.subarray((k * batch + i) * width, (k * batch + i + 1) * width)),
    );
  const isClassifier = net.cost === "crossEntropy";
  const batches = Array.from({ length: net.batches }, (_, k) => ({
    x: torch.tensor(nested(task.inputs, k, widths[0])),
    t: torch.tensor(
      isClassifier
        ? Array.from(task.targets.subarray(k * batch, (k + 1) * batch))
        : nested(task.targets, k, widths.at(-1)),
    ),
  }));
  const optimizer =
    net.optimizer === "sgd"
      ? descent(parameters, net.learningRate)
      : new torch.optim.Adam(parameters, net.learningRate, 0);
  const relu = new torch.nn.ReLU();
  const sigmoid = (z) => torch.div(1, torch.add(torch.exp(z.neg()), 1));
  const crossEntropy = new torch.nn.CrossEntropyLoss();
  const squares = new torch.nn.MSELoss();
  const costOf = ({ x, t }) => {
    let z = x;
    layers.forEach((layer, i) => {
      z = layer.forward(i === 0 ? z : net.activation === "leakyRelu" ? relu.forward(z) : sigmoid(z));
    });
    if (isClassifier) return crossEntropy.forward(z, t);
    return squares.forward(sigmoid(z), t).mul(batch / 2); // its own divides by the batch twice
  };
  let done = 0;
  const runOne = () => {
    const cost = costOf(batches[done++ % net.batches]);
    cost.backward();
    optimizer.step();
    optimizer.zero_grad();
    return cost;
  };
  return {
    run: (steps) => {
      for (let i = 1; i < steps; i++) runOne();
      return [runOne().data].flat(Infinity)[0];
    },
    layers: () =>
      layers.map(({ W, b }) => ({
        weights: Float32Array.from(W.data[0].flatMap((_, j) => W.data.map((row) => row[j]))),
        biases: Float32Array.from(b.data),
      })),
  };
}

/** w ← w − η ∂C/∂w on its nested arrays. */
function descent(parameters, learningRate) {
  const descend = (values, gradients) => {
    for (let i = 0; i < values.length; i++) {
      if (typeof values[i] === "number") values[i] -= learningRate * gradients[i];
      else descend(values[i], gradients[i]);
    }
  };
  return {
    step: () => parameters.forEach((parameter) => descend(parameter.data, parameter.grad)),
    zero_grad: () => parameters.forEach((parameter) => parameter.zero_grad()),
  };
}
