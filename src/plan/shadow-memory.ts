import type { MemoryRange, Region } from "./memory-use.ts";

/** A number for each float of some blocks of memory, 0 at first, for what a verifier keeps of it. */
export class ShadowMemory {
  readonly #blocks: readonly { readonly start: number; readonly end: number; readonly marks: Int32Array }[];

  /** @param ranges may overlap or follow one another */
  constructor(ranges: readonly MemoryRange[]) {
    const joined: { start: number; end: number }[] = [];
    for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
      const last = joined.at(-1);
      if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
      else joined.push({ start, end });
    }
    this.#blocks = joined.map(({ start, end }) => ({ start, end, marks: new Int32Array(end - start) }));
  }

  /** The marks from a float on, of which there are at least so many; null where memory ends before. */
  at(start: number, floats: number): Int32Array | null {
    let [low, high] = [0, this.#blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#blocks[middle]!.start <= start) low = middle + 1;
      else high = middle;
    }
    const block = this.#blocks[low - 1];
    if (block === undefined || start + floats > block.end) return null;
    return block.marks.subarray(start - block.start, start - block.start + floats);
  }
}

/** Visits the rows of a region, in the order in which a machine comes to them. */
export function eachRow({ offset, rows, stride, loops }: Region, visit: (start: number) => void): void {
  const walk = (start: number, depth: number): void => {
    const loop = loops[depth];
    if (loop === undefined) for (let i = 0; i < rows; i++) visit(start + i * stride);
    else for (let turn = 0; turn < loop.turns; turn++) walk(start + turn * loop.step, depth + 1);
  };
  walk(offset, 0);
}
