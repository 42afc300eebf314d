import type { Axis, InputNode, VariableNode } from "../graph/node.ts";
import type { Instruction, Matrix, Plan } from "./instruction.ts";
import type { MemoryRange } from "./memory-use.ts";

/** Where the memory comes from; offsets in floats, 16-float aligned, zeroed. */
export interface Storage {
  /** Place of a variable, the same for every plan. */
  variable(node: VariableNode): number;
  /** A block for this plan alone. */
  allocate(floats: number): number;
}

/** A plan, and what its host has to know to feed it and to read from it. */
export interface CompiledPlan extends Plan {
  /** Axes whose extents are given at each run, in the order `Extent.variable` counts them. */
  readonly variableAxes: readonly Axis[];
  readonly inputs: ReadonlyMap<InputNode, Place>;
  readonly outputs: Readonly<Record<string, Place>>;
  /** Tensors that never change, to be written once: a number everywhere, or 0, 1, 2 … (`null`). */
  readonly constants: readonly { readonly place: Place; readonly value: number | null }[];
  /** What instructions compute, by the names of the textbook: "z1", "delta2"; of an update the variable, "w1". */
  readonly names: ReadonlyMap<Instruction, readonly string[]>;
  /** Scalars that hold the extent of an axis in this run. */
  readonly counts: readonly { readonly place: Place; readonly axis: Axis }[];
  readonly tensors: PlanTensors;
}

/** Which tensor lies where, and when: what `verify.ts` holds a plan to. A place is one tensor, by its identity. */
export interface PlanTensors {
  /** Memory that the plan may touch: the variables', and what was allocated for it. */
  readonly blocks: readonly MemoryRange[];
  /** There before the first instruction. */
  readonly given: readonly Place[];
  /** There after the last one: outputs, and the new values of variables. */
  readonly kept: readonly Place[];
  /** What each instruction reads and writes, in the order of `regionsOf`. */
  readonly touched: ReadonlyMap<Instruction, TouchedTensors>;
}

export interface TouchedTensors {
  readonly reads: readonly Place[];
  readonly writes: readonly Place[];
}

/** A tensor in memory. */
export interface Place {
  readonly axes: readonly Axis[];
  readonly matrix: Matrix;
}
