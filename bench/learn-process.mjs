// A side in JavaScript that learns until it is right about a part of the validation images, and tells each epoch:
// node learn-process.mjs '{"module", "settings", "net", "file", "validation"}'. Backpass by `train`, the others by steps.
import { readFileSync } from "node:fs";
import { readTask } from "./nets.mjs";

const { net, file, module, settings, validation } = JSON.parse(process.argv[2]);
const { rows, wanted, mostEpochs } = validation;

const tell = (epoch, accuracy) => process.stdout.write(`${JSON.stringify({ epoch, accuracy })}\n`);
const task = readTask(net, file);
const bytes = readFileSync(validation.file);
const numbers = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const images = numbers.subarray(0, rows * net.widths[0]);
const labels = numbers.subarray(rows * net.widths[0]);

async function learnWithBackpass() {
  const { dataset, train } = await import("backpass");
  const { networkOf } = await import("./program.mjs");
  const dataOf = (inputs, targets) => dataset({ inputs: { values: inputs, columns: net.widths[0] }, targets });
  await train(networkOf(task), dataOf(task.inputs, task.targets), {
    ...settings,
    optimizer: net.optimizer,
    learningRate: net.learningRate,
    batchSize: net.batch,
    epochs: mostEpochs,
    shuffle: false,
    validation: dataOf(images, labels),
    onEpoch: (report) => {
      tell(report.epoch, report.validation.accuracy);
      return report.validation.accuracy >= wanted ? "stop" : undefined;
    },
  });
}

async function learnBySteps() {
  const { open } = await import(`./sides/${module}`);
  const side = await open(task, settings);
  for (let epoch = 1; epoch <= mostEpochs; epoch++) {
    await side.run(net.batches);
    const accuracy = await side.accuracy(images, labels);
    tell(epoch, accuracy);
    if (accuracy >= wanted) return;
  }
}

await (module === "backpass.mjs" ? learnWithBackpass() : learnBySteps());
process.exit(0);
