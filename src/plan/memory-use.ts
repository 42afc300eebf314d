import { type ByKind, byKind } from "../graph/by-kind.ts";
import type { Extent, Instruction, Matrix, Pattern } from "./instruction.ts";

/** A block of memory that an instruction reads or writes: `rows` rows of `width` floats, in loops over further axes. */
export interface Region {
  readonly offset: number;
  readonly rows: number;
  readonly stride: number;
  readonly width: number;
  /** Turns of each loop, and floats from one turn to the next. */
  readonly loops: readonly { readonly turns: number; readonly step: number }[];
}

/** The regions that an instruction touches, with every axis at its full size. */
export interface Regions {
  readonly reads: readonly Region[];
  readonly writes: readonly Region[];
}

/** Of each kind, in a fixed order: left, right, bias, what an update starts from and its factor; operands; input. */
export function regionsOf(instruction: Instruction): Regions {
  return byKind(regions, instruction);
}

/** How a region is walked in loops: of each the extent, and the step of this region. */
type Walk = readonly (readonly [Extent, number])[];

const regions: ByKind<Instruction, Regions> = {
  multiply: ({ rows, columns, depth, left, right, output, bias, update, batch, ...is }) => {
    const walk = (step: "left" | "right" | "output"): Walk =>
      batch === undefined ? [] : [[batch.extent, batch[step]]];
    return {
      reads: [
        is.isLeftTransposed ? block(left, depth, rows, walk("left")) : block(left, rows, depth, walk("left")),
        is.isRightTransposed
          ? block(right, columns, depth, walk("right"))
          : block(right, depth, columns, walk("right")),
        ...(bias === null ? [] : [run(bias, columns.size)]),
        ...(update === undefined ? [] : [block(update.from, rows, columns), run(update.factor, 1)]),
      ],
      writes: [block(output, rows, columns, walk("output"))],
    };
  },
  map: ({ rows, width, operands, equations, loops = [] }) => {
    const full = (offset: number, walk: Walk): Region => block({ offset, stride: width }, rows, { size: width }, walk);
    const read: Readonly<Record<Pattern, (offset: number, walk: Walk) => Region>> = {
      full,
      row: (offset, walk) => run(offset, width, walk),
      column: (offset, walk) => run(offset, rows.size, walk),
      scalar: (offset, walk) => run(offset, 1, walk),
    };
    return {
      reads: operands.map(({ offset, pattern }, i) =>
        read[pattern](
          offset,
          loops.map(({ extent, operands: steps }) => [extent, steps[i] ?? 0]),
        ),
      ),
      writes: equations.flatMap(({ offset }) =>
        offset === null
          ? []
          : [
              full(
                offset,
                loops.map(({ extent, output }) => [extent, output]),
              ),
            ],
      ),
    };
  },
  reduce: ({ along, rows, columns, input, output, loop }) => {
    const results = { rows: columns.size, columns: rows.size, both: 1 }[along];
    const walk = (step: "input" | "output"): Walk => (loop === undefined ? [] : [[loop.extent, loop[step]]]);
    return {
      reads: [block(input, rows, columns, walk("input"))],
      writes: [run(output, results, walk("output"))],
    };
  },
  random: ({ rows, columns, output }) => ({ reads: [], writes: [block(output, rows, columns)] }),
  transpose: ({ rows, columns, input, output, loops = [] }) => ({
    reads: [
      block(
        input,
        rows,
        columns,
        loops.map(({ extent, input: step }) => [extent, step]),
      ),
    ],
    writes: [
      block(
        output,
        columns,
        rows,
        loops.map(({ extent, output: step }) => [extent, step]),
      ),
    ],
  }),
  barrier: () => ({ reads: [], writes: [] }),
};

function block(
  { offset, stride }: Matrix,
  rows: Pick<Extent, "size">,
  columns: Pick<Extent, "size">,
  walk: Walk = [],
): Region {
  return {
    offset,
    rows: rows.size,
    stride,
    width: columns.size,
    loops: walk.map(([extent, step]) => ({ turns: extent.size, step })),
  };
}

function run(offset: number, floats: number, walk: Walk = []): Region {
  return block({ offset, stride: floats }, { size: 1 }, { size: floats }, walk);
}

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

/** The memory that an instruction touches when every axis has its full size, from the first float to the last. */
export function memoryUse(instruction: Instruction): MemoryUse {
  const { reads, writes } = regionsOf(instruction);
  return { reads: reads.map(rangeOf), writes: writes.map(rangeOf) };
}

function rangeOf({ offset, rows, stride, width, loops }: Region): MemoryRange {
  const last = loops.reduce((sum, { turns, step }) => sum + (turns - 1) * step, (rows - 1) * stride);
  return { start: offset, end: offset + Math.ceil((last + width) / VECTOR_FLOATS) * VECTOR_FLOATS };
}

/** True when one writes what the other reads or writes. */
export function isInConflict(one: MemoryUse, other: MemoryUse): boolean {
  return overlap(one.writes, other.writes) || overlap(one.writes, other.reads) || overlap(one.reads, other.writes);
}

function overlap(ranges: readonly MemoryRange[], others: readonly MemoryRange[]): boolean {
  return ranges.some((range) => others.some((other) => range.start < other.end && other.start < range.end));
}
