import { describe, expect, test } from "vitest";
import { parseFormula } from "../../formula/index.ts";
import type { Extent, Instruction, Matrix, Plan } from "../../plan/instruction.ts";
import { createMachine, type WasmMachine } from "./machine.ts";

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
function place(machine: WasmMachine, rows: number, columns: number, value: (i: number, j: number) => number): Matrix {
  const stride = strideFor(columns);
  const offset = machine.allocate(rows * stride);
  const floats = machine.floats();
  floats.fill(NaN, offset, offset + rows * stride);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) floats[offset + i * stride + j] = value(i, j);
  return { offset, stride };
}

const at = (machine: WasmMachine, { offset, stride }: Matrix, i: number, j: number): number =>
  machine.floats()[offset + i * stride + j]!;

function runPlan(machine: WasmMachine, instructions: readonly Instruction[], extents: readonly number[] = []): void {
  const plan: Plan = { instructions, arenaFloats: 0 };
  machine.run(machine.load(plan), extents, 0, 0);
}

const sizes = [1, 2, 3, 5, 7, 10, 13, 31, 33, 64, 100];

describe("multiply", () => {
  const check = (
    machine: WasmMachine,
    rows: number,
    columns: number,
    depth: number,
    isLeftTransposed: boolean,
    isRightTransposed: boolean,
    hasBias: boolean,
  ): string[] => {
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
    const floats = machine.floats();
    const element = ({ offset, stride }: Matrix, i: number, j: number): number => floats[offset + i * stride + j]!;
    const wrong = [];
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = bias === null ? 0 : element(bias, 0, j);
        let size = Math.abs(sum);
        for (let k = 0; k < depth; k++) {
          const term =
            (isLeftTransposed ? element(left, k, i) : element(left, i, k)) *
            (isRightTransposed ? element(right, j, k) : element(right, k, j));
          sum += term;
          size += Math.abs(term);
        }
        const got = element(output, i, j);
        // Each of `depth` additions and products may err by 2^-24 of the sum of the sizes.
        if (!(Math.abs(got - sum) <= size * (depth + 2) * 2 ** -24)) wrong.push(`(${i}, ${j}): ${got}, not ${sum}`);
      }
    }
    return wrong;
  };

  const long = [
    [3, 10, 784],
    [13, 5, 257],
    [16, 33, 256],
    [1, 7, 513],
    [64, 100, 300],
  ] as const;

  for (const isLeftTransposed of [false, true]) {
    for (const isRightTransposed of [false, true]) {
      const name = `${isLeftTransposed ? "T" : "N"}${isRightTransposed ? "T" : "N"}`;
      test(`${name} agrees with float64 sums at every combination of sizes, and padding never leaks`, () => {
        const machine = createMachine();
        for (const rows of sizes) {
          for (const columns of sizes) {
            for (const depth of sizes) {
              if (rows * columns * depth > 10_000) continue;
              const hasBias = (rows + columns + depth) % 2 === 0;
              const wrong = check(machine, rows, columns, depth, isLeftTransposed, isRightTransposed, hasBias);
              expect(wrong, `${rows} × ${columns} × ${depth}`).toEqual([]);
            }
          }
        }
      });

      test(`${name} agrees with float64 sums where the sum is cut into chunks`, () => {
        const machine = createMachine();
        for (const [rows, columns, depth] of long) {
          const wrong = check(machine, rows, columns, depth, isLeftTransposed, isRightTransposed, true);
          expect(wrong, `${rows} × ${columns} × ${depth}`).toEqual([]);
        }
      });
    }
  }

  test("a row of the product has the same bits whatever the number of rows beside it", () => {
    const [capacity, columns, depth] = [40, 19, 600];
    const extent: Extent = { size: capacity, variable: 0 };
    for (const isRightTransposed of [false, true]) {
      const machine = createMachine();
      const next = sequence(7);
      const left = place(machine, capacity, depth, next);
      const right = isRightTransposed ? place(machine, columns, depth, next) : place(machine, depth, columns, next);
      const output = place(machine, capacity, columns, () => NaN);
      const plan = machine.load({
        instructions: [
          {
            kind: "multiply",
            rows: extent,
            columns: fixed(columns),
            depth: fixed(depth),
            left,
            isLeftTransposed: false,
            right,
            isRightTransposed,
            output,
            bias: null,
          },
        ],
        arenaFloats: 0,
      });
      const firstRow = (rows: number): readonly number[] => {
        machine.run(plan, [rows], 0, 0);
        return Array.from({ length: columns }, (_, j) => at(machine, output, 0, j));
      };
      const expected = firstRow(capacity);
      for (const rows of [1, 2, 3, 4, 5, 12, 13, 39]) expect(firstRow(rows)).toEqual(expected);
    }
  });

  test("fewer positions than there is room for: only they count, on every side", () => {
    const machine = createMachine();
    const next = sequence(3);
    const left = place(machine, 50, 20, next); // [k, i]
    const right = place(machine, 50, 30, next);
    const output = place(machine, 20, 30, () => NaN);
    for (let k = 33; k < 50; k++)
      machine.floats().fill(NaN, left.offset + k * left.stride, left.offset + (k + 1) * left.stride);
    const depth: Extent = { size: 50, variable: 1 };
    const instruction = { kind: "multiply", rows: fixed(20), columns: fixed(30), depth, left, right, output } as const;
    runPlan(machine, [{ ...instruction, isLeftTransposed: true, isRightTransposed: false, bias: null }], [9, 33]);
    for (let i = 0; i < 20; i++) for (let j = 0; j < 30; j++) expect(at(machine, output, i, j)).not.toBeNaN();
  });
});

describe("reduce", () => {
  const shapes = [1, 2, 3, 5, 7, 10, 13, 16, 31, 33, 64, 100, 260];

  /** What the instruction should give, in float64. */
  const expectedOf = (reduction: "sum" | "mean" | "max", terms: readonly number[]): number => {
    if (reduction === "max") return Math.max(...terms);
    const sum = terms.reduce((total, term) => total + term, 0);
    return reduction === "mean" ? sum / terms.length : sum;
  };

  test.each(["sum", "mean", "max"] as const)(
    "%s along rows, columns and both agrees with float64 loops",
    (reduction) => {
      const machine = createMachine();
      for (const rows of shapes) {
        for (const columns of shapes) {
          const input = place(machine, rows, columns, sequence(rows * 1000 + columns));
          const values = Array.from({ length: rows }, (_, i) =>
            Array.from({ length: columns }, (_, j) => at(machine, input, i, j)),
          );
          const expected = {
            columns: values.map((row) => expectedOf(reduction, row)),
            rows: Array.from({ length: columns }, (_, j) =>
              expectedOf(
                reduction,
                values.map((row) => row[j]!),
              ),
            ),
            both: [expectedOf(reduction, values.flat())],
          };
          for (const along of ["columns", "rows", "both"] as const) {
            const output = place(machine, 1, expected[along].length, () => NaN).offset;
            runPlan(machine, [
              { kind: "reduce", reduction, along, rows: fixed(rows), columns: fixed(columns), input, output },
            ]);
            expected[along].forEach((value, i) => {
              const terms = (rows * columns) / expected[along].length;
              // A sum of n terms below 1 errs by at most n additions' half units at its greatest size, n.
              const bound = reduction === "max" ? 0 : terms * 2 ** -24 * (reduction === "mean" ? 1 : terms);
              const got = machine.floats()[output + i]!;
              expect(Math.abs(got - value), `${rows} × ${columns} ${along} ${i}: ${got}`).toBeLessThanOrEqual(bound);
            });
          }
        }
      }
    },
  );

  test("a NaN makes the maximum NaN wherever it stands, and −Infinity is no more than a number", () => {
    for (const position of [0, 3, 6, 20]) {
      const machine = createMachine();
      const input = place(machine, 2, 21, (i, j) => (i === 0 && j === position ? NaN : -Infinity));
      const output = place(machine, 1, 4, () => 5).offset;
      runPlan(machine, [
        { kind: "reduce", reduction: "max", along: "columns", rows: fixed(2), columns: fixed(21), input, output },
      ]);
      expect([...machine.floats().subarray(output, output + 2)]).toEqual([NaN, -Infinity]);
    }
  });
});

describe("transpose", () => {
  test("swaps rows and columns at every size, and reads no padding into them", () => {
    for (const rows of [1, 2, 3, 4, 5, 7, 13, 33]) {
      for (const columns of [1, 2, 3, 4, 5, 7, 13, 33]) {
        const machine = createMachine();
        const input = place(machine, rows, columns, (i, j) => i * 100 + j);
        const output = place(machine, columns, rows, () => NaN);
        runPlan(machine, [{ kind: "transpose", rows: fixed(rows), columns: fixed(columns), input, output }]);
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) expect(at(machine, output, j, i)).toBe(i * 100 + j);
      }
    }
  });
});

describe("random", () => {
  /** Philox4x32-10 written once more, with BigInt: the oracle of the kernel. */
  const philox = (counter: readonly number[], key: readonly number[]): readonly number[] => {
    let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint]; // as: four words
    let [k0, k1] = key.map(BigInt) as [bigint, bigint]; // as: two words
    const mask = 0xffffffffn;
    for (let round = 0; round < 10; round++) {
      const [p0, p1] = [0xd2511f53n * c0, 0xcd9e8d57n * c2];
      [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ k0, p1 & mask, (p0 >> 32n) ^ c3 ^ k1, p0 & mask];
      [k0, k1] = [(k0 + 0x9e3779b9n) & mask, (k1 + 0xbb67ae85n) & mask];
    }
    return [c0, c1, c2, c3].map(Number);
  };

  test("the oracle gives the known answers of the Random123 distribution", () => {
    const hexadecimal = (words: readonly number[]): string => words.map((word) => word.toString(16)).join(" ");
    const ones = 0xffffffff;
    expect(hexadecimal(philox([0, 0, 0, 0], [0, 0]))).toBe("6627e8d5 e169c58d bc57ac4c 9b00dbd8");
    expect(hexadecimal(philox([ones, ones, ones, ones], [ones, ones]))).toBe("408f276d 41c83b0e a20bc7c6 6d5451fd");
    expect(hexadecimal(philox([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]))).toBe(
      "d16cfe09 94fdcceb 5001e420 24126ea1",
    );
  });

  test("numbers follow from seed, stream, step and position alone, beyond 32 bits too", () => {
    const [rows, columns, capacity] = [5, 7, 9];
    for (const { seed, step, stream } of [
      { seed: 0, step: 0, stream: 0 },
      { seed: 1, step: 2, stream: 3 },
      { seed: 2 ** 53 - 1, step: 2 ** 40 + 5, stream: 2 ** 31 },
    ]) {
      const machine = createMachine();
      const output = place(machine, rows, capacity, () => NaN);
      const plan = machine.load({
        instructions: [{ kind: "random", stream, rows: fixed(rows), columns: { size: capacity, variable: 0 }, output }],
        arenaFloats: 0,
      });
      machine.run(plan, [columns], seed, step);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          const position = i * capacity + j;
          const counter = [position >>> 2, stream, step % 2 ** 32, Math.floor(step / 2 ** 32)];
          const words = philox(counter, [seed % 2 ** 32, Math.floor(seed / 2 ** 32)]);
          expect(at(machine, output, i, j)).toBe((words[position & 3]! >>> 8) * 2 ** -24);
        }
      }
    }
  });
});

describe("runSteps", () => {
  const setUp = (): {
    machine: WasmMachine;
    job: Parameters<WasmMachine["runSteps"]>[1];
    plan: ReturnType<WasmMachine["load"]>;
    weight: number;
  } => {
    const machine = createMachine();
    // w ← w + rate · Σ x over the batch; watched: that sum. Columns 2 and 1, so that rows lie unaligned.
    const table = machine.allocate(10);
    machine.floats().set([1, 10, 2, 20, 3, 30, 4, 40, 5, 50], table);
    const labels = machine.allocate(5);
    machine.floats().set([0.5, 1.5, 2.5, 3.5, 4.5], labels);
    const x = place(machine, 2, 2, () => NaN);
    const y = place(machine, 1, 2, () => NaN);
    const sum = machine.allocate(1);
    const labelSum = machine.allocate(1);
    const weight = machine.allocate(1);
    const rate = machine.allocate(1);
    const extent: Extent = { size: 2, variable: 0 };
    const plan = machine.load({
      instructions: [
        { kind: "reduce", reduction: "sum", along: "both", rows: extent, columns: fixed(2), input: x, output: sum },
        {
          kind: "reduce",
          reduction: "sum",
          along: "columns",
          rows: fixed(1),
          columns: extent,
          input: y,
          output: labelSum,
        },
        {
          kind: "map",
          rows: fixed(1),
          width: 4,
          operands: [
            { symbol: "w", offset: weight, pattern: "full" },
            { symbol: "r", offset: rate, pattern: "scalar" },
            { symbol: "s", offset: sum, pattern: "scalar" },
            { symbol: "t", offset: labelSum, pattern: "scalar" },
          ],
          equations: [{ symbol: "v", formula: parseFormula("w + r*s + t/100"), offset: weight }],
        },
      ],
      arenaFloats: 0,
    });
    return {
      machine,
      plan,
      weight,
      job: {
        extents: [2],
        tables: [
          { offset: table, pitch: 2, columns: 2, output: x },
          { offset: labels, pitch: 1, columns: 1, output: { offset: y.offset, stride: 1 } },
        ],
        order: Uint32Array.of(4, 0, 3, 1),
        batchSize: 2,
        steps: 2,
        scalars: [{ values: Float64Array.of(1, 10), output: rate }],
        seed: 0,
        firstStep: 0,
        watch: sum,
      },
    };
  };

  test("gathers rows in the given order, sets the scalars of each step, and adds up the watched number", () => {
    const { machine, plan, job, weight } = setUp();
    expect(machine.runSteps(plan, job)).toEqual({ total: 66 + 66, steps: 2, isFinite: true });
    expect(machine.floats()[weight]).toBeCloseTo(1 * 66 + 0.05 + 10 * 66 + 0.05, 4); // float32 of about 726: 6e-5 apart
  });

  test("the first step that leaves the watched number not finite is the last", () => {
    const { machine, plan, job } = setUp();
    machine.floats()[job.tables[0]!.offset + 8] = Infinity; // row 4: used in the first step
    expect(machine.runSteps(plan, job)).toEqual({ total: Infinity, steps: 1, isFinite: false });
  });
});

describe("memory", () => {
  test("grows when more is asked for, and keeps what it holds", () => {
    const machine = createMachine();
    const first = machine.allocate(3);
    machine.floats().set([1, 2, 3], first);
    const second = machine.allocate(1_000_000);
    expect(second % 16).toBe(0);
    expect([...machine.floats().subarray(first, first + 3)]).toEqual([1, 2, 3]);
    expect(machine.floats().length).toBeGreaterThan(second + 1_000_000);
    expect(
      machine
        .floats()
        .subarray(second, second + 1_000_000)
        .every((value) => value === 0),
    ).toBe(true);
  });

  test("more than WebAssembly can address is refused with the need and the remedy", () => {
    const machine = createMachine();
    expect(() => machine.allocate(2 ** 31)).toThrow(/expected at most 4096 MiB.*8193 MiB.*smaller batches/u);
    expect(machine.allocate(16)).toBeGreaterThan(0);
  });

  test("hundreds of machines live side by side", () => {
    const machines = Array.from({ length: 300 }, createMachine);
    machines.forEach((machine, i) => (machine.floats()[machine.allocate(1)] = i));
    expect(machines).toHaveLength(300);
  });
});
