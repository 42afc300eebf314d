import { engineFrom, type Session, type Snapshot, threadsFor } from "../../engine/index.ts";
import { type Network, readParameters, writeParameters } from "../../network/index.ts";
import { permutation } from "../../random/index.ts";
import { withClassWeights } from "../scores/class-weights.ts";
import { type Dataset, hasWeights } from "../examples/dataset.ts";
import { createJudge, type Judge, type Score, type Scoring, tellsByBoundary } from "../scores/evaluate.ts";
import { type ExampleTables, exampleTables, RESIDENT_BYTES } from "../examples/example-tables.ts";
import { firstNotFinite } from "./first-not-finite.ts";
import { type FittedData, fittedData, targetsKind } from "../examples/fitted-data.ts";
import { createPacer, type Pacer } from "./pacer.ts";
import { rateSequence } from "../rules/schedules.ts";
import { split } from "../examples/split.ts";
import { createStepRunner } from "./step-runner.ts";
import {
  checkedOptions,
  type EpochReport,
  type Settings,
  type TrainingOptions,
  type TrainingResult,
} from "./training-options.ts";
import { type TrainingProgram, trainingProgram } from "./training-program.ts";
import { weightsHash } from "./weights-hash.ts";

/** What tests put in place of the usual. */
export interface TrainingMeans {
  /** How much of the data the engine's memory may hold at a time. */
  readonly residentBytes?: number;
  /** Opens the session to train in. Default: one of the engine, with threads as the options and the network have it. */
  readonly openSession?: () => Session;
}

/** `train` on the thread that calls, in slices of about 8 ms, so that other tasks have their turn. */
export async function trainWith(
  { residentBytes = RESIDENT_BYTES, openSession }: TrainingMeans,
  net: Network,
  data: Dataset,
  options: TrainingOptions,
): Promise<TrainingResult> {
  const startedMs = performance.now();
  const settings = checkedOptions(net, options);
  const parts = divided(net, data, options.validation, settings.seed);
  const { training, validation } =
    options.classWeights === undefined
      ? parts
      : withClassWeights(net, parts.training, parts.validation, options.classWeights);
  const capacity = Math.min(settings.batchSize, training.examples);
  const targets = targetsKind(training);
  const isWeighted = hasWeights(training);
  const clip = options.clip ?? null;
  const program = trainingProgram(net, { capacity, targets, isWeighted, rule: settings.rule, clip });
  const threads = threadsFor(program.program, options.threads ?? 1);
  const session = openSession?.() ?? engineFrom(settings.engine).open({ threads });
  try {
    const task = { startedMs, residentBytes, net, training, validation, capacity, program, session, settings };
    return await trainOn(task, options);
  } finally {
    // However it ends: no thread stays behind.
    session.close();
  }
}

/** A training run, ready to begin. */
interface Task {
  readonly startedMs: number;
  readonly residentBytes: number;
  readonly net: Network;
  readonly training: FittedData;
  readonly validation: FittedData | null;
  /** Examples of a full batch. */
  readonly capacity: number;
  readonly program: TrainingProgram;
  readonly session: Session;
  readonly settings: Settings;
}

async function trainOn(task: Task, options: TrainingOptions): Promise<TrainingResult> {
  const { startedMs, residentBytes, net, training, validation, capacity, program, session, settings } = task;
  const { epochs, seed, patience } = settings;
  const executable = session.prepare(program.program);
  writeParameters(session, program.equations.parameters, net);
  const tables = exampleTables(session, program.equations, training, { batchSize: capacity, residentBytes });
  const machinery = { session, executable, tables, rule: program.rule, seed };
  const pacer = createPacer();
  const runner = createStepRunner(machinery, pacer);
  const stepsPerEpoch = Math.ceil(training.examples / capacity);
  const rates = rateSequence(settings.schedule, settings.learningRate, { epoch: epochs, step: epochs * stepsPerEpoch });
  const isAborted = (): boolean => options.signal?.aborted ?? false;
  let judge: Judge | null = null;
  /** Scores by the parameters in the session, as they are. */
  const scored = (data: FittedData, dataTables: ExampleTables): Promise<Score> => {
    if (judge?.targetsKind !== targetsKind(data) || judge.isWeighted !== hasWeights(data)) {
      judge = createJudge(net, session, data, program.equations);
    }
    return paced(judge.score(data, dataTables), pacer);
  };
  const held =
    validation === null
      ? null
      : {
          data: validation,
          tables: exampleTables(session, program.equations, validation, { batchSize: capacity, residentBytes }),
        };

  const history: EpochReport[] = [];
  let best: { epoch: number; judged: number; snapshot: Snapshot | null } = {
    epoch: 0,
    judged: Infinity,
    snapshot: null,
  };
  let stopped: TrainingResult["stopped"] = isAborted() ? "aborted" : "finished";
  const inOrder = Uint32Array.from({ length: training.examples }, (_, i) => i);
  for (let epoch = 1; epoch <= epochs && stopped === "finished"; epoch++) {
    const epochStartedMs = performance.now();
    const order = options.shuffle === false ? inOrder : permutation(training.examples, seed, epoch - 1);
    const rateAt = (step: number): number => rates.rateAt({ epoch: epoch - 1, step });
    const end = await runner.runEpoch(order, capacity, rateAt, isAborted);
    if (end.kind === "notFinite") throw firstNotFinite(net, program, machinery, training, runner.trail());
    if (end.kind === "aborted") {
      stopped = "aborted";
      break;
    }
    const trainedSeconds = secondsSince(epochStartedMs);
    readParameters(session, program.equations.parameters, net);
    // The last update may have gone wrong after a cost that was still finite.
    if (!hasFiniteParameters(net)) throw firstNotFinite(net, program, machinery, training, runner.trail());
    const score = held === null ? null : await scored(held.data, held.tables);
    const report: EpochReport = {
      epoch,
      epochs,
      steps: runner.steps,
      cost: end.cost,
      learningRate: rateAt(runner.steps - 1),
      seconds: secondsSince(epochStartedMs),
      examplesPerSecond: training.examples / trainedSeconds,
      ...(score === null ? {} : { validation: score }),
    };
    history.push(report);
    rates.endEpoch(score?.cost ?? end.cost);
    const judged = settings.monitor(report);
    // The first epoch counts even when its cost is not finite: something has to be the best. Any number beats NaN.
    const isFirstNumber = Number.isNaN(best.judged) && !Number.isNaN(judged);
    if (judged < best.judged || isFirstNumber || best.epoch === 0) {
      best = { epoch, judged, snapshot: patience === null ? null : session.snapshot() };
    }
    const isPatienceOver = patience !== null && epoch - best.epoch >= patience;
    const answer = await options.onEpoch?.(report);
    if (isAborted()) stopped = "aborted";
    else if ((isPatienceOver || answer === "stop") && epoch < epochs) stopped = "early";
  }

  if (best.snapshot !== null && stopped !== "aborted") session.restore(best.snapshot);
  readParameters(session, program.equations.parameters, net);
  const validationScore = held === null ? null : await scored(held.data, held.tables);
  const trainScore = await scored(training, tables);
  return {
    epochs: history.length,
    bestEpoch: best.epoch,
    history,
    train: trainScore,
    ...(validationScore === null ? {} : { validation: validationScore }),
    weightsHash: weightsHash(net),
    seconds: secondsSince(startedMs),
    stopped,
  };
}

/** What to learn from, and what to judge by. */
function divided(
  net: Network,
  data: Dataset,
  validation: number | Dataset | null | undefined,
  seed: number,
): { training: FittedData; validation: FittedData | null } {
  const training = fittedData("train", net, data);
  if (typeof validation === "number") {
    // Labels of two classes on one output are values by now, and classes all the same.
    const isStratified = training.hasLabels || (net.outputs === 1 && tellsByBoundary(net, training));
    const parts = split(data, { validation, seed, isStratified });
    return {
      training: fittedData("train", net, parts.training),
      validation: fittedData("train: validation", net, parts.validation),
    };
  }
  return {
    training,
    validation:
      validation === undefined || validation === null ? null : fittedData("train: validation", net, validation),
  };
}

/** Runs a scoring to its end, with rests. */
async function paced(score: Scoring, pacer: Pacer): Promise<Score> {
  for (;;) {
    const { done, value } = score.next();
    if (done) return value;
    if (pacer.remainingMs() <= 0) await pacer.rest();
  }
}

function hasFiniteParameters(net: Network): boolean {
  return net.parameters.every(({ values }) => isFinite(values));
}

/** A loop: `every` calls a function for each of what may be millions. */
function isFinite(values: Float64Array): boolean {
  for (const value of values) if (!Number.isFinite(value)) return false;
  return true;
}

/** Seconds since a moment; never 0, so that it can be divided by. */
function secondsSince(startedMs: number): number {
  return Math.max(performance.now() - startedMs, 1e-3) / 1000;
}
