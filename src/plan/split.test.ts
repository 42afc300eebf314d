import { describe, expect, test } from "vitest";
import { parseFormula } from "../formula/index.ts";
import type { Extent, Instruction, MapInstruction, MultiplyInstruction, Plan } from "./instruction.ts";
import { splitPlan } from "./split.ts";

const fixed = (size: number): Extent => ({ size, variable: null });
const planOf = (...instructions: readonly Instruction[]): Plan => ({ instructions, arenaFloats: 0 });
const split = (threads: number, ...instructions: readonly Instruction[]): readonly (readonly Instruction[])[] =>
  splitPlan(planOf(...instructions), threads).map((plan) => plan.instructions);
const kinds = (lists: readonly (readonly Instruction[])[]): readonly string[] =>
  lists.map((list) => list.map(({ kind }) => kind).join(" "));

/** 64 × 784 times 784 × `columns`, from 0 and 100,000 to 250,000. */
const product = (columns: number, rows: Extent = fixed(64)): MultiplyInstruction => ({
  kind: "multiply",
  rows,
  columns: fixed(columns),
  depth: fixed(784),
  left: { offset: 0, stride: 784 },
  isLeftTransposed: false,
  right: { offset: 100_000, stride: 784 },
  isRightTransposed: true,
  output: { offset: 250_000, stride: 128 },
  bias: 300_000,
});

/** exp of the 64 × 128 numbers at `from`, to `to`. */
const map = (from: number, to: number, rows: Extent = fixed(64)): MapInstruction => ({
  kind: "map",
  rows,
  width: 128,
  operands: [
    { symbol: "u", offset: from, pattern: "full" },
    { symbol: "v", offset: 400_000, pattern: "row" },
    { symbol: "w", offset: 500_000, pattern: "column" },
  ],
  equations: [{ symbol: "e", formula: parseFormula("exp(u)*v+w"), offset: to }],
});

describe("a product", () => {
  test("is divided by columns, on cache lines, with the operand and the bias that belong to them", () => {
    const [first, second] = split(2, product(128));
    expect(first).toMatchObject([{ columns: { size: 64 }, output: { offset: 250_000 }, bias: 300_000 }]);
    expect(second).toMatchObject([
      {
        columns: { size: 64 },
        rows: { size: 64 },
        left: { offset: 0 },
        right: { offset: 100_000 + 64 * 784 },
        output: { offset: 250_064 },
        bias: 300_064,
      },
    ]);
  });

  test("is divided by rows where that is more even", () => {
    const [, second] = split(2, product(10));
    expect(second).toMatchObject([
      { rows: { size: 32, from: 32 }, columns: { size: 10 }, left: { offset: 32 * 784 }, output: { offset: 254_096 } },
    ]);
  });

  test("leaves a thread without work when there are not parts enough", () => {
    expect(kinds(split(4, { ...product(40), rows: fixed(4) }))).toEqual(["multiply", "multiply", "multiply", ""]);
  });
});

describe("the parts of an instruction", () => {
  test("know where they begin along an axis of examples", () => {
    const rows: Extent = { size: 64, variable: 0 };
    const [first, second] = split(2, map(0, 0, rows));
    expect(first).toMatchObject([{ rows: { size: 32, variable: 0, from: 0 } }]);
    expect(second).toMatchObject([{ rows: { size: 32, variable: 0, from: 32 } }]);
  });

  test("take of each operand what lies at their rows", () => {
    const [, second] = split(2, map(0, 10_000));
    expect(second).toMatchObject([
      {
        operands: [{ offset: 32 * 128 }, { offset: 400_000 }, { offset: 500_032 }],
        equations: [{ offset: 10_000 + 32 * 128 }],
      },
    ]);
  });

  test("are all for the first thread when dividing would not pay, or cannot be", () => {
    const whole: Instruction = {
      kind: "reduce",
      reduction: "sum",
      along: "both",
      rows: fixed(1000),
      columns: fixed(1000),
      input: { offset: 0, stride: 1008 },
      output: 2_000_000,
    };
    expect(kinds(split(2, whole, map(0, 0, fixed(4))))).toEqual(["reduce map", ""]);
  });
});

describe("a barrier", () => {
  const scaled = (from: number, to: number): Instruction => map(from, to);

  test("does not stand between instructions that are divided alike", () => {
    expect(kinds(split(2, scaled(0, 10_000), scaled(10_000, 20_000)))).toEqual(["map map", "map map"]);
  });

  test("stands before a thread uses what another computed", () => {
    const next = { ...product(128), left: { offset: 250_000, stride: 128 }, depth: fixed(128) };
    const onward = { ...next, output: { offset: 600_000, stride: 128 } };
    expect(kinds(split(2, product(128), onward))).toEqual(["multiply barrier multiply", "multiply barrier multiply"]);
  });

  test("stands before a thread overwrites what another reads", () => {
    const transpose: Instruction = {
      kind: "transpose",
      rows: fixed(64),
      columns: fixed(128),
      input: { offset: 0, stride: 128 },
      output: { offset: 20_000, stride: 64 },
    };
    expect(kinds(split(2, transpose, scaled(10_000, 0)))).toEqual(["transpose barrier map", "barrier map"]);
  });

  test("is in every thread's list, though it may have nothing else", () => {
    const lists = split(4, scaled(0, 10_000), {
      ...product(10),
      left: { offset: 10_000, stride: 784 },
      rows: fixed(12),
    });
    expect(kinds(lists).slice(2)).toEqual(["map barrier multiply", "map barrier"]);
  });
});
