import { internalError } from "../../errors.ts";
import type { Axis, InputNode, Node, VariableNode } from "../../graph/node.ts";
import { topologicalOrder } from "../../graph/order.ts";
import type { Program } from "../../graph/program.ts";
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
import { checkExtents, checkLength, elementCount, extentOf, type Extents } from "../extents.ts";
import { contractKernel, type Kernel, mapKernel, randomKernel, reduceKernel, type Tensor } from "./kernels.ts";

/**
 * The oracle: float64, plain loops, one node after the other, straight from the graph. It knows no plan: it is
 * what the engines that run plans are tested against.
 */
export const referenceEngine: SynchronousEngine = {
  name: "reference",
  precision: "float64",
  // Its exponentials and logarithms are those of the runtime.
  isReproducible: false,
  isSynchronous: true,
  open: openSession,
};

interface ReferenceTable extends Table {
  readonly values: Float64Array;
}

interface ReferenceSnapshot extends Snapshot {
  readonly values: ReadonlyMap<VariableNode, Float64Array>;
}

type Variables = (node: VariableNode) => Tensor;

function openSession(): Session {
  const variables = new Map<VariableNode, Tensor>();
  const variable: Variables = (node) => {
    let tensor = variables.get(node);
    if (tensor === undefined) {
      tensor = { axes: node.axes, values: new Float64Array(elementCount(node.axes, new Map())) };
      variables.set(node, tensor);
    }
    return tensor;
  };
  return {
    write: (node, values) => {
      checkLength(node, values.length, new Map());
      variable(node).values.set(values);
    },
    read: (node) => variable(node).values.slice(),
    snapshot: (): ReferenceSnapshot => ({
      values: new Map([...variables].map(([node, tensor]) => [node, tensor.values.slice()])),
    }),
    restore: (snapshot) => {
      // Only `snapshot` above makes one.
      for (const [node, values] of (snapshot as ReferenceSnapshot).values) variable(node).values.set(values);
    },
    load: (values, columns): ReferenceTable => ({
      rows: values.length / columns,
      columns,
      values: Float64Array.from(values),
    }),
    refill: (table, values, firstRow) => (table as ReferenceTable).values.set(values, firstRow * table.columns),
    prepare: (program) => prepare(program, variable),
    close: () => {},
  };
}

function prepare(program: Program, variable: Variables): Executable {
  const order = topologicalOrder([...Object.values(program.outputs), ...program.updates.map(({ value }) => value)]);
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
      binding = bindProgram(program, order, variable, extents);
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
    const tensor = last?.outputs[name];
    if (tensor === undefined) throw internalError(`output "${name}" was not computed.`);
    return tensor.values.slice();
  };
  return { run, output, runSteps: (options) => runSteps(options, run, output) };
}

/** Full batches, the last smaller one, and room for a few more before buffers are made anew. */
const MAX_BINDINGS = 8;

/** A program with buffers for one set of extents. */
interface Binding {
  readonly outputs: Readonly<Record<string, Tensor>>;
  run(options: RunOptions, extents: Extents): void;
}

function bindProgram(program: Program, order: readonly Node[], variable: Variables, extents: Extents): Binding {
  const tensors = new Map<Node, Tensor>();
  const inputs: { readonly node: InputNode; readonly tensor: Tensor }[] = [];
  const draws: ((seed: number, step: number) => void)[] = [];
  const kernels: Kernel[] = [];
  const tensorOf = (node: Node): Tensor => tensors.get(node)!;

  for (const node of order) {
    if (node.kind === "variable") {
      tensors.set(node, variable(node));
      continue;
    }
    if (node.kind === "hold") {
      tensors.set(node, tensorOf(node.operand));
      continue;
    }
    const tensor: Tensor = { axes: node.axes, values: new Float64Array(elementCount(node.axes, extents)) };
    tensors.set(node, tensor);
    switch (node.kind) {
      case "input":
        inputs.push({ node, tensor });
        break;
      case "constant":
        tensor.values.fill(node.value);
        break;
      case "index":
        tensor.values.forEach((_, i) => (tensor.values[i] = i));
        break;
      case "count":
        tensor.values[0] = extentOf(node.axis, extents);
        break;
      case "random":
        draws.push(randomKernel(node, tensor, extents));
        break;
      case "contract":
        kernels.push(contractKernel(node, tensor, tensorOf(node.left), tensorOf(node.right), extents));
        break;
      case "map": {
        const operands = Object.fromEntries(
          Object.entries(node.operands).map(([name, each]) => [name, tensorOf(each)]),
        );
        kernels.push(mapKernel(node, tensor, operands, extents));
        break;
      }
      case "reduce":
        kernels.push(reduceKernel(node, tensor, tensorOf(node.operand), extents));
        break;
    }
  }

  // All values first, copied, then all targets: no update sees another's result.
  const updates = program.updates.map(({ target, value }) => {
    const source = tensorOf(value).values;
    return { target: variable(target).values, source, copy: new Float64Array(source.length) };
  });

  // An output is the value before the updates, also where it is an updated variable.
  const targets = new Set(updates.map(({ target }) => target));
  const aside: { readonly from: Tensor; readonly to: Tensor }[] = [];
  const outputOf = (node: Node): Tensor => {
    const from = tensorOf(node);
    if (!targets.has(from.values)) return from;
    const to: Tensor = { axes: from.axes, values: from.values.slice() };
    aside.push({ from, to });
    return to;
  };

  return {
    outputs: Object.fromEntries(Object.entries(program.outputs).map(([name, node]) => [name, outputOf(node)])),
    run: (options, runExtents) => {
      for (const { node, tensor } of inputs) {
        const values = options.inputs.get(node);
        if (values === undefined) throw internalError(`input "${node.name}" was not given.`);
        checkLength(node, values.length, runExtents);
        tensor.values.set(values);
      }
      for (const draw of draws) draw(options.seed ?? 0, options.step ?? 0);
      for (const kernel of kernels) kernel();
      for (const { from, to } of aside) to.values.set(from.values);
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
