import { postorder } from "../../formula/index.ts";
import { type ByKind, byKind } from "../../graph/by-kind.ts";
import type {
  Extent,
  Instruction,
  MapEquation,
  MapInstruction,
  MultiplyInstruction,
  ReduceInstruction,
} from "../../plan/instruction.ts";
import { FunctionWriter } from "./assembler.ts";
import { kernelFunctions } from "./kernel-functions.ts";
import { liveValues, onOneRow } from "./map-code.ts";
import { writeOperation } from "./map-operations.ts";
import { type MapValues, type Value, valuesOf } from "./map-values.ts";

const FLOAT_BYTES = 4;
const LANES = 4;
const VECTOR_BYTES = LANES * FLOAT_BYTES;

// What is small enough to be written out, vector by vector: beyond, loops in the kernels do as well, in less code.
const MOST_MAP_VECTORS = 8;
const MOST_MAP_PARTS = 400;
const MOST_PRODUCT_VECTORS = 16;
const MOST_PRODUCT_STEPS = 64;
const MOST_REDUCED_ROWS = 8;
/** From 16 columns on the kernel adds in another order. */
const MOST_REDUCED_COLUMNS = 15;

/**
 * True for an instruction of a few vectors whose sizes are all fixed. A network with a handful of neurons has nothing but
 * these, and what each costs by itself (finding its words, going through loops of one turn) would be all its time.
 */
export function isWrittenOut(instruction: Instruction): boolean {
  return byKind(isSmall, instruction);
}

const isSmall: ByKind<Instruction, boolean> = {
  map: ({ rows, width, operands, equations, loops }) => {
    const isFlat = operands.every(({ pattern }) => pattern === "full" || pattern === "scalar");
    const vectors = (rows.size * width) / LANES;
    if (loops !== undefined || !isFixed(rows)) return false;
    if (!(rows.size === 1 || isFlat) || vectors > MOST_MAP_VECTORS) return false;
    return vectors * partsOf(equations) <= MOST_MAP_PARTS;
  },
  multiply: ({ rows, columns, depth, batch }) => {
    const vectors = rows.size * vectorsOf(columns);
    const isFew = vectors <= MOST_PRODUCT_VECTORS && vectors * depth.size <= MOST_PRODUCT_STEPS;
    return isFew && batch === undefined && [rows, columns, depth].every(isFixed);
  },
  reduce: ({ rows, columns, along, loop }) => {
    const isFew = rows.size <= MOST_REDUCED_ROWS && columns.size <= MOST_REDUCED_COLUMNS;
    return isFew && loop === undefined && isFixed(rows) && isFixed(columns) && along !== "both";
  },
  random: () => false,
  transpose: () => false,
  barrier: () => false,
};

/** Numbers, symbols and operations of formulas. */
function partsOf(equations: readonly MapEquation[]): number {
  return equations.reduce((sum, { formula }) => sum + postorder(formula).length, 0);
}

/** True when a run has just as many positions as there can be. */
function isFixed({ size, variable, from = 0, times = 1 }: Extent): boolean {
  return variable === null || (size <= times && from === 0);
}

function vectorsOf({ size }: Extent): number {
  return Math.ceil(size / LANES);
}

/**
 * Writes instructions that follow one another as one function without loops, with every address in the code. A number that
 * one of them stores and the next one reads stays in a register on its way. The bits are those of the kernels: the same
 * operations in the same order.
 */
export class StretchWriter {
  readonly #writer = new FunctionWriter(kernelFunctions);
  /** Vectors in memory that a local variable holds as well, by their address in bytes. */
  readonly #known = new Map<number, number>();

  /** @param instruction one that `isWrittenOut`. */
  write(instruction: Instruction): void {
    if (instruction.kind === "map") this.#map(instruction);
    if (instruction.kind === "multiply") this.#multiply(instruction);
    if (instruction.kind === "reduce") this.#reduce(instruction);
  }

  body(): Uint8Array {
    return this.#writer.body();
  }

  #map(instruction: MapInstruction): void {
    const flat = {
      ...instruction,
      width: instruction.rows.size * instruction.width,
      rows: { size: 1, variable: null },
    };
    const values = valuesOf(onOneRow(flat));
    const live = liveValues(values);
    const locals = new Map<Value, number>();
    for (const value of live) {
      if (value.kind === "constant") {
        locals.set(
          value,
          this.#keep(() => this.#writer.vectorConstant(value.value)),
        );
      } else if (value.kind === "operand" && value.operand.pattern === "scalar") {
        locals.set(value, this.#splat(value.operand.offset * FLOAT_BYTES));
      }
    }
    this.#compute(values, live, locals, (value) => value.reach === "all");
    for (let at = 0; at < flat.width * FLOAT_BYTES; at += VECTOR_BYTES) {
      const here = new Map(locals);
      for (const value of live) {
        if (value.kind === "operand" && !locals.has(value)) {
          here.set(value, this.#load(value.operand.offset * FLOAT_BYTES + at));
        }
      }
      this.#compute(values, live, here, (value) => value.reach !== "all");
      for (const { offset, value } of values.outputs) this.#store(offset * FLOAT_BYTES + at, here.get(value)!);
    }
  }

  #compute(
    { computed }: MapValues,
    live: ReadonlySet<Value>,
    locals: Map<Value, number>,
    isWanted: (value: Value) => boolean,
  ): void {
    for (const value of computed) {
      if (!live.has(value) || !isWanted(value)) continue;
      const push = (part: Value): void => void this.#writer.get(locals.get(part)!);
      locals.set(
        value,
        this.#keep(() => writeOperation(this.#writer, value, push)),
      );
    }
  }

  /** As in kernels/multiply.ts, for a depth of one chunk: from 0, in the order of k; then what is to be added. */
  #multiply({ rows, columns, depth, left, right, output, ...rest }: MultiplyInstruction): void {
    const terms = Array.from({ length: depth.size }, (_, k) => k);
    for (let j = 0; j < columns.size; j += LANES) {
      const count = Math.min(LANES, columns.size - j);
      const factors = terms.map((k) =>
        rest.isRightTransposed
          ? this.#gather((right.offset + j * right.stride + k) * FLOAT_BYTES, right.stride * FLOAT_BYTES, count)
          : this.#load((right.offset + k * right.stride + j) * FLOAT_BYTES),
      );
      for (let i = 0; i < rows.size; i++) {
        const multipliers = terms.map((k) =>
          this.#splat(
            (left.offset + (rest.isLeftTransposed ? k * left.stride + i : i * left.stride + k)) * FLOAT_BYTES,
          ),
        );
        let sum = this.#keep(() => this.#writer.vectorConstant(0));
        for (const k of terms) {
          const before = sum;
          sum = this.#keep(() => {
            this.#writer.get(before).get(multipliers[k]!).get(factors[k]!).simd("mul").simd("add");
          });
        }
        if (rest.update !== undefined) {
          const { from, factor } = rest.update;
          const addend = this.#load((from.offset + i * from.stride + j) * FLOAT_BYTES);
          const [product, scale] = [sum, this.#splat(factor * FLOAT_BYTES)];
          sum = this.#keep(() => this.#writer.get(addend).get(scale).get(product).simd("mul").simd("sub"));
        } else if (rest.bias !== null) {
          const [addend, product] = [this.#load((rest.bias + j) * FLOAT_BYTES), sum];
          sum = this.#keep(() => this.#writer.get(addend).get(product).simd("add"));
        }
        this.#store((output.offset + i * output.stride + j) * FLOAT_BYTES, sum);
      }
    }
  }

  /** As in kernels/reduce.ts. */
  #reduce({ reduction, along, rows, columns, input, output }: ReduceInstruction): void {
    const writer = this.#writer;
    const operation = reduction === "max" ? "max" : "add";
    const neutral = this.#keep(() => writer.vectorConstant(reduction === "max" ? -Infinity : 0));
    const address = (i: number, j: number): number => (input.offset + i * input.stride + j) * FLOAT_BYTES;
    const combine = (one: number, other: number): number =>
      this.#keep(() => writer.get(one).get(other).simd(operation));
    const mean = (sum: number, count: number): number =>
      reduction === "mean" ? this.#keep(() => writer.get(sum).vectorConstant(count).simd("div")) : sum;
    if (along === "rows") {
      for (let j = 0; j < columns.size; j += LANES) {
        let result = neutral;
        for (let i = 0; i < rows.size; i++) result = combine(result, this.#load(address(i, j)));
        this.#store((output + j) * FLOAT_BYTES, mean(result, rows.size));
      }
      return;
    }
    for (let i = 0; i < rows.size; i++) {
      let result = neutral;
      for (let j = 0; j < columns.size; j += LANES) {
        const [loaded, count] = [this.#load(address(i, j)), columns.size - j];
        // The lanes of the padding change nothing.
        const valid = this.#keep(() => writer.get(loaded).get(neutral).firstLanes(count).simd("bitselect"));
        result = combine(result, count < LANES ? valid : loaded);
      }
      for (const lanes of [
        [2, 3, 0, 1],
        [1, 0, 3, 2],
      ] as const) {
        const before = result;
        result = combine(
          before,
          this.#keep(() => writer.get(before).get(before).shuffle(lanes)),
        );
      }
      const value = mean(result, columns.size);
      const to = (output + i) * FLOAT_BYTES;
      // One row: the result is alone in its vector, whose other lanes are padding.
      if (rows.size === 1) this.#store(to, value);
      else {
        this.#known.delete(to - (to % VECTOR_BYTES));
        writer.integerConstant(0).get(value).storeFirstLane(to);
      }
    }
  }

  /** A new local variable with what `push` leaves on the stack. */
  #keep(push: () => void): number {
    const local = this.#writer.vector();
    push();
    this.#writer.set(local);
    return local;
  }

  #load(address: number): number {
    const known = this.#known.get(address);
    if (known !== undefined) return known;
    const local = this.#keep(() => this.#writer.integerConstant(0).loadVector(address));
    this.#known.set(address, local);
    return local;
  }

  #store(address: number, local: number): void {
    this.#writer.integerConstant(0).get(local).storeVector(address);
    this.#known.set(address, local);
  }

  /** One float in all lanes. */
  #splat(address: number): number {
    const lane = (address % VECTOR_BYTES) / FLOAT_BYTES;
    const known = this.#known.get(address - lane * FLOAT_BYTES);
    return this.#keep(() => {
      if (known === undefined) this.#writer.integerConstant(0).loadSplat(address);
      else this.#writer.get(known).get(known).shuffle([lane, lane, lane, lane]);
    });
  }

  /** One float from each of `count` rows; the last is repeated to fill up four, as in the kernels. */
  #gather(address: number, stride: number, count: number): number {
    let vector = this.#splat(address + (count - 1) * stride);
    for (let lane = 0; lane < count - 1; lane++) {
      const before = vector;
      vector = this.#keep(() =>
        this.#writer
          .integerConstant(0)
          .get(before)
          .loadLane(address + lane * stride, lane),
      );
    }
    return vector;
  }
}
