import { internalError } from "../../errors.ts";
import type { Axis, InputNode, Node, VariableNode } from "../../graph/node.ts";
import { interpret } from "../../graph/interpret.ts";
import { topologicalOrder } from "../../graph/order.ts";
import type { TensorArithmetic } from "../../graph/tensor-arithmetic.ts";
import type { Program } from "../../graph/program.ts";
import { uniform } from "../../random/philox.ts";
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
import { float64Tensors } from "./float64-tensors.ts";

/**
 * The oracle: the graph itself, interpreted in float64 (`graph/interpret.ts`). It knows no plan: it is what the engines
 * that run plans are tested against.
 */
export const referenceEngine: SynchronousEngine = {
  name: "reference",
  precision: "float64",
  // Its exponentials and logarithms are those of the runtime.
  isReproducible: false,
  isSynchronous: true,
  open: () => openReference(float64Tensors),
};

interface ReferenceTable extends Table {
  readonly values: Float64Array;
}

interface ReferenceSnapshot extends Snapshot {
  readonly values: ReadonlyMap<VariableNode, Float64Array>;
}

type Variables = (node: VariableNode) => Float64Array;

/** A session that interprets in float64 by other loops than the usual: for tests, with roundings of their own. */
export function openReference(tensors: TensorArithmetic<Float64Array>): Session {
  const variables = new Map<VariableNode, Float64Array>();
  const variable: Variables = (node) => {
    let values = variables.get(node);
    if (values === undefined) {
      values = new Float64Array(elementCount(node.axes, new Map()));
      variables.set(node, values);
    }
    return values;
  };
  return {
    write: (node, values) => {
      checkLength(node, values.length, new Map());
      variable(node).set(values);
    },
    read: (node) => variable(node).slice(),
    snapshot: (): ReferenceSnapshot => ({
      values: new Map([...variables].map(([node, values]) => [node, values.slice()])),
    }),
    restore: (snapshot) => {
      // Only `snapshot` above makes one.
      for (const [node, values] of (snapshot as ReferenceSnapshot).values) variable(node).set(values);
    },
    load: (values, columns): ReferenceTable => ({
      rows: values.length / columns,
      columns,
      values: Float64Array.from(values),
    }),
    refill: (table, values, firstRow) => (table as ReferenceTable).values.set(values, firstRow * table.columns),
    prepare: (program) => prepare(program, variable, tensors),
    close: () => {},
  };
}

function prepare(program: Program, variable: Variables, tensors: TensorArithmetic<Float64Array>): Executable {
  const roots = [...Object.values(program.outputs), ...program.updates.map(({ value }) => value)];
  const order = topologicalOrder(roots);
  const bindings = new Map<string, Binding>();
  const allAxes = order.flatMap((node) => (node.kind === "count" ? [node.axis] : node.axes));
  const variableAxes = [...new Set(allAxes)].filter((axis) => axis.isVariable);
  let last: Binding | null = null;

  const bind = (extents: Extents): Binding => {
    checkExtents(extents);
    const key = variableAxes.map((axis) => extentOf(axis, extents)).join();
    let binding = bindings.get(key);
    if (binding === undefined) {
      if (bindings.size >= MAX_BINDINGS) bindings.clear();
      binding = bindProgram({ program, roots, tensors }, variable, extents);
      bindings.set(key, binding);
    }
    return binding;
  };

  const run = (options: RunOptions): void => {
    const extents = options.extents ?? new Map<Axis, number>();
    last = bind(extents);
    last.run(options, extents);
  };
  const output = (name: string): Float64Array => {
    const values = last?.outputs[name];
    if (values === undefined) throw internalError(`output "${name}" was not computed.`);
    return values.slice();
  };
  return { run, output, runSteps: (options) => runSteps(options, run, output) };
}

/** Full batches, the last smaller one, and room for a few more before buffers are made anew. */
const MAX_BINDINGS = 8;

/** A program with buffers for one set of extents. */
interface Binding {
  readonly outputs: Readonly<Record<string, Float64Array>>;
  run(options: RunOptions, extents: Extents): void;
}

/** What is computed, and in what. */
interface Computation {
  readonly program: Program;
  readonly roots: readonly Node[];
  readonly tensors: TensorArithmetic<Float64Array>;
}

function bindProgram({ program, roots, tensors }: Computation, variable: Variables, extents: Extents): Binding {
  const inputs = new Map<InputNode, Float64Array>();
  const draw = { seed: 0, step: 0 };
  const { run, valuesOf } = interpret(roots, tensors, {
    extents,
    random: (stream, position) => uniform(draw.seed, stream, draw.step, position),
    given: (node) => {
      if (node.kind === "variable") return variable(node);
      if (node.kind !== "input") return undefined;
      const values = inputs.get(node) ?? new Float64Array(elementCount(node.axes, extents));
      inputs.set(node, values);
      return values;
    },
  });

  // All values first, copied, then all targets: no update sees another's result.
  const updates = program.updates.map(({ target, value }) => {
    const source = valuesOf(value);
    return { target: variable(target), source, copy: new Float64Array(source.length) };
  });

  // An output is the value before the updates, also where it is an updated variable.
  const targets = new Set(updates.map(({ target }) => target));
  const aside: { readonly from: Float64Array; readonly to: Float64Array }[] = [];
  const outputOf = (node: Node): Float64Array => {
    const from = valuesOf(node);
    if (!targets.has(from)) return from;
    const to = from.slice();
    aside.push({ from, to });
    return to;
  };

  return {
    outputs: Object.fromEntries(Object.entries(program.outputs).map(([name, node]) => [name, outputOf(node)])),
    run: (options, runExtents) => {
      for (const [node, room] of inputs) {
        const values = options.inputs.get(node);
        if (values === undefined) throw internalError(`input "${node.name}" was not given.`);
        checkLength(node, values.length, runExtents);
        room.set(values);
      }
      draw.seed = options.seed ?? 0;
      draw.step = options.step ?? 0;
      run();
      for (const { from, to } of aside) to.set(from);
      for (const { source, copy } of updates) copy.set(source);
      for (const { target, copy } of updates) target.set(copy);
    },
  };
}

function runSteps(
  options: StepsOptions,
  run: (options: RunOptions) => void,
  output: (name: string) => Float64Array,
): StepsResult {
  let total = 0;
  for (let step = 0; step < options.steps; step++) {
    const first = options.start + step * options.batchSize;
    const rows = options.order.subarray(first, first + options.batchSize);
    const inputs = new Map<InputNode, ArrayLike<number>>();
    const extents = new Map<Axis, number>();
    for (const [node, table] of options.tables) {
      inputs.set(node, gather(table as ReferenceTable, rows));
      const examples = node.axes[0];
      if (examples?.isVariable) extents.set(examples, rows.length);
    }
    for (const [node, values] of options.scalars) inputs.set(node, [values[step]!]);
    run({ inputs, extents, seed: options.seed, step: options.firstStep + step });
    const watched = output(options.watch)[0]!;
    total += watched;
    if (!Number.isFinite(watched)) return { total, steps: step + 1, isFinite: false };
  }
  return { total, steps: options.steps, isFinite: true };
}

function gather(table: ReferenceTable, rows: Uint32Array): Float64Array {
  const { columns } = table;
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => values.set(table.values.subarray(row * columns, (row + 1) * columns), i * columns));
  return values;
}
