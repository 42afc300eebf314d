import { internalError } from "../../errors.ts";
import {
  type Extent,
  type Instruction,
  type MapInstruction,
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

/** A word with the number of positions in use along a variable axis: those of `size` positions from `from` on. */
export interface ExtentWord {
  readonly word: number;
  /** Number of the axis in its plan. */
  readonly variable: number;
  readonly from: number;
  readonly size: number;
}

const FLOAT_BYTES = 4;
const VECTOR_FLOATS = 4;

/**
 * Encodes a plan. After code and length come, as words (addresses and strides in bytes):
 *
 * - `MULTIPLY…`: rows, columns, depth, left, its bytes from row to row, its bytes from k to k, right, its stride,
 *   output, its stride, bias (0: none), for an update what it starts from (0: no update), its stride, the factor;
 * - `REDUCE_…`: kind (`SUM` …), rows, columns, input, its stride, output;
 * - `RANDOM`: rows, columns, full columns, stream, output, its stride, number of the first row;
 * - `TRANSPOSE`: rows, columns, input, its stride, output, its stride;
 * - `BARRIER`: nothing;
 * - `CALL`: number of the function; for a map then rows, bytes of a row, bytes from row to row and the addresses that its
 *   function wants, for a stretch of small instructions nothing.
 *
 * @param functionOf the number of a function with this body, for `call_indirect`
 */
export function encodePlan(plan: Plan, functionOf: (body: Uint8Array) => number): EncodedPlan {
  const writer = new WordWriter();
  for (const stretch of stretchesOf(plan.instructions)) {
    const start = writer.words.length;
    const [only] = stretch;
    if (stretch.length === 1 && only !== undefined) encodeInstruction(writer, only, functionOf);
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

function encodeStretch(
  writer: WordWriter,
  stretch: readonly Instruction[],
  functionOf: (body: Uint8Array) => number,
): void {
  const stretchWriter = new StretchWriter();
  for (const instruction of stretch) stretchWriter.write(instruction);
  open(writer, code.CALL);
  writer.push(functionOf(stretchWriter.body()));
}

function encodeInstruction(
  writer: WordWriter,
  instruction: Instruction,
  functionOf: (body: Uint8Array) => number,
): void {
  switch (instruction.kind) {
    case "multiply":
      encodeMultiply(writer, instruction);
      break;
    case "map":
      encodeMap(writer, instruction, functionOf);
      break;
    case "reduce":
      encodeReduce(writer, instruction);
      break;
    case "random":
      encodeRandom(writer, instruction);
      break;
    case "transpose":
      encodeTranspose(writer, instruction);
      break;
    case "barrier":
      open(writer, code.BARRIER);
      break;
  }
}

/** Words, and which of them hold extents that vary. */
class WordWriter {
  readonly words: number[] = [];
  readonly extents: ExtentWord[] = [];

  push(...words: readonly number[]): void {
    this.words.push(...words);
  }

  extent({ size, variable, from = 0 }: Extent): void {
    if (variable !== null) this.extents.push({ word: this.words.length, variable, from, size });
    this.words.push(size);
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

function encodeMultiply(writer: WordWriter, instruction: MultiplyInstruction): void {
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
    if (instruction.depth.size > MOST_UPDATE_TERMS || bias !== null)
      throw internalError("multiply: no place for an update.");
    writer.matrix(update.from);
    writer.push(update.factor * FLOAT_BYTES);
  }
}

const reduceCode = { rows: code.REDUCE_ROWS, columns: code.REDUCE_COLUMNS, both: code.REDUCE_BOTH } as const;
const reductionKind = { sum: code.SUM, mean: code.MEAN, max: code.MAX_OF } as const;

function encodeReduce(writer: WordWriter, instruction: ReduceInstruction): void {
  open(writer, reduceCode[instruction.along]);
  writer.push(reductionKind[instruction.reduction]);
  writer.extent(instruction.rows);
  writer.extent(instruction.columns);
  writer.matrix(instruction.input);
  writer.push(instruction.output * FLOAT_BYTES);
}

function encodeRandom(writer: WordWriter, instruction: RandomInstruction): void {
  open(writer, code.RANDOM);
  writer.extent(instruction.rows);
  writer.extent(instruction.columns);
  writer.push(instruction.columns.size, instruction.stream);
  writer.matrix(instruction.output);
  writer.push(instruction.rows.from ?? 0);
}

function encodeTranspose(writer: WordWriter, instruction: TransposeInstruction): void {
  checkPadding("transpose", instruction.output, instruction.columns);
  open(writer, code.TRANSPOSE);
  writer.extent(instruction.rows);
  writer.extent(instruction.columns);
  writer.matrix(instruction.input);
  writer.matrix(instruction.output);
}

function encodeMap(writer: WordWriter, instruction: MapInstruction, functionOf: (body: Uint8Array) => number): void {
  const { body, offsets } = mapCode(instruction);
  const rowBytes = instruction.width * FLOAT_BYTES;
  open(writer, code.CALL);
  writer.push(functionOf(body));
  writer.extent(instruction.rows);
  writer.push(rowBytes, rowBytes);
  writer.push(...offsets.map((offset) => offset * FLOAT_BYTES));
}
