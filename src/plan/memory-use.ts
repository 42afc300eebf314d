import type { Extent, Instruction, MapInstruction, Matrix, Pattern } from "./instruction.ts";

/** Floats from `start` up to but not including `end`. */
export interface MemoryRange {
  readonly start: number;
  readonly end: number;
}

/** What memory an instruction touches; rather too much than too little. */
export interface MemoryUse {
  readonly reads: readonly MemoryRange[];
  readonly writes: readonly MemoryRange[];
}

/** Results are written in whole vectors, into the padding of a row. */
const VECTOR_FLOATS = 8;

/** The memory that an instruction touches when every axis has its full size. */
export function memoryUse(instruction: Instruction): MemoryUse {
  switch (instruction.kind) {
    case "multiply": {
      const { rows, columns, depth, left, right, output, bias, update } = instruction;
      return {
        reads: [
          instruction.isLeftTransposed ? block(left, depth, rows) : block(left, rows, depth),
          instruction.isRightTransposed ? block(right, columns, depth) : block(right, depth, columns),
          ...(bias === null ? [] : [run(bias, columns.size)]),
          ...(update === undefined ? [] : [block(update.from, rows, columns), run(update.factor, 1)]),
        ],
        writes: [block(output, rows, columns)],
      };
    }
    case "map":
      return mapUse(instruction);
    case "reduce": {
      const { along, rows, columns, input, output } = instruction;
      const results = along === "rows" ? columns.size : along === "columns" ? rows.size : 1;
      return { reads: [block(input, rows, columns)], writes: [run(output, results)] };
    }
    case "random":
      return { reads: [], writes: [block(instruction.output, instruction.rows, instruction.columns)] };
    case "transpose": {
      const { rows, columns, input, output } = instruction;
      return { reads: [block(input, rows, columns)], writes: [block(output, columns, rows)] };
    }
    case "barrier":
      return { reads: [], writes: [] };
  }
}

function mapUse({ rows, width, operands, equations }: MapInstruction): MemoryUse {
  const floats: Readonly<Record<Pattern, number>> = {
    full: rows.size * width,
    row: width,
    column: rows.size,
    scalar: 1,
  };
  return {
    reads: operands.map(({ offset, pattern }) => run(offset, floats[pattern])),
    writes: equations.flatMap(({ offset }) => (offset === null ? [] : [run(offset, floats.full)])),
  };
}

/** True when one writes what the other reads or writes. */
export function isInConflict(one: MemoryUse, other: MemoryUse): boolean {
  return overlap(one.writes, other.writes) || overlap(one.writes, other.reads) || overlap(one.reads, other.writes);
}

function overlap(ranges: readonly MemoryRange[], others: readonly MemoryRange[]): boolean {
  return ranges.some((range) => others.some((other) => range.start < other.end && other.start < range.end));
}

function block({ offset, stride }: Matrix, rows: Extent, columns: Extent): MemoryRange {
  return run(offset, (rows.size - 1) * stride + columns.size);
}

function run(start: number, floats: number): MemoryRange {
  return { start, end: start + Math.ceil(floats / VECTOR_FLOATS) * VECTOR_FLOATS };
}
