import { internalError } from "../../errors.ts";
import type { MapInstruction, MapOperand } from "../../plan/instruction.ts";
import { FunctionWriter } from "./assembler.ts";
import { kernelFunctions } from "./kernel-functions.ts";
import { isCalled, writeOperation } from "./map-operations.ts";
import { type ComputedValue, type MapValues, type Value, valuesOf } from "./map-values.ts";

/** A map as a WebAssembly function, and where the words of its instruction point. */
export interface MapCode {
  /**
   * Its code, for `assemble`. It takes the address of the instruction, whose words are explained in `encode.ts`, and
   * holds neither addresses nor sizes: maps with equal formulas have equal code.
   */
  readonly body: Uint8Array;
  /** Places in memory, in floats, in the order of the instruction's words. */
  readonly offsets: readonly number[];
}

// Places in an instruction's words, in bytes: see encode.ts.
const ROWS = 12;
const ROW_BYTES = 16;
const STRIDE = 20;
const FIRST_ADDRESS = 24;
const VECTOR_BYTES = 16;
/** A loop's turn handles four vectors when that is at most so many operations: code that calls functions gains nothing. */
const MOST_UNROLLED = 24;

/** Compiles the equations of a map: what they share is computed once, what is the same along a row once a row. */
export function mapCode(instruction: MapInstruction): MapCode {
  const writer = new FunctionWriter(kernelFunctions);
  const offsets = writeMap(writer, instruction, 0);
  return { body: writer.body(), offsets };
}

/** Writes the code of a map whose words begin `base` bytes after the address in parameter 0; returns `MapCode.offsets`. */
export function writeMap(writer: FunctionWriter, instruction: MapInstruction, base: number): readonly number[] {
  return new MapCompiler(writer, valuesOf(onOneRow(instruction)), base).compile();
}

/** With one row there is no difference between a row and the whole, nor between a column and a scalar. */
export function onOneRow(instruction: MapInstruction): MapInstruction {
  if (instruction.rows.size !== 1) return instruction;
  const pattern = { full: "full", row: "full", column: "scalar", scalar: "scalar" } as const;
  return {
    ...instruction,
    operands: instruction.operands.map((each) => ({ ...each, pattern: pattern[each.pattern] })),
  };
}

/** An address in memory that a loop moves along; an output that overwrites an operand shares its pointer. */
interface Pointer {
  readonly offset: number;
  readonly local: number;
  /** For a row vector: where it starts again with every row. */
  readonly start: number | null;
}

type OperandValue = Extract<Value, { kind: "operand" }>;

/** Holds what the compilation of one map needs at every turn. */
class MapCompiler {
  readonly #writer: FunctionWriter;
  readonly #base: number;
  readonly #computed: readonly ComputedValue[];
  readonly #outputs: MapValues["outputs"];
  readonly #operands: readonly OperandValue[];
  /** The local that holds a value. */
  readonly #locals = new Map<Value, number>();
  readonly #offsets: number[] = [];

  constructor(writer: FunctionWriter, values: MapValues, base: number) {
    this.#writer = writer;
    this.#base = base;
    const live = liveValues(values);
    this.#computed = values.computed.filter((value) => live.has(value));
    this.#outputs = values.outputs;
    this.#operands = [...live].filter((value) => value.kind === "operand");
    const isPassing = (value: Value): boolean => value.kind === "computed" && value.reach === "position";
    for (const value of live) if (!isPassing(value)) this.#locals.set(value, this.#writer.vector());
    this.#placePassing(this.#computed.filter(isPassing));
  }

  /** Locals for what is computed at every position: a value takes that of one that is not needed any more. */
  #placePassing(passing: readonly ComputedValue[]): void {
    const lastUse = new Map<Value, number>();
    passing.forEach((value, position) => value.arguments.forEach((part) => lastUse.set(part, position)));
    for (const { value } of this.#outputs) lastUse.delete(value);
    const free: number[] = [];
    passing.forEach((value, position) => {
      for (const part of new Set(value.arguments)) {
        const isDone = part.kind === "computed" && part.reach === "position" && lastUse.get(part) === position;
        if (isDone) free.push(this.#local(part));
      }
      this.#locals.set(value, free.pop() ?? this.#writer.vector());
    });
  }

  compile(): MapCode["offsets"] {
    const writer = this.#writer;
    const [rows, rowBytes, gap, rest] = [writer.integer(), writer.integer(), writer.integer(), writer.integer()];
    writer.word(this.#base + ROWS).set(rows);
    writer.word(this.#base + ROW_BYTES).set(rowBytes);
    writer.word(this.#base + STRIDE);
    writer.get(rowBytes).subtractIntegers().set(gap);
    const columns = this.#operandsOf("column").map((value) => ({
      value,
      pointer: this.#pointer(value.operand.offset),
    }));
    const repeated = this.#operandsOf("row").map((value) => ({
      value,
      pointer: this.#pointer(value.operand.offset, true),
    }));
    const full = new Map<number, Pointer>();
    const outputs = this.#outputs.map(({ offset }) => ({ operand: { offset } }));
    for (const { operand } of [...this.#operandsOf("full"), ...outputs]) {
      if (!full.has(operand.offset)) full.set(operand.offset, this.#pointer(operand.offset));
    }
    for (const value of this.#operandsOf("scalar")) {
      writer.word(this.#word(value.operand.offset)).loadSplat().set(this.#local(value));
    }
    this.#constants();
    this.#compute("all");

    const moving = [...full.values(), ...repeated.map(({ pointer }) => pointer)];
    const vector = (at: number): void => {
      for (const value of this.#operandsOf("full")) {
        writer.get(full.get(value.operand.offset)!.local).loadVector(at).set(this.#local(value));
      }
      for (const { value, pointer } of repeated) writer.get(pointer.local).loadVector(at).set(this.#local(value));
      this.#compute("position");
      for (const { offset, value } of this.#outputs) {
        writer.get(full.get(offset)!.local).get(this.#local(value)).storeVector(at);
      }
    };
    const vectors = (count: number): void => {
      for (let i = 0; i < count; i++) vector(i * VECTOR_BYTES);
      for (const { local } of moving) writer.advance(local, count * VECTOR_BYTES);
      writer.advance(rest, -count * VECTOR_BYTES);
    };
    const loop = (count: number): void => {
      const hasMore = (): void => void writer.isAtLeast(rest, count * VECTOR_BYTES);
      writer.when(hasMore, () => writer.loop(() => vectors(count), hasMore));
    };
    const row = (): void => {
      for (const { local, start } of moving) if (start !== null) writer.get(start).set(local);
      for (const { value, pointer } of columns) {
        writer.get(pointer.local).loadSplat().set(this.#local(value)).advance(pointer.local, 4);
      }
      this.#compute("row");
      writer.get(rowBytes).set(rest);
      if (this.#isShort()) loop(4);
      loop(1);
      for (const { local, start } of moving) if (start === null) writer.get(local).get(gap).addIntegers().set(local);
    };
    if (columns.length === 0 && repeated.length === 0) this.#joinRows(rows, rowBytes, gap);
    // No rows: a thread's part of a batch that ends before it.
    const loopOverRows = (): void =>
      void writer.loop(row, () => writer.get(rows).integerConstant(1).subtractIntegers().set(rows).get(rows));
    writer.when(() => writer.get(rows), loopOverRows);
    return this.#offsets;
  }

  /** Rows that follow one another without a gap are one long row, where no operand cares for the difference. */
  #joinRows(rows: number, rowBytes: number, gap: number): void {
    const writer = this.#writer;
    writer.when(
      () => writer.get(gap).integerConstant(0).areEqual(),
      () => writer.get(rows).get(rowBytes).multiplyIntegers().set(rowBytes).integerConstant(1).set(rows),
    );
  }

  #operandsOf(pattern: MapOperand["pattern"]): readonly OperandValue[] {
    return this.#operands.filter(({ operand }) => operand.pattern === pattern);
  }

  #local(value: Value): number {
    const local = this.#locals.get(value);
    if (local === undefined) throw internalError("map: a value is used before it is computed.");
    return local;
  }

  /** The next word of the instruction, for an address: its distance from the instruction's start in bytes. */
  #word(offset: number): number {
    return this.#base + FIRST_ADDRESS + 4 * (this.#offsets.push(offset) - 1);
  }

  #pointer(offset: number, isRepeated = false): Pointer {
    const writer = this.#writer;
    const local = writer.integer();
    writer.word(this.#word(offset)).set(local);
    if (!isRepeated) return { offset, local, start: null };
    const start = writer.integer();
    writer.get(local).set(start);
    return { offset, local, start };
  }

  #constants(): void {
    for (const [value, local] of this.#locals) {
      if (value.kind === "constant") this.#writer.vectorConstant(value.value).set(local);
    }
  }

  #compute(reach: Value["reach"]): void {
    for (const value of this.#computed) {
      if (value.reach !== reach) continue;
      writeOperation(this.#writer, value, (part) => this.#writer.get(this.#local(part)));
      this.#writer.set(this.#local(value));
    }
  }

  #isShort(): boolean {
    const inLoop = this.#computed.filter(({ reach }) => reach === "position");
    return inLoop.length <= MOST_UNROLLED && inLoop.every(({ operation }) => !isCalled(operation));
  }
}

/** What outputs depend on. */
export function liveValues({ outputs }: MapValues): ReadonlySet<Value> {
  const live = new Set<Value>();
  const visit = (value: Value): void => {
    if (live.has(value)) return;
    live.add(value);
    if (value.kind === "computed") value.arguments.forEach(visit);
  };
  for (const { value } of outputs) visit(value);
  return live;
}
