import { internalError, ShapeError } from "../../errors.ts";
import type { Axis, InputNode, VariableNode } from "../../graph/node.ts";
import type { Program } from "../../graph/program.ts";
import { type CompiledPlan, compilePlan, type Place } from "../../plan/compile.ts";
import { floatsOf, rowsAndColumns, strideOf } from "../../plan/layout.ts";
import type {
  Executable,
  RunOptions,
  Session,
  Snapshot,
  StepsOptions,
  StepsResult,
  SynchronousEngine,
  Table,
} from "../engine.ts";
import { checkExtents, checkLength, elementCount, extentOf, type Extents } from "../../graph/extents.ts";
import type { LoadedPlan, Machine } from "../machine.ts";
import { createMachine } from "./machine.ts";

/** The default engine: float32 SIMD in WebAssembly, a whole step or a whole epoch in one call. */
export const wasmEngine: SynchronousEngine = {
  name: "wasm",
  precision: "float32",
  isReproducible: true,
  isSynchronous: true,
  open: ({ threads = 1 } = {}) => openSession(createMachine({ threads })),
};

/**
 * The same with relaxed SIMD: a product and its addition are rounded once, where runtime and processor can. A third faster
 * at products, and the last bits are those of the machine. Without relaxed SIMD it is `wasm`.
 */
export const fastEngine: SynchronousEngine = {
  name: "fast",
  precision: "float32",
  isReproducible: false,
  isSynchronous: true,
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

/** A session on a machine with an empty memory. */
export function openSession(machine: Machine): Session {
  const variables = new Map<VariableNode, Place>();
  const variable = (node: VariableNode): Place => {
    let place = variables.get(node);
    if (place === undefined) {
      const matrix = { offset: machine.allocate(floatsOf(node.axes)), stride: strideOf(node.axes) };
      place = { axes: node.axes, matrix };
      variables.set(node, place);
    }
    return place;
  };
  return {
    write: (node, values) => {
      checkLength(node, values.length, FULL);
      writePlace(machine, variable(node), values, FULL);
    },
    read: (node) => readPlace(machine, variable(node), FULL),
    snapshot: (): WasmSnapshot => ({
      values: new Map([...variables].map(([node, place]) => [node, readPlace(machine, place, FULL)])),
    }),
    restore: (snapshot) => {
      // Only `snapshot` above makes one.
      for (const [node, values] of (snapshot as WasmSnapshot).values) writePlace(machine, variable(node), values, FULL);
    },
    load: (values, columns): WasmTable => {
      const table = { rows: values.length / columns, columns, offset: machine.allocate(values.length) };
      writeRows(machine, table, values, 0);
      return table;
    },
    refill: (table, values, firstRow) => writeRows(machine, table as WasmTable, values, firstRow),
    prepare: (program) => prepare(program, machine, (node) => variable(node).matrix.offset),
    close: () => machine.close(),
  };
}

function writeRows(machine: Machine, table: WasmTable, values: ArrayLike<number>, firstRow: number): void {
  const { offset, columns } = table;
  machine.write({ offset: offset + firstRow * columns, stride: columns }, values, 0, values.length / columns, columns);
}

function prepare(program: Program, machine: Machine, variable: (node: VariableNode) => number): Executable {
  const plan = compilePlan(program, { variable, allocate: (floats) => machine.allocate(floats) });
  for (const { place, value } of plan.constants) fillPlace(machine, place, value);
  const loaded = machine.load(plan);
  let current: Extents = FULL;

  const setExtents = (extents: Extents): readonly number[] => {
    checkExtents(extents);
    current = extents;
    for (const { place, axis } of plan.counts) machine.write(place.matrix, [extentOf(axis, extents)], 0, 1, 1);
    return plan.variableAxes.map((axis) => extentOf(axis, extents));
  };
  const outputPlace = (name: string): Place => {
    const place = plan.outputs[name];
    if (place !== undefined) return place;
    throw new ShapeError(`output: expected one of ${Object.keys(plan.outputs).join(", ")}, got "${name}".`);
  };

  return {
    run: (options) => {
      const extents = setExtents(options.extents ?? FULL);
      feed(machine, plan, options, current);
      machine.run(loaded, extents, options.seed ?? 0, options.step ?? 0);
    },
    runSteps: (options) => runSteps(machine, plan, loaded, setExtents, options),
    output: (name) => readPlace(machine, outputPlace(name), current),
    rowFunction: (node, name) => {
      const { examples, input, output } = rowsThrough(node, plan, outputPlace(name));
      const columns = shapeOf(input.axes, FULL).columns;
      const outputColumns = shapeOf(output.axes, FULL).columns;
      let own: Extents | null = null;
      let rows = 0;
      let extents: readonly number[] = [];
      return (values, out, first, count) => {
        if (count !== rows || own !== current) {
          own = examples.isVariable ? new Map([[examples, count]]) : FULL;
          rows = count;
          extents = setExtents(own);
        }
        machine.write(input.matrix, values, first * columns, count, columns);
        machine.run(loaded, extents, 0, 0);
        machine.read(output.matrix, out, first * outputColumns, count, outputColumns);
      };
    },
  };
}

/** Where rows go in and come out, and along which axis. */
interface RowPlaces {
  readonly examples: Axis;
  readonly input: Place;
  readonly output: Place;
}

function rowsThrough(node: InputNode, plan: CompiledPlan, output: Place): RowPlaces {
  const [examples] = node.axes;
  const input = plan.inputs.get(node);
  if (plan.inputs.size === 1 && input !== undefined && examples !== undefined) return { examples, input, output };
  throw internalError(`rowFunction: "${node.name}" is not the one input of rows.`);
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
  setExtents: (extents: Extents) => readonly number[],
  options: StepsOptions,
): StepsResult {
  const extents = new Map<Axis, number>();
  const tables = [];
  for (const [node, table] of options.tables) {
    const place = plan.inputs.get(node);
    const examples = node.axes[0];
    if (examples?.isVariable) extents.set(examples, options.batchSize);
    if (place === undefined) continue; // the program does not use it
    const { offset, columns } = table as WasmTable;
    // A vector of examples lies in one row: its elements are one float apart.
    const stride = node.axes.length === 1 ? 1 : place.matrix.stride;
    tables.push({ offset, columns, output: { offset: place.matrix.offset, stride } });
  }
  const scalars = [...options.scalars].flatMap(([node, values]) => {
    const place = plan.inputs.get(node);
    return place === undefined ? [] : [{ values, output: place.matrix.offset }];
  });
  const { batchSize, steps, seed, firstStep } = options;
  return machine.runSteps(loaded, {
    extents: setExtents(extents),
    tables,
    order: options.order.subarray(options.start, options.start + steps * batchSize),
    batchSize,
    steps,
    scalars,
    seed,
    firstStep,
    watch: plan.outputs[options.watch]!.matrix.offset,
  });
}

function writePlace(machine: Machine, { axes, matrix }: Place, values: ArrayLike<number>, extents: Extents): void {
  const { rows, columns } = shapeOf(axes, extents);
  machine.write(matrix, values, 0, rows, columns);
}

function readPlace(machine: Machine, { axes, matrix }: Place, extents: Extents): Float32Array {
  const { rows, columns } = shapeOf(axes, extents);
  const values = new Float32Array(elementCount(axes, extents));
  machine.read(matrix, values, 0, rows, columns);
  return values;
}

/** @param value for every place, or null for the number of its column. */
function fillPlace(machine: Machine, { axes, matrix }: Place, value: number | null): void {
  const { rows, columns } = shapeOf(axes, FULL);
  const values = Float32Array.from({ length: rows * columns }, (_, i) => value ?? i % columns);
  machine.write(matrix, values, 0, rows, columns);
}

function shapeOf(axes: readonly Axis[], extents: Extents): { readonly rows: number; readonly columns: number } {
  const { rows, columns } = rowsAndColumns(axes);
  return {
    rows: rows === null ? 1 : extentOf(rows, extents),
    columns: columns === null ? 1 : extentOf(columns, extents),
  };
}
