// A training loop of your own: batches as you like, a learning rate by hand, an end when it is good enough.
import { dense, evaluate, network, predict, trainer } from "backpass";
import { circles } from "backpass/data";

const data = circles({ examples: 400, noise: 0.05 });
const net = network(2, [dense(16, "tanh"), dense(2, "softmax")], { cost: "crossEntropy", seed: 1 });
const training = trainer(net, { optimizer: "momentum", clip: { norm: 5 } });
console.log(`before: accuracy ${evaluate(net, data).accuracy}`);

const rows = Array.from({ length: data.examples }, (_, i) => ({
  point: [data.inputs[2 * i] ?? 0, data.inputs[2 * i + 1] ?? 0],
  label: data.targets[i] ?? 0,
}));

for (let pass = 1; pass <= 200; pass++) {
  for (let start = 0; start < rows.length; start += 20) {
    const batch = rows.slice(start, start + 20);
    training.step(
      batch.map(({ point }) => point),
      batch.map(({ label }) => label),
    );
  }
  const { accuracy = 0, cost } = evaluate(net, data);
  if (pass % 10 === 0) console.log(`pass ${pass}: cost ${cost.toFixed(4)}, accuracy ${accuracy}`);
  if (accuracy === 1) break;
}
console.log(`${training.steps} steps; the center is inside: ${predict(net, [[0, 0]])[0]?.[1]?.toFixed(3)}`);
