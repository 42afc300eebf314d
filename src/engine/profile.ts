import type { Program } from "../graph/program.ts";
import { type CompiledPlan, compilePlan } from "../plan/compile.ts";
import type { Instruction } from "../plan/instruction.ts";
import { floatsOf } from "../plan/layout.ts";
import { blasLibrary } from "./blas/engine.ts";
import { blasMachine } from "./blas/machine.ts";
import { createMachine, type WasmMachine } from "./wasm/machine.ts";

/** Where the time of a run goes. */
export interface ProgramProfile {
  /** A whole run, with the axes at their full size: median, in microseconds. */
  readonly microseconds: number;
  /**
   * Each instruction by itself, in the order of the run. Their sum is not the whole: small instructions that follow one
   * another run as one function, and large ones leave each other less of the cache.
   */
  readonly instructions: readonly InstructionTime[];
  /**
   * Numbers in memory that were denormal when the last sample of an instruction ended, the most of all: below 1.2e-38 processors take many
   * times as long, and a time measured on such is none of the instruction.
   */
  readonly denormals: number;
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
 * Measures a program, instruction by instruction, on one thread. What it computes on is made up, and filled in anew before
 * each sample: a step done thousands of times on the same numbers would drive them to 0, through denormals.
 *
 * @throws OptionError for `blas` where something it needs is missing.
 */
export function profileProgram(program: Program, engine: ProfiledEngine): ProgramProfile {
  const plain = createMachine({ isFast: engine === "fast" });
  const machine = engine === "blas" ? blasMachine(plain, blasLibrary()) : plain;
  const { plan, fill, denormals } = compileOn(machine, program);
  const extents = plan.variableAxes.map(({ size }) => size);
  const timers = [plan.instructions, ...plan.instructions.map((each) => [each])].map((instructions) => {
    const loaded = machine.load({ ...plan, instructions });
    return timer(() => machine.run(loaded, extents, 0, 0), fill);
  });
  let mostDenormals = 0;
  // Round by round, so that a slow moment of the machine is shared by all.
  for (let sample = 0; sample < SAMPLES; sample++) {
    for (const each of timers) {
      each.sample();
      // Looked for once: it takes as long as a sample.
      if (sample === SAMPLES - 1) mostDenormals = Math.max(mostDenormals, denormals());
    }
  }
  const [whole, ...alone] = timers.map((each) => each.median());
  return {
    microseconds: whole ?? 0,
    denormals: mostDenormals,
    instructions: plan.instructions.map((instruction, i) => ({
      instruction,
      names: plan.names.get(instruction) ?? [],
      microseconds: alone[i] ?? 0,
    })),
  };
}

/** A plan in memory, and what keeps its operands fit to measure with. */
interface FilledPlan {
  readonly plan: CompiledPlan;
  /** Fills every operand with normal numbers. */
  readonly fill: () => void;
  /** How many numbers in memory are denormal now. */
  readonly denormals: () => number;
}

/** Numbers to measure with lie between −half of it and half of it. */
const SIZE = 0.125;
/** The smallest normal number of float32. */
const NORMAL = 2 ** -126;

function compileOn(machine: WasmMachine, program: Program): FilledPlan {
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
  // Evenly spread around 0: multiples of the golden ratio, modulo 1. Small enough for the sums of wide layers to stay where
  // no exponential of a softmax is denormal.
  for (const block of blocks) {
    for (let i = 0; i < block.floats; i++) {
      floats[block.offset + i] = SIZE * (((i * 0.618_033_988_749_895) % 1) - 0.5);
    }
  }
  for (const { axes, matrix } of plan.inputs.values()) if (axes.length === 0) floats[matrix.offset] = SCALAR;
  for (const { place, axis } of plan.counts) floats[place.matrix.offset] = axis.size;
  for (const { place, value } of plan.constants) {
    for (let i = 0; i < floatsOf(place.axes); i++) floats[place.matrix.offset + i] = value ?? i;
  }
  const filled = blocks.map(({ offset, floats: length }) => floats.slice(offset, offset + length));
  const fill = (): void => {
    const now = machine.floats();
    for (const [i, { offset }] of blocks.entries()) now.set(filled[i] ?? [], offset);
  };
  const denormals = (): number => {
    const now = machine.floats();
    let count = 0;
    for (const block of blocks) {
      for (let i = 0; i < block.floats; i++) {
        const size = Math.abs(now[block.offset + i] ?? 0);
        if (size > 0 && size < NORMAL) count += 1;
      }
    }
    return count;
  };
  return { plan, fill, denormals };
}

function timer(run: () => void, fill: () => void): { readonly sample: () => void; readonly median: () => number } {
  const until = performance.now() + WARM_UP_MS;
  fill();
  run();
  while (performance.now() < until) for (let i = 0; i < 20 && performance.now() < until; i++) run();
  let runs = 1;
  const timeOf = (): number => {
    fill();
    // The operands are in the cache as they are in a step, and not as `fill` left them.
    run();
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
