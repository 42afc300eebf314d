// A CSV file with words and missing values: read it, train, keep the model in one file, use that file.
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dense, network, train } from "backpass";
import { prepare, readCsv } from "backpass/data";
import { loadModel, modelFor, predictWith, saveModel } from "backpass/model";

// Text, bytes, a stream, or a browser's File.
let csv = "weight,color,form,fruit\n";
for (let i = 0; i < 120; i++) {
  const isApple = i % 2 === 0;
  const weight = i % 9 === 0 ? "" : 140 + (i % 7) * 10 + (isApple ? 30 : 0);
  csv += `${weight},${isApple && i % 3 > 0 ? "red" : "yellow"},${isApple ? "round" : "long"},${isApple ? "apple" : "banana"}\n`;
}
const table = await readCsv(csv);

// Numbers standardized, words made inputs of 0 and 1, a part held back; all of it is remembered for later rows.
const { preprocessing, training, validation, baseline, notes } = prepare(table, { target: "fruit", seed: 1 });
console.log(notes.join("\n"));
const layers = [dense(16, "relu"), dense(training.outputWidth, "softmax")];
const net = network(training.inputWidth, layers, { cost: "crossEntropy", seed: 1 });
const result = await train(net, training, {
  epochs: 40,
  optimizer: "adam",
  learningRate: 0.01,
  validation: validation ?? training,
});
console.log(`accuracy ${result.validation?.accuracy}, baseline ${baseline.value}`);

// One safetensors file, with the network and the preprocessing as JSON in its header.
const path = join(tmpdir(), "fruit.safetensors");
writeFileSync(path, saveModel(modelFor(net, preprocessing)));
const model = loadModel(readFileSync(path));
const answers = predictWith(
  model,
  await readCsv("form,color,weight\nround,red,170\nlong,,150\n", { like: preprocessing }),
);
if (answers.task === "classification") console.log(answers.classes.join(", "));
