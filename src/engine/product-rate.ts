import { contract, axis, variable } from "../graph/build.ts";
import type { Node } from "../graph/node.ts";
import type { Executable, SynchronousEngine } from "./engine.ts";

/** Products in one run, so that what a run costs by itself weighs little. */
const CHAIN = 8;

/** A sample lasts at least this long: a thousand times the clock's resolution of about 1 µs. */
const SAMPLE_MS = 1;

/** How fast an engine multiplies: products of two `size` × `size` matrices, in a chain, nothing but these. */
export interface ProductRate {
  readonly size: number;
  /** Median; 2 · size³ operations a product. */
  readonly gigaflops: number;
}

/** Measures for about `milliseconds`, warm-up included, and at least three runs. */
export function productRate(engine: SynchronousEngine, size: number, milliseconds: number): ProductRate {
  const executable = productChain(engine, size);
  const run = (): void => executable.run({ inputs: new Map() });
  const until = performance.now() + milliseconds;
  run();
  const samples: number[] = [];
  let runs = 1;
  while (samples.length < 3 || performance.now() < until) {
    const started = performance.now();
    for (let i = 0; i < runs; i++) run();
    const elapsed = performance.now() - started;
    // Until a sample is long enough, it is warm-up.
    if (elapsed < SAMPLE_MS) runs *= 2;
    else samples.push(elapsed / runs);
  }
  const median = samples.sort((a, b) => a - b)[samples.length >> 1]!;
  return { size, gigaflops: (CHAIN * 2 * size ** 3) / (median * 1e6) };
}

/**
 * The smallest of `sizes` from which `faster` multiplies faster than `other`, at that size and all larger ones; null when
 * it does not even at the largest.
 *
 * @param sizes rising
 * @param milliseconds for one engine and one size
 */
export function paysFrom(
  faster: SynchronousEngine,
  other: SynchronousEngine,
  sizes: readonly number[],
  milliseconds: number,
): number | null {
  const isFaster = (size: number): boolean =>
    productRate(faster, size, milliseconds).gigaflops > productRate(other, size, milliseconds).gigaflops;
  const lastSlower = sizes.findLastIndex((size) => !isFaster(size));
  return sizes[lastSlower + 1] ?? null;
}

/** `a w v w v …`: a product cannot start before the last one is done, and none can be left out. */
function productChain(engine: SynchronousEngine, size: number): Executable {
  const [rows, inner, outer] = [axis("rows", size), axis("inner", size), axis("outer", size)];
  const [a, w, v] = [variable("a", [rows, inner]), variable("w", [inner, outer]), variable("v", [outer, inner])];
  let product: Node = a;
  for (let i = 0; i < CHAIN / 2; i++) product = contract(contract(product, w, [rows, outer]), v, [rows, inner]);
  const session = engine.open();
  // Magnitudes that neither grow nor become denormal over the chain, which is slow on some processors.
  const values = Array.from({ length: size * size }, (_, i) => (((i * 7) % 13) - 5.5) / (4 * Math.sqrt(size)));
  for (const each of [a, w, v]) session.write(each, values);
  return session.prepare({ outputs: { product }, updates: [] });
}
