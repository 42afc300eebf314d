import { internalError, ShapeError } from "../../errors.ts";
import type { Axis, InputNode, VariableNode } from "../../graph/node.ts";
import type { Program } from "../../graph/program.ts";
import { type CompiledPlan, compilePlan, type Place } from "../../plan/compile.ts";
import type { Matrix } from "../../plan/instruction.ts";
import { elementsOf, floatsOf, strideOf } from "../../plan/layout.ts";
import {
  type Executable,
  type RunOptions,
  type Session,
  type Snapshot,
  type StepsOptions,
  type StepsResult,
  type SynchronousEngine,
  type Table,
} from "../engine.ts";
import { checkExtents, checkLength, elementCount, extentOf, type Extents } from "../../graph/extents.ts";
import { type LoadedPlan, type Machine, type StepsJob } from "../machine.ts";
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

  const count = new Float64Array(1);
  const writeCounts = (): void => {
    for (const { place, axis } of plan.counts) {
      count[0] = extentOf(axis, current);
      machine.write(place.matrix, count, 0, 1, 1);
    }
  };
  const setExtents = (extents: Extents): readonly number[] => {
    checkExtents(extents);
    current = extents;
    writeCounts();
    return plan.variableAxes.map((axis) => extentOf(axis, extents));
  };
  const outputPlace = (name: string): Place => {
    const place = plan.outputs[name];
    if (place !== undefined) return place;
    throw new ShapeError({
      where: "output",
      expected: `one of ${Object.keys(plan.outputs).join(", ")}`,
      got: `"${name}"`,
      advice: "",
    });
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
      const { columns } = rowsOf(input.axes, FULL);
      const { columns: outputColumns } = rowsOf(output.axes, FULL);
      // Examples of more than one axis have padding in them, and are copied by their rows.
      const isFlat = input.axes.length <= 2 && output.axes.length <= 2;
      const width = elementsOf(input.axes.slice(1));
      const outputWidth = elementsOf(output.axes.slice(1));
      // Both are kept and changed in place, so that a call allocates nothing.
      const own = new Map<Axis, number>();
      const extents = plan.variableAxes.map(({ size }) => size);
      const place = plan.variableAxes.indexOf(examples);
      let rows = 0;
      return (values, out, first, count) => {
        if (count !== rows || own !== current) {
          current = own;
          rows = count;
          if (place >= 0) {
            own.set(examples, count);
            extents[place] = count;
          }
          writeCounts();
        }
        if (isFlat) machine.write(input.matrix, values, first * columns, count, columns);
        else writePlace(machine, input, values.subarray(first * width, (first + count) * width), own);
        machine.run(loaded, extents, 0, 0);
        if (isFlat) machine.read(output.matrix, out, first * outputColumns, count, outputColumns);
        else out.set(readPlace(machine, output, own), first * outputWidth);
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
      throw new ShapeError({
        where: "run",
        expected: `values for input "${node.name}"`,
        got: "none",
        advice: "Add them.",
      });
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
  const { rows, columns, rowAt } = rowsOf(axes, extents);
  if (rowAt === null) machine.write(matrix, values, 0, rows, columns);
  else for (let i = 0; i < rows; i++) machine.write(rowOf(matrix, rowAt(i)), values, i * columns, 1, columns);
}

function readPlace(machine: Machine, { axes, matrix }: Place, extents: Extents): Float32Array {
  const { rows, columns, rowAt } = rowsOf(axes, extents);
  const values = new Float32Array(elementCount(axes, extents));
  if (rowAt === null) machine.read(matrix, values, 0, rows, columns);
  else for (let i = 0; i < rows; i++) machine.read(rowOf(matrix, rowAt(i)), values, i * columns, 1, columns);
  return values;
}

/** @param value for every place, or null for the number of its column. */
function fillPlace(machine: Machine, { axes, matrix }: Place, value: number | null): void {
  const { rows, columns } = rowsOf(axes, FULL);
  const values = Float32Array.from({ length: rows * columns }, (_, i) => value ?? i % columns);
  machine.write(matrix, values, 0, rows, columns);
}

/** The rows in use of a tensor. `rowAt`: where each stands among all rows, or null where they are the first ones. */
interface RowsInUse {
  readonly rows: number;
  readonly columns: number;
  readonly rowAt: ((row: number) => number) | null;
}

/** One row of a matrix. */
function rowOf({ offset, stride }: Matrix, row: number): Matrix {
  return { offset: offset + row * stride, stride };
}

function rowsOf(axes: readonly Axis[], extents: Extents): RowsInUse {
  // What a step is fed has two axes at most, and no gaps: nothing has to be listed.
  if (axes.length <= 2) {
    const columns = axes.at(-1);
    const [rows] = axes.length === 2 ? axes : [];
    return {
      rows: rows === undefined ? 1 : extentOf(rows, extents),
      columns: columns === undefined ? 1 : extentOf(columns, extents),
      rowAt: null,
    };
  }
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
