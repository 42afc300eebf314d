import { internalError } from "../../errors.ts";
import type { MapInstruction, MapOperand } from "../../plan/instruction.ts";
import { fuseValues } from "./fuse-values.ts";
import { type ComputedValue, type MapValues, type Value, valuesOf } from "./map-values.ts";
import * as code from "./opcodes.ts";

/** Where an operation of a map reads or writes. */
export type Place =
  | { readonly kind: "constant"; readonly value: number }
  /** One vector of scratch, the same over the tile. */
  | { readonly kind: "uniform"; readonly index: number }
  /** A tile of scratch. */
  | { readonly kind: "register"; readonly index: number }
  /** In memory, in place; `isRow` when it moves along the columns only. */
  | { readonly kind: "memory"; readonly offset: number; readonly isRow: boolean };

/** `to = code(from …)`, at every position of a tile. */
export interface MapOperation {
  readonly code: number;
  readonly to: Place;
  readonly from: readonly Place[];
}

/** Numbers of memory brought into scratch before the operations run. */
export interface Fill {
  readonly offset: number;
  readonly to: Place;
}

/** A map as operations on vectors. */
export interface MapProgram {
  /** How the space is cut: `TILES_…` of opcodes.ts. */
  readonly tiling: number;
  /** Length of a tile in floats, or in rows when tiles are of whole rows. */
  readonly tile: number;
  /** Floats a register holds. */
  readonly registerFloats: number;
  readonly registers: number;
  readonly uniforms: number;
  /** Scalars, spread over a vector once. */
  readonly scalars: readonly Fill[];
  /** Row vectors, repeated over the rows of a tile once. */
  readonly repeated: readonly Fill[];
  /** Column vectors, spread over each row. */
  readonly columns: readonly Fill[];
  /** Operations on what is the same everywhere, run once. */
  readonly uniformOperations: readonly MapOperation[];
  readonly operations: readonly MapOperation[];
}

/** Floats of a tile: a register is 1 KB, so that a handful of them stay in a first-level cache of 32 KB. */
const TILE_FLOATS = 256;

/** Translates the equations of a map: shared values, fused operations, registers reused once their value is spent. */
export function compileMap(instruction: MapInstruction): MapProgram {
  const values = fuseValues(valuesOf(onOneRow(instruction)));
  const operands = operandsOf(values);
  const { tiling, tile, registerFloats } = tilingFor(instruction.width, operands);

  const places = new Map<Value, Place>();
  const fills = { scalars: [] as Fill[], repeated: [] as Fill[], columns: [] as Fill[] };
  let uniforms = 0;
  const registers = new RegisterFile();
  const fill = (list: Fill[], operand: MapOperand, to: Place): Place => {
    list.push({ offset: operand.offset, to });
    return to;
  };
  const placeOperand = (operand: MapOperand): Place => {
    const isInRow = tiling === code.TILES_IN_ROW;
    switch (operand.pattern) {
      case "full":
        return { kind: "memory", offset: operand.offset, isRow: false };
      case "scalar":
        return fill(fills.scalars, operand, { kind: "uniform", index: uniforms++ });
      case "row":
        if (isInRow) return { kind: "memory", offset: operand.offset, isRow: true };
        return fill(fills.repeated, operand, registers.take());
      case "column":
        return fill(fills.columns, operand, isInRow ? { kind: "uniform", index: uniforms++ } : registers.take());
    }
  };
  for (const value of operands) places.set(value, placeOperand(value.operand));

  const placeOf = (value: Value): Place => {
    if (value.kind === "constant") return { kind: "constant", value: value.value };
    const place = places.get(value);
    if (place === undefined) throw internalError("map: a value is used before it is computed.");
    return place;
  };
  const uniformOperations = values.computed
    .filter(({ isUniform }) => isUniform)
    .map((value) => {
      const from = value.arguments.map(placeOf);
      const to: Place = { kind: "uniform", index: uniforms++ };
      places.set(value, to);
      return { code: value.code, to, from };
    });

  const { steps, copies } = scheduleStores(values);
  const lastUse = lastUses(steps, copies);
  const operations: MapOperation[] = [];
  steps.forEach(({ value, offset }, position) => {
    const from = value.arguments.map(placeOf);
    for (const argument of new Set(value.arguments)) {
      const place = places.get(argument);
      // The loops read all arguments of a vector before they write it: the result may take an argument's register.
      if (argument.kind === "computed" && place?.kind === "register" && lastUse.get(argument) === position) {
        registers.give(place);
      }
    }
    const to: Place = offset === null ? registers.take() : { kind: "memory", offset, isRow: false };
    places.set(value, to);
    operations.push({ code: value.code, to, from });
  });
  for (const { offset, value } of copies) {
    operations.push({ code: code.COPY, to: { kind: "memory", offset, isRow: false }, from: [placeOf(value)] });
  }
  return {
    tiling,
    tile,
    registerFloats,
    registers: registers.count,
    uniforms,
    ...fills,
    uniformOperations,
    operations,
  };
}

/** With one row there is no difference between a row and the whole, nor between a column and a scalar. */
function onOneRow(instruction: MapInstruction): MapInstruction {
  if (instruction.rows.size !== 1) return instruction;
  const pattern = { full: "full", row: "full", column: "scalar", scalar: "scalar" } as const;
  return {
    ...instruction,
    operands: instruction.operands.map((each) => ({ ...each, pattern: pattern[each.pattern] })),
  };
}

type OperandValue = Extract<Value, { kind: "operand" }>;

function operandsOf({ computed, outputs }: MapValues): readonly OperandValue[] {
  const used = [...computed.flatMap((value) => value.arguments), ...outputs.map(({ value }) => value)];
  return [...new Set(used)].filter((value) => value.kind === "operand");
}

function tilingFor(
  width: number,
  operands: readonly OperandValue[],
): Pick<MapProgram, "tiling" | "tile" | "registerFloats"> {
  if (operands.every(({ operand }) => operand.pattern === "full" || operand.pattern === "scalar")) {
    return { tiling: code.TILES_FLAT, tile: TILE_FLOATS, registerFloats: TILE_FLOATS };
  }
  if (width * 2 > TILE_FLOATS) {
    const tile = Math.ceil(width / 4 / Math.ceil(width / TILE_FLOATS)) * 4;
    return { tiling: code.TILES_IN_ROW, tile, registerFloats: tile };
  }
  const rows = Math.floor(TILE_FLOATS / width);
  return { tiling: code.TILES_OF_ROWS, tile: rows, registerFloats: rows * width };
}

/** An operation in its turn; `offset`: where in memory its result goes at once, or null for a register. */
interface Step {
  readonly value: ComputedValue;
  readonly offset: number | null;
}

/**
 * Decides which results go to memory when they are computed. One that lies on an operand which is still to be read in
 * the tile waits in a register and is copied when all is done.
 */
function scheduleStores({ computed, outputs }: MapValues): {
  readonly steps: readonly Step[];
  readonly copies: readonly { readonly offset: number; readonly value: Value }[];
} {
  const order = computed.filter(({ isUniform }) => !isUniform);
  const stored = new Map<ComputedValue, number>();
  const copies: { offset: number; value: Value }[] = [];
  for (const { offset, value } of outputs) {
    if (value.kind === "computed" && !value.isUniform && !stored.has(value)) {
      stored.set(value, offset);
    } else if (value.kind === "operand") {
      // An operation of its own, so that an operand is read before another output overwrites it.
      const copy: ComputedValue = { kind: "computed", code: code.COPY, arguments: [value], isUniform: false };
      order.push(copy);
      stored.set(copy, offset);
    } else {
      copies.push({ offset, value });
    }
  }
  const isReadFrom = (offset: number, position: number): boolean =>
    order
      .slice(position)
      .some((later) =>
        later.arguments.some((part) => part.kind === "operand" && !part.isUniform && part.operand.offset === offset),
      );
  const steps = order.map((value, position) => {
    const offset = stored.get(value) ?? null;
    if (offset === null || !isReadFrom(offset, position + 1)) return { value, offset };
    copies.push({ offset, value });
    return { value, offset: null };
  });
  return { steps, copies };
}

/** Position of the step that reads a value last; beyond the steps for those copied at the end. */
function lastUses(steps: readonly Step[], copies: readonly { readonly value: Value }[]): ReadonlyMap<Value, number> {
  const last = new Map<Value, number>();
  steps.forEach(({ value }, position) => value.arguments.forEach((part) => last.set(part, position)));
  for (const { value } of copies) last.set(value, steps.length);
  return last;
}

/** Registers by number, the lowest free one first. */
class RegisterFile {
  #free: number[] = [];
  count = 0;

  take(): Place & { readonly kind: "register" } {
    this.#free.sort((one, other) => other - one);
    return { kind: "register", index: this.#free.pop() ?? this.count++ };
  }

  give(place: Place & { readonly kind: "register" }): void {
    this.#free.push(place.index);
  }
}
