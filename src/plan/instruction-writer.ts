import { internalError } from "../errors.ts";
import { substitute, symbol } from "../formula/index.ts";
import { type ByKind, byKind } from "../graph/by-kind.ts";
import type { Axis, Node } from "../graph/node.ts";
import { operandsOf } from "../graph/node.ts";
import type { Place, TouchedTensors } from "./compiled-plan.ts";
import { collapsed, isGapless, stepAlong, stepAlongAll } from "./collapse.ts";
import type {
  Extent,
  Instruction,
  Loop,
  MapInstruction,
  MapOperand,
  MultiplyInstruction,
  Pattern,
  RandomInstruction,
  ReduceInstruction,
  TransposeInstruction,
} from "./instruction.ts";
import { elementsOf, type Steps, stepsOf, strideOf } from "./layout.ts";
import { reduceLayout } from "./reduce-layout.ts";
import {
  type MapTask,
  type MultiplyTask,
  productLayoutOf,
  type RandomTask,
  type ReduceTask,
  type Task,
  type TransposeTask,
} from "./schedule.ts";

const COPY = symbol("u");

/** Writes tasks as instructions, once every tensor has its place. */
export class InstructionWriter {
  /** The variable axes met so far, in the order in which extents count them. */
  readonly variableAxes: Axis[] = [];
  /** The tensors behind the regions of every instruction written so far. */
  readonly touched: Map<Instruction, TouchedTensors> = new Map();
  readonly #placeOf: (node: Node) => Place | null;

  readonly #write: ByKind<Task, Instruction> = {
    map: (task) => this.#map(task),
    multiply: (task) => this.#multiply(task),
    reduce: (task) => this.#reduce(task),
    random: (task) => this.#random(task),
    transpose: (task) => this.#transpose(task),
    // Both lie alike, as their axes have the same sizes in the same order.
    rename: ({ node }) => this.copy(this.#place(node.operand), this.#place(node), node.axes),
  };

  /** @param placeOf null for what lives only inside a task */
  constructor(placeOf: (node: Node) => Place | null) {
    this.#placeOf = placeOf;
  }

  instruction(task: Task): Instruction {
    return byKind(this.#write, task);
  }

  #touching(instruction: Instruction, reads: readonly Place[], writes: readonly Place[]): Instruction {
    this.touched.set(instruction, { reads, writes });
    return instruction;
  }

  /** Copies a tensor to another place. @param axes what the axes of `from` are called there, where that is something else. */
  copy(from: Place, to: Place, axes: readonly Axis[] = from.axes): Instruction {
    const operand = { symbol: "u", offset: from.matrix.offset, steps: stepsOf(axes), hasColumns: true };
    const equations = [{ symbol: "v", formula: COPY, offset: to.matrix.offset }];
    return this.#touching(this.#mapOver(to.axes, [operand], equations), [from], [to]);
  }

  #place(node: Node): Place {
    const place = this.#placeOf(node);
    if (place === null) throw internalError(`plan: a ${node.kind} node has no place in memory.`);
    return place;
  }

  #map({ nodes }: MapTask): Instruction {
    const space = nodes[0]!.axes;
    const symbols = new Map<Node, string>();
    const operands: WalkedOperand[] = [];
    const reads: Place[] = [];
    const symbolFor = (node: Node): string => {
      let name = symbols.get(node);
      if (name === undefined) {
        name = `v${symbols.size}`;
        symbols.set(node, name);
        operands.push(this.#walked(name, node, space));
        reads.push(this.#place(node));
      }
      return name;
    };
    const inside = new Set<Node>(nodes);
    const equations = nodes.map((node, position) => {
      const renaming = new Map(
        Object.entries(node.operands).map(([name, operand]) => [
          name,
          symbol(inside.has(operand) ? symbols.get(operand)! : symbolFor(operand)),
        ]),
      );
      const name = `e${position}`;
      symbols.set(node, name);
      return {
        symbol: name,
        formula: substitute(node.formula, renaming),
        offset: this.#placeOf(node)?.matrix.offset ?? null,
      };
    });
    const writes = nodes.flatMap((node) => this.#placeOf(node) ?? []);
    return this.#touching(this.#mapOver(space, operands, equations), reads, writes);
  }

  #walked(name: string, node: Node, space: readonly Axis[]): WalkedOperand {
    const last = space.at(-1);
    return {
      symbol: name,
      offset: this.#place(node).matrix.offset,
      steps: stepsOf(node.axes),
      hasColumns: last === undefined || node.axes.includes(last),
    };
  }

  /** A map over a space of any rank: the last axis, the run of axes before it that all walk as one, and loops. */
  #mapOver(
    space: readonly Axis[],
    operands: readonly WalkedOperand[],
    equations: MapInstruction["equations"],
  ): MapInstruction {
    const width = strideOf(space);
    const output = stepsOf(space);
    const runs = [...collapsed(space.slice(0, -1), [output, ...operands.map(({ steps }) => steps)])];
    const patterns = (rows: readonly Axis[]): readonly (Pattern | null)[] =>
      operands.map((each) => patternOf(each, rows, width));
    // An operand in another order has rows that are not next to each other: they are loops too.
    const isRowByRow = patterns(runs.at(-1) ?? []).includes(null);
    const rows = isRowByRow ? [] : (runs.pop() ?? []);
    const found = patterns(rows);
    const loops = runs.map((run) => ({
      extent: this.#extent(run),
      output: stepAlong(run.at(-1)!, output),
      operands: operands.map(({ steps }) => stepAlong(run.at(-1)!, steps)),
    }));
    return {
      kind: "map",
      rows: this.#extent(rows),
      width,
      operands: operands.map((each, i): MapOperand => ({
        symbol: each.symbol,
        offset: each.offset,
        pattern: found[i] ?? "full",
      })),
      equations,
      ...(loops.length === 0 ? {} : { loops }),
    };
  }

  #multiply({ node, result, bias, update }: MultiplyTask): Instruction {
    const layout = productLayoutOf(node);
    const [left, right] = layout.isSwapped ? [node.right, node.left] : [node.left, node.right];
    const added = [...(bias === null ? [] : [bias]), ...(update === null ? [] : [update.target, update.factor])];
    const reads = [left, right, ...added].map((each) => this.#place(each));
    const instruction: MultiplyInstruction = {
      kind: "multiply",
      rows: this.#extent(layout.rows),
      columns: this.#rowExtent(layout.columns),
      depth: this.#extent(layout.inner),
      left: { offset: this.#place(left).matrix.offset, stride: layout.left.stride },
      isLeftTransposed: layout.left.isTransposed,
      right: { offset: this.#place(right).matrix.offset, stride: layout.right.stride },
      isRightTransposed: layout.right.isTransposed,
      output: { offset: this.#place(result).matrix.offset, stride: layout.output.stride },
      bias: bias === null ? null : this.#place(bias).matrix.offset,
      ...(update === null
        ? {}
        : {
            update: {
              from: { offset: this.#place(update.target).matrix.offset, stride: layout.output.stride },
              factor: this.#place(update.factor).matrix.offset,
            },
          }),
      ...(layout.batch.length === 0
        ? {}
        : {
            batch: {
              extent: this.#extent(layout.batch),
              left: layout.left.batchStep,
              right: layout.right.batchStep,
              output: layout.output.batchStep,
            },
          }),
    };
    return this.#touching(instruction, reads, [this.#place(result)]);
  }

  #reduce({ node }: ReduceTask): Instruction {
    const { operand, reduction, axes } = node;
    const layout = reduceLayout(operand.axes, axes);
    if (layout === null) throw internalError("plan: a reduction takes more than one instruction.");
    const steps = stepsOf(operand.axes);
    const { along, loop, rows, columns } = layout;
    const stride = rows.length === 0 ? strideOf(operand.axes) : stepAlong(rows.at(-1)!, steps);
    const instruction: ReduceInstruction = {
      kind: "reduce",
      reduction,
      along,
      rows: this.#extent(rows),
      columns: this.#rowExtent(columns),
      input: { offset: this.#place(operand).matrix.offset, stride },
      output: this.#place(node).matrix.offset,
      ...(loop.length === 0 ? {} : { loop: this.#loop(loop, steps, stepsOf(axes)) }),
    };
    return this.#touching(instruction, [this.#place(operand)], [this.#place(node)]);
  }

  #random({ node }: RandomTask): Instruction {
    const instruction: RandomInstruction = {
      kind: "random",
      stream: node.stream,
      rows: this.#extent(node.axes.slice(0, -1)),
      columns: this.#extent(node.axes.slice(-1)),
      output: this.#place(node).matrix,
    };
    return this.#touching(instruction, [], [this.#place(node)]);
  }

  /** Another order of the axes. Where the last one stays, whole rows are copied; else two axes are exchanged, in loops over the others. */
  #transpose({ node }: TransposeTask): Instruction {
    const operand = operandsOf(node)[0]!;
    const from = this.#place(operand);
    const [rows, columns] = [node.axes.at(-1)!, operand.axes.at(-1)!];
    if (rows === columns) return this.copy(from, this.#place(node));
    const [input, output] = [stepsOf(operand.axes), stepsOf(node.axes)];
    const others = node.axes.filter((axis) => axis !== rows && axis !== columns);
    const loops = collapsed(others, [input, output]).map((run) => this.#loop(run, input, output));
    const instruction: TransposeInstruction = {
      kind: "transpose",
      rows: this.#extent([rows]),
      columns: this.#extent([columns]),
      input: { offset: from.matrix.offset, stride: stepAlong(rows, input) },
      output: { offset: this.#place(node).matrix.offset, stride: stepAlong(columns, output) },
      ...(loops.length === 0 ? {} : { loops }),
    };
    return this.#touching(instruction, [from], [this.#place(node)]);
  }

  #loop(axes: readonly Axis[], input: Steps, output: Steps): Loop {
    const last = axes.at(-1)!;
    return { extent: this.#extent(axes), input: stepAlong(last, input), output: stepAlong(last, output) };
  }

  /** Positions of axes that are walked as one. Those of a smaller batch come first, unless they have gaps; then all count. */
  #extent(axes: readonly Axis[]): Extent {
    const [first, ...others] = axes;
    const size = elementsOf(axes);
    if (first?.isVariable !== true || !isGapless(axes)) return { size, variable: null };
    return { size, variable: this.#number(first), ...(others.length === 0 ? {} : { times: elementsOf(others) }) };
  }

  /** Positions along a row of several axes, the padding between them among them. */
  #rowExtent(axes: readonly Axis[]): Extent {
    const steps = stepsOf(axes);
    if (axes.length < 2 || stepAlongAll(axes, steps) === 1) return this.#extent(axes);
    return { size: axes.reduce((last, axis) => last + (axis.size - 1) * stepAlong(axis, steps), 1), variable: null };
  }

  #number(axis: Axis): number {
    const known = this.variableAxes.indexOf(axis);
    return known < 0 ? this.variableAxes.push(axis) - 1 : known;
  }
}

/** An operand of a map, and how it moves along the axes of the map's space. */
interface WalkedOperand {
  readonly symbol: string;
  readonly offset: number;
  readonly steps: Steps;
  /** True when it moves along the space's last axis. */
  readonly hasColumns: boolean;
}

/** How an operand moves over rows and columns, or null for rows that are neither one after the other nor the same. */
function patternOf({ steps, hasColumns }: WalkedOperand, rows: readonly Axis[], width: number): Pattern | null {
  const step = rows.length === 0 ? null : stepAlong(rows.at(-1)!, steps);
  if (!hasColumns) return step === null || step === 0 ? "scalar" : step === 1 ? "column" : null;
  if (step === null || step === width) return "full";
  return step === 0 ? "row" : null;
}
