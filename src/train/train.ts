import {
  type EngineName,
  engineNamed,
  type Session,
  type Snapshot,
  type Threads,
  threadsFor,
} from "../engine/index.ts";
import { OptionError } from "../errors.ts";
import { type Network, readParameters, writeParameters } from "../network/index.ts";
import { checkedSeed, permutation } from "../random/index.ts";
import type { Clipping } from "./clipping.ts";
import type { Dataset } from "./dataset.ts";
import { type Score, scoring, type Scoring } from "./evaluate.ts";
import { exampleTables, RESIDENT_BYTES } from "./example-tables.ts";
import { firstNotFinite } from "./first-not-finite.ts";
import { type Fits, type FittedData, fittedData, targetsKind } from "./fitted-data.ts";
import { createPacer, type Pacer } from "./pacer.ts";
import { rateSequence, type Schedule, scheduleFrom, type ScheduleName } from "./schedules.ts";
import { split } from "./split.ts";
import { createStepRunner } from "./step-runner.ts";
import { type TrainingProgram, trainingProgram } from "./training-program.ts";
import { type UpdateRule, updateRuleFrom, type UpdateRuleName } from "./update-rules.ts";
import { weightsHash } from "./weights-hash.ts";

/** How a network is trained. */
export interface TrainingOptions {
  /** Passes over the training examples. Default 10. */
  readonly epochs?: number;
  /** Examples of one step; the last step of an epoch takes what is left. Default 32. */
  readonly batchSize?: number;
  /** Default "sgd". */
  readonly optimizer?: UpdateRuleName | UpdateRule;
  /** η. Default: the update rule's. */
  readonly learningRate?: number;
  /** Default "constant". */
  readonly schedule?: ScheduleName | Schedule;
  /** Default: gradients are taken as they are. */
  readonly clip?: Clipping;
  /** Examples to judge by after every epoch: a data set, or a part of the training data (0.2), not trained on. */
  readonly validation?: number | Dataset;
  /**
   * Stops after this many epochs in a row whose cost (that of validation, if there is one) is no new lowest, and restores
   * the parameters of the epoch that had the lowest; not when aborted. Default: goes on to the end, and keeps the last.
   */
  readonly patience?: number;
  /** False to take the examples in their own order in every epoch. Default true. */
  readonly shuffle?: boolean;
  /** Decides the order of the examples, the split and dropout. Default: the network's. */
  readonly seed?: number;
  /** Default "auto": "wasm", unless a BLAS was asked for. */
  readonly engine?: EngineName;
  /**
   * Threads that the "wasm" engine computes on, at most: fewer, where a step has too little work to divide, and one in a
   * page that is not cross-origin isolated; "auto": as many as the machine has cores, up to 8. The trained parameters
   * are the same, bit for bit. Default 1: threads are new, and have not run on enough machines yet.
   */
  readonly threads?: Threads;
  /**
   * Ends the training soon after it is aborted; the network keeps what it has learned: the parameters after the last step
   * done, with `patience` too, when an earlier epoch may have had a lower cost.
   */
  readonly signal?: AbortSignal;
  /** Called after every epoch, with the network up to date; training goes on when it is done. "stop" ends it. */
  readonly onEpoch?: (report: EpochReport) => EpochAnswer | Promise<EpochAnswer>;
}

/** What a callback may answer. */
export type EpochAnswer = void | undefined | "stop";

/** How training stands after an epoch. */
export interface EpochReport {
  /** This epoch, from 1. */
  readonly epoch: number;
  /** How many there are to be. */
  readonly epochs: number;
  /** Steps done in all. */
  readonly steps: number;
  /** Mean cost of the epoch's examples, each as its step found it, before the update. */
  readonly cost: number;
  /** η of the epoch's last step. */
  readonly learningRate: number;
  /** Of this epoch, validation included. */
  readonly seconds: number;
  /** Training examples per second, validation not included. */
  readonly examplesPerSecond: number;
  readonly validation?: Score;
}

/** How training went. */
export interface TrainingResult {
  /** Epochs done. */
  readonly epochs: number;
  /** The epoch with the lowest cost (that of validation, if there is one), from 1; 0 when none was done. */
  readonly bestEpoch: number;
  /** One report an epoch. */
  readonly history: readonly EpochReport[];
  /** The trained network on the training examples. */
  readonly train: Score;
  /** The trained network on the validation examples. */
  readonly validation?: Score;
  /** Fingerprint of the parameters: see `weightsHash`. */
  readonly weightsHash: string;
  readonly seconds: number;
  /** "early": by `patience` or a callback; "aborted": by the signal. */
  readonly stopped: "finished" | "early" | "aborted";
}

/**
 * Trains a network on a data set by backpropagation and gradient descent; its parameters change in place.
 *
 * The same network, data, options and engine give the same parameters, bit for bit; on the "wasm" engine on every
 * machine and in every JavaScript engine. A page stays responsive: the work is done in slices of about 8 ms.
 *
 * @throws NumericError when the cost is no longer finite; it names step, layer and quantity, and the network has the
 *   parameters of before that step.
 * @throws ShapeError when a width of the data is not the network's.
 * @throws DataError when a class label has no output, or a part of a split would be empty.
 * @throws OptionError when an option is out of its range.
 * @throws EngineError when a thread of the engine broke down; the network has the parameters of the last whole epoch.
 */
export async function train<In extends number, Out extends number, DataIn extends number, DataOut extends number>(
  net: Network<In, Out>,
  data: Dataset<DataIn, DataOut> & Fits<DataIn, In> & Fits<DataOut, Out>,
  options: TrainingOptions = {},
): Promise<TrainingResult> {
  return trainWith({}, net, data, options);
}

/** What tests put in place of the usual. */
export interface TrainingMeans {
  /** How much of the data the engine's memory may hold at a time. */
  readonly residentBytes?: number;
  /** Opens the session to train in. Default: one of the engine, with threads as the options and the network have it. */
  readonly openSession?: () => Session;
}

/** `train` by other means. */
export async function trainWith(
  { residentBytes = RESIDENT_BYTES, openSession }: TrainingMeans,
  net: Network,
  data: Dataset,
  options: TrainingOptions,
): Promise<TrainingResult> {
  const startedMs = performance.now();
  const settings = checkedOptions(net, options);
  const { training, validation } = divided(net, data, options.validation, settings.seed);
  const capacity = Math.min(settings.batchSize, training.examples);
  const targets = targetsKind(training);
  const program = trainingProgram(net, { capacity, targets, rule: settings.rule, clip: options.clip ?? null });
  const threads = threadsFor(program.program, options.threads ?? 1);
  const session = openSession?.() ?? engineNamed(settings.engine).open({ threads });
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
  const { epochs, seed, engine, patience } = settings;
  const executable = session.prepare(program.program);
  writeParameters(session, program.equations.layers, net);
  const tables = exampleTables(session, program.equations, training, { batchSize: capacity, residentBytes });
  const machinery = { session, executable, tables, rule: program.rule, seed };
  const pacer = createPacer();
  const runner = createStepRunner(machinery, pacer);
  const stepsPerEpoch = Math.ceil(training.examples / capacity);
  const rates = rateSequence(settings.schedule, settings.learningRate, { epoch: epochs, step: epochs * stepsPerEpoch });
  const isAborted = (): boolean => options.signal?.aborted ?? false;
  const validationScoring = validation === null ? null : scoring(net, validation, engine);

  const history: EpochReport[] = [];
  let best: { epoch: number; cost: number; snapshot: Snapshot | null } = { epoch: 0, cost: Infinity, snapshot: null };
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
    readParameters(session, program.equations.layers, net);
    // The last update may have gone wrong after a cost that was still finite.
    if (!hasFiniteParameters(net)) throw firstNotFinite(net, program, machinery, training, runner.trail());
    const score = validationScoring === null ? null : await paced(validationScoring(), pacer);
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
    const judged = score?.cost ?? end.cost;
    rates.endEpoch(judged);
    // The first epoch counts even when its cost is not finite: something has to be the best. Any number beats NaN.
    const isFirstNumber = Number.isNaN(best.cost) && !Number.isNaN(judged);
    if (judged < best.cost || isFirstNumber || best.epoch === 0) {
      best = { epoch, cost: judged, snapshot: patience === null ? null : session.snapshot() };
    }
    const isPatienceOver = patience !== null && epoch - best.epoch >= patience;
    const answer = await options.onEpoch?.(report);
    if (isAborted()) stopped = "aborted";
    else if ((isPatienceOver || answer === "stop") && epoch < epochs) stopped = "early";
  }

  if (best.snapshot !== null && stopped !== "aborted") session.restore(best.snapshot);
  readParameters(session, program.equations.layers, net);
  const trainScore = await paced(scoring(net, training, engine)(), pacer);
  const validationScore = validationScoring === null ? null : await paced(validationScoring(), pacer);
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

interface Settings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly engine: EngineName;
  readonly rule: UpdateRule;
  readonly learningRate: number;
  readonly schedule: Schedule;
  readonly patience: number | null;
}

function checkedOptions(net: Network, options: TrainingOptions): Settings {
  const rule = updateRuleFrom(options.optimizer ?? "sgd");
  const learningRate = options.learningRate ?? rule.learningRate;
  if (!(learningRate >= 0 && learningRate < Infinity)) {
    throw new OptionError(
      `train: expected learningRate of 0 or more, got ${String(learningRate)}. Give a number such as 0.1.`,
    );
  }
  return {
    epochs: wholeNumber("epochs", options.epochs ?? 10, 0),
    batchSize: wholeNumber("batchSize", options.batchSize ?? 32, 1),
    seed: checkedSeed(options.seed ?? net.seed, "train"),
    engine: options.engine ?? "auto",
    rule,
    learningRate,
    schedule: scheduleFrom(options.schedule ?? "constant"),
    patience: options.patience === undefined ? null : wholeNumber("patience", options.patience, 1),
  };
}

function wholeNumber(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new OptionError(`train: expected ${name} of ${least} or more, got ${String(value)}. Give a whole number.`);
}

/** What to learn from, and what to judge by. */
function divided(
  net: Network,
  data: Dataset,
  validation: number | Dataset | undefined,
  seed: number,
): { training: FittedData; validation: FittedData | null } {
  const training = fittedData("train", net, data);
  if (typeof validation === "number") {
    const parts = split(data, { validation, seed, isStratified: training.hasLabels });
    return {
      training: fittedData("train", net, parts.training),
      validation: fittedData("train: validation", net, parts.validation),
    };
  }
  return { training, validation: validation === undefined ? null : fittedData("train: validation", net, validation) };
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
  return net.parameters.every(
    ({ weights, biases }) => weights.every(Number.isFinite) && (biases === null || biases.every(Number.isFinite)),
  );
}

/** Seconds since a moment; never 0, so that it can be divided by. */
function secondsSince(startedMs: number): number {
  return Math.max(performance.now() - startedMs, 1e-3) / 1000;
}
