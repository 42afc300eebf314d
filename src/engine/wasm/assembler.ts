// A small assembler for WebAssembly: as much of the binary format (version 1, with SIMD) as plans take.
// Source: WebAssembly Core Specification 2.0, chapter 5.

/** Types of functions: of an instruction's address, or of four floats, or of twice four. */
export type FunctionType = "instruction" | "unary" | "binary";

/** "\0asm", version 1. */
const HEADER = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const V128 = 0x7b;
const I32 = 0x7f;
/** In the order of `typeIndex`: parameters and results. */
const TYPES: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[I32], []],
  [[V128], [V128]],
  [[V128, V128], [V128]],
];
const typeIndex: Readonly<Record<FunctionType, number>> = { instruction: 0, unary: 1, binary: 2 };

/** Vector operations by the name of the text format, without `v128` or `f32x4`. */
export const simd = {
  bitselect: 0x52,
  and: 0x4e,
  andnot: 0x4f,
  eq: 0x41,
  ne: 0x42,
  lt: 0x43,
  le: 0x45,
  abs: 0xe0,
  neg: 0xe1,
  sqrt: 0xe3,
  add: 0xe4,
  sub: 0xe5,
  mul: 0xe6,
  div: 0xe7,
  min: 0xe8,
  max: 0xe9,
} as const;
export type SimdOperation = keyof typeof simd;

/** A function that a module takes from the kernels. */
export interface ImportedFunction {
  readonly name: string;
  readonly type: FunctionType;
}

/** A function under construction: its code, and the local variables it has asked for. Parameter 0 is an `i32`. */
export class FunctionWriter {
  readonly #code: number[] = [];
  /** Types of the locals, in order. */
  readonly #locals: number[] = [];
  readonly #imports: readonly ImportedFunction[];

  constructor(imports: readonly ImportedFunction[]) {
    this.#imports = imports;
  }

  /** A new local variable for an address or a count. */
  integer(): number {
    return this.#locals.push(I32);
  }

  /** A new local variable for four floats. */
  vector(): number {
    return this.#locals.push(V128);
  }

  get(local: number): this {
    return this.#push(0x20, ...unsigned(local));
  }

  set(local: number): this {
    return this.#push(0x21, ...unsigned(local));
  }

  integerConstant(value: number): this {
    return this.#push(0x41, ...signed(value));
  }

  /** Four times the same float32. */
  vectorConstant(value: number): this {
    const bytes = new Uint8Array(Float32Array.of(value, value, value, value).buffer);
    return this.#push(0xfd, 0x0c, ...bytes);
  }

  /** Loads an `i32` at the address on the stack plus `offset` bytes. */
  loadInteger(offset: number): this {
    return this.#push(0x28, 2, ...unsigned(offset));
  }

  /** Loads the `i32` that lies `offset` bytes after the address in parameter 0. */
  word(offset: number): this {
    return this.get(0).loadInteger(offset);
  }

  loadVector(offset: number): this {
    return this.#push(0xfd, 0x00, 4, ...unsigned(offset));
  }

  /** Loads one float into all four lanes. */
  loadSplat(offset = 0): this {
    return this.#push(0xfd, 0x09, 2, ...unsigned(offset));
  }

  /** Loads one float into one lane of the vector on the stack, which lies above the address. */
  loadLane(offset: number, lane: number): this {
    return this.#push(0xfd, 0x56, 2, ...unsigned(offset), lane);
  }

  /** Stores the first lane. */
  storeFirstLane(offset: number): this {
    return this.#push(0xfd, 0x5a, 2, ...unsigned(offset), 0);
  }

  /** Of the two vectors on the stack the four lanes named: 0 … 3 of the lower one, 4 … 7 of the upper one. */
  shuffle(lanes: readonly [number, number, number, number]): this {
    return this.#push(0xfd, 0x0d, ...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)));
  }

  /** A mask: all bits set in the first `count` lanes. */
  firstLanes(count: number): this {
    return this.#push(0xfd, 0x0c, ...Array.from({ length: 16 }, (_, byte) => (byte < 4 * count ? 255 : 0)));
  }

  storeVector(offset: number): this {
    return this.#push(0xfd, 0x0b, 4, ...unsigned(offset));
  }

  simd(operation: SimdOperation): this {
    return this.#push(0xfd, ...unsigned(simd[operation]));
  }

  addIntegers(): this {
    return this.#push(0x6a);
  }

  subtractIntegers(): this {
    return this.#push(0x6b);
  }

  multiplyIntegers(): this {
    return this.#push(0x6c);
  }

  /** `local += bytes` */
  advance(local: number, bytes: number): this {
    return this.get(local).integerConstant(bytes).addIntegers().set(local);
  }

  call(name: string): this {
    return this.#push(0x10, ...unsigned(this.#imports.findIndex((each) => each.name === name)));
  }

  /** `do { body } while (condition)`; the condition leaves an `i32`. */
  loop(body: () => void, condition: () => void): this {
    this.#push(0x03, 0x40);
    body();
    condition();
    return this.#push(0x0d, 0, 0x0b); // br_if 0 end
  }

  /** `if (condition) { body }` */
  when(condition: () => void, body: () => void): this {
    condition();
    this.#push(0x04, 0x40);
    body();
    return this.#push(0x0b);
  }

  /** Leaves 1 when `local` ≥ `value` as signed numbers, else 0. */
  isAtLeast(local: number, value: number): this {
    return this.get(local).integerConstant(value).#push(0x4e);
  }

  /** Leaves 1 when the two numbers on the stack are equal, else 0. */
  areEqual(): this {
    return this.#push(0x46);
  }

  /** The complete entry of the code section, without its length. */
  body(): Uint8Array<ArrayBuffer> {
    const locals = this.#locals.flatMap((type) => [1, type]);
    return joined([unsigned(this.#locals.length), locals, this.#code, [0x0b]]);
  }

  #push(...bytes: readonly number[]): this {
    for (const byte of bytes) this.#code.push(byte);
    return this;
  }
}

/** What a module is made of. */
export interface ModuleParts {
  /** Imported from module "kernels". */
  readonly imports: readonly ImportedFunction[];
  /** What `FunctionWriter.body` gives, all of type "instruction"; exported under their position, "0", "1" … */
  readonly bodies: readonly Uint8Array[];
  /** True for the memory that threads share. */
  readonly isShared: boolean;
}

/** A module whose functions work on the memory that it imports as "env"."memory". */
export function assemble({ imports, bodies, isShared }: ModuleParts): Uint8Array<ArrayBuffer> {
  const types = TYPES.map(([from, to]) => [
    0x60,
    ...vector(from.map((each) => [each])),
    ...vector(to.map((each) => [each])),
  ]);
  // A shared memory states its maximum: that of machine.ts, 65,536 pages.
  const memory = [...name("env"), ...name("memory"), 2, ...(isShared ? [3, 1, ...unsigned(65_536)] : [0, 1])];
  const functions = imports.map((each) => [...name("kernels"), ...name(each.name), 0, typeIndex[each.type]]);
  const count = bodies.length;
  return joined([
    HEADER,
    ...section(1, types.length, types),
    ...section(2, functions.length + 1, [...functions, memory]),
    ...section(3, count, [new Uint8Array(count).fill(typeIndex.instruction)]),
    ...section(
      7,
      count,
      bodies.map((_, i) => [...name(String(i)), 0, ...unsigned(imports.length + i)]),
    ),
    ...section(
      10,
      count,
      bodies.flatMap((body) => [unsigned(body.length), body]),
    ),
  ]);
}

/** A section of `count` entries, in parts. */
function section(id: number, count: number, entries: readonly ArrayLike<number>[]): readonly ArrayLike<number>[] {
  const contents = [unsigned(count), ...entries];
  return [[id], unsigned(lengthOf(contents)), ...contents];
}

/** Parts one after the other, each copied once. */
function joined(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function lengthOf(parts: readonly ArrayLike<number>[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function vector(entries: readonly (readonly number[])[]): readonly number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

function name(text: string): readonly number[] {
  return vector(Array.from({ length: text.length }, (_, i) => [text.charCodeAt(i)]));
}

/** LEB128 of a whole number from 0 to 2^32 − 1. */
function unsigned(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** LEB128 of a signed number of 32 bits. */
function signed(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 127) | 128);
    rest >>= 7;
  }
  return [...bytes, rest & 127];
}
