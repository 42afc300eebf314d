import { evaluate } from "../../src/formula/index.ts";
import type { Axis, VariableNode } from "../../src/graph/node.ts";
import type { CompiledPlan, Place } from "../../src/plan/compile.ts";
import type { Extent, Instruction, MapInstruction, Matrix } from "../../src/plan/instruction.ts";
import { floatsOf } from "../../src/plan/layout.ts";
import { uniform } from "../../src/random/philox.ts";

/** Does what `instruction.ts` says, and nothing else. Memory starts as NaN, so that whoever reads padding is found out. */
export function literalMachine() {
  let memory = new Float64Array(0);
  const places = new Map<VariableNode, Place>();
  let extentValues: readonly number[] = [];
  const allocate = (floats: number): number => {
    const grown = new Float64Array(memory.length + floats).fill(Number.NaN);
    grown.set(memory);
    const offset = memory.length;
    memory = grown;
    return offset;
  };
  const placeOf = (node: VariableNode): Place => {
    let place = places.get(node);
    if (place === undefined) {
      const width = node.axes.at(-1)?.size ?? 1;
      const stride = width > 16 ? Math.ceil(width / 16) * 16 : Math.ceil(width / 4) * 4;
      place = { axes: node.axes, matrix: { offset: allocate(floatsOf(node.axes)), stride } };
      places.set(node, place);
    }
    return place;
  };
  const size = (extent: Extent): number => (extent.variable === null ? extent.size : extentValues[extent.variable]!);
  const at = ({ offset, stride }: Matrix, i: number, j: number): number => offset + i * stride + j;
  const each = (rows: number, columns: number, visit: (i: number, j: number) => void): void => {
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) visit(i, j);
  };
  const shape = (axes: readonly Axis[], extents: ReadonlyMap<Axis, number>): readonly [number, number] => {
    const sizes = axes.map((axis) => extents.get(axis) ?? axis.size);
    return [sizes.length === 2 ? sizes[0]! : 1, sizes.at(-1) ?? 1];
  };

  const map = ({ rows, width, operands, equations }: MapInstruction): void => {
    const results: { at: number; value: number }[] = [];
    each(size(rows), width, (i, j) => {
      const values: Record<string, number> = {};
      for (const { symbol, offset, pattern } of operands) {
        const place = { full: i * width + j, row: j, column: i, scalar: 0 }[pattern];
        values[symbol] = memory[offset + place]!;
      }
      for (const { symbol, formula, offset } of equations) {
        values[symbol] = evaluate(formula, values);
        if (offset !== null) results.push({ at: offset + i * width + j, value: values[symbol] });
      }
    });
    for (const { at: place, value } of results) memory[place] = value;
  };

  const run = (instruction: Instruction): void => {
    switch (instruction.kind) {
      case "map":
        map(instruction);
        break;
      case "multiply": {
        const { left, right, output, bias, isLeftTransposed, isRightTransposed, update } = instruction;
        each(size(instruction.rows), size(instruction.columns), (i, j) => {
          let sum = bias === null ? 0 : memory[bias + j]!;
          for (let k = 0; k < size(instruction.depth); k++) {
            const one = memory[isLeftTransposed ? at(left, k, i) : at(left, i, k)]!;
            sum += one * memory[isRightTransposed ? at(right, j, k) : at(right, k, j)]!;
          }
          memory[at(output, i, j)] =
            update === undefined ? sum : memory[at(update.from, i, j)]! - memory[update.factor]! * sum;
        });
        break;
      }
      case "reduce": {
        const rows = size(instruction.rows);
        const columns = size(instruction.columns);
        const lists = new Map<number, number[]>();
        each(rows, columns, (i, j) => {
          const place = { rows: j, columns: i, both: 0 }[instruction.along];
          lists.set(place, [...(lists.get(place) ?? []), memory[at(instruction.input, i, j)]!]);
        });
        for (const [place, list] of lists) {
          const sum = list.reduce((one, other) => one + other, 0);
          const result = { sum, mean: sum / list.length, max: Math.max(...list) }[instruction.reduction];
          memory[instruction.output + place] = result;
        }
        break;
      }
      case "barrier": // there is one thread
        break;
      case "random":
        each(size(instruction.rows), size(instruction.columns), (i, j) => {
          const position = i * instruction.columns.size + j;
          memory[at(instruction.output, i, j)] = uniform(5, instruction.stream, 1, position);
        });
        break;
      case "transpose":
        each(size(instruction.rows), size(instruction.columns), (i, j) => {
          memory[at(instruction.output, j, i)] = memory[at(instruction.input, i, j)]!;
        });
        break;
    }
  };

  return {
    allocate,
    placeOf,
    variable: (node: VariableNode) => placeOf(node).matrix.offset,
    run,
    prepare(plan: CompiledPlan, extents: ReadonlyMap<Axis, number>) {
      extentValues = plan.variableAxes.map((axis) => extents.get(axis) ?? axis.size);
      for (const { place, value } of plan.constants) {
        const [rows, columns] = shape(place.axes, new Map());
        each(rows, columns, (i, j) => (memory[at(place.matrix, i, j)] = value ?? j));
      }
      for (const { place, axis } of plan.counts) memory[place.matrix.offset] = extents.get(axis) ?? axis.size;
    },
    write({ axes, matrix }: Place, values: ArrayLike<number>, extents: ReadonlyMap<Axis, number>) {
      const [rows, columns] = shape(axes, extents);
      each(rows, columns, (i, j) => (memory[at(matrix, i, j)] = values[i * columns + j]!));
    },
    read({ axes, matrix }: Place, extents: ReadonlyMap<Axis, number>): readonly number[] {
      const [rows, columns] = shape(axes, extents);
      const values: number[] = [];
      each(rows, columns, (i, j) => values.push(memory[at(matrix, i, j)]!));
      return values;
    },
  };
}
