import { internalError } from "../../errors.ts";
import type {
  Extent,
  Instruction,
  MapInstruction,
  Matrix,
  MultiplyInstruction,
  Plan,
  RandomInstruction,
  ReduceInstruction,
  TransposeInstruction,
} from "../../plan/instruction.ts";
import { compileMap, type Fill, type MapOperation, type MapProgram, type Place } from "./compile-map.ts";
import * as code from "./opcodes.ts";

/** A plan as the WebAssembly module reads it. */
export interface EncodedPlan {
  /** Instructions one after the other, each with its code and its length in words first; `END` last. */
  readonly words: Int32Array;
  /** Words that hold the extent of a variable axis. */
  readonly extents: readonly ExtentWord[];
  /** Numbers that the words refer to, each to be spread over four floats at its offset. */
  readonly constants: readonly { readonly offset: number; readonly value: number }[];
}

/** A word with the number of positions in use along a variable axis: those of `size` positions from `from` on. */
export interface ExtentWord {
  readonly word: number;
  /** Number of the axis in its plan. */
  readonly variable: number;
  readonly from: number;
  readonly size: number;
}

/** Where a map's scratch and constants lie, in bytes. */
interface Scratch {
  readonly uniforms: number;
  readonly registers: number;
  readonly constants: ReadonlyMap<number, number>;
}

const FLOAT_BYTES = 4;
const VECTOR_FLOATS = 4;

/**
 * Encodes a plan. After code and length come, as words (addresses and strides in bytes):
 *
 * - `MULTIPLY…`: rows, columns, depth, left, its bytes from row to row, its bytes from k to k, right, its stride,
 *   output, its stride, bias (0: none);
 * - `REDUCE_…`: kind (`SUM` …), rows, columns, input, its stride, output;
 * - `RANDOM`: rows, columns, full columns, stream, output, its stride, number of the first row;
 * - `TRANSPOSE`: rows, columns, input, its stride, output, its stride;
 * - `BARRIER`: nothing;
 * - `MAP`: rows, width in floats, tiling (`TILES_…`), tile (bytes, or rows), counts of: scalars, repeated rows, columns,
 *   uniform operations, operations; then those lists: fills of two words (from, to), operations of six (code, to, and
 *   up to four operands, whose low bits tell how they move).
 *
 * @param allocate reserves memory for scratch and constants: floats wanted, offset in floats given.
 */
export function encodePlan(plan: Plan, allocate: (floats: number) => number): EncodedPlan {
  const programs = new Map<Instruction, MapProgram>();
  for (const instruction of plan.instructions) {
    if (instruction.kind === "map") programs.set(instruction, compileMap(instruction));
  }
  const { scratch, constants } = placeScratch([...programs.values()], allocate);
  const writer = new WordWriter();
  for (const instruction of plan.instructions) {
    const start = writer.words.length;
    switch (instruction.kind) {
      case "multiply":
        encodeMultiply(writer, instruction);
        break;
      case "map":
        encodeMap(writer, instruction, programs.get(instruction)!, scratch);
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
    writer.words[start + 1] = writer.words.length - start;
  }
  writer.push(code.END);
  return { words: Int32Array.from(writer.words), extents: writer.extents, constants };
}

/** All maps of a plan use the same scratch, one after the other. */
function placeScratch(
  programs: readonly MapProgram[],
  allocate: (floats: number) => number,
): { readonly scratch: Scratch; readonly constants: EncodedPlan["constants"] } {
  const need = (floats: (program: MapProgram) => number): number => Math.max(0, ...programs.map(floats));
  const uniforms = allocate(need((program) => program.uniforms * VECTOR_FLOATS)) * FLOAT_BYTES;
  const registers = allocate(need((program) => program.registers * program.registerFloats)) * FLOAT_BYTES;
  const addresses = new Map<number, number>();
  const constants: { offset: number; value: number }[] = [];
  const operations = programs.flatMap((program) => [...program.uniformOperations, ...program.operations]);
  for (const place of operations.flatMap(({ from }) => from)) {
    if (place.kind !== "constant" || addresses.has(bitsOf(place.value))) continue;
    const offset = allocate(VECTOR_FLOATS);
    constants.push({ offset, value: place.value });
    addresses.set(bitsOf(place.value), offset * FLOAT_BYTES);
  }
  return { scratch: { uniforms, registers, constants: addresses }, constants };
}

/** The bits of a float32, a key that tells −0 from 0. */
function bitsOf(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0]!;
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
  const { left, right, output, bias } = instruction;
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

function encodeMap(writer: WordWriter, instruction: MapInstruction, program: MapProgram, scratch: Scratch): void {
  const registerBytes = program.registerFloats * FLOAT_BYTES;
  const addressOf = (place: Place): number => {
    switch (place.kind) {
      case "constant":
        return scratch.constants.get(bitsOf(place.value))! | code.UNIFORM;
      case "uniform":
        return (scratch.uniforms + place.index * VECTOR_FLOATS * FLOAT_BYTES) | code.UNIFORM;
      case "register":
        return (scratch.registers + place.index * registerBytes) | code.REGISTER;
      case "memory": {
        if (place.offset % VECTOR_FLOATS !== 0) throw internalError(`map: offset ${place.offset} is no multiple of 4.`);
        return (place.offset * FLOAT_BYTES) | (place.isRow ? code.MOVING_IN_ROW : code.MOVING);
      }
    }
  };
  // Fills write to an address, so the bits that tell how an operand moves are left out.
  const fill = ({ offset, to }: Fill): void => writer.push(offset * FLOAT_BYTES, addressOf(to) & ~3);
  const operation = ({ code: operationCode, to, from }: MapOperation): void =>
    writer.push(
      operationCode,
      addressOf(to),
      ...[0, 1, 2, 3].map((i) => (from[i] === undefined ? 0 : addressOf(from[i]))),
    );

  open(writer, code.MAP);
  writer.extent(instruction.rows);
  writer.push(instruction.width, program.tiling);
  writer.push(program.tiling === code.TILES_OF_ROWS ? program.tile : program.tile * FLOAT_BYTES);
  writer.push(program.scalars.length, program.repeated.length, program.columns.length);
  writer.push(program.uniformOperations.length, program.operations.length);
  for (const each of [...program.scalars, ...program.repeated, ...program.columns]) fill(each);
  for (const each of [...program.uniformOperations, ...program.operations]) operation(each);
}
