import type { CompiledPlan, Place } from "./compiled-plan.ts";
import { type ByKind, byKind } from "../graph/by-kind.ts";
import type { Instruction } from "./instruction.ts";
import { elementsOf } from "./layout.ts";
import { type Region, regionsOf } from "./memory-use.ts";
import { eachRow, ShadowMemory } from "./shadow-memory.ts";

/** Tells what is wrong with an instruction of a plan, or (at the number of instructions) with what it leaves behind. */
export type Report = (position: number, what: string) => never;

const LANES = 4;

/**
 * Goes through a plan with a note at every float of its memory: which tensor stands there, and who wrote it. Every
 * instruction must find the tensors that it is to read, whole; and after the last one all that is kept must be there.
 */
export function verifyMemory(plan: CompiledPlan, report: Report): void {
  new MemoryVerifier(plan, report).verify();
}

/** The note of a float that holds nothing anybody may read: garbage in the padding of a row. */
const GARBAGE = -1;

class MemoryVerifier {
  readonly #plan: CompiledPlan;
  readonly #report: Report;
  /** The tensor at each float, by its number; 0: nothing yet. */
  readonly #tensors: ShadowMemory;
  /** 1 + position of the instruction that wrote a float; 0: none, it was there before. */
  readonly #writers: ShadowMemory;
  readonly #numbers = new Map<Place, number>();

  constructor(plan: CompiledPlan, report: Report) {
    this.#plan = plan;
    this.#report = report;
    this.#tensors = new ShadowMemory(plan.tensors.blocks);
    this.#writers = new ShadowMemory(plan.tensors.blocks);
  }

  verify(): void {
    const { instructions, tensors } = this.#plan;
    for (const place of tensors.given) this.#write(wholeOf(place), place, -1);
    instructions.forEach((instruction, position) => {
      const { reads, writes } = regionsOf(instruction);
      const touched = tensors.touched.get(instruction);
      if (touched?.reads.length !== reads.length || touched.writes.length !== writes.length) {
        this.#report(position, `expected a tensor for each of ${reads.length + writes.length} places, got others.`);
      }
      reads.forEach((region, i) => {
        this.#read(region, touched.reads[i]!, position, byKind(mayReadPadding, instruction, i));
      });
      writes.forEach((region, i) =>
        this.#write(region, touched.writes[i]!, position, byKind(writesVectors, instruction)),
      );
    });
    for (const place of tensors.kept) this.#read(wholeOf(place), place, instructions.length, true);
  }

  #numberOf(place: Place): number {
    const number = this.#numbers.get(place) ?? this.#numbers.size + 1;
    this.#numbers.set(place, number);
    return number;
  }

  #read(region: Region, place: Place, position: number, mayBePadding: boolean): void {
    const number = this.#numberOf(place);
    eachRow(region, (start) => {
      const tensors = this.#inside(this.#tensors, start, region.width, position);
      for (let i = 0; i < region.width; i++) {
        if (isPadding(place, start + i)) {
          if (!mayBePadding) this.#report(position, `reads padding at ${start + i}.`);
        } else if (tensors[i] !== number) this.#missing(start + i, tensors[i]!, position);
      }
    });
  }

  #missing(at: number, found: number, position: number): never {
    if (found === 0) this.#report(position, `reads at ${at} what was not written before.`);
    const writer = this.#writers.at(at, 1)![0]!;
    const by = writer === 0 ? "something that was there before the run" : `instruction ${writer - 1}`;
    return this.#report(position, `reads at ${at} a tensor over which ${by} has written.`);
  }

  #write(region: Region, place: Place, position: number, isInVectors = false): void {
    const number = this.#numberOf(place);
    const width = isInVectors ? Math.ceil(region.width / LANES) * LANES : region.width;
    eachRow(region, (start) => {
      const tensors = this.#inside(this.#tensors, start, width, position);
      const writers = this.#inside(this.#writers, start, width, position);
      for (let i = 0; i < width; i++) {
        const isValid = i < region.width && !isPadding(place, start + i);
        tensors[i] = isValid ? number : GARBAGE;
        writers[i] = position + 1;
      }
    });
  }

  #inside(memory: ShadowMemory, start: number, floats: number, position: number): Int32Array {
    const marks = memory.at(start, floats);
    return marks ?? this.#report(position, `expected memory of the plan, got ${start} to ${start + floats - 1}.`);
  }
}

/** A tensor as the rows that it has in memory. */
function wholeOf({ axes, matrix }: Place): Region {
  const rows = elementsOf(axes.slice(0, -1));
  return { offset: matrix.offset, rows, stride: matrix.stride, width: axes.at(-1)?.size ?? 1, loops: [] };
}

/** True for a float beyond the end of its row. */
function isPadding({ axes, matrix }: Place, at: number): boolean {
  return (at - matrix.offset) % matrix.stride >= (axes.at(-1)?.size ?? 1);
}

/** Instructions whose read of this number may meet padding, since what comes of it is padding again. */
const mayReadPadding: ByKind<Instruction, boolean, [read: number]> = {
  // Columns of several axes have it between them, in the right operand and in what is added.
  multiply: ({ isRightTransposed }, read) => read > 0 && !(read === 1 && isRightTransposed),
  map: () => true,
  reduce: ({ along }) => along === "rows",
  random: () => false,
  transpose: () => false,
  barrier: () => false,
};

/** Instructions that write a row in whole vectors, up to three floats too many. */
const writesVectors: ByKind<Instruction, boolean> = {
  multiply: () => true,
  map: () => true,
  reduce: ({ along }) => along === "rows",
  random: () => false,
  transpose: () => true,
  barrier: () => false,
};
