// A training that is interrupted, goes on from its state, and is rewound.
import { dense, network, train, weightsHash } from "backpass";
import { circles } from "backpass/data";

const data = circles({ examples: 300, noise: 0.05 });
const made = () =>
  network(2, [dense(16, "tanh", { dropout: 0.1 }), dense(2, "softmax")], { cost: "crossEntropy", seed: 1 });
/** @type {import("backpass").TrainingOptions} */
const options = { epochs: 10, optimizer: "adam", schedule: "cosine", validation: 0.2, patience: 8 };

const whole = await train(made(), data, options);

// Interrupted after 5 of the 10 epochs. The state is plain data: it can be copied, kept, or sent to another thread.
/** @type {import("backpass").TrainingState[]} */
const states = [];
await train(made(), data, {
  ...options,
  onEpoch: async ({ epoch }, moment) => {
    states.push(structuredClone(await moment.state()));
    return epoch === 5 ? "stop" : undefined;
  },
});

const net = made();
const resumed = await train(net, data, { ...options, from: states[4] });
console.log(`5 + 5 epochs are 10: ${resumed.weightsHash === whole.weightsHash}`);

// Back to the end of epoch 3, and forward again.
const rewound = await train(net, data, { ...options, from: states[2] });
console.log(`epoch ${states[2]?.epoch} to 10: ${rewound.weightsHash === whole.weightsHash}`);
console.log(`the network has these weights: ${weightsHash(net) === whole.weightsHash}`);

// Another seed would hold other rows back: what the first half has learned from.
await train(made(), data, { ...options, seed: 2, from: states[4] }).catch((error) => console.log(error.message));
