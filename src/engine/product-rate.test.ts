import { describe, expect, test, vi } from "vitest";
import type { SynchronousEngine } from "./engine.ts";
import { engineFrom } from "./engines.ts";
import { paysFrom, productRate } from "./product-rate.ts";

/** An engine that does nothing but let time pass on a clock of its own: `cost(size)` ms a run. */
function slowEngine(clock: { now: number }, cost: (size: number) => number): SynchronousEngine {
  const wasm = engineFrom("wasm");
  return {
    ...wasm,
    open: () => ({
      ...wasm.open(),
      prepare: ({ outputs }) => {
        const size = outputs["product"]!.axes[0]!.size;
        return {
          run: () => void (clock.now += cost(size)),
          runSteps: () => ({ total: 0, steps: 0, isFinite: true }),
          output: () => new Float32Array(),
        };
      },
    }),
  };
}

describe("productRate", () => {
  test("counts two operations for a multiply-add, eight products a run", () => {
    const clock = { now: 0 };
    vi.spyOn(performance, "now").mockImplementation(() => clock.now);
    // 8 · 2 · 10³ operations in 0.25 ms are 0.064 GFLOP/s.
    expect(
      productRate(
        slowEngine(clock, () => 0.25),
        10,
        20,
      ),
    ).toEqual({ size: 10, gigaflops: 0.064 });
    vi.restoreAllMocks();
  });

  test("finds every engine of this package to multiply", () => {
    const rates = (["wasm", "reference"] as const).map((name) => productRate(engineFrom(name), 64, 20).gigaflops);
    // Measured 70 times; a tenth of that leaves room for a busy machine.
    expect(rates[0]! / rates[1]!).toBeGreaterThan(7);
  });
});

describe("paysFrom", () => {
  const clock = { now: 0 };
  const pays = (cost: (size: number) => number): number | null => {
    vi.spyOn(performance, "now").mockImplementation(() => clock.now);
    const found = paysFrom(
      slowEngine(clock, cost),
      slowEngine(clock, () => 2),
      [4, 8, 16, 32],
      10,
    );
    vi.restoreAllMocks();
    return found;
  };

  test("is the smallest size from which on an engine is faster", () => {
    expect(pays((size) => (size < 16 ? 3 : 1))).toBe(16);
  });

  test("does not count a size below one where it is slower", () => {
    expect(pays((size) => (size === 16 ? 3 : 1))).toBe(32);
  });

  test("is the first size for an engine that is always faster, and null for one that is not at the largest", () => {
    expect(pays(() => 1)).toBe(4);
    expect(pays((size) => (size === 32 ? 3 : 1))).toBeNull();
  });
});
