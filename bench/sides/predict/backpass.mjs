// Backpass's `predictor` into arrays of its caller; or `predict`, as one calls it in passing, with arrays of arrays.
import { predict, predictor } from "backpass";
import { networkOf } from "../../program.mjs";

export function open({ inputs, rows, ...task }, { engine, call }) {
  const net = networkOf(task);
  const width = net.inputs;
  const out = new Float32Array(rows * net.outputs);
  if (call === "predictor") {
    const prepared = predictor(net, { engine });
    return {
      run: (times) => {
        for (let i = 0; i < times; i++) prepared.predict(inputs, out);
      },
      answers: () => out,
    };
  }
  const asArrays = Array.from({ length: rows }, (_, i) => [...inputs.subarray(i * width, (i + 1) * width)]);
  let answers;
  return {
    run: (times) => {
      for (let i = 0; i < times; i++) answers = predict(net, asArrays, { engine });
    },
    answers: () => Float32Array.from(answers.flat()),
  };
}
