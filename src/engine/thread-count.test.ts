import { expect, test } from "vitest";
import { OptionError } from "../errors.ts";
import { axis, contract, input, variable } from "../graph/build.ts";
import type { Program } from "../graph/program.ts";
import { threadsFor } from "./thread-count.ts";

/** A product of 2 · examples · 100 · 100 operations. */
function product(examples: number): Program {
  const [x, i, j] = [axis("examples", examples), axis("i", 100), axis("j", 100)];
  const node = contract(input("a", [x, j]), variable("w", [i, j]), [x, i]);
  return { outputs: { z: node }, updates: [] };
}

test("a run of less than 0.3 MFLOP gets one thread, whatever is wanted", () => {
  expect(threadsFor(product(14), "auto")).toBe(1);
  expect(threadsFor(product(14), 4)).toBe(1);
});

test("each thread has 0.15 MFLOP or more", () => {
  expect(threadsFor(product(15), 4)).toBe(2);
  expect(threadsFor(product(24), 4)).toBe(3);
  expect(threadsFor(product(1000), 4)).toBe(4);
});

test("no more threads than wanted, nor than cores", () => {
  expect(threadsFor(product(1000), 1)).toBe(1);
  expect(threadsFor(product(1000), "auto")).toBeLessThanOrEqual(8);
});

test.each([0, -1, 1.5, Number.NaN, Infinity, 1000, "two" as "auto"])("%s threads are refused", (wanted) => {
  expect(() => threadsFor(product(1), wanted)).toThrow(OptionError);
  expect(() => threadsFor(product(1), wanted)).toThrow(
    'threads: expected "auto" or a whole number from 1 to 256, got ',
  );
});
