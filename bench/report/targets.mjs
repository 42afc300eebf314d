// The speeds that this project wants to have, judged by the results.
import { BLAS, fastestOf, PYTORCH, ratio, startUpTime, stepTime } from "./lookup.mjs";

/** `side` on `net` is to be `times` as fast as the fastest of `than`; `text` is in words who they are. */
const faster = (net, side, times, than, text) => ({
  text: `${net}: ${text}`,
  wanted: times,
  got: (results, replace) =>
    ratio(stepTime(results, net, ...than.map(replace)), stepTime(results, net, ...[side].flat().map(replace))),
});

const large = "1024-4096-4096-1000 b256";
const middle = "784-512-512-10 b128";
const mnist = "784-128-10 b64";

const targets = [
  ...["1-1-1 b1", "2-8-2 b16"].flatMap((net) => [
    faster(net, "wasm-1", 1, ["fann"], "wasm to FANN"),
    faster(net, "wasm-1", 100, PYTORCH, "wasm to PyTorch"),
    faster(net, "wasm-1", 100, ["jax-js"], "wasm to jax-js"),
  ]),
  faster("784-30-10 b10", "wasm-1", 2.5, PYTORCH, "wasm to PyTorch"),
  faster(mnist, "wasm-1", 2.2, ["jax-js"], "wasm to jax-js"),
  faster(mnist, "wasm-2", 3.7, ["jax-js"], "wasm with 2 threads to jax-js"),
  faster(mnist, BLAS, 1.9, PYTORCH, "blas to PyTorch"),
  faster(middle, "wasm-2", 1.85, ["wasm-1"], "wasm with 2 threads to one"),
  faster(middle, "blas-1", 1.3, ["pytorch-1"], "blas to PyTorch, 1 thread both"),
  faster(middle, "blas-2", 1.9, ["pytorch-1"], "blas with 2 threads to PyTorch with 1"),
  faster(large, "blas-1", 0.85, ["openblas-1"], "blas to its bare products"),
  faster(large, "blas-2", 0.85, ["openblas-2"], "blas with 2 threads to its bare products"),
  faster(large, "wasm-1", 0.85, ["micro-kernel"], "wasm to the best rate of its kernel"),
];

/** The side of the engine `fast` that stands for one of `wasm`. */
const fastFor = (side) => (side === "micro-kernel" ? "micro-kernel-fast" : side.replace(/^wasm-/, "fast-"));

/** Every target: `text`, `wanted`, `got`, `fast` (the same with the engine `fast`), `unit`; got is null where not measured. */
export function judged(results) {
  const judgedSteps = targets.map(({ text, wanted, got }) => {
    const plain = got(results, (side) => side);
    const fast = text.includes("wasm") ? got(results, fastFor) : null;
    return {
      text,
      wanted,
      got: plain,
      fast,
      unit: "×",
      isReached: reached(plain, wanted),
    };
  });
  return [...judgedSteps, ...againstJavaScript(results), startUp(results)];
}

const reached = (got, wanted) => (got === null ? null : got >= wanted);

/** Wasm alone before every peer in JavaScript, on every net. */
function againstJavaScript(results) {
  return results.nets.map(({ name }) => {
    const fastest = fastestOf(results, name, "javascript");
    const to = (side) => ratio(fastest?.microseconds ?? null, stepTime(results, name, side));
    const got = to("wasm-1");
    const peer = fastest === null ? "" : ` (${fastest.label})`;
    const text = `${name}: wasm to the fastest peer in JavaScript${peer}`;
    return { text, wanted: 1, got, fast: to("fast-1"), unit: "×", isReached: reached(got, 1) };
  });
}

const MOST_START_UP_MS = 40;

function startUp(results) {
  const [whole, node] = [startUpTime(results, "wasm-1"), startUpTime(results, "node")];
  const got = whole === null || node === null ? null : whole - node;
  const text = "start-up to the end of the first step, less Node's own start, at most";
  return {
    text,
    wanted: MOST_START_UP_MS,
    got,
    fast: null,
    unit: " ms",
    isReached: got === null ? null : got <= MOST_START_UP_MS,
  };
}
