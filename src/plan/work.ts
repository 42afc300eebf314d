import { type Formula, postorder } from "../formula/index.ts";
import { type ByKind, byKind } from "../graph/by-kind.ts";
import { topologicalOrder } from "../graph/order.ts";
import type { Program } from "../graph/program.ts";
import type { Extent, Instruction, MapInstruction } from "./instruction.ts";

/** Floating-point operations of a run's matrix products, with every axis at its full size: what large networks cost. */
export function productFlops({ outputs, updates }: Program): number {
  let flops = 0;
  for (const node of topologicalOrder([...Object.values(outputs), ...updates.map(({ value }) => value)])) {
    if (node.kind !== "contract") continue;
    const axes = new Set([...node.left.axes, ...node.right.axes]);
    flops += [...axes].reduce((product, axis) => product * axis.size, 2);
  }
  return flops;
}

// Nanoseconds on the machine whose figures stand in bench/: half or twice as many elsewhere, which does not matter here.
const PER_MULTIPLY_ADD = 0.057;
const PER_MAP_OPERATION = 0.1;
const PER_FUNCTION = 2.5;
const PER_REDUCED = 0.15;
const PER_RANDOM = 5;

/** About how long an instruction takes one thread, in nanoseconds, with every axis at its full size. */
export function nanosecondsOf(instruction: Instruction): number {
  return byKind(nanoseconds, instruction);
}

const nanoseconds: ByKind<Instruction, number> = {
  multiply: ({ rows, columns, depth, batch }) =>
    rows.size * columns.size * depth.size * (batch?.extent.size ?? 1) * PER_MULTIPLY_ADD,
  map: (map) => map.rows.size * map.width * turns(map.loops) * nanosecondsPerPosition(map),
  reduce: ({ rows, columns, loop }) => rows.size * columns.size * (loop?.extent.size ?? 1) * PER_REDUCED,
  transpose: ({ rows, columns, loops }) => rows.size * columns.size * turns(loops) * PER_REDUCED,
  random: ({ rows, columns }) => rows.size * columns.size * PER_RANDOM,
  barrier: () => 0,
};

/** How often an instruction in loops is carried out. */
function turns(loops: readonly { readonly extent: Extent }[] = []): number {
  return loops.reduce((product, { extent }) => product * extent.size, 1);
}

function nanosecondsPerPosition({ operands, equations }: MapInstruction): number {
  let time = PER_MAP_OPERATION * (operands.length + equations.length);
  for (const { formula } of equations) {
    for (const part of postorder(formula)) time += isCostly(part) ? PER_FUNCTION : PER_MAP_OPERATION;
  }
  return time;
}

const cheap: ReadonlySet<string> = new Set(["abs", "sign", "sqrt", "relu", "min", "max"]);

function isCostly(part: Formula): boolean {
  if (part.kind === "call") return !cheap.has(part.name);
  return part.kind === "operation" && part.operator === "^" && part.right.kind !== "number";
}
