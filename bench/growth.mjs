// How the time of a step grows with the width, the batch, the depth, and of an epoch with the rows; and what threads give.
import { availableParallelism } from "node:os";
import { nets } from "./nets.mjs";
import { openProgram } from "./program.mjs";
import { growthExponent, quantile } from "./measure/statistics.mjs";

const base = nets.find(({ name }) => name.startsWith("784-512-512-10"));
const net = (widths, batch, batches = 4) => ({ ...base, widths, batch, batches });
const powers = (from, to) => Array.from({ length: Math.log2(to / from) + 1 }, (_, i) => from * 2 ** i);

/** What is varied; `repeats`: how many steps a measured unit is. */
const dimensions = [
  { name: "width", of: "256-n-n-10, 64 examples", values: powers(32, 1024), net: (n) => net([256, n, n, 10], 64) },
  { name: "batch", of: "256-256-10, n examples", values: powers(1, 512), net: (n) => net([256, 256, 10], n) },
  {
    name: "depth",
    of: "128-(n times 128)-10, 64 examples",
    values: powers(1, 16),
    net: (n) => net([128, ...Array.from({ length: n }, () => 128), 10], 64),
  },
  {
    name: "rows",
    of: "an epoch of n rows, 64-32-10, 32 a step",
    values: powers(1024, 65536),
    net: (n) => net([64, 32, 10], 32, n / 32),
    repeats: (n) => n / 32,
  },
];

/** One entry for each engine and dimension: `points` of `{ x, y }`, y in microseconds, and the `exponent` of x in y. */
export function growthOf(engines, { rounds, seconds, log }) {
  const grown = engines.flatMap((engine) =>
    dimensions.map(({ name, of, values, net, repeats }) => {
      log(`growth: ${engine}, ${name}`);
      const points = values.map((n) => ({
        x: n,
        y: microsecondsOf(net(n), { engine }, { rounds, seconds }) * (repeats?.(n) ?? 1),
      }));
      return { engine, dimension: name, of, points, exponent: growthExponent(points) };
    }),
  );
  return engines.includes("wasm") ? [...grown, threads({ rounds, seconds, log })] : grown;
}

function threads({ rounds, seconds, log }) {
  log("growth: wasm, threads");
  const counts = Array.from({ length: Math.min(8, availableParallelism()) }, (_, i) => i + 1);
  const points = counts.map((threads) => ({
    x: threads,
    y: microsecondsOf(base, { engine: "wasm", threads }, { rounds, seconds }),
  }));
  const exponent = points.length > 1 ? growthExponent(points) : null;
  return { engine: "wasm", dimension: "threads", of: `${base.name}, n threads`, points, exponent };
}

/** Numbers without meaning: only the time is looked at. */
function taskOf(net) {
  const numbers = (count) => Float32Array.from({ length: count }, (_, i) => ((i * 0.618033988749895) % 1) - 0.5);
  const rows = net.batch * net.batches;
  return {
    net,
    layers: net.widths.slice(1).map((units, i) => ({
      weights: numbers(units * net.widths[i]).map((value) => value / Math.sqrt(net.widths[i])),
      biases: numbers(units),
    })),
    inputs: numbers(rows * net.widths[0]),
    targets: Float32Array.from({ length: rows }, (_, i) => (i * 7) % net.widths.at(-1)),
  };
}

/** Median of some windows, after a warm-up as long as one. */
function microsecondsOf(net, settings, { rounds, seconds }) {
  const side = openProgram(taskOf(net), settings);
  const window = () => {
    const from = performance.now();
    for (let steps = net.batches; ; steps += net.batches) {
      side.run(net.batches);
      const elapsed = performance.now() - from;
      if (elapsed >= seconds * 1000) return (elapsed * 1000) / steps;
    }
  };
  window();
  const times = Array.from({ length: rounds }, window);
  side.close();
  return quantile(times, 0.5);
}
