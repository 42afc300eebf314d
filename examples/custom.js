// An activation, a cost and an update rule of your own, each one formula; derivatives and stable forms follow from it.
import { activation, cost, dense, gradientCheck, network, train, updateRule } from "backpass";
import { spirals } from "backpass/data";

const swish2 = activation("swish2", "z/(1 + e^(-2z))");
// Cross-entropy that cares less for examples that are almost right.
const focal = cost("focal", "-t*(1 - a)^g*log(a)", { parameters: { g: 2 } });
const heavyBall = updateRule("heavyBall", {
  settings: { beta: 0.9 },
  state: { v: "beta*v + g" },
  update: "w - eta*v",
  learningRate: 0.05,
});

const net = network(2, [dense(32, swish2), dense(32, swish2), dense(3, "softmax")], { cost: focal, seed: 1 });

// Backpropagation through these formulas against differences of the cost, on the engine that trains.
const inputs = [
  [0.5, -1],
  [-0.2, 0.3],
];
const check = gradientCheck(net, inputs, [0, 2]);
console.log(`gradients agree: ${check.passed} (worst ${check.worst.toExponential(1)}, bound ${check.bound})`);

const result = await train(net, spirals(), { epochs: 300, batchSize: 16, optimizer: heavyBall, validation: 0.2 });
console.log(`cost ${result.train.cost.toFixed(4)}, validation accuracy ${result.validation?.accuracy}`);
