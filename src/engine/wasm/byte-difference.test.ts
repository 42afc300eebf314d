import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteDifference } from "../../../scripts/byte-difference.mjs";
import { bytesFromDifference } from "./byte-difference.ts";
import { kernelBytes } from "./kernel-bytes.ts";

describe("bytes from a difference", () => {
  test("are those that the difference was made of", () => {
    // Few different bytes, so that stretches come again.
    const bytes = fc.uint8Array({ max: 2, maxLength: 300 });
    fc.assert(
      fc.property(bytes, bytes, (base, target) => {
        expect([...bytesFromDifference(base, byteDifference(base, target))]).toEqual([...target]);
      }),
      { numRuns: 1000 },
    );
  });

  test("are found where parts were put in, left out and moved", () => {
    const base = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251);
    const target = Uint8Array.from([9, 9, ...base.subarray(3000), ...base.subarray(100, 2500), 1, 2, 3]);
    const difference = byteDifference(base, target);
    expect([...bytesFromDifference(base, difference)]).toEqual([...target]);
    expect(difference.length).toBeLessThan(40);
  });
});

describe("the kernels", () => {
  test.each(["exact", "fast"] as const)("%s, for one thread and for several, are valid modules", (kind) => {
    for (const sharing of ["single", "shared"] as const) {
      const bytes = kernelBytes(kind, sharing);
      expect([...bytes.subarray(0, 4)]).toEqual([0, 0x61, 0x73, 0x6d]);
      // Node 20 knows relaxed SIMD behind a flag only.
      if (kind === "exact") expect(WebAssembly.validate(bytes)).toBe(true);
      expect(WebAssembly.validate(bytes.slice(0, -1))).toBe(false);
    }
  });
});
