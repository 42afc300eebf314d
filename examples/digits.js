// Handwritten digits: train, measure, look at one answer and at a derivative behind it.
import { dense, gradient, network, predict, train } from "backpass";
import { digits } from "backpass/digits";

const data = await digits();
const net = network(64, [dense(64, "relu"), dense(10, "softmax")], { cost: "crossEntropy", seed: 1 });

const result = await train(net, data, {
  epochs: 15,
  optimizer: "adam",
  learningRate: 0.003,
  validation: 0.2,
  onEpoch: ({ epoch, cost, validation }) => {
    if (epoch % 5 === 0) console.log(`epoch ${epoch}: cost ${cost.toFixed(3)}, accuracy ${validation?.accuracy}`);
  },
});
console.log(`validation accuracy ${result.validation?.accuracy}`);

// The first image: which digit, how sure, and how the cost changes with the biases of the last layer.
const image = Array.from(data.inputs.subarray(0, 64));
const label = data.targets[0] ?? 0;
const [probabilities = []] = predict(net, [image]);
console.log(`a ${label}, taken for it with probability ${probabilities[label]?.toFixed(3)}`);
const { layers } = gradient(net, [image], [label]);
console.log(`dC/db of the last layer: ${layers[1]?.db?.map((value) => value.toFixed(4)).join(" ")}`);
