// Two limits, which no step can beat: its bare matrix products in OpenBLAS, and at the best rate of the wasm engine's own
// product. Neither trains.
import { createRequire } from "node:module";
import { flopsOf, productsOf } from "../nets.mjs";

const koffi = () => createRequire(import.meta.url)("koffi");
const libraries = {
  linux: "libopenblas.so.0",
  win32: "libopenblas.dll",
  darwin: "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
};

let reason;
function whyWithoutOpenBlas() {
  try {
    reason ??= koffi().load(libraries[process.platform] ?? "libopenblas.so") && null;
  } catch {
    reason = "needs koffi (npm) and OpenBLAS: apt-get install libopenblas0-pthread";
  }
  return reason;
}

const products = (threads) => ({
  name: `openblas-${threads}`,
  label: threads === 1 ? "limit: bare products, OpenBLAS" : `limit: bare products, OpenBLAS, ${threads} threads`,
  kind: "limit",
  module: "limits.mjs",
  settings: { limit: "openblas", threads },
  environment: { OPENBLAS_NUM_THREADS: String(threads) },
  missing: whyWithoutOpenBlas,
});

const kernel = (name, engine, isFast) => ({
  name,
  label: `limit: products at the best rate of ${engine}`,
  kind: "limit",
  module: "limits.mjs",
  settings: { limit: "micro-kernel", isFast },
  missing: () => null,
});

export const sides = [
  products(1),
  products(2),
  kernel("micro-kernel", "wasm", false),
  kernel("micro-kernel-fast", "fast", true),
];

export const open = ({ net }, { limit, isFast }) => (limit === "openblas" ? openBlas(net) : microKernel(net, isFast));

const ROW_MAJOR = 101;
const PLAIN = 111;
const TRANSPOSED = 112;

/** All products of a step, each on matrices of its own, as they would lie in memory. */
function openBlas(net) {
  const ints = (count) => Array.from({ length: count }, () => "int");
  const sgemm = koffi()
    .load(libraries[process.platform] ?? "libopenblas.so")
    .func("cblas_sgemm", "void", [...ints(6), "float", "void *", "int", "void *", "int", "float", "void *", "int"]);
  const calls = productsOf(net).map(({ rows, columns, depth, layout }) => {
    const [isLeftTransposed, isRightTransposed] = [...layout].map((letter) => letter === "T");
    const left = koffi().address(numbers(rows * depth));
    const right = koffi().address(numbers(depth * columns));
    const output = koffi().address(numbers(rows * columns));
    const transposes = [isLeftTransposed ? TRANSPOSED : PLAIN, isRightTransposed ? TRANSPOSED : PLAIN];
    const strides = [isLeftTransposed ? rows : depth, isRightTransposed ? depth : columns];
    const sizes = [rows, columns, depth];
    return [ROW_MAJOR, ...transposes, ...sizes, 1, left, strides[0], right, strides[1], 0, output, columns];
  });
  return {
    run: (steps) => {
      for (let step = 0; step < steps; step++) for (const call of calls) sgemm(...call);
      return null;
    },
    layers: () => [],
  };
}

/** Kept from the garbage collector, since the library is given addresses. */
const kept = [];
function numbers(count) {
  const values = Float32Array.from({ length: count }, (_, i) => ((i * 0.618033988749895) % 1) - 0.5);
  kept.push(values);
  return values;
}

/** Rows, columns and depth of a product whose matrices stay in the first two caches. */
const [ROWS, COLUMNS, DEPTH] = [96, 96, 256];

/** The product instruction of the wasm engine alone. */
async function microKernel(net, isFast) {
  const { createMachine } = await import("../../dist/engine/wasm/machine.js");
  const { strideFor } = await import("../../dist/plan/layout.js");
  const machine = createMachine({ isFast });
  const fixed = (size) => ({ size, variable: null });
  const matrix = (rows, columns) => {
    const stride = strideFor(columns);
    const offset = machine.allocate(rows * stride);
    machine.floats().set(numbers(rows * stride), offset);
    return { offset, stride };
  };
  const product = {
    kind: "multiply",
    rows: fixed(ROWS),
    columns: fixed(COLUMNS),
    depth: fixed(DEPTH),
    left: matrix(ROWS, DEPTH),
    isLeftTransposed: false,
    right: matrix(DEPTH, COLUMNS),
    isRightTransposed: false,
    output: matrix(ROWS, COLUMNS),
    bias: null,
  };
  const plan = machine.load({ instructions: [product], arenaFloats: 0 });
  return {
    /** One run is this part of the net's products. */
    stepsPerRun: (2 * ROWS * COLUMNS * DEPTH) / flopsOf(net),
    run: (runs) => {
      for (let i = 0; i < runs; i++) machine.run(plan, [], 0, 0);
      return null;
    },
    layers: () => [],
  };
}
