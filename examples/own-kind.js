// A layer kind of your own: radial neurons, z_j = -Σ_k ((a_k - c_jk) / width)^2, each with a center. Run with:
// node examples/own-kind.js
import { activation, dense, gradientCheck, layerKind, network, parameter, predict, train } from "backpass";
import { circles } from "backpass/data";
import { map, reduce } from "backpass/graph";
import { loadModel, saveModel } from "backpass/model";

const radial = layerKind({
  name: "radial",
  defaults: { width: 0.5 },
  parameters: ({ units, inputs }) => [
    { name: "centers", symbol: "c", axes: [units, inputs], initializer: { name: "uniform", range: 1 } },
  ],
  equations: ({ received: a, parameters: { centers: c }, settings: { width } }) => {
    if (c === undefined) throw new Error("a radial layer has centers");
    const distance = map(`-((a - c) / ${width})^2`, { a, c });
    return reduce("sum", distance, [...a.axes.slice(0, 1), ...c.axes.slice(0, 1)]);
  },
});

const bell = activation("bell", "e^z");
const layers = [radial({ units: 12, activation: bell }), dense(1, "sigmoid")];
const net = network(2, layers, { cost: "binaryCrossEntropy", seed: 3 });

// Its derivative is found from the equation, and compared with differences.
console.log("gradients agree:", gradientCheck(net, [[0.3, -0.8]], [[1]]).passed);

const data = circles({ examples: 400, seed: 1 });
const result = await train(net, data, { epochs: 60, optimizer: "adam", learningRate: 0.05, validation: 0.2 });
console.log("validation accuracy", result.validation?.accuracy);

const saved = saveModel({ network: net, task: "classification", preprocessing: null, classes: null, summary: null });
const { network: loaded } = loadModel(saved, { kinds: [radial] });
console.log("centers", parameter(loaded, 1, "centers").shape, "the same answer:");
console.log(predict(loaded, [[0.1, 0.2]])[0]?.[0] === predict(net, [[0.1, 0.2]])[0]?.[0]);
