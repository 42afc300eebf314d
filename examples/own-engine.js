// An engine of your own: one that answers with promises, as one on another machine would. Run with: node examples/own-engine.js
import { dataset, dense, network, predictAsync, train } from "backpass";
import { engineFrom } from "backpass/engine";

/** @import { AsynchronousEngine, AsynchronousExecutable, Executable, Session } from "backpass/engine" */

let calls = 0;
/** @template T @param {() => T} compute @returns {Promise<T>} */
const later = (compute) => new Promise((resolve) => void setImmediate(() => resolve((calls++, compute()))));

/** @param {Executable} local @returns {AsynchronousExecutable} */
const executable = (local) => ({
  run: (options) => later(() => local.run(options)),
  runSteps: (options) => later(() => local.runSteps(options)),
  output: (name) => later(() => local.output(name)),
});

/** @type {(local: Session) => Awaited<ReturnType<AsynchronousEngine["open"]>>} */
const session = (local) => ({
  write: (variable, values) => later(() => local.write(variable, values)),
  read: (variable) => later(() => local.read(variable)),
  snapshot: () => later(() => local.snapshot()),
  restore: (snapshot) => later(() => local.restore(snapshot)),
  load: (values, columns) => later(() => local.load(values, columns)),
  refill: (table, values, firstRow) => later(() => local.refill(table, values, firstRow)),
  prepare: (program) => later(() => executable(local.prepare(program))),
  close: () => later(() => local.close()),
});

const wasm = engineFrom("wasm");
/** @type {AsynchronousEngine} */
const far = { ...wasm, name: "far", isSynchronous: false, open: (options) => later(() => session(wasm.open(options))) };

const data = dataset({ inputs: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [0, 1, 1, 0] }); // prettier-ignore
const nets = [far, "wasm"].map(() => network(2, [dense(8, "tanh"), dense(2, "softmax")], { cost: "crossEntropy" }));
const options = { epochs: 100, optimizer: /** @type {const} */ ("adam"), learningRate: 0.05 };
const [one, other] = [await train(nets[0], data, { ...options, engine: far }), await train(nets[1], data, options)];
console.log(`calls ${calls}, the same weights: ${one.weightsHash === other.weightsHash}`);
console.log("0 xor 1:", (await predictAsync(nets[0], [[0, 1]], { engine: far }))[0]);
