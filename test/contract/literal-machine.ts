import { evaluate } from "../../src/formula/index.ts";
import { type ByKind, byKind } from "../../src/graph/by-kind.ts";
import type { Axis, VariableNode } from "../../src/graph/node.ts";
import type { CompiledPlan, Place } from "../../src/plan/compile.ts";
import type { Extent, Instruction, Matrix } from "../../src/plan/instruction.ts";
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
  const size = ({ size: most, variable, times = 1, from = 0 }: Extent): number =>
    variable === null ? most : Math.min(most, Math.max(0, extentValues[variable]! * times - from));
  const at = ({ offset, stride }: Matrix, i: number, j: number): number => offset + i * stride + j;
  const each = (rows: number, columns: number, visit: (i: number, j: number) => void): void => {
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) visit(i, j);
  };
  /** Every combination of positions of some loops. */
  const turns = (loops: readonly { readonly extent: Extent }[]): readonly (readonly number[])[] =>
    loops.reduce<readonly (readonly number[])[]>(
      (all, { extent }) => all.flatMap((turn) => Array.from({ length: size(extent) }, (_, i) => [...turn, i])),
      [[]],
    );
  /** How far a turn is from the first, by the step of each loop. */
  const moved = (turn: readonly number[], steps: readonly number[]): number =>
    turn.reduce((sum, position, n) => sum + position * steps[n]!, 0);

  const run: ByKind<Instruction, void> = {
    map: ({ rows, width, operands, equations, loops = [] }) => {
      for (const turn of turns(loops)) {
        const results: { at: number; value: number }[] = [];
        const outputMove = moved(
          turn,
          loops.map(({ output }) => output),
        );
        each(size(rows), width, (i, j) => {
          const values: Record<string, number> = {};
          for (const [n, { symbol, offset, pattern }] of operands.entries()) {
            const place = { full: i * width + j, row: j, column: i, scalar: 0 }[pattern];
            const move = moved(
              turn,
              loops.map((loop) => loop.operands[n]!),
            );
            values[symbol] = memory[offset + move + place]!;
          }
          for (const { symbol, formula, offset } of equations) {
            values[symbol] = evaluate(formula, values);
            if (offset !== null) results.push({ at: offset + outputMove + i * width + j, value: values[symbol] });
          }
        });
        for (const { at: place, value } of results) memory[place] = value;
      }
    },
    multiply: ({ left, right, output, bias, isLeftTransposed, isRightTransposed, update, batch, ...extents }) => {
      for (let n = 0; n < (batch === undefined ? 1 : size(batch.extent)); n++) {
        const [toLeft, toRight, toOutput] = [n * (batch?.left ?? 0), n * (batch?.right ?? 0), n * (batch?.output ?? 0)];
        each(size(extents.rows), size(extents.columns), (i, j) => {
          let sum = bias === null ? 0 : memory[bias + j]!;
          for (let k = 0; k < size(extents.depth); k++) {
            const one = memory[toLeft + (isLeftTransposed ? at(left, k, i) : at(left, i, k))]!;
            sum += one * memory[toRight + (isRightTransposed ? at(right, j, k) : at(right, k, j))]!;
          }
          memory[toOutput + at(output, i, j)] =
            update === undefined ? sum : memory[at(update.from, i, j)]! - memory[update.factor]! * sum;
        });
      }
    },
    reduce: ({ reduction, along, rows, columns, input, output, loop }) => {
      for (let n = 0; n < (loop === undefined ? 1 : size(loop.extent)); n++) {
        const lists = new Map<number, number[]>();
        each(size(rows), size(columns), (i, j) => {
          const place = { rows: j, columns: i, both: 0 }[along];
          const value = memory[n * (loop?.input ?? 0) + at(input, i, j)]!;
          lists.set(place, [...(lists.get(place) ?? []), value]);
        });
        for (const [place, list] of lists) {
          const sum = list.reduce((one, other) => one + other, 0);
          const result = { sum, mean: sum / list.length, max: Math.max(...list) }[reduction];
          memory[output + n * (loop?.output ?? 0) + place] = result;
        }
      }
    },
    random: ({ rows, columns, stream, output }) =>
      each(size(rows), size(columns), (i, j) => {
        memory[at(output, i, j)] = uniform(5, stream, 1, ((rows.from ?? 0) + i) * columns.size + j);
      }),
    transpose: ({ rows, columns, input, output, loops = [] }) => {
      for (const turn of turns(loops)) {
        const [from, to] = [
          moved(
            turn,
            loops.map((loop) => loop.input),
          ),
          moved(
            turn,
            loops.map((loop) => loop.output),
          ),
        ];
        each(size(rows), size(columns), (i, j) => {
          memory[to + at(output, j, i)] = memory[from + at(input, i, j)]!;
        });
      }
    },
    barrier: () => {}, // there is one thread
  };

  /** Visits the elements in use of a tensor: the number of each, and where it lies. */
  const elements = (
    { axes, matrix }: Place,
    extents: ReadonlyMap<Axis, number>,
    visit: (element: number, offset: number, column: number) => void,
  ): void => {
    const sizes = axes.map((axis) => extents.get(axis) ?? axis.size);
    const count = sizes.reduce((product, extent) => product * extent, 1);
    for (let element = 0; element < count; element++) {
      let [rest, offset, step] = [element, matrix.offset, 1];
      for (let n = axes.length - 1; n >= 0; n--) {
        offset += (rest % sizes[n]!) * step;
        rest = Math.floor(rest / sizes[n]!);
        step = n === axes.length - 1 ? matrix.stride : step * axes[n]!.size;
      }
      visit(element, offset, element % (sizes.at(-1) ?? 1));
    }
  };

  return {
    allocate,
    placeOf,
    variable: (node: VariableNode) => placeOf(node).matrix.offset,
    run: (instruction: Instruction) => byKind(run, instruction),
    prepare(plan: CompiledPlan, extents: ReadonlyMap<Axis, number>) {
      extentValues = plan.variableAxes.map((axis) => extents.get(axis) ?? axis.size);
      for (const { place, value } of plan.constants) {
        elements(place, new Map(), (_, offset, column) => (memory[offset] = value ?? column));
      }
      for (const { place, axis } of plan.counts) memory[place.matrix.offset] = extents.get(axis) ?? axis.size;
    },
    write(place: Place, values: ArrayLike<number>, extents: ReadonlyMap<Axis, number>) {
      elements(place, extents, (element, offset) => (memory[offset] = values[element]!));
    },
    read(place: Place, extents: ReadonlyMap<Axis, number>): readonly number[] {
      const values: number[] = [];
      elements(place, extents, (_, offset) => values.push(memory[offset]!));
      return values;
    },
  };
}
