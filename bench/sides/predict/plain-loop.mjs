// What one writes without a library: three loops over typed arrays that are there already.

const activations = { relu: (z) => (z > 0 ? z : 0), sigmoid: (z) => 1 / (1 + Math.exp(-z)), softmax: (z) => z };

export function open({ net, layers, inputs, rows }) {
  const { widths, activation, output } = net;
  const values = widths.slice(1).map((width) => new Float32Array(width));
  const out = new Float32Array(rows * widths.at(-1));
  const last = layers.length - 1;
  const hidden = activations[activation];
  const final = activations[output];
  const row = (r) => {
    let [received, from] = [inputs, r * widths[0]];
    for (let l = 0; l <= last; l++) {
      const { weights, biases } = layers[l];
      const [a, columns] = [values[l], widths[l]];
      for (let j = 0; j < a.length; j++) {
        let z = biases[j];
        for (let k = 0; k < columns; k++) z += weights[j * columns + k] * received[from + k];
        a[j] = l < last ? hidden(z) : final(z);
      }
      [received, from] = [a, 0];
    }
    if (output === "softmax") toProbabilities(received);
    out.set(received, r * received.length);
  };
  return {
    run: (times) => {
      for (let i = 0; i < times; i++) for (let r = 0; r < rows; r++) row(r);
    },
    answers: () => out,
  };
}

function toProbabilities(z) {
  let largest = -Infinity;
  for (let j = 0; j < z.length; j++) if (z[j] > largest) largest = z[j];
  let sum = 0;
  for (let j = 0; j < z.length; j++) sum += z[j] = Math.exp(z[j] - largest);
  for (let j = 0; j < z.length; j++) z[j] /= sum;
}
