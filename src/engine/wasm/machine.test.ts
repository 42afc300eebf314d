import { describe, expect, test } from "vitest";
import { parseFormula } from "../../formula/index.ts";
import type { Extent, Instruction, Matrix, Plan } from "../../plan/instruction.ts";
import { createMachine, type Machine } from "./machine.ts";

/** Deterministic numbers in [−1, 1), a linear congruential sequence: tests need variety, not quality. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return Math.fround(state / 2 ** 31);
  };
}

const fixed = (size: number): Extent => ({ size, variable: null });
const strideFor = (width: number): number => (width > 16 ? Math.ceil(width / 16) * 16 : Math.ceil(width / 4) * 4);

/** A matrix in memory, everything around its elements NaN. */
function place(machine: Machine, rows: number, columns: number, value: (i: number, j: number) => number): Matrix {
  const stride = strideFor(columns);
  const offset = machine.allocate(rows * stride);
  const floats = machine.floats();
  floats.fill(NaN, offset, offset + rows * stride);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) floats[offset + i * stride + j] = value(i, j);
  return { offset, stride };
}

const at = (machine: Machine, { offset, stride }: Matrix, i: number, j: number): number =>
  machine.floats()[offset + i * stride + j]!;

function runPlan(machine: Machine, instructions: readonly Instruction[], extents: readonly number[] = []): void {
  const plan: Plan = { instructions, arenaFloats: 0 };
  machine.run(machine.load(plan), extents, 0, 0);
}

const sizes = [1, 2, 3, 5, 7, 10, 13, 31, 33, 64, 100];

describe("multiply", () => {
  const check = (
    rows: number,
    columns: number,
    depth: number,
    isLeftTransposed: boolean,
    isRightTransposed: boolean,
    hasBias: boolean,
  ): string[] => {
    const machine = createMachine();
    const next = sequence(rows * 10007 + columns * 101 + depth);
    const left = isLeftTransposed ? place(machine, depth, rows, next) : place(machine, rows, depth, next);
    const right = isRightTransposed ? place(machine, columns, depth, next) : place(machine, depth, columns, next);
    const bias = hasBias ? place(machine, 1, columns, next) : null;
    const output = place(machine, rows, columns, () => NaN);
    const shape = { rows: fixed(rows), columns: fixed(columns), depth: fixed(depth) };
    const instruction: Instruction = {
      kind: "multiply",
      ...shape,
      left,
      isLeftTransposed,
      right,
      isRightTransposed,
      output,
      bias: bias?.offset ?? null,
    };
    runPlan(machine, [instruction]);
    const wrong = [];
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = bias === null ? 0 : at(machine, bias, 0, j);
        let size = Math.abs(sum);
        for (let k = 0; k < depth; k++) {
          const term =
            (isLeftTransposed ? at(machine, left, k, i) : at(machine, left, i, k)) *
            (isRightTransposed ? at(machine, right, j, k) : at(machine, right, k, j));
          sum += term;
          size += Math.abs(term);
        }
        const got = at(machine, output, i, j);
        // Each of `depth` additions and products may err by 2^-24 of the sum of the sizes.
        if (!(Math.abs(got - sum) <= size * (depth + 2) * 2 ** -24)) wrong.push(`(${i}, ${j}): ${got}, not ${sum}`);
      }
    }
    return wrong;
  };

  for (const isLeftTransposed of [false, true]) {
    for (const isRightTransposed of [false, true]) {
      const name = `${isLeftTransposed ? "T" : "N"}${isRightTransposed ? "T" : "N"}`;
      test(`${name} agrees with float64 sums at every combination of sizes, and padding never leaks`, () => {
        for (const rows of sizes) {
          for (const columns of sizes) {
            for (const depth of [...sizes, 300, 784]) {
              if (rows * columns * depth > 200_000) continue;
              const hasBias = (rows + columns + depth) % 2 === 0;
              const wrong = check(rows, columns, depth, isLeftTransposed, isRightTransposed, hasBias);
              expect(wrong, `${rows} × ${columns} × ${depth}`).toEqual([]);
            }
          }
        }
      });
    }
  }
});

describe("reduce", () => {
  test("sums", () => {
    const machine = createMachine();
    const f = parseFormula("1/(1+e^(-z))");
    const z = place(machine, 3, 5, (i, j) => i - j);
    const a = place(machine, 3, 5, () => 0);
    runPlan(machine, [
      {
        kind: "map",
        rows: fixed(3),
        width: 8,
        operands: [{ symbol: "z", offset: z.offset, pattern: "full" }],
        equations: [{ symbol: "a", formula: f, offset: a.offset }],
      },
    ]);
    expect(at(machine, a, 1, 1)).toBe(0.5);
  });
});
