// What every side predicts: nets with first weights, a single row and as many as fill a batch.
const hidden = { activation: "relu", batches: 1, optimizer: "sgd", learningRate: 0.01 };
const classes = { ...hidden, output: "softmax", cost: "crossEntropy" };
const one = { ...hidden, output: "sigmoid", cost: "quadratic" };

const net = (name, settings) => ({ name, widths: name.split("-").map(Number), batch: 256, ...settings });

/** Nets by their widths, smallest first. */
export const predictedNets = [net("2-8-2", classes), net("30-64-32-1", one), net("784-128-10", classes)];

/** Rows of a call. */
export const rowCounts = [1, 256];
