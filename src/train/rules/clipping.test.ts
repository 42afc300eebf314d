import { describe, expect, test } from "vitest";
import { engineFrom } from "../../engine/index.ts";
import { OptionError } from "../../errors.ts";
import { axis, input } from "../../graph/index.ts";
import { clippedGradients, type Clipping } from "./clipping.ts";

/** Two gradients, of three numbers and of one, clipped. */
function clipped(clipping: Clipping, first: readonly number[], second: number): number[] {
  const along = axis("position", 3);
  const [a, b] = [input("a", [along]), input("b", [])];
  const [clippedA, clippedB] = clippedGradients([a, b], clipping);
  const executable = engineFrom("reference")
    .open()
    .prepare({ outputs: { a: clippedA!, b: clippedB! }, updates: [] });
  executable.run({
    inputs: new Map([
      [a, first],
      [b, [second]],
    ]),
  });
  return [...executable.output("a"), ...executable.output("b")];
}

describe("clipping by value", () => {
  test("brings each number into the range", () => {
    expect(clipped({ value: 2 }, [-5, 1, 2], 3)).toEqual([-2, 1, 2, 2]);
  });

  test("leaves NaN to be found", () => {
    expect(clipped({ value: 2 }, [Number.NaN, 0, 0], 0)[0]).toBe(Number.NaN);
  });
});

describe("clipping by norm", () => {
  test("scales all gradients together to the norm, as PyTorch does", () => {
    // ‖(2, 4, 4, 8)‖ = 10, so the factor is 5/(10 + 10⁻⁶).
    const factor = 5 / (10 + 1e-6);
    clipped({ norm: 5 }, [2, 4, 4], 8).forEach((value, i) => {
      expect(value).toBeCloseTo([2, 4, 4, 8][i]! * factor, 14);
    });
  });

  test("leaves smaller gradients as they are", () => {
    expect(clipped({ norm: 100 }, [2, 4, 4], 8)).toEqual([2, 4, 4, 8]);
  });

  test("leaves zeros zero", () => {
    expect(clipped({ norm: 1 }, [0, 0, 0], 0)).toEqual([0, 0, 0, 0]);
  });
});

test.each([0, -1, Number.NaN, Infinity])("a bound of %d is refused", (bound) => {
  expect(() => clipped({ value: bound }, [1, 2, 3], 4)).toThrow(OptionError);
  expect(() => clipped({ norm: bound }, [1, 2, 3], 4)).toThrow(`got ${bound}`);
});
