import { internalError } from "../../errors.ts";
import { type ByKind, byKind } from "../../graph/by-kind.ts";
import {
  type Extent,
  type Instruction,
  type Loop,
  type MapInstruction,
  type MapLoop,
  type Matrix,
  type MultiplyInstruction,
  type Plan,
  type RandomInstruction,
  type ReduceInstruction,
  type TransposeInstruction,
  MOST_UPDATE_TERMS,
} from "../../plan/instruction.ts";
import { mapCode } from "./map-code.ts";
import * as code from "./opcodes.ts";
import { isWrittenOut, StretchWriter } from "./stretch-code.ts";

/** A plan as the WebAssembly module reads it. */
export interface EncodedPlan {
  /** Instructions one after the other, each with its code and its length in words first; `END` last. */
  readonly words: Int32Array;
  /** Words that hold the extent of a variable axis. */
  readonly extents: readonly ExtentWord[];
}

/** A word with the number of positions in use, which varies. */
export interface ExtentWord {
  readonly word: number;
  readonly extent: Extent;
}

const FLOAT_BYTES = 4;
const WORD_BYTES = 4;
const VECTOR_FLOATS = 4;

// Places of addresses among an instruction's words, for loops to move them on.
const MULTIPLY_WORDS = { left: 5, right: 8, output: 10 } as const;
const REDUCE_WORDS = { input: 5, output: 7 } as const;
const TRANSPOSE_WORDS = { input: 4, output: 6 } as const;
const FIRST_MAP_ADDRESS = 6;
/** Words of a loop before those that say what moves. */
const LOOP_WORDS = 4;

/**
 * Encodes a plan. After code and length come, as words (addresses and strides in bytes):
 *
 * - `MULTIPLY…`: rows, columns, depth, left, its bytes from row to row, its bytes from k to k, right, its stride,
 *   output, its stride, bias (0: none), for an update what it starts from (0: no update), its stride, the factor;
 * - `REDUCE_…`: kind (`SUM` …), rows, columns, input, its stride, output;
 * - `RANDOM`: rows, columns, full columns, stream, output, its stride, number of the first row;
 * - `TRANSPOSE`: rows, columns, input, its stride, output, its stride;
 * - `BARRIER`: nothing;
 * - `LOOP`: positions, count of the words that move on, and for each of them its bytes from the first instruction in the
 *   loop and the step in bytes; then the instructions, `END` last;
 * - `CALL`: number of the function; for a map then rows, bytes of a row, bytes from row to row and the addresses that its
 *   function wants, for a stretch of small instructions nothing.
 *
 * @param functionOf the number of a function with this body, for `call_indirect`
 */
export function encodePlan(plan: Plan, functionOf: FunctionNumber): EncodedPlan {
  const writer = new WordWriter();
  for (const stretch of stretchesOf(plan.instructions)) {
    const start = writer.words.length;
    const [only] = stretch;
    if (stretch.length === 1 && only !== undefined) byKind(encodeInstruction, only, writer, functionOf);
    else encodeStretch(writer, stretch, functionOf);
    writer.words[start + 1] = writer.words.length - start;
  }
  writer.push(code.END);
  return { words: Int32Array.from(writer.words), extents: writer.extents };
}

/** The instructions in their order, those together that are written out as one function; the others each alone. */
function stretchesOf(instructions: readonly Instruction[]): readonly (readonly Instruction[])[] {
  const stretches: Instruction[][] = [];
  let open: Instruction[] | null = null;
  for (const instruction of instructions) {
    if (open !== null && isWrittenOut(instruction)) open.push(instruction);
    else {
      const stretch = [instruction];
      stretches.push(stretch);
      open = isWrittenOut(instruction) ? stretch : null;
    }
  }
  return stretches;
}

function encodeStretch(writer: WordWriter, stretch: readonly Instruction[], functionOf: FunctionNumber): void {
  const stretchWriter = new StretchWriter();
  for (const instruction of stretch) stretchWriter.write(instruction);
  open(writer, code.CALL);
  writer.push(functionOf(stretchWriter.body()));
}

type FunctionNumber = (body: Uint8Array) => number;

const encodeInstruction: ByKind<Instruction, void, [writer: WordWriter, functionOf: FunctionNumber]> = {
  multiply: encodeMultiply,
  map: encodeMap,
  reduce: encodeReduce,
  random: encodeRandom,
  transpose: encodeTranspose,
  barrier: (_, writer) => open(writer, code.BARRIER),
};

/** Words, and which of them hold extents that vary. */
class WordWriter {
  readonly words: number[] = [];
  readonly extents: ExtentWord[] = [];

  push(...words: readonly number[]): void {
    this.words.push(...words);
  }

  extent(extent: Extent): void {
    if (extent.variable !== null) this.extents.push({ word: this.words.length, extent });
    this.words.push(extent.size);
  }

  matrix({ offset, stride }: Matrix): void {
    this.words.push(offset * FLOAT_BYTES, stride * FLOAT_BYTES);
  }
}

/**
 * Products and transposes write whole vectors into the padding at a row's end, so their rows must have it.
 * @throws BackpassError (internal) when a row's stride is no multiple of 4 and another row follows.
 */
function checkPadding(kind: string, { stride }: Matrix, rows: Extent): void {
  if (stride % VECTOR_FLOATS !== 0 && rows.size > 1) {
    throw internalError(`${kind}: expected an output stride that is a multiple of 4, got ${stride}.`);
  }
}

/** Opens an instruction; its length is written when it is complete. */
function open(writer: WordWriter, operation: number): void {
  writer.push(operation, 0);
}

/** A word of an instruction that a loop moves on: its place, counted from the instruction's first, and the step in floats. */
interface Move {
  readonly word: number;
  readonly step: number;
}

/** Encodes an instruction that is done for every position of some axes, the last one moving fastest. */
function encodeLoops(
  writer: WordWriter,
  loops: readonly { readonly extent: Extent; readonly moves: readonly Move[] }[],
  encodeBody: () => void,
): void {
  const [loop, ...inner] = loops;
  if (loop === undefined) {
    encodeBody();
    return;
  }
  const moving = (moves: readonly Move[]): readonly Move[] => moves.filter(({ step }) => step !== 0);
  // What the inner loops have before the instruction.
  const before = inner.reduce((words, { moves }) => words + LOOP_WORDS + 2 * moving(moves).length, 0);
  const moves = moving(loop.moves);
  open(writer, code.LOOP);
  writer.extent(loop.extent);
  writer.push(moves.length);
  for (const { word, step } of moves) writer.push((before + word) * WORD_BYTES, step * FLOAT_BYTES);
  const start = writer.words.length;
  encodeLoops(writer, inner, encodeBody);
  writer.words[start + 1] = writer.words.length - start;
  writer.push(code.END);
}

function encodeMultiply(instruction: MultiplyInstruction, writer: WordWriter): void {
  const { batch } = instruction;
  const moves = (each: NonNullable<typeof batch>): readonly Move[] => [
    { word: MULTIPLY_WORDS.left, step: each.left },
    { word: MULTIPLY_WORDS.right, step: each.right },
    { word: MULTIPLY_WORDS.output, step: each.output },
  ];
  const loops = batch === undefined ? [] : [{ extent: batch.extent, moves: moves(batch) }];
  encodeLoops(writer, loops, () => encodeProduct(instruction, writer));
}

function encodeProduct(instruction: MultiplyInstruction, writer: WordWriter): void {
  const { left, right, output, bias, update } = instruction;
  checkPadding("multiply", output, instruction.rows);
  open(writer, instruction.isRightTransposed ? code.MULTIPLY_RIGHT_TRANSPOSED : code.MULTIPLY);
  writer.extent(instruction.rows);
  writer.extent(instruction.columns);
  writer.extent(instruction.depth);
  const across = left.stride * FLOAT_BYTES;
  const [row, term] = instruction.isLeftTransposed ? [FLOAT_BYTES, across] : [across, FLOAT_BYTES];
  writer.push(left.offset * FLOAT_BYTES, row, term);
  writer.matrix(right);
  writer.matrix(output);
  writer.push((bias ?? 0) * FLOAT_BYTES);
  if (update === undefined) writer.push(0, 0, 0);
  else {
    if (instruction.depth.size > MOST_UPDATE_TERMS || bias !== null || instruction.batch !== undefined)
      throw internalError("multiply: no place for an update.");
    writer.matrix(update.from);
    writer.push(update.factor * FLOAT_BYTES);
  }
}

const reduceCode = { rows: code.REDUCE_ROWS, columns: code.REDUCE_COLUMNS, both: code.REDUCE_BOTH } as const;
const reductionKind = { sum: code.SUM, mean: code.MEAN, max: code.MAX_OF } as const;

function encodeReduce(instruction: ReduceInstruction, writer: WordWriter): void {
  const { loop } = instruction;
  const moves = (each: Loop): readonly Move[] => [
    { word: REDUCE_WORDS.input, step: each.input },
    { word: REDUCE_WORDS.output, step: each.output },
  ];
  encodeLoops(writer, loop === undefined ? [] : [{ extent: loop.extent, moves: moves(loop) }], () => {
    open(writer, reduceCode[instruction.along]);
    writer.push(reductionKind[instruction.reduction]);
    writer.extent(instruction.rows);
    writer.extent(instruction.columns);
    writer.matrix(instruction.input);
    writer.push(instruction.output * FLOAT_BYTES);
  });
}

function encodeRandom(instruction: RandomInstruction, writer: WordWriter): void {
  open(writer, code.RANDOM);
  writer.extent(instruction.rows);
  writer.extent(instruction.columns);
  writer.push(instruction.columns.size, instruction.stream);
  writer.matrix(instruction.output);
  writer.push(instruction.rows.from ?? 0);
}

function encodeTranspose(instruction: TransposeInstruction, writer: WordWriter): void {
  checkPadding("transpose", instruction.output, instruction.columns);
  const loops = (instruction.loops ?? []).map(({ extent, input, output }) => ({
    extent,
    moves: [
      { word: TRANSPOSE_WORDS.input, step: input },
      { word: TRANSPOSE_WORDS.output, step: output },
    ],
  }));
  encodeLoops(writer, loops, () => {
    open(writer, code.TRANSPOSE);
    writer.extent(instruction.rows);
    writer.extent(instruction.columns);
    writer.matrix(instruction.input);
    writer.matrix(instruction.output);
  });
}

function encodeMap(instruction: MapInstruction, writer: WordWriter, functionOf: FunctionNumber): void {
  const { body, offsets } = mapCode(instruction);
  const { operands, equations } = instruction;
  const rowBytes = instruction.width * FLOAT_BYTES;
  // An output that lies on an operand moves as that does.
  const stepOf = (loop: MapLoop, offset: number): number =>
    equations.some((each) => each.offset === offset)
      ? loop.output
      : loop.operands[operands.findIndex((each) => each.offset === offset)]!;
  const loops = (instruction.loops ?? []).map((loop) => ({
    extent: loop.extent,
    moves: offsets.map((offset, i) => ({ word: FIRST_MAP_ADDRESS + i, step: stepOf(loop, offset) })),
  }));
  encodeLoops(writer, loops, () => {
    open(writer, code.CALL);
    writer.push(functionOf(body));
    writer.extent(instruction.rows);
    writer.push(rowBytes, rowBytes);
    writer.push(...offsets.map((offset) => offset * FLOAT_BYTES));
  });
}
