import { foldFormula, postorder, symbolText } from "../formula/index.ts";
import { type ByKind, byKind } from "../graph/by-kind.ts";
import type { Axis } from "../graph/node.ts";
import {
  type Extent,
  type Instruction,
  type MapEquation,
  type MapInstruction,
  type Matrix,
  MOST_EQUATIONS,
  MOST_FORMULA_LEVELS,
  MOST_UPDATE_TERMS,
  type MultiplyInstruction,
} from "./instruction.ts";
import { memoryUse, type Region, regionsOf } from "./memory-use.ts";

/** Tells what is wrong with the instruction in hand. */
type Fail = (what: string) => never;

const LANES = 4;

/** What an instruction must be by itself, whatever stands in memory. */
export function verifyInstruction(instruction: Instruction, variableAxes: readonly Axis[], fail: Fail): void {
  for (const extent of extentsOf(instruction)) verifyExtent(extent, variableAxes, fail);
  const { reads, writes } = regionsOf(instruction);
  for (const region of [...reads, ...writes]) verifyPlace(region, fail);
  for (const matrix of matricesOf(instruction)) {
    if (!isVectors(matrix.stride)) fail(`expected a stride that is a multiple of 4, got ${matrix.stride}.`);
  }
  byKind(rules, instruction, fail);
  verifyOverlap(instruction, fail);
}

function verifyExtent({ size, variable, times = 1, from = 0 }: Extent, axes: readonly Axis[], fail: Fail): void {
  if (!isWhole(size) || size < 1) fail(`expected an extent of 1 or more, got ${size}.`);
  if (!isWhole(times) || times < 1) fail(`expected 1 or more positions for each of an axis, got ${times}.`);
  if (!isWhole(from)) fail(`expected a first position of 0 or more, got ${from}.`);
  if (variable === null) return;
  const axis = axes[variable];
  if (axis === undefined) fail(`expected one of ${axes.length} variable axes, got number ${variable}.`);
  if (from + size > axis.size * times) {
    fail(`expected at most ${axis.size * times} positions along "${axis.name}", got ${from + size}.`);
  }
}

function verifyPlace({ offset, loops }: Region, fail: Fail): void {
  if (!isWhole(offset) || !isVectors(offset)) fail(`expected an offset that is a multiple of 4, got ${offset}.`);
  for (const { step } of loops) if (!isWhole(step)) fail(`expected a step of 0 floats or more, got ${step}.`);
}

/** Further rules, by kind. */
const rules: ByKind<Instruction, void, [fail: Fail]> = {
  multiply: (product, fail) => {
    if (product.update !== undefined) verifyUpdate(product, fail);
    const step = product.batch?.output ?? LANES;
    if (!isVectors(step)) fail(`expected results of a batch multiples of 4 floats apart, got ${step}.`);
  },
  map: (map, fail) => {
    if (!isVectors(map.width)) fail(`expected a width that is a multiple of 4, got ${map.width}.`);
    for (const { operands, output } of map.loops ?? []) {
      if (operands.length !== map.operands.length)
        fail(`expected a step for each of ${map.operands.length} operands, got ${operands.length}.`);
      if (!isVectors(output)) fail(`expected outputs multiples of 4 floats apart, got ${output}.`);
    }
    verifyEquations(map, fail);
  },
  reduce: ({ along, loop }, fail) => {
    if (along === "rows" && !isVectors(loop?.output ?? LANES))
      fail(`expected results multiples of 4 floats apart, got ${loop?.output}.`);
  },
  random: () => {},
  transpose: ({ loops = [] }, fail) => {
    for (const { output } of loops) {
      if (!isVectors(output)) fail(`expected outputs multiples of 4 floats apart, got ${output}.`);
    }
  },
  barrier: () => {},
};

function verifyUpdate({ bias, batch, depth, output, update }: MultiplyInstruction, fail: Fail): void {
  if (bias !== null) fail("expected an update without a bias, got both.");
  if (batch !== undefined) fail("expected an update in a single product, got a batch.");
  if (depth.size > MOST_UPDATE_TERMS) {
    fail(`expected an update over at most ${MOST_UPDATE_TERMS} terms, got ${depth.size}.`);
  }
  const from = update?.from;
  if (from?.offset === output.offset && from.stride !== output.stride) {
    fail(`expected an update in place with the stride ${output.stride}, got ${from.stride}.`);
  }
}

function verifyEquations({ operands, equations }: MapInstruction, fail: Fail): void {
  if (equations.length > MOST_EQUATIONS) fail(`expected at most ${MOST_EQUATIONS} equations, got ${equations.length}.`);
  const known = new Set<string>();
  const define = (symbol: string): void => {
    if (known.has(symbol)) fail(`expected each symbol once, got "${symbol}" again.`);
    known.add(symbol);
  };
  for (const { symbol } of operands) define(symbol);
  for (const equation of equations) {
    for (const part of postorder(equation.formula)) {
      if (part.kind === "symbol" && !known.has(symbolText(part)))
        fail(`expected operands and earlier equations, got "${symbolText(part)}" in "${equation.symbol}".`);
    }
    const levels = levelsOf(equation);
    if (levels > MOST_FORMULA_LEVELS) {
      fail(`expected at most ${MOST_FORMULA_LEVELS} levels of operations in "${equation.symbol}", got ${levels}.`);
    }
    define(equation.symbol);
  }
}

function levelsOf({ formula }: MapEquation): number {
  return foldFormula<number>(formula, (_, parts) => 1 + Math.max(0, ...parts));
}

/** What is written must not be read by the same instruction, unless it lies there number by number. */
function verifyOverlap(instruction: Instruction, fail: Fail): void {
  const regions = regionsOf(instruction);
  const { reads, writes } = memoryUse(instruction);
  writes.forEach((write, w) => {
    reads.forEach((read, r) => {
      if (read.start >= write.end || write.start >= read.end) return;
      const isInPlace = mayOverwrite(instruction, r) && isSameRegion(regions.reads[r]!, regions.writes[w]!);
      if (!isInPlace) fail(`its result at ${write.start} lies on what it reads at ${read.start}.`);
    });
    for (const other of writes.slice(w + 1)) {
      if (other.start < write.end && write.start < other.end) {
        fail(`its results at ${write.start} and ${other.start} lie on one another.`);
      }
    }
  });
}

/** True for an operand that is read before anything is written over it: of a map, and what an update starts from. */
function mayOverwrite(instruction: Instruction, read: number): boolean {
  if (instruction.kind === "map") return instruction.operands[read]?.pattern === "full";
  return instruction.kind === "multiply" && instruction.update !== undefined && read === 2;
}

function isSameRegion(one: Region, other: Region): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function extentsOf(instruction: Instruction): readonly Extent[] {
  const of: ByKind<Instruction, readonly Extent[]> = {
    multiply: ({ rows, columns, depth, batch }) => [
      rows,
      columns,
      depth,
      ...(batch === undefined ? [] : [batch.extent]),
    ],
    map: ({ rows, loops = [] }) => [rows, ...loops.map(({ extent }) => extent)],
    reduce: ({ rows, columns, loop }) => [rows, columns, ...(loop === undefined ? [] : [loop.extent])],
    random: ({ rows, columns }) => [rows, columns],
    transpose: ({ rows, columns, loops = [] }) => [rows, columns, ...loops.map(({ extent }) => extent)],
    barrier: () => [],
  };
  return byKind(of, instruction);
}

function matricesOf(instruction: Instruction): readonly Matrix[] {
  const of: ByKind<Instruction, readonly Matrix[]> = {
    multiply: ({ left, right, output, update }) => [
      left,
      right,
      output,
      ...(update === undefined ? [] : [update.from]),
    ],
    map: () => [],
    reduce: ({ input }) => [input],
    random: ({ output }) => [output],
    transpose: ({ input, output }) => [input, output],
    barrier: () => [],
  };
  return byKind(of, instruction);
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isVectors(floats: number): boolean {
  return floats % LANES === 0;
}
