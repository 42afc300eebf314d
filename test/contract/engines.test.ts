import { setFlagsFromString } from "node:v8";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blasEngineOn } from "../../src/engine/blas/engine.ts";
import { engineFrom } from "../../src/engine/index.ts";
import type { AnySession, Engine } from "../../src/engine/engine.ts";
import type { LoadedPlan } from "../../src/engine/machine.ts";
import { float64Arithmetic } from "../../src/formula/numeric/float64.ts";
import { openReference, referenceEngine } from "../../src/engine/reference/engine.ts";
import { createMachine, hasRelaxedSimd } from "../../src/engine/wasm/machine.ts";
import { openSession, wasmEngine } from "../../src/engine/wasm/session.ts";
import { backpropagate } from "../../src/graph/backpropagate.ts";
import { axis, contract, input, map, random, reduce, variable } from "../../src/graph/build.ts";
import type { Axis, InputNode } from "../../src/graph/node.ts";
import { type TensorArithmetic, tensorsOf } from "../../src/graph/tensor-arithmetic.ts";
import type { Instruction, Plan } from "../../src/plan/instruction.ts";
import { splitPlan } from "../../src/plan/split.ts";
import { blasHere, blasMissing } from "../blas-here.ts";
import { delayedEngine } from "../delayed-engine.ts";
import { lonelyEngine, threadedEngine } from "../threaded-engine.ts";
import { choices, numbers, type RandomProgram, randomProgram } from "./random-program.ts";

// Node 20 has relaxed SIMD behind a flag; without it `fast` would be `wasm` here.
setFlagsFromString("--experimental-wasm-relaxed-simd");

const reference = engineFrom("reference");
// Products of every size go to the BLAS here, also those that wasm does faster.
const blas = blasHere.library === null ? null : blasEngineOn(blasHere.library, 0);
/** Every engine, and every way in which one can be opened: whatever stands here is held to the contract. */
const engines: readonly (readonly [string, Engine])[] = [
  ["reference", reference],
  ["reference, answering with promises", delayedEngine(reference)],
  ["wasm, answering with promises", delayedEngine(wasmEngine)],
  ["wasm", engineFrom("wasm")],
  ["wasm in shared memory, alone", lonelyEngine()],
  ["wasm on 3 threads", threadedEngine(3)],
  ["fast", engineFrom("fast")],
  ["fast on 3 threads", threadedEngine(3, { isFast: true })],
  ...(blas === null ? [] : [["blas", blas] as const]),
];

test("the engine fast is another machine than wasm here", () => {
  expect(hasRelaxedSimd()).toBe(true);
});

test.skipIf(blas === null)(`the engine blas is held to the contract too ${blasMissing}`, () => {
  expect(engines.map(([name]) => name)).toContain("blas");
});

describe.each(engines)("engine %s", (_name, engine) => {
  test("computes what the reference computes, for random programs, batches and two runs with updates", async () => {
    await fc.assert(
      fc.asyncProperty(choices, fc.nat(8), async (stream, smaller) => {
        const random = randomProgram(stream);
        const extent = Math.max(1, random.examples.size - smaller);
        const expected = await play(reference, random, extent);
        const disturbed = await Promise.all(
          [1, 2, 3].map((disturbance) => play(disturbedReference(disturbance), random, extent, disturbance)),
        );
        const actual = await play(engine, random, extent);
        for (const [name, values] of Object.entries(expected)) {
          expectClose(
            actual[name]!,
            values,
            disturbed.map((each) => each[name]!),
            name,
          );
        }
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  /** Linear regression y = w·x + b with a step of η, on four rows. */
  const regression = async () => {
    const examples = axis("examples", 3, { isVariable: true });
    const features = axis("features", 2);
    const x = input("x", [examples, features]);
    const t = input("t", [examples]);
    const eta = input("eta", []);
    const w = variable("w", [features]);
    const noise = random([examples], 9);
    const residual = map("y + 0.1*r - t", { y: contract(x, w, [examples]), r: noise, t });
    const cost = reduce("mean", map("1/2 u^2", { u: residual }), []);
    const gradient = backpropagate(cost, [w]).get(w)!;
    const program = {
      outputs: { cost, gradient },
      updates: [{ target: w, value: map("w - eta*g", { w, eta, g: gradient }) }],
    };
    const rows = [1, 2, 3, 4, 5, 6, 7, 8].map((each) => each / 8);
    const session = await engine.open();
    await session.write(w, [0.5, -0.25]);
    const executable = await session.prepare(program);
    return { examples, x, t, eta, w, rows, targets: [1, 0, -1, 0.5], session, executable };
  };

  test("many steps in one call give the bits of the same steps one by one", async () => {
    const one = await regression();
    const order = [2, 0, 3, 1, 1, 2];
    let total = 0;
    for (const [step, eta] of [0.5, 0.25, 0.125].entries()) {
      const picked = order.slice(2 * step, 2 * step + 2);
      const inputs = new Map<InputNode, number[]>([
        [one.x, picked.flatMap((row) => one.rows.slice(2 * row, 2 * row + 2))],
        [one.t, picked.map((row) => one.targets[row]!)],
        [one.eta, [eta]],
      ]);
      await one.executable.run({ inputs, extents: new Map([[one.examples, 2]]), seed: 3, step: 10 + step });
      total += (await one.executable.output("cost"))[0]!;
    }
    const all = await regression();
    const tables = new Map([
      [all.x, await all.session.load(all.rows, 2)],
      [all.t, await all.session.load(all.targets, 1)],
    ]);
    const result = await all.executable.runSteps({
      tables,
      order: Uint32Array.from([9, ...order]),
      start: 1,
      batchSize: 2,
      steps: 3,
      scalars: new Map([[all.eta, Float64Array.of(0.5, 0.25, 0.125)]]),
      seed: 3,
      firstStep: 10,
      watch: "cost",
    });
    expect(result).toEqual({ total, steps: 3, isFinite: true });
    expect(await all.session.read(all.w)).toEqual(await one.session.read(one.w));
  });

  test("the step that makes the watched output infinite is the last", async () => {
    const { x, t, eta, rows, targets, session, executable } = await regression();
    const tables = new Map([
      [x, await session.load(rows, 2)],
      [t, await session.load(targets, 1)],
    ]);
    const result = await executable.runSteps({
      tables,
      order: Uint32Array.from([0, 1, 2, 3, 0, 1, 2, 3]),
      start: 0,
      batchSize: 1,
      steps: 8,
      scalars: new Map([[eta, Float64Array.of(0, 0, Infinity, 0, 0, 0, 0, 0)]]),
      seed: 0,
      firstStep: 0,
      watch: "cost",
    });
    expect(result).toMatchObject({ steps: 4, isFinite: false });
  });

  test("a table that was refilled gives its new rows", async () => {
    const { x, t, eta, rows, targets, session, executable } = await regression();
    const inputs = await session.load(rows, 2);
    const tables = new Map([
      [x, inputs],
      [t, await session.load(targets, 1)],
    ]);
    const step = {
      tables,
      order: Uint32Array.of(1),
      start: 0,
      batchSize: 1,
      steps: 1,
      watch: "cost",
      seed: 0,
      firstStep: 0,
    };
    const scalars = new Map([[eta, Float64Array.of(0)]]);
    const before = (await executable.runSteps({ ...step, scalars })).total;
    await session.refill(inputs, [9, 9], 1);
    const after = (await executable.runSteps({ ...step, scalars })).total;
    await session.refill(inputs, rows.slice(2, 4), 1);
    expect(after).not.toBe(before);
    expect((await executable.runSteps({ ...step, scalars })).total).toBe(before);
  });

  test("a snapshot brings every variable back", async () => {
    const { x, t, eta, w, examples, session, executable } = await regression();
    const snapshot = await session.snapshot();
    const before = await session.read(w);
    const inputs = new Map([
      [x, [1, 2]],
      [t, [0]],
      [eta, [1]],
    ]);
    await executable.run({ inputs, extents: new Map([[examples, 1]]) });
    expect(await session.read(w)).not.toEqual(before);
    await session.restore(snapshot);
    expect(await session.read(w)).toEqual(before);
  });

  test("what does not fit is refused with both sizes", async () => {
    const { x, t, eta, w, examples, session, executable } = await regression();
    await expect(async () => session.write(w, [1, 2, 3])).rejects.toThrow(
      'variable "w": expected 2 numbers (features 2), got 3.',
    );
    const inputs = new Map([
      [x, [1, 2, 3]],
      [t, [0]],
      [eta, [1]],
    ]);
    const run = (extent: number) => async () => executable.run({ inputs, extents: new Map([[examples, extent]]) });
    await expect(run(1)).rejects.toThrow('input "x": expected 2 numbers (examples 1 × features 2), got 3.');
    await expect(run(4)).rejects.toThrow('expected 1 to 3 positions along "examples", got 4.');
    await expect(run(0)).rejects.toThrow('expected 1 to 3 positions along "examples", got 0.');
  });
});

describe("threads", () => {
  /** Bits of what random programs give on this engine must be those of the wasm engine as it is. */
  const expectSameBits = async (engine: Engine, numRuns: number): Promise<void> => {
    await fc.assert(
      fc.asyncProperty(choices, fc.nat(8), async (stream, smaller) => {
        const random = randomProgram(stream);
        const extent = Math.max(1, random.examples.size - smaller);
        const expected = await play(engineFrom("wasm"), random, extent);
        expect(await play(engine, random, extent)).toEqual(expected);
      }),
      { numRuns, endOnFailure: true },
    );
  };

  test.each([2, 3, 4])("%i give the bits of one, for random programs", async (threads) => {
    await expectSameBits(threadedEngine(threads), 100);
  });

  test("give the bits of one in whatever order they come between two barriers", async () => {
    // One thread plays all of several, one after the other from barrier to barrier, the last first: where a barrier is
    // missing, some number is used before it is computed, or overwritten before it is used. No luck is needed for that.
    for (const threads of [2, 3, 5]) {
      const machine = createMachine();
      const load = (plan: Plan): LoadedPlan => {
        const segments = splitPlan(plan, threads, 0).map(segmentsOf);
        const instructions = segments[0]!.flatMap((_, i) => segments.toReversed().flatMap((each) => each[i]!));
        return machine.load({ ...plan, instructions });
      };
      await expectSameBits({ ...wasmEngine, open: () => openSession({ ...machine, load }) }, 150);
    }
  });
});

/** A thread's instructions from barrier to barrier. */
function segmentsOf({ instructions }: Plan): readonly (readonly Instruction[])[] {
  const segments: Instruction[][] = [[]];
  for (const instruction of instructions) {
    if (instruction.kind === "barrier") segments.push([]);
    else segments.at(-1)!.push(instruction);
  }
  return segments;
}

/**
 * The reference, of which every single operation is off by up to 1e-6 of its result, also those inside a formula:
 * `1 - tanh(u)^2` loses all digits where u is large. In a way of its own for each disturbance.
 */
function disturbedReference(disturbance: number): Engine {
  let state = disturbance;
  const off = (value: number): number => {
    // A linear congruential generator (Numerical Recipes, "quick and dirty"): there are millions of operations.
    state = (Math.imul(1664525, state) + 1013904223) | 0;
    return value * (1 + 1e-6 * (state / 2 ** 31));
  };
  const tensors = tensorsOf<number>({
    ...float64Arithmetic,
    operation: (operator, u, v) => off(float64Arithmetic.operation(operator, u, v)),
    call: (name, u, v, formula) => {
      const value = float64Arithmetic.call(name, u, v, formula);
      // A maximum is one of its terms: what asks which of them it is must find it.
      return name === "max" || name === "min" || name === "abs" ? value : off(value);
    },
  });
  // as: the loops only read and set elements
  const inTypedArrays = tensors as unknown as TensorArithmetic<Float64Array>;
  return {
    ...referenceEngine,
    open: () => openReference({ ...inTypedArrays, allocate: (length) => new Float64Array(length) }),
  };
}

/**
 * Two runs, the second with a smaller batch and on the updated variables; all outputs and variables of both. A
 * disturbance other than 0 shifts what goes in by up to 1e-6, in a way of its own.
 */
async function play(
  engine: Engine,
  { program, examples, inputs, variables }: RandomProgram,
  extent: number,
  disturbance = 0,
): Promise<Readonly<Record<string, ArrayLike<number>>>> {
  const values = (axes: readonly Axis[], extents: ReadonlyMap<Axis, number>, stream: number): Float64Array => {
    const shifts = numbers(axes, extents, 1000 * disturbance + stream);
    return numbers(axes, extents, stream).map((value, i) => (disturbance === 0 ? value : value + 1e-6 * shifts[i]!));
  };
  const session: AnySession = await engine.open();
  for (const [n, each] of variables.entries()) await session.write(each, values(each.axes, new Map(), 100 + n));
  const executable = await session.prepare(program);
  const found: Record<string, ArrayLike<number>> = {};
  for (const [run, size] of [examples.size, extent].entries()) {
    const extents = new Map([[examples, size]]);
    const given = new Map<InputNode, ArrayLike<number>>(inputs.map((each, n) => [each, values(each.axes, extents, n)]));
    await executable.run({ inputs: given, extents, seed: 5, step: run });
    for (const name of Object.keys(program.outputs)) found[`run ${run} output ${name}`] = await executable.output(name);
    for (const each of variables) found[`run ${run} variable ${each.name}`] = await session.read(each);
  }
  return found;
}

/**
 * Float32 rounds every number to a relative 6e-8. How far that may carry depends on the program: where terms cancel, far.
 * So the reference says it itself, by what it gives when its inputs, and every operation, are off by up
 * to 1e-6: ten times that, plus 1e-4 of the tensor's largest magnitude (or of 0.1: the terms of a sum that cancels are near
 * 1). Mistakes of layout and fusion are far larger.
 */
function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  disturbed: readonly ArrayLike<number>[],
  name: string,
): void {
  expect(actual.length, name).toBe(expected.length);
  let scale = 0.1;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    const sensitivity = Math.max(...disturbed.map((each) => Math.abs(each[i]! - expected[i]!)));
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= 10 * sensitivity + 1e-4 * scale)) {
      expect.fail(`${name}[${i}]: expected ${expected[i]}, got ${actual[i]}`);
    }
  }
}
