import type { NumericError } from "../../errors.ts";
import {
  type AnySession,
  engineFrom,
  type EngineProperties,
  finish,
  threadsFor,
  type Work,
} from "../../engine/index.ts";
import { type Network, parameterReading, parameterWriting } from "../../network/index.ts";
import { permutation } from "../../random/index.ts";
import { withClassWeights } from "../scores/class-weights.ts";
import { type Dataset, hasWeights } from "../examples/dataset.ts";
import { createJudge, type Judge, type Score, tellsByBoundary } from "../scores/evaluate.ts";
import { type ExampleTables, exampleTables, RESIDENT_BYTES } from "../examples/example-tables.ts";
import { areFinite, firstNotFinite } from "./first-not-finite.ts";
import { type FittedData, fittedData, targetsKind } from "../examples/fitted-data.ts";
import { epochMoment } from "./epoch-moment.ts";
import type { EpochReport } from "./epoch-report.ts";
import { checkRuleState, checkSame } from "./state-checks.ts";
import {
  copiedParameters,
  fillParameters,
  ruleStateReading,
  ruleStateWriting,
  type TrainingState,
} from "./training-state.ts";
import { createPacer } from "./pacer.ts";
import { firstScheduleState, rateAt, scheduleAfterEpoch } from "../rules/schedules.ts";
import { firstScalars } from "../rules/update-equations.ts";
import { split } from "../examples/split.ts";
import { createStepRunner } from "./step-runner.ts";
import {
  checkedOptions,
  type EpochAnswer,
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
  readonly openSession?: () => AnySession;
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
  if (settings.from !== null) {
    const [rows, validationRows] = [training.examples, validation?.examples ?? 0];
    checkSame("train", settings.from, { rows, validationRows });
    checkRuleState("train", net, settings.from, program.rule);
    fillParameters(net, settings.from.parameters);
  }
  const threads = threadsFor(program.program, options.threads ?? 1);
  const engine = engineFrom(settings.engine);
  const session = openSession?.() ?? (await engine.open({ threads }));
  try {
    const task = {
      startedMs,
      residentBytes,
      net,
      training,
      validation,
      capacity,
      program,
      session,
      settings,
      precision: engine.precision,
    };
    return await trainOn(task, options);
  } finally {
    // However it ends: no thread stays behind.
    await session.close();
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
  readonly session: AnySession;
  readonly settings: Settings;
  readonly precision: EngineProperties["precision"];
}

async function trainOn(task: Task, options: TrainingOptions): Promise<TrainingResult> {
  const { startedMs, residentBytes, net, training, validation, capacity, program, session, settings } = task;
  const { epochs, seed, patience, from } = settings;
  const executable = await session.prepare(program.program);
  await finish(parameterWriting(session, program.equations.parameters, net));
  if (from !== null) await finish(ruleStateWriting(session, program.rule, from.ruleState));
  const room = { batchSize: capacity, residentBytes };
  const tables = await finish(exampleTables(session, program.equations, training, room));
  const pacer = createPacer();
  const rest = (): Promise<void> | void => (pacer.remainingMs() <= 0 ? pacer.rest() : undefined);
  const done = <Result>(work: Work<Result>): Promise<Result> => finish(work, rest);
  // An epoch's cost must not depend on how the clock divides its steps into calls. Sums of float32 costs in float64 are
  // exact; of float64 costs they are not, so these are added up step by step.
  const stepsPerCall = task.precision === "float64" ? 1 : Infinity;
  const machinery = { session, executable, tables, rule: program.rule, seed, stepsPerCall };
  const runner = createStepRunner(
    machinery,
    pacer,
    from === null ? firstScalars : { step: from.step, scalars: from.ruleScalars },
  );
  let begun = { rows: from?.epochRows ?? 0, cost: from?.epochCost ?? 0 };
  let epochsDone = from?.epoch ?? 0;
  const stepsAhead = (epochs - epochsDone) * Math.ceil(training.examples / capacity) - Math.ceil(begun.rows / capacity);
  const { schedule, learningRate } = settings;
  const rates = { schedule, learningRate, total: { epoch: epochs, step: runner.steps + stepsAhead } };
  let scheduleState = from?.schedule ?? firstScheduleState(schedule, learningRate);
  const isAborted = (): boolean => options.signal?.aborted ?? false;
  let judge: Judge | null = null;
  /** Scores by the parameters in the session, as they are. */
  const scored = async (data: FittedData, dataTables: ExampleTables): Promise<Score> => {
    if (judge?.targetsKind !== targetsKind(data) || judge.isWeighted !== hasWeights(data)) {
      judge = await done(createJudge(net, session, data, program.equations));
    }
    return done(judge.score(data, dataTables));
  };
  const held =
    validation === null
      ? null
      : {
          data: validation,
          tables: await done(exampleTables(session, program.equations, validation, room)),
        };

  const failure = async (): Promise<NumericError> =>
    done(firstNotFinite(net, program, machinery, training, await done(runner.trail())));

  const history: EpochReport[] = [...(from?.history ?? [])];
  let best: TrainingState["best"] = from?.best ?? { epoch: 0, judged: Infinity, parameters: null };
  /** Where the training stands; the network is up to date. */
  const stateNow = async (): Promise<TrainingState> => ({
    settings: {
      optimizer: settings.rule.name,
      learningRate,
      seed,
      batchSize: settings.batchSize,
      shuffle: options.shuffle !== false,
      monitor: options.monitor ?? "cost",
      rows: training.examples,
      validationRows: validation?.examples ?? 0,
    },
    epoch: epochsDone,
    step: runner.steps,
    epochRows: begun.rows,
    epochCost: begun.cost,
    parameters: copiedParameters(net),
    ruleScalars: runner.scalars.scalars,
    schedule: scheduleState,
    best,
    history: [...history],
    ruleState: await done(ruleStateReading(session, net, program.rule)),
  });
  const isPatienceOver = (): boolean => patience !== null && best.epoch > 0 && epochsDone - best.epoch >= patience;
  let stopped: TrainingResult["stopped"] = "finished";
  if (isAborted()) stopped = "aborted";
  // The patience of a state may be over already.
  else if (isPatienceOver() && epochsDone < epochs) stopped = "early";
  const inOrder = Uint32Array.from({ length: training.examples }, (_, i) => i);
  for (let epoch = epochsDone + 1; epoch <= epochs && stopped === "finished"; epoch++) {
    const epochStartedMs = performance.now();
    const order = options.shuffle === false ? inOrder : permutation(training.examples, seed, epoch - 1);
    const rateOf = (step: number): number => rateAt(rates, scheduleState, { epoch: epoch - 1, step });
    const rowsNow = training.examples - begun.rows;
    const end = await done(runner.runEpoch(order, capacity, begun, rateOf, isAborted));
    if (end.kind === "notFinite") throw await failure();
    if (end.kind === "aborted") {
      stopped = "aborted";
      begun = end;
      break;
    }
    begun = { rows: 0, cost: 0 };
    epochsDone = epoch;
    const trainedSeconds = secondsSince(epochStartedMs);
    await done(parameterReading(session, program.equations.parameters, net));
    // The last update may have gone wrong after a cost that was still finite.
    if (!hasFiniteParameters(net)) throw await failure();
    const score = held === null ? null : await scored(held.data, held.tables);
    const report: EpochReport = {
      epoch,
      epochs,
      steps: runner.steps,
      cost: end.cost,
      learningRate: rateOf(runner.steps - 1),
      seconds: secondsSince(epochStartedMs),
      examplesPerSecond: rowsNow / trainedSeconds,
      ...(score === null ? {} : { validation: score }),
    };
    history.push(report);
    scheduleState = scheduleAfterEpoch(schedule, scheduleState, score?.cost ?? end.cost);
    const judged = settings.judgedBy(report);
    // The first epoch counts even when its cost is not finite: something has to be the best. Any number beats NaN.
    const isFirstNumber = Number.isNaN(best.judged) && !Number.isNaN(judged);
    if (judged < best.judged || isFirstNumber || best.epoch === 0) {
      best = { epoch, judged, parameters: patience === null ? null : copiedParameters(net) };
    }
    const answer = await answerTo(report, options.onEpoch, stateNow);
    if (isAborted()) stopped = "aborted";
    else if ((isPatienceOver() || answer === "stop") && epoch < epochs) stopped = "early";
  }

  await done(parameterReading(session, program.equations.parameters, net));
  const state = await stateNow();
  if (best.parameters !== null && stopped !== "aborted") {
    fillParameters(net, best.parameters);
    await done(parameterWriting(session, program.equations.parameters, net));
  }
  const validationScore = held === null ? null : await scored(held.data, held.tables);
  const trainScore = await scored(training, tables);
  return {
    epochs: epochsDone,
    bestEpoch: best.epoch,
    history,
    train: trainScore,
    ...(validationScore === null ? {} : { validation: validationScore }),
    weightsHash: weightsHash(net),
    seconds: secondsSince(startedMs),
    stopped,
    state,
  };
}

/** What a callback says to an epoch; it may ask for the state until then. */
async function answerTo(
  report: EpochReport,
  onEpoch: TrainingOptions["onEpoch"],
  stateNow: () => Promise<TrainingState>,
): Promise<EpochAnswer> {
  if (onEpoch === undefined) return undefined;
  const { moment, end } = epochMoment(stateNow);
  try {
    return await onEpoch(report, moment);
  } finally {
    end();
  }
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

function hasFiniteParameters(net: Network): boolean {
  return net.parameters.every(({ values }) => areFinite(values));
}

/** Seconds since a moment; never 0, so that it can be divided by. */
function secondsSince(startedMs: number): number {
  return Math.max(performance.now() - startedMs, 1e-3) / 1000;
}
