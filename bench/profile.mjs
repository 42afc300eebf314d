// Whether `backpass profile` measures products at their own rate, whatever else the step does: node bench/profile.mjs.
// The same products are measured within steps of several rules and activations; a rate that falls to a third of another
// would mean that they were measured on other numbers (denormal ones, for one). Build first.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../dist/bundle/main.js", import.meta.url));
const rates = new Map();
for (const widths of ["784-128-10"]) {
  for (const activation of ["relu", "sigmoid"]) {
    for (const optimizer of ["sgd", "adam"]) {
      const words = [program, "profile", widths, "--activation", activation, "--optimizer", optimizer, "--json"];
      const { instructions } = JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8" }));
      for (const { instruction, gigaflops } of instructions) {
        if (gigaflops === null) continue;
        // With sgd a product takes itself from the weights, which is another instruction.
        rates.set(instruction, [...(rates.get(instruction) ?? []), gigaflops]);
      }
    }
  }
}
let worst = 1;
for (const [instruction, found] of rates) {
  const [least, most] = [Math.min(...found), Math.max(...found)];
  worst = Math.max(worst, most / least);
  console.log(`${instruction.padEnd(44)} ${least.toFixed(1).padStart(6)} to ${most.toFixed(1).padStart(6)} GFLOP/s`);
}
console.log(`largest ratio of two rates of one product: ${worst.toFixed(2)}${worst > 3 ? ", more than 3" : ""}`);
