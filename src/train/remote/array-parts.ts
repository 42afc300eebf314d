import { type StateOf, withNumbers } from "../loop/training-state.ts";

/** Arrays that a message can carry. */
export type FloatArray = Float32Array | Float64Array;

/** An array whose numbers follow in parts. */
export interface EmptyArray {
  readonly bytesPerNumber: number;
  readonly length: number;
}

/** What is copied at once: a millisecond or two. */
const PART_BYTES = 4 * 2 ** 20;

/**
 * Copies of arrays in parts of about 4 MB, one after the other, each part as pieces of one array or several: what is sent
 * between threads in messages, none of which takes long.
 */
export function* partsOf(arrays: readonly FloatArray[]): Generator<readonly FloatArray[], void> {
  let part: FloatArray[] = [];
  let room = PART_BYTES;
  for (const array of arrays) {
    const size = array.BYTES_PER_ELEMENT;
    for (let start = 0; start < array.length;) {
      const piece = array.slice(start, start + Math.ceil(room / size));
      part.push(piece);
      start += piece.length;
      room -= piece.byteLength;
      if (room > 0) continue;
      yield part;
      part = [];
      room = PART_BYTES;
    }
  }
  if (part.length > 0) yield part;
}

/** Buffers of a part, to be handed over with it instead of copied. */
export function buffersOf(part: readonly FloatArray[]): Transferable[] {
  return part.map(({ buffer }) => buffer as ArrayBuffer); // as: `slice` makes no shared ones
}

/** Puts parts together again. */
export interface Filler {
  /** Takes the next part. */
  add(part: readonly FloatArray[]): void;
  isFull(): boolean;
}

/** Fills arrays of the lengths that the parts were cut from, in the same order. */
export function createFiller(arrays: readonly FloatArray[]): Filler {
  const left = arrays.filter(({ length }) => length > 0);
  let filled = 0;
  return {
    add: (part) => {
      for (const piece of part) {
        const array = left[0];
        array?.set(piece, filled);
        filled += piece.length;
        if (filled !== array?.length) continue;
        left.shift();
        filled = 0;
      }
    },
    isFull: () => left.length === 0,
  };
}

/** All the numbers of a state, in the order of `withNumbers`. */
export function stateArrays<Numbers>(state: StateOf<Numbers>): Numbers[] {
  const arrays: Numbers[] = [];
  withNumbers(state, (numbers) => arrays.push(numbers));
  return arrays;
}

/** What stands for an array in a message, until its numbers follow. */
export function emptied({ BYTES_PER_ELEMENT, length }: FloatArray): EmptyArray {
  return { bytesPerNumber: BYTES_PER_ELEMENT, length };
}
