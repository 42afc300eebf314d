// Amounts instead of classes: the course of diabetes, beside the best that a constant could do.
import { dense, network, train } from "backpass";
import { bundled, prepare } from "backpass/data";
import { modelFor, predictWith } from "backpass/model";

const table = await bundled("diabetes");
const { preprocessing, training, validation, baseline } = prepare(table, { seed: 1 });
const net = network(training.inputWidth, [dense(64, "relu", { dropout: 0.2 }), dense(1)], {
  cost: "meanSquaredError",
  seed: 1,
  regularization: { l2: 0.001 },
});

// Ends when 20 epochs brought nothing new, with the weights of the best.
const result = await train(net, training, {
  epochs: 200,
  batchSize: 16,
  optimizer: "adam",
  learningRate: 0.003,
  schedule: "cosine",
  patience: 20,
  validation,
});
console.log(`best epoch ${result.bestEpoch} of ${result.epochs}`);
console.log(`R² ${result.validation?.r2?.toFixed(3)}, baseline ${baseline.value.toFixed(3)}`);

// Answers come in the units of the target.
const answers = predictWith(modelFor(net, preprocessing), table);
if (answers.task === "regression") console.log(answers.values.slice(0, 3).map(([value]) => value?.toFixed(0)));
