// brain.js: `run` on typed arrays, a row a call: it knows no batches.
import { openBrain } from "../brain.mjs";

export function open({ net, layers, inputs, rows }) {
  const brain = openBrain(net, layers);
  // What it makes of a network that was trained; without it `run` looks for how its inputs are called.
  const [width, outputs] = [net.widths[0], net.widths.at(-1)];
  const given = Array.from({ length: rows }, (_, i) => inputs.slice(i * width, (i + 1) * width));
  const out = new Float32Array(rows * outputs);
  return {
    run: (times) => {
      for (let i = 0; i < times; i++) for (let r = 0; r < rows; r++) out.set(brain.run(given[r]), r * outputs);
    },
    answers: () => out,
  };
}
