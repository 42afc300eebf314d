import type { Program } from "../graph/program.ts";
import { type CompiledPlan, compilePlan } from "../plan/compile.ts";
import type { Instruction } from "../plan/instruction.ts";
import { floatsOf } from "../plan/layout.ts";
import { blasLibrary } from "./blas/engine.ts";
import { blasMachine } from "./blas/machine.ts";
import { createMachine, type Machine } from "./wasm/machine.ts";

/** Where the time of a run goes. */
export interface ProgramProfile {
  /** A whole run, with the axes at their full size: median, in microseconds. */
  readonly microseconds: number;
  /**
   * Each instruction by itself, in the order of the run. Their sum is not the whole: small instructions that follow one
   * another run as one function, and large ones leave each other less of the cache.
   */
  readonly instructions: readonly InstructionTime[];
}

export interface InstructionTime {
  readonly instruction: Instruction;
  /** What it computes: see `CompiledPlan.names`. */
  readonly names: readonly string[];
  /** Median. */
  readonly microseconds: number;
}

/** Engines that run plans. */
export type ProfiledEngine = "blas" | "fast" | "wasm";

const SAMPLES = 15;
/** A sample lasts at least this long: two hundred times the clock's resolution. */
const SAMPLE_MS = 0.2;
/** By then V8 has compiled its best code. */
const WARM_UP_MS = 30;
/** Small enough for what is added up thousands of times to stay moderate, and no denormal. */
const SCALAR = 1e-6;

/**
 * Measures a program, instruction by instruction, on one thread. What it computes on is made up: the time of no instruction
 * depends on the numbers.
 *
 * @throws OptionError for `blas` where something it needs is missing.
 */
export function profileProgram(program: Program, engine: ProfiledEngine): ProgramProfile {
  const plain = createMachine({ isFast: engine === "fast" });
  const machine = engine === "blas" ? blasMachine(plain, blasLibrary()) : plain;
  const plan = compileOn(machine, program);
  const extents = plan.variableAxes.map(({ size }) => size);
  const timers = [plan.instructions, ...plan.instructions.map((each) => [each])].map((instructions) => {
    const loaded = machine.load({ ...plan, instructions });
    return timer(() => machine.run(loaded, extents, 0, 0));
  });
  // Round by round, so that a slow moment of the machine is shared by all.
  for (let sample = 0; sample < SAMPLES; sample++) for (const each of timers) each.sample();
  const [whole, ...alone] = timers.map((each) => each.median());
  return {
    microseconds: whole ?? 0,
    instructions: plan.instructions.map((instruction, i) => ({
      instruction,
      names: plan.names.get(instruction) ?? [],
      microseconds: alone[i] ?? 0,
    })),
  };
}

function compileOn(machine: Machine, program: Program): CompiledPlan {
  const places = new Map<unknown, number>();
  const blocks: { readonly offset: number; readonly floats: number }[] = [];
  const allocate = (floats: number): number => {
    const offset = machine.allocate(floats);
    blocks.push({ offset, floats });
    return offset;
  };
  const plan = compilePlan(program, {
    allocate,
    variable: (node) => {
      const offset = places.get(node) ?? allocate(floatsOf(node.axes));
      places.set(node, offset);
      return offset;
    },
  });
  const floats = machine.floats();
  // Between −½ and ½, evenly spread: multiples of the golden ratio, modulo 1.
  for (const block of blocks) {
    for (let i = 0; i < block.floats; i++) floats[block.offset + i] = ((i * 0.618_033_988_749_895) % 1) - 0.5;
  }
  for (const { axes, matrix } of plan.inputs.values()) if (axes.length === 0) floats[matrix.offset] = SCALAR;
  for (const { place, axis } of plan.counts) floats[place.matrix.offset] = axis.size;
  for (const { place, value } of plan.constants) {
    for (let i = 0; i < floatsOf(place.axes); i++) floats[place.matrix.offset + i] = value ?? i;
  }
  return plan;
}

function timer(run: () => void): { readonly sample: () => void; readonly median: () => number } {
  const until = performance.now() + WARM_UP_MS;
  run();
  while (performance.now() < until) for (let i = 0; i < 20 && performance.now() < until; i++) run();
  let runs = 1;
  const timeOf = (): number => {
    const started = performance.now();
    for (let i = 0; i < runs; i++) run();
    return performance.now() - started;
  };
  while (timeOf() < SAMPLE_MS) runs *= 2;
  const samples: number[] = [];
  return {
    sample: () => void samples.push((timeOf() * 1000) / runs),
    median: () => samples.toSorted((one, other) => one - other)[samples.length >> 1] ?? 0,
  };
}
