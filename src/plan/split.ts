import { type ByKind, byKind } from "../graph/by-kind.ts";
import type {
  Extent,
  Instruction,
  Loop,
  MapInstruction,
  MapLoop,
  MultiplyInstruction,
  Pattern,
  Plan,
  RandomInstruction,
  ReduceInstruction,
} from "./instruction.ts";
import { inspectDivided } from "./inspection.ts";
import { isInConflict, memoryUse, type MemoryUse } from "./memory-use.ts";
import { nanosecondsOf } from "./work.ts";

/** An instruction is divided when that saves at least so much: the time of a few barriers, 0.3 µs each and more. */
const LEAST_SAVED_NANOSECONDS = 2000;

/** A cache line in floats. Two threads that write to one line take it from each other at every store. */
const LINE_FLOATS = 16;
/** Rows of a product's tile. So many rows end on a cache line too, whatever their stride: it is a multiple of 4. */
const TILE_ROWS = 4;
/** Instructions without a barrier that are looked through for conflicts: a bound on the time that long plans take. */
const MOST_OPEN = 64;

/**
 * Divides a plan among threads: one plan each, to be run at the same time on the same memory, the first by the thread
 * that also does what is not worth dividing. Every element is computed whole by one thread, by the instruction that
 * would have computed it, so the results have the bits of the undivided plan. Barriers stand where a thread uses what
 * another computed, or writes where another read.
 *
 * Parts are fixed by the axes' full sizes; a smaller batch leaves the last threads less to do, or nothing.
 */
export function splitPlan(plan: Plan, threads: number, leastSaved: number = LEAST_SAVED_NANOSECONDS): readonly Plan[] {
  const lists: Instruction[][] = Array.from({ length: threads }, () => []);
  let open: Step[] = [];
  for (const instruction of plan.instructions) {
    const step = stepOf(divided(instruction, threads, leastSaved) ?? [instruction]);
    if (open.length >= MOST_OPEN || open.some((before) => needsBarrier(before, step))) {
      for (const list of lists) list.push({ kind: "barrier" });
      open = [];
    }
    open.push(step);
    step.parts.forEach((part, thread) => {
      if (part !== null) lists[thread]!.push(part);
    });
  }
  const parts = lists.map((instructions) => ({ ...plan, instructions }));
  inspectDivided(plan, parts);
  return parts;
}

/** An instruction's parts by thread, and the memory each touches; null and missing: the thread has none. */
interface Step {
  readonly parts: readonly (Instruction | null)[];
  readonly uses: readonly (MemoryUse | null)[];
}

function stepOf(parts: readonly (Instruction | null)[]): Step {
  return { parts, uses: parts.map((part) => part && memoryUse(part)) };
}

/** True when different threads meet in memory. */
function needsBarrier(before: Step, after: Step): boolean {
  return before.uses.some((one, i) =>
    after.uses.some((other, j) => i !== j && one !== null && other !== null && isInConflict(one, other)),
  );
}

/** The parts of an instruction, or null when it is not worth dividing. */
function divided(
  instruction: Instruction,
  threads: number,
  leastSaved: number,
): readonly (Instruction | null)[] | null {
  const cuts = byKind(cutsOf, instruction, threads);
  const best = cuts.toSorted((one, other) => one.largest - other.largest)[0];
  if (best === undefined || nanosecondsOf(instruction) * (1 - best.largest) < leastSaved) return null;
  return best.parts.map((part) => (part.size === 0 ? null : best.take(part)));
}

/** A run of positions along an axis. */
interface Part {
  readonly from: number;
  readonly size: number;
}

/** A way to divide an instruction. */
interface Cut {
  readonly parts: readonly Part[];
  /** Share of the largest part, 0 … 1. */
  readonly largest: number;
  /** The instruction for these positions alone. */
  readonly take: (part: Part) => Instruction;
}

/** Ways to divide an instruction of each kind; the earlier is the better one where parts are alike. */
const cutsOf: ByKind<Instruction, readonly Cut[], [threads: number]> = {
  multiply: (product, threads) =>
    product.batch === undefined
      ? [
          // By columns each thread packs only its own part of the right operand.
          cut(product.columns, LINE_FLOATS, threads, (part) => columnsOfProduct(product, part)),
          cut(product.rows, TILE_ROWS, threads, (part) => rowsOfProduct(product, part)),
        ]
      : [cut(product.batch.extent, 1, threads, (part) => batchOfProducts(product, product.batch!, part))],
  map: (map, threads) => {
    const [outermost] = map.loops ?? [];
    return outermost === undefined
      ? [cut(map.rows, TILE_ROWS, threads, (part) => rowsOfMap(map, part))]
      : [cut(outermost.extent, TILE_ROWS, threads, (part) => turnsOfMap(map, outermost, part))];
  },
  reduce: (reduction, threads) => {
    const { along, rows, columns, loop } = reduction;
    if (loop !== undefined) return [cut(loop.extent, 1, threads, (part) => turnsOfReduction(reduction, loop, part))];
    if (along === "rows") return [cut(columns, LINE_FLOATS, threads, (part) => columnsOfReduction(reduction, part))];
    return along === "columns" ? [cut(rows, TILE_ROWS, threads, (part) => rowsOfReduction(reduction, part))] : [];
  },
  random: (random, threads) => [cut(random.rows, TILE_ROWS, threads, (part) => rowsOfRandom(random, part))],
  transpose: () => [],
  barrier: () => [],
};

function cut({ size }: Extent, unit: number, threads: number, take: (part: Part) => Instruction): Cut {
  const units = Math.ceil(size / unit);
  const parts = Array.from({ length: threads }, (_, thread) => {
    // The first threads get the larger parts: a smaller batch leaves the last ones idle anyway.
    const from = Math.min(size, Math.ceil((units * thread) / threads) * unit);
    return { from, size: Math.min(size, Math.ceil((units * (thread + 1)) / threads) * unit) - from };
  });
  return { parts, largest: Math.max(...parts.map((part) => part.size)) / size, take };
}

function partOf(extent: Extent, { from, size }: Part): Extent {
  return { ...extent, from: (extent.from ?? 0) + from, size };
}

function columnsOfProduct(instruction: MultiplyInstruction, part: Part): Instruction {
  const { right, output, bias } = instruction;
  const step = instruction.isRightTransposed ? right.stride : 1;
  return {
    ...instruction,
    columns: partOf(instruction.columns, part),
    right: { ...right, offset: right.offset + part.from * step },
    output: { ...output, offset: output.offset + part.from },
    bias: bias === null ? null : bias + part.from,
    ...updateFrom(instruction, part.from),
  };
}

function rowsOfProduct(instruction: MultiplyInstruction, part: Part): Instruction {
  const { left, output } = instruction;
  const step = instruction.isLeftTransposed ? 1 : left.stride;
  return {
    ...instruction,
    rows: partOf(instruction.rows, part),
    left: { ...left, offset: left.offset + part.from * step },
    output: { ...output, offset: output.offset + part.from * output.stride },
    ...updateFrom(instruction, part.from * (instruction.update?.from.stride ?? 0)),
  };
}

/** What an update in a product starts from, so many floats further on. */
function updateFrom({ update }: MultiplyInstruction, floats: number): Pick<MultiplyInstruction, "update"> {
  if (update === undefined) return {};
  return { update: { ...update, from: { ...update.from, offset: update.from.offset + floats } } };
}

function batchOfProducts(
  instruction: MultiplyInstruction,
  batch: NonNullable<MultiplyInstruction["batch"]>,
  part: Part,
): Instruction {
  const { left, right, output } = instruction;
  return {
    ...instruction,
    left: { ...left, offset: left.offset + part.from * batch.left },
    right: { ...right, offset: right.offset + part.from * batch.right },
    output: { ...output, offset: output.offset + part.from * batch.output },
    batch: { ...batch, extent: partOf(batch.extent, part) },
  };
}

function rowsOfMap(instruction: MapInstruction, part: Part): Instruction {
  const { width } = instruction;
  const step: Readonly<Record<Pattern, number>> = { full: width, row: 0, column: 1, scalar: 0 };
  return {
    ...instruction,
    rows: partOf(instruction.rows, part),
    operands: instruction.operands.map((each) => ({ ...each, offset: each.offset + part.from * step[each.pattern] })),
    equations: instruction.equations.map((each) => ({
      ...each,
      offset: each.offset === null ? null : each.offset + part.from * width,
    })),
  };
}

/** Some turns of a map's outermost loop: its outputs lie row-major, so that they are one block of memory. */
function turnsOfMap(instruction: MapInstruction, loop: MapLoop, part: Part): Instruction {
  return {
    ...instruction,
    operands: instruction.operands.map((each, i) => ({
      ...each,
      offset: each.offset + part.from * (loop.operands[i] ?? 0),
    })),
    equations: instruction.equations.map((each) => ({
      ...each,
      offset: each.offset === null ? null : each.offset + part.from * loop.output,
    })),
    loops: [{ ...loop, extent: partOf(loop.extent, part) }, ...(instruction.loops ?? []).slice(1)],
  };
}

function turnsOfReduction(instruction: ReduceInstruction, loop: Loop, part: Part): Instruction {
  const { input, output } = instruction;
  return {
    ...instruction,
    input: { ...input, offset: input.offset + part.from * loop.input },
    output: output + part.from * loop.output,
    loop: { ...loop, extent: partOf(loop.extent, part) },
  };
}

function columnsOfReduction(instruction: ReduceInstruction, part: Part): Instruction {
  const { input, output } = instruction;
  return {
    ...instruction,
    columns: partOf(instruction.columns, part),
    input: { ...input, offset: input.offset + part.from },
    output: output + part.from,
  };
}

function rowsOfReduction(instruction: ReduceInstruction, part: Part): Instruction {
  const { input, output } = instruction;
  return {
    ...instruction,
    rows: partOf(instruction.rows, part),
    input: { ...input, offset: input.offset + part.from * input.stride },
    output: output + part.from,
  };
}

function rowsOfRandom(instruction: RandomInstruction, part: Part): Instruction {
  const { output } = instruction;
  return {
    ...instruction,
    rows: partOf(instruction.rows, part),
    output: { ...output, offset: output.offset + part.from * output.stride },
  };
}
