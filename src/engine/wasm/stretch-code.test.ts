import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFormula } from "../../formula/index.ts";
import type { Extent, Instruction, Matrix } from "../../plan/instruction.ts";
import { encodePlan } from "./encode.ts";
import { createMachine } from "./machine.ts";
import { CALL } from "./opcodes.ts";
import { isWrittenOut } from "./stretch-code.ts";

const fixed = (size: number): Extent => ({ size, variable: null });

/** Blocks of memory that instructions read and write, so that what one writes the next may read. */
const BLOCKS = 4;
const BLOCK_FLOATS = 64;

const block = fc.nat(BLOCKS - 1);
const size = fc.integer({ min: 1, max: 5 });
const stride = (columns: number): number => Math.ceil(columns / 4) * 4;

/** Small instructions over the blocks; numbers of blocks stand in for offsets. */
const instructions: fc.Arbitrary<Instruction> = fc.oneof(
  fc
    .record({ rows: size, columns: size, depth: size, blocks: fc.tuple(block, block, block, block), has: fc.nat(7) })
    .map(({ rows, columns, depth, blocks: [left, right, output, bias], has }): Instruction => {
      const [isLeftTransposed, isRightTransposed, hasBias] = [(has & 1) !== 0, (has & 2) !== 0, (has & 4) !== 0];
      const matrix = (offset: number, width: number): Matrix => ({ offset, stride: stride(width) });
      return {
        kind: "multiply",
        rows: fixed(rows),
        columns: fixed(columns),
        depth: fixed(depth),
        left: matrix(left, isLeftTransposed ? rows : depth),
        isLeftTransposed,
        right: matrix(right, isRightTransposed ? depth : columns),
        isRightTransposed,
        output: matrix(output, columns),
        bias: hasBias ? bias : null,
      };
    }),
  fc
    .record({
      rows: fc.integer({ min: 1, max: 3 }),
      isOneRow: fc.boolean(),
      blocks: fc.tuple(block, block, block, block),
      formula: fc.constantFrom("p*q + r", "r - s*p", "p < q ? p*s : r", "sigmoid(p) - exp(-abs(q))", "p/(1 + q*q)"),
    })
    .map(({ rows, isOneRow, blocks: [p, q, r, s], formula }): Instruction => {
      const patterns = isOneRow
        ? (["full", "row", "column", "scalar"] as const)
        : (["full", "full", "full", "scalar"] as const);
      return {
        kind: "map",
        rows: fixed(isOneRow ? 1 : rows),
        width: 8,
        operands: ["p", "q", "r", "s"].map((symbol, i) => ({
          symbol,
          offset: [p, q, r, s][i]!,
          pattern: patterns[i]!,
        })),
        equations: [
          { symbol: "e", formula: parseFormula(formula), offset: s },
          { symbol: "f", formula: parseFormula("e*e - p"), offset: p },
        ],
      };
    }),
  fc
    .record({
      reduction: fc.constantFrom("sum", "mean", "max" as const),
      along: fc.constantFrom("rows", "columns" as const),
      // One row's single result takes its whole vector, padding included, where the kernel writes one float.
      rows: fc.integer({ min: 2, max: 5 }),
      columns: fc.integer({ min: 1, max: 11 }),
      blocks: fc.tuple(block, block),
    })
    .map(({ reduction, along, rows, columns, blocks: [input, output] }): Instruction => ({
      kind: "reduce",
      reduction,
      along,
      rows: fixed(rows),
      columns: fixed(columns),
      input: { offset: input, stride: stride(columns) },
      output,
    })),
);

/** An output that lies on an input of another shape is what no plan has. */
function isPossible(instruction: Instruction): boolean {
  if (instruction.kind === "multiply") {
    const { left, right, output, bias } = instruction;
    return ![left.offset, right.offset, bias].includes(output.offset);
  }
  if (instruction.kind === "reduce") return instruction.input.offset !== instruction.output;
  if (instruction.kind !== "map") return false;
  const [p, q, r, s] = instruction.operands.map(({ offset }) => offset);
  return ![q, r, s].includes(p) && ![q, r].includes(s);
}

/** The blocks' places put in for their numbers. */
function placed(instruction: Instruction, offsets: readonly number[]): Instruction {
  const at = (matrix: Matrix): Matrix => ({ ...matrix, offset: offsets[matrix.offset]! });
  switch (instruction.kind) {
    case "multiply": {
      const { left, right, output, bias } = instruction;
      return {
        ...instruction,
        left: at(left),
        right: at(right),
        output: at(output),
        bias: bias === null ? null : offsets[bias]!,
      };
    }
    case "map":
      return {
        ...instruction,
        operands: instruction.operands.map((each) => ({ ...each, offset: offsets[each.offset]! })),
        equations: instruction.equations.map((each) => ({ ...each, offset: offsets[each.offset!]! })),
      };
    case "reduce":
      return { ...instruction, input: at(instruction.input), output: offsets[instruction.output]! };
    default:
      return instruction;
  }
}

/** The blocks' bits after the instructions have run, in plans of so many. */
function run(list: readonly Instruction[], perPlan: number): readonly string[] {
  const machine = createMachine();
  const offsets = Array.from({ length: BLOCKS }, () => machine.allocate(BLOCK_FLOATS));
  for (const [n, offset] of offsets.entries()) {
    for (let i = 0; i < BLOCK_FLOATS; i++) machine.floats()[offset + i] = ((i * 29 + n * 17 + 5) % 41) / 16 - 1.25;
  }
  for (let first = 0; first < list.length; first += perPlan) {
    const some = list.slice(first, first + perPlan).map((instruction) => placed(instruction, offsets));
    machine.run(machine.load({ instructions: some, arenaFloats: 0 }), [], 0, 0);
  }
  // Of every NaN one kind: which one an operation gives is the processor's choice.
  return offsets.map((offset) => Array.from(machine.floats().slice(offset, offset + 8), String).join());
}

describe("a stretch of small instructions", () => {
  test("gives the bits of the kernels, instruction by instruction", () => {
    const lists = fc.array(instructions.filter(isPossible), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(lists, (list) => {
        expect(list.every(isWrittenOut)).toBe(true);
        expect(run(list, list.length)).toEqual(run(list, 1));
      }),
      { numRuns: 150 },
    );
  });

  test("reduces a single row to a single number", () => {
    const reduce = (reduction: "sum" | "mean" | "max", output: number): Instruction => ({
      kind: "reduce",
      reduction,
      along: "columns",
      rows: fixed(1),
      columns: fixed(6),
      input: { offset: 0, stride: 8 },
      output,
    });
    for (const reduction of ["sum", "mean", "max"] as const) {
      const list = [reduce(reduction, 1), reduce(reduction, 2)];
      const [together, alone] = [list.length, 1].map((perPlan) => run(list, perPlan).map((text) => text.split(",")[0]));
      expect(together).toEqual(alone);
    }
  });

  test("is one call, and larger instructions are none of it", () => {
    const small: Instruction = {
      kind: "map",
      rows: fixed(1),
      width: 4,
      operands: [{ symbol: "p", offset: 0, pattern: "full" }],
      equations: [{ symbol: "e", formula: parseFormula("p + 1"), offset: 0 }],
    };
    const large: Instruction = { ...small, rows: fixed(100) };
    const bodies: Uint8Array[] = [];
    const { words } = encodePlan({ instructions: [small, small, small, large], arenaFloats: 0 }, (body) =>
      bodies.push(body),
    );
    expect(bodies).toHaveLength(2);
    expect([...words.subarray(0, 3)]).toEqual([CALL, 3, 1]);
    expect([words[3], words[5]]).toEqual([CALL, 2]);
  });

  test("takes an axis of variable size only when it has a single position", () => {
    const map = (size: number, from: number): Instruction => ({
      kind: "map",
      rows: { size, variable: 0, from },
      width: 4,
      operands: [],
      equations: [],
    });
    expect([map(1, 0), map(2, 0), map(1, 1)].map(isWrittenOut)).toEqual([true, false, false]);
  });
});
