import {
  answerOf,
  type AnyExecutable,
  type AnySession,
  isLater,
  type Snapshot,
  type StepsResult,
  type Work,
} from "../../engine/index.ts";
import type { InputNode } from "../../graph/index.ts";
import type { ExampleTables } from "../examples/example-tables.ts";
import type { Pacer } from "./pacer.ts";
import type { ScalarState, UpdateEquations } from "../rules/update-equations.ts";

/** What it takes to run steps of training. */
export interface StepMachinery {
  readonly session: AnySession;
  readonly executable: AnyExecutable;
  readonly tables: ExampleTables;
  readonly rule: UpdateEquations;
  /** For dropout. */
  readonly seed: number;
  /** The most steps of one call. */
  readonly stepsPerCall: number;
}

/** Steps of one batch size that were run in one call, as they can be run again. */
export interface Chunk {
  readonly order: Uint32Array;
  /** Position in `order` of the first row. */
  readonly start: number;
  readonly batchSize: number;
  readonly steps: number;
  /** Number of the first step of the run, from 0. */
  readonly firstStep: number;
  readonly scalars: ReadonlyMap<InputNode, Float64Array>;
}

/** The way back to steps that may have gone wrong: values before some chunks, and the chunks since. */
export interface Trail {
  readonly snapshot: Snapshot;
  readonly chunks: readonly Chunk[];
}

/** How an epoch ended. */
export type EpochEnd =
  | { readonly kind: "done"; readonly cost: number }
  /** After so many examples of the epoch, whose costs have this sum. */
  | { readonly kind: "aborted"; readonly rows: number; readonly cost: number }
  /** The cost of the last step is NaN or infinite. */
  | { readonly kind: "notFinite" };

/** Runs epochs, one after the other. */
export interface StepRunner {
  /** Steps done so far. */
  readonly steps: number;
  /** What the update rule's scalars follow from. */
  readonly scalars: ScalarState;
  /** The way back to the latest steps. */
  readonly trail: () => Work<Trail>;
  /**
   * One epoch: the examples in this order, `batchSize` a step, the last step with what is left. The cost is the mean over
   * the examples, each counted in its step, before the update. It may rest when the pacer's slice is over.
   *
   * @param begun where it goes on, when a part of the epoch has been done: examples seen and the sum of their costs.
   * @param rateAt learning rate of step `step` of the run, from 0.
   */
  readonly runEpoch: (
    order: Uint32Array,
    batchSize: number,
    begun: { readonly rows: number; readonly cost: number },
    rateAt: (step: number) => number,
    isAborted: () => boolean,
  ) => Work<EpochEnd>;
}

/** A snapshot may take this part of the time. */
const SNAPSHOT_SHARE = 0.01;

/**
 * A runner that works in chunks of as many steps as fit into the pacer's slices. The size of a chunk follows the clock,
 * what is computed does not: every step depends on its number and its examples alone.
 */
export function createStepRunner(machinery: StepMachinery, pacer: Pacer, first: ScalarState): StepRunner {
  const { session, tables, rule } = machinery;
  let steps = first.step;
  let scalars = first;
  /** Time of a step as last measured; the first chunk is a single step. */
  let stepMs = Infinity;
  let trail: { snapshot: Snapshot; chunks: Chunk[] } | null = null;
  let nextSnapshotMs = 0;

  const isTrailDue = (): boolean => trail === null || performance.now() >= nextSnapshotMs;
  function* beginTrail(): Work<void> {
    const beforeMs = performance.now();
    trail = { snapshot: yield* answerOf(session.snapshot()), chunks: [] };
    const afterMs = performance.now();
    nextSnapshotMs = afterMs + (afterMs - beforeMs) / SNAPSHOT_SHARE;
  }

  function* runChunk(
    order: Uint32Array,
    start: number,
    batchSize: number,
    most: number,
    rateAt: RateAt,
  ): Work<StepsResult> {
    const fitting = Math.floor(pacer.remainingMs() / stepMs);
    const count = Math.max(1, Math.min(most, machinery.stepsPerCall, fitting, Math.floor(tables.maxRows / batchSize)));
    const rates = new Float64Array(count);
    for (let i = 0; i < count; i++) rates[i] = rateAt(steps + i);
    const next = rule.scalarsAt(scalars, rates);
    const chunk = { order, start, batchSize, steps: count, firstStep: steps, scalars: next.values };
    if (isTrailDue()) yield* beginTrail();
    trail?.chunks.push(chunk);
    const startedMs = performance.now();
    const result = yield* runAgain(machinery, chunk, count);
    stepMs = measured(stepMs, (performance.now() - startedMs) / count);
    steps += result.steps;
    scalars = next.after;
    return result;
  }

  return {
    get steps() {
      return steps;
    },
    get scalars() {
      return scalars;
    },
    *trail() {
      return trail ?? { snapshot: yield* answerOf(session.snapshot()), chunks: [] };
    },
    *runEpoch(order, batchSize, begun, rateAt, isAborted) {
      let total = begun.cost;
      for (let start = begun.rows; start < order.length;) {
        if (isAborted()) return { kind: "aborted", rows: start, cost: total };
        if (pacer.remainingMs() <= 0) {
          yield undefined;
          continue;
        }
        const left = order.length - start;
        const rows = Math.min(batchSize, left);
        const result = yield* runChunk(order, start, rows, Math.floor(left / rows), rateAt);
        if (!result.isFinite) return { kind: "notFinite" };
        total += result.total * rows;
        start += result.steps * rows;
      }
      return { kind: "done", cost: total / order.length };
    },
  };
}

type RateAt = (step: number) => number;

/** Runs the first `steps` steps of a chunk, for the first time or once more. */
export function* runAgain(machinery: StepMachinery, chunk: Chunk, steps: number): Work<StepsResult> {
  const { order, start, batchSize, firstStep, scalars } = chunk;
  const rows = machinery.tables.bind(order, start, steps * batchSize);
  if (rows.filled !== null) yield rows.filled;
  const { executable, seed } = machinery;
  const result = executable.runSteps({ ...rows, batchSize, steps, scalars, seed, firstStep, watch: "cost" });
  return isLater(result) ? yield* answerOf(result) : result;
}

/** A new measurement, smoothed; clocks of browsers tick by 0.1 ms or more, so a single one may be 0. */
function measured(before: number, now: number): number {
  return before === Infinity ? Math.max(now, 1e-4) : Math.max((before + now) / 2, 1e-4);
}
