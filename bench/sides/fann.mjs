// FANN, a library in C, by fann.c, which is compiled on the first use.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../nets.mjs";

const source = fileURLToPath(new URL("fann.c", import.meta.url));
const program = `${cacheFolder}fann`;

let answer;
function compiled() {
  if (answer === undefined) {
    mkdirSync(cacheFolder, { recursive: true });
    const words = ["-O3", "-march=native", "-o", program, source, "-lfloatfann", "-lm"];
    answer = spawnSync("gcc", words, { encoding: "utf8" });
  }
  return answer.status === 0;
}

export const sides = [
  {
    name: "fann",
    label: "FANN",
    kind: "native",
    settings: {},
    mostGflop: 1,
    computes: (net) =>
      net.optimizer === "adam"
        ? null
        : {
            net: { ...net, activation: "sigmoid", output: "sigmoid", cost: "quadratic" },
            note: net.cost === "quadratic" ? null : "sigmoid and quadratic cost, it has neither ReLU nor softmax",
          },
    command: ({ net, file }) => [program, [file, net.batch, net.batches, net.learningRate, ...net.widths].map(String)],
    missing: () => (compiled() ? null : "needs FANN and a C compiler: apt-get install libfann-dev gcc"),
  },
];
