import { ShapeError } from "../../errors.ts";
import type { Axis, VariableNode } from "../../graph/node.ts";
import type { Program } from "../../graph/program.ts";
import { type CompiledPlan, compilePlan, type Place } from "../../plan/compile.ts";
import { elementsOf, floatsOf, strideOf } from "../../plan/layout.ts";
import type { Engine, Executable, RunOptions, Session, Snapshot, StepsOptions, StepsResult, Table } from "../engine.ts";
import { checkExtents, checkLength, elementCount, extentOf, type Extents } from "../extents.ts";
import { createMachine, type LoadedPlan, type Machine, type StepsJob } from "./machine.ts";

/** The default engine: float32 SIMD in WebAssembly, a whole step or a whole epoch in one call. */
export const wasmEngine: Engine = {
  name: "wasm",
  precision: "float32",
  open: ({ threads = 1 } = {}) => openSession(createMachine({ threads })),
};

/**
 * The same with relaxed SIMD: a product and its addition are rounded once, where runtime and processor can. A third faster
 * at products, and the last bits are those of the machine. Without relaxed SIMD it is `wasm`.
 */
export const fastEngine: Engine = {
  name: "fast",
  precision: "float32",
  open: ({ threads = 1 } = {}) => openSession(createMachine({ threads, isFast: true })),
};

interface WasmTable extends Table {
  /** Of the first row; rows follow one another without padding. */
  readonly offset: number;
}

interface WasmSnapshot extends Snapshot {
  readonly values: ReadonlyMap<VariableNode, Float32Array>;
}

const FULL: Extents = new Map();
/** Rows of so few numbers are read faster one by one than by a view of them. */
const NARROW = 32;

/** A session on a machine with an empty memory. */
export function openSession(machine: Machine): Session {
  const variables = new Map<VariableNode, Place>();
  const variable = (node: VariableNode): Place => {
    let place = variables.get(node);
    if (place === undefined) {
      place = {
        axes: node.axes,
        matrix: { offset: machine.allocate(floatsOf(node.axes)), stride: strideOf(node.axes) },
      };
      variables.set(node, place);
    }
    return place;
  };
  const stepMemory = growingMemory(machine);
  return {
    write: (node, values) => {
      checkLength(node, values.length, FULL);
      writePlace(machine, variable(node), values, FULL);
    },
    read: (node) => readPlace(machine, variable(node), FULL),
    snapshot: (): WasmSnapshot => ({
      values: new Map(
        [...variables].map(([node, { matrix }]) => [
          node,
          machine.floats().slice(matrix.offset, matrix.offset + floatsOf(node.axes)),
        ]),
      ),
    }),
    restore: (snapshot) => {
      // Only `snapshot` above makes one.
      for (const [node, values] of (snapshot as WasmSnapshot).values) {
        machine.floats().set(values, variable(node).matrix.offset);
      }
    },
    load: (values, columns): WasmTable => {
      const offset = machine.allocate(values.length);
      machine.floats().set(values, offset);
      return { rows: values.length / columns, columns, offset };
    },
    refill: (table, values, firstRow) => {
      machine.floats().set(values, (table as WasmTable).offset + firstRow * table.columns);
    },
    prepare: (program) => prepare(program, machine, (node) => variable(node).matrix.offset, stepMemory),
    close: () => machine.close(),
  };
}

/** Memory for row numbers and scalars of many steps, shared by a session's programs and kept at its largest need. */
type StepMemory = (floats: number) => number;

function growingMemory(machine: Machine): StepMemory {
  let offset = 0;
  let capacity = 0;
  return (floats) => {
    if (floats > capacity) {
      capacity = Math.max(floats, 2 * capacity);
      offset = machine.allocate(capacity);
    }
    return offset;
  };
}

function prepare(
  program: Program,
  machine: Machine,
  variable: (node: VariableNode) => number,
  stepMemory: StepMemory,
): Executable {
  const plan = compilePlan(program, { variable, allocate: (floats) => machine.allocate(floats) });
  for (const { place, value } of plan.constants) fillPlace(machine, place, value);
  const loaded = machine.load(plan);
  let current: Extents = FULL;

  const setExtents = (extents: Extents): readonly number[] => {
    checkExtents(extents);
    current = extents;
    for (const { place, axis } of plan.counts) machine.floats()[place.matrix.offset] = extentOf(axis, extents);
    return plan.variableAxes.map((axis) => extentOf(axis, extents));
  };

  return {
    run: (options) => {
      const extents = setExtents(options.extents ?? FULL);
      feed(machine, plan, options, current);
      machine.run(loaded, extents, options.seed ?? 0, options.step ?? 0);
    },
    runSteps: (options) => runSteps(machine, plan, loaded, stepMemory, setExtents, options),
    output: (name) => {
      const place = plan.outputs[name];
      if (place === undefined)
        throw new ShapeError(`output: expected one of ${Object.keys(plan.outputs).join(", ")}, got "${name}".`);
      return readPlace(machine, place, current);
    },
  };
}

function feed(machine: Machine, plan: CompiledPlan, options: RunOptions, extents: Extents): void {
  for (const [node, place] of plan.inputs) {
    const values = options.inputs.get(node);
    if (values === undefined)
      throw new ShapeError(`run: expected values for input "${node.name}", got none. Add them.`);
    checkLength(node, values.length, extents);
    writePlace(machine, place, values, extents);
  }
}

function runSteps(
  machine: Machine,
  plan: CompiledPlan,
  loaded: LoadedPlan,
  stepMemory: StepMemory,
  setExtents: (extents: Extents) => readonly number[],
  options: StepsOptions,
): StepsResult {
  const extents = new Map<Axis, number>();
  const tables: StepsJob["tables"][number][] = [];
  for (const [node, table] of options.tables) {
    const place = plan.inputs.get(node);
    const examples = node.axes[0];
    if (examples?.isVariable) extents.set(examples, options.batchSize);
    if (place === undefined) continue; // the program does not use it
    const { offset, columns } = table as WasmTable;
    tables.push(...tablePieces(node.axes, offset, columns, place.matrix.offset));
  }
  const scalars = [...options.scalars].flatMap(([node, values]) => {
    const place = plan.inputs.get(node);
    return place === undefined ? [] : [{ values, offset: place.matrix.offset }];
  });

  const rows = options.steps * options.batchSize;
  const start = stepMemory(rows + options.steps * scalars.length);
  const order = options.order.subarray(options.start, options.start + rows);
  new Uint32Array(machine.memory.buffer, start * Float32Array.BYTES_PER_ELEMENT, rows).set(order);
  const perStep = machine.floats().subarray(start + rows, start + rows + options.steps * scalars.length);
  scalars.forEach(({ values }, column) => {
    for (let step = 0; step < options.steps; step++) perStep[step * scalars.length + column] = values[step]!;
  });

  return machine.runSteps(loaded, {
    extents: setExtents(extents),
    tables,
    order: start,
    batchSize: options.batchSize,
    steps: options.steps,
    scalars: { offset: start + rows, outputs: scalars.map(({ offset }) => offset) },
    seed: options.seed,
    firstStep: options.firstStep,
    watch: plan.outputs[options.watch]!.matrix.offset,
  });
}

/** A table's rows as the pieces that lie in memory without a gap: whole rows of examples, or parts of them with padding between. */
function tablePieces(axes: readonly Axis[], offset: number, columns: number, output: number): StepsJob["tables"] {
  const [, ...own] = axes;
  // A vector of examples lies in one row: its elements are one float apart.
  if (own.length === 0) return [{ offset, pitch: columns, columns, output: { offset: output, stride: 1 } }];
  const rows = elementsOf(own.slice(0, -1));
  const rowStride = strideOf(own);
  const stride = rows * rowStride;
  const width = own.at(-1)!.size;
  if (width === rowStride) return [{ offset, pitch: columns, columns, output: { offset: output, stride } }];
  return Array.from({ length: rows }, (_, row) => ({
    offset: offset + row * width,
    pitch: columns,
    columns: width,
    output: { offset: output + row * rowStride, stride },
  }));
}

function writePlace(machine: Machine, { axes, matrix }: Place, values: ArrayLike<number>, extents: Extents): void {
  const floats = machine.floats();
  const { rows, columns, rowAt } = rowsOf(axes, extents);
  if (rows === 1 || (columns === matrix.stride && rowAt === null)) {
    floats.set(values, matrix.offset);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const start = matrix.offset + (rowAt === null ? i : rowAt(i)) * matrix.stride;
    for (let j = 0; j < columns; j++) floats[start + j] = values[i * columns + j]!;
  }
}

function readPlace(machine: Machine, { axes, matrix }: Place, extents: Extents): Float32Array {
  const floats = machine.floats();
  const { rows, columns, rowAt } = rowsOf(axes, extents);
  const values = new Float32Array(elementCount(axes, extents));
  for (let i = 0; i < rows; i++) {
    const start = matrix.offset + (rowAt === null ? i : rowAt(i)) * matrix.stride;
    if (columns > NARROW) values.set(floats.subarray(start, start + columns), i * columns);
    else for (let j = 0; j < columns; j++) values[i * columns + j] = floats[start + j]!;
  }
  return values;
}

function fillPlace(machine: Machine, { axes, matrix }: Place, value: number | null): void {
  const floats = machine.floats();
  const { rows, columns } = rowsOf(axes, FULL);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) floats[matrix.offset + i * matrix.stride + j] = value ?? j;
  }
}

/** The rows in use of a tensor. `rowAt`: where each stands among all rows, or null where they are the first ones. */
interface RowsInUse {
  readonly rows: number;
  readonly columns: number;
  readonly rowAt: ((row: number) => number) | null;
}

function rowsOf(axes: readonly Axis[], extents: Extents): RowsInUse {
  const leading = axes.slice(0, -1);
  const last = axes.at(-1);
  const used = leading.map((axis) => extentOf(axis, extents));
  const hasGaps = used.some((extent, i) => i > 0 && extent < leading[i]!.size);
  const rowAt = (row: number): number => {
    let [at, rest, step] = [0, row, 1];
    for (let i = leading.length - 1; i >= 0; i--) {
      at += (rest % used[i]!) * step;
      rest = Math.floor(rest / used[i]!);
      step *= leading[i]!.size;
    }
    return at;
  };
  return {
    rows: used.reduce((product, extent) => product * extent, 1),
    columns: last === undefined ? 1 : extentOf(last, extents),
    rowAt: hasGaps ? rowAt : null,
  };
}
