import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Lifetime, planArena } from "./arena.ts";

const lifetimes = (count: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.nat(60), fc.nat(20)), { minLength: count, maxLength: count })
    .map((all) =>
      all.map(([size, from, length], key) => ({ key, floats: 16 * size, from: from - 1, to: from - 1 + length })),
    );

describe.each([
  ["a network's plan, placed by size", 40],
  ["a long plan, placed in order of time", 2100],
])("%s", (_, count) => {
  test("gives tensors that live at the same time different places", () => {
    fc.assert(
      fc.property(lifetimes(count), (all) => {
        const { offsets, floats } = planArena(all);
        const sorted = all.toSorted((one, other) => offsets.get(one.key)! - offsets.get(other.key)!);
        for (const [n, one] of sorted.entries()) {
          const end = offsets.get(one.key)! + one.floats;
          expect(end).toBeLessThanOrEqual(floats);
          for (const other of sorted.slice(n + 1)) {
            if (offsets.get(other.key)! >= end) break;
            if (one.from <= other.to && other.from <= one.to) expect.fail(`${one.key} and ${other.key} overlap`);
          }
        }
      }),
      { numRuns: count > 1000 ? 5 : 200, endOnFailure: true },
    );
  });

  test("takes at most three times what is alive at once", () => {
    fc.assert(
      fc.property(lifetimes(count), (all) => {
        expect(planArena(all).floats).toBeLessThanOrEqual(3 * peak(all));
      }),
      { numRuns: count > 1000 ? 5 : 200, endOnFailure: true },
    );
  });
});

function peak(all: readonly Lifetime<number>[]): number {
  const times = all.map(({ from }) => from);
  return Math.max(
    ...times.map((time) =>
      all.reduce((sum, { from, to, floats }) => (from <= time && time <= to ? sum + floats : sum), 0),
    ),
  );
}
