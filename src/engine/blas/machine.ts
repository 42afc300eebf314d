import { type MultiplyInstruction, positionsIn } from "../../plan/instruction.ts";
import type { LoadedPlan } from "../machine.ts";
import type { WasmMachine } from "../wasm/machine.ts";
import { cutPlan } from "./cut.ts";
import { type BlasLibrary, PLAIN, ROW_MAJOR, TRANSPOSED } from "./library.ts";

const FLOAT_BYTES = 4;

/** One part of a cut plan, ready to run. `base`: address of the machine's memory. */
type Step =
  | { readonly kind: "plan"; readonly loaded: LoadedPlan }
  | {
      readonly kind: "product";
      readonly multiply: (base: number, extents: readonly number[], floats: Float32Array) => void;
    };

/**
 * A machine that hands the larger matrix products of its plans to a BLAS, on the memory of `machine`: nothing is copied.
 * Plans without one run as on `machine`, with the same bits.
 *
 * @param cutOver see `cutPlan`
 */
export function blasMachine(machine: WasmMachine, library: BlasLibrary, cutOver?: number): WasmMachine {
  const stepsOf = new WeakMap<LoadedPlan, readonly Step[]>();
  let view: Float32Array | null = null;
  let base = 0;

  const addressOfMemory = (): number => {
    // Memory that grows may move, and then has a new view.
    const floats = machine.floats();
    if (floats !== view) {
      view = floats;
      base = library.addressOf(floats);
    }
    return base;
  };
  const run = (
    steps: readonly Step[],
    { extents, seed, step }: { readonly extents: readonly number[]; readonly seed: number; readonly step: number },
  ): void => {
    const address = addressOfMemory();
    for (const each of steps) {
      if (each.kind === "plan") machine.run(each.loaded, extents, seed, step);
      else each.multiply(address, extents, machine.floats());
    }
  };

  return {
    ...machine,
    load: (plan) => {
      const parts = cutPlan(plan, cutOver);
      if (parts.every(({ kind }) => kind === "plan")) return machine.load(plan);
      const loaded = machine.load({ ...plan, instructions: [] });
      stepsOf.set(
        loaded,
        parts.map((part) =>
          part.kind === "plan"
            ? { kind: "plan", loaded: machine.load(part.plan) }
            : { kind: "product", multiply: productOf(library, part.product, part.addsToOutput ? 1 : 0) },
        ),
      );
      return loaded;
    },
    run: (plan, extents, seed, step) => {
      const steps = stepsOf.get(plan);
      if (steps === undefined) machine.run(plan, extents, seed, step);
      else run(steps, { extents, seed, step });
    },
    runSteps: (plan, job) => {
      const steps = stepsOf.get(plan);
      if (steps === undefined) return machine.runSteps(plan, job);
      let total = 0;
      let done = 0;
      let isFinite = true;
      while (done < job.steps && isFinite) {
        // The empty plan: gathers the step's rows and sets its scalars, no more.
        machine.runSteps(plan, {
          ...job,
          steps: 1,
          order: job.order.subarray(done * job.batchSize, (done + 1) * job.batchSize),
          scalars: job.scalars.map(({ values, output }) => ({ values: values.subarray(done, done + 1), output })),
        });
        run(steps, { extents: job.extents, seed: job.seed, step: job.firstStep + done });
        const watched = machine.floats()[job.watch]!;
        total += watched;
        isFinite = Number.isFinite(watched);
        done += 1;
      }
      return { total, steps: done, isFinite };
    },
  };
}

/** The call for one product, in an update with `alpha` = −factor; `beta` 1 adds to the output, 0 overwrites it without a look. */
function productOf(
  { sgemm }: BlasLibrary,
  {
    rows,
    columns,
    depth,
    left,
    right,
    output,
    isLeftTransposed,
    isRightTransposed,
    update,
    batch,
  }: MultiplyInstruction,
  beta: 0 | 1,
): (base: number, extents: readonly number[], floats: Float32Array) => void {
  const [transA, transB] = [isLeftTransposed, isRightTransposed].map((is) => (is ? TRANSPOSED : PLAIN)) as [
    number,
    number,
  ]; // as: map keeps the length
  const [a, b, c] = [left, right, output].map(({ offset }) => offset * FLOAT_BYTES) as [number, number, number]; // as: same
  const steps = {
    left: (batch?.left ?? 0) * FLOAT_BYTES,
    right: (batch?.right ?? 0) * FLOAT_BYTES,
    output: (batch?.output ?? 0) * FLOAT_BYTES,
  };
  return (base, extents, floats) => {
    const m = positionsIn(rows, extents);
    const n = positionsIn(columns, extents);
    const k = positionsIn(depth, extents);
    const alpha = update === undefined ? 1 : -floats[update.factor]!;
    const products = batch === undefined ? 1 : positionsIn(batch.extent, extents);
    for (let i = 0; i < products; i++) {
      sgemm(
        ROW_MAJOR,
        transA,
        transB,
        m,
        n,
        k,
        alpha,
        base + a + i * steps.left,
        left.stride,
        base + b + i * steps.right,
        right.stride,
        beta,
        base + c + i * steps.output,
        output.stride,
      );
    }
  };
}
