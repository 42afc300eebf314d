// Times the kernels of the wasm engine, each alone: `npm run build && node bench/kernels/kernels.mjs`.
// Prints the best of many short runs, so that other work on the machine disturbs least.
import { createMachine } from "../../dist/engine/wasm/machine.js";
import { parseFormula } from "../../dist/formula/index.js";
import { strideFor } from "../../dist/plan/layout.js";

const fixed = (size) => ({ size, variable: null });

/** Microseconds of one call. */
function best(call) {
  const warm = performance.now() + 60; // V8 has compiled its best code by then
  while (performance.now() < warm) call();
  const start = performance.now();
  let count = 0;
  do {
    call();
    count++;
  } while (performance.now() - start < 0.5);
  let least = Infinity;
  for (let round = 0; round < 150; round++) {
    const before = performance.now();
    for (let i = 0; i < count; i++) call();
    least = Math.min(least, (performance.now() - before) / count);
  }
  return least * 1000;
}

/** A matrix of numbers in −½ … ½. */
function matrix(machine, rows, columns) {
  const stride = strideFor(columns);
  const offset = machine.allocate(rows * stride);
  const floats = machine.floats();
  for (let i = 0; i < rows * stride; i++) floats[offset + i] = ((i * 0.618033988749895) % 1) - 0.5;
  return { offset, stride };
}

function time(machine, instruction) {
  const plan = machine.load({ instructions: [instruction], arenaFloats: 0 });
  return best(() => machine.run(plan, [], 0, 0));
}

const products = [
  [512, 512, 512, "NN"],
  [512, 512, 512, "NT"],
  [512, 512, 512, "TN"],
  [64, 128, 784, "NT"],
  [128, 784, 64, "TN"],
  [64, 128, 10, "NN"],
  [10, 30, 784, "NT"],
  [30, 784, 10, "TN"],
  [1, 30, 784, "NT"],
  [16, 8, 2, "NT"],
  [1, 1, 1, "NT"],
];
console.log("matrix product (rows × columns × depth)        us   GFLOP/s");
for (const [rows, columns, depth, layout] of products) {
  const machine = createMachine();
  const [isLeftTransposed, isRightTransposed] = [...layout].map((letter) => letter === "T");
  const microseconds = time(machine, {
    kind: "multiply",
    rows: fixed(rows),
    columns: fixed(columns),
    depth: fixed(depth),
    left: isLeftTransposed ? matrix(machine, depth, rows) : matrix(machine, rows, depth),
    isLeftTransposed,
    right: isRightTransposed ? matrix(machine, columns, depth) : matrix(machine, depth, columns),
    isRightTransposed,
    output: matrix(machine, rows, columns),
    bias: null,
  });
  const rate = (2 * rows * columns * depth) / microseconds / 1000;
  const name = `${layout} ${rows} × ${columns} × ${depth}`;
  console.log(name.padEnd(38), microseconds.toFixed(3).padStart(10), rate.toFixed(1).padStart(9));
}

const maps = ["p*q", "p - s*q", "p*(1-p)*q", "max(0, p)", "p > 0 ? q : 0", "p/q", "exp(p)", "log(p)", "tanh(p)"];
const width = 8192;
console.log("\nmap over 8192 numbers                    ns each");
for (const text of [...maps, "1/(1+e^(-p))", "sigmoid(p)", "erf(p)", "sin(p)", "p^q"]) {
  const machine = createMachine();
  const operand = (symbol, pattern) => ({ symbol, pattern, offset: matrix(machine, 1, width).offset });
  const microseconds = time(machine, {
    kind: "map",
    rows: fixed(1),
    width,
    operands: [operand("p", "full"), operand("q", "full"), operand("s", "scalar")],
    equations: [{ symbol: "out", formula: parseFormula(text), offset: matrix(machine, 1, width).offset }],
  });
  console.log(text.padEnd(38), ((microseconds * 1000) / width).toFixed(3).padStart(9));
}
