import { join } from "node:path";
import type { EngineName } from "../engine/index.ts";
import { NumericError } from "../errors.ts";
import { watch, type Watch } from "../explain/index.ts";
import type { JsonObject } from "../model/index.ts";
import { activationNames, costNames, type Network } from "../network/index.ts";
import {
  type Dataset,
  type EpochReport,
  evaluate,
  scheduleNames,
  type Score,
  train,
  type TrainingOptions,
  type TrainingResult,
  updateRuleNames,
  weightsHash,
} from "../train/index.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, ExitCode } from "./command.ts";
import { AUTO, csvOptions, dataOperand, engineOption, fastOption } from "./definition.ts";
import { heedingInterrupts } from "./interrupts.ts";
import { type ModelKeeper, modelKeeper } from "./model-keeper.ts";
import { noProgress, type Progress, progressBar, type ProgressDisplay, progressLines } from "./progress.ts";
import { REPORT_NAME, writeReport } from "./report.ts";
import { makeRunFolder } from "./run-folder.ts";
import { RECORD_NAME, sourceOf } from "./run-record.ts";
import { recordOf, writeRecord } from "./run-recorder.ts";
import type { Terminal } from "./terminal.ts";
import { inputsOf, readDataWishes, readTrainingData, type TrainingData } from "./training-data.ts";
import { trainingIntro } from "./training-intro.ts";
import {
  baselineFigure,
  curvesFile,
  figuresOf,
  type Outcome,
  qualityOf,
  scoreJson,
  smallCurves,
} from "./training-report.ts";
import { namedInitializers, networkFor, readWishes, type Settings, settled } from "./training-settings.ts";
import { writeFileAtomically } from "./write-file.ts";

/** `backpass train DATA`: from a file to a model that is kept. */
export const trainCommand: Command = {
  name: "train",
  summary: "Train a network on your data, and keep the model",
  operands: [dataOperand],
  options: [
    { name: "target", value: "COLUMN", description: "What to predict: name or number, -1 the last", default: "-1" },
    { name: "task", value: "NAME", description: "classification or regression", default: AUTO },
    ...csvOptions,
    { name: "max-categories", value: "COUNT", description: "Columns with more are left out", default: "100" },
    { name: "standardize", value: "on|off", description: "Numbers to mean 0 and deviation 1", default: "on" },
    { name: "validation", value: "FRACTION", description: "Part of the rows held back, or 0", default: AUTO },
    { name: "test", value: "FILE", description: "More rows to measure on, at the end", default: null },
    { name: "hidden", value: "WIDTHS", description: "Of the hidden layers, as 64,32, or none", default: AUTO },
    {
      name: "activation",
      value: "NAME",
      description: `Of these layers: ${activationNames.join(", ")}`,
      default: "relu",
    },
    { name: "dropout", value: "FRACTION", description: "Of these layers' neurons, left out of a step", default: AUTO },
    { name: "init", value: "NAME", description: `First weights: ${namedInitializers.join(", ")}`, default: AUTO },
    { name: "cost", value: "NAME", description: costNames.join(", "), default: AUTO },
    { name: "l1", value: "NUMBER", description: "Penalty on the weights' sizes", default: "0" },
    { name: "l2", value: "NUMBER", description: "Penalty on the weights' squares", default: AUTO },
    { name: "optimizer", value: "NAME", description: updateRuleNames.join(", "), default: "adam" },
    { name: "learning-rate", value: "NUMBER", description: "Size of the steps", default: AUTO },
    { name: "schedule", value: "NAME", description: scheduleNames.join(", "), default: "cosine" },
    { name: "batch-size", value: "COUNT", description: "Examples for one step", default: AUTO },
    { name: "epochs", value: "COUNT", description: "Passes over the training examples, at most", default: AUTO },
    {
      name: "patience",
      value: "COUNT",
      description: "Epochs without a new best until the end, or none",
      default: AUTO,
    },
    { name: "clip-norm", value: "NUMBER", description: "Largest norm of the gradients", default: null },
    { name: "seed", value: "NUMBER", description: "Decides first weights, split and order", default: "1" },
    engineOption,
    fastOption,
    { name: "threads", value: "COUNT", description: "To compute on at most, or auto: same weights", default: "1" },
    { name: "out", value: "DIR", description: "Folder for the run's files, instead of runs/NAME", default: null },
    { name: "config", value: "FILE", description: "JSON with these options; those typed come first", default: null },
    { name: "no-report", value: null, description: "Write no report.html", default: null },
    { name: "json", value: null, description: "Print the figures as one JSON object", default: null },
    { name: "quiet", value: null, description: "Show the figures only", default: null },
  ],
  examples: [
    { line: "backpass train flowers.csv --target species", does: "predict the column species" },
    { line: "backpass train digits --hidden 64,32 --activation tanh", does: "bundled digits, another network" },
    { line: "backpass train houses.csv --test new.csv --out houses --json", does: "the figures, for a program" },
    { line: "backpass train mnist/ --epochs 5", does: "a folder with IDX files" },
  ],
  notes:
    "auto: chosen by the data, and said. Model, curves, record (run.json) and report (report.html) go to runs/NAME,\n" +
    "runs/NAME-2 …, so that nothing is overwritten.\n" +
    "Ctrl-C ends the run and keeps what it has learned; the second one quits at once. When nobody reads the output any\n" +
    "more (| head), the run goes on, says so on standard error, and writes its files.",
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const wishes = readWishes(args);
  const dataWishes = readDataWishes(args);
  const isQuiet = args.flag("quiet");
  const isJson = args.flag("json");
  const data = await readTrainingData(args.operand, dataWishes, args, terminal);
  const size = { inputs: inputsOf(data), outputs: data.classes?.length ?? 1 };
  const settings = settled(wishes, data.task, {
    rows: data.training.data.examples,
    inputs: size.inputs,
    isStandardized: data.preprocessing?.isStandardized ?? false,
  });
  const net = networkFor(settings, data.task, size);
  // For a file, a fact a line.
  const width = terminal.isOutWatched ? terminal.columns() : Infinity;
  if (!isQuiet && !isJson) terminal.out(trainingIntro(data, settings, net, width));

  const folder = makeRunFolder(args.given("out"), data.name);
  const { task, preprocessing, classes } = data;
  const model = { network: net, task, preprocessing, classes };
  const keeper = modelKeeper(folder, model, settings.patience === "none");
  const history: EpochReport[] = [];
  const watching = watch(net, data.training.data, { engine: settings.engine, budget: WATCH_BUDGET });
  const result = await trained(net, data, settings, { args, terminal, keeper, history, watching });
  const outcome = finished(net, data, settings, result, { folder, keeper, hasReport: !args.flag("no-report") });
  const record = recordOf(outcome, settings, { ...model, summary: null }, { watching, source: sourceOf(args) });
  writeRecord(outcome.recordPath, record);
  if (outcome.reportPath !== null) writeReport(outcome.reportPath, record, net);
  terminal.out(isJson ? `${JSON.stringify(record.figures)}\n` : figuresOf(outcome));
  if (!isJson && !isQuiet && terminal.isOutWatched) terminal.out(smallCurves(history, terminal));
  return result.stopped === "aborted" ? 130 : 0;
}

/** Part of the training's time that measuring the flow of errors may take. */
const WATCH_BUDGET = 0.1;

interface Surroundings {
  readonly args: Arguments;
  readonly terminal: Terminal;
  readonly keeper: ModelKeeper;
  /** Gets every epoch's report. */
  readonly history: EpochReport[];
  readonly watching: Watch;
}

async function trained(
  net: Network,
  data: TrainingData,
  settings: Settings,
  { args, terminal, keeper, history, watching }: Surroundings,
): Promise<TrainingResult> {
  const { epochs, batchSize, optimizer, learningRate, schedule, patience, clipNorm, seed, engine, threads } = settings;
  terminal.goOnWithoutReader?.();
  const display = displayFor(args, terminal);
  const startedMs = performance.now();
  const options: TrainingOptions = {
    epochs,
    batchSize,
    optimizer,
    learningRate,
    schedule,
    seed,
    engine,
    threads,
    signal: terminal.signal,
    onEpoch: (report) => {
      history.push(report);
      keeper.afterEpoch(report);
      watching.onEpoch(report);
      display.show(progressOf(report, (performance.now() - startedMs) / 1000));
    },
    ...(patience === "none" ? {} : { patience }),
    ...(clipNorm === null ? {} : { clip: { norm: clipNorm } }),
    ...(data.validation === null ? {} : { validation: data.validation.data }),
  };
  try {
    return await heedingInterrupts(terminal, async () => {
      const result = await train(net, data.training.data, options);
      // From here on Ctrl-C ends the process at once; what was learned is on the disk by then.
      if (result.stopped === "aborted") keeper.restore();
      keeper.save({ epoch: result.epochs, epochs, isFinished: false });
      return result;
    });
  } catch (error) {
    keeper.discard();
    throw error instanceof NumericError ? withModel(error, keeper, history.length) : error;
  } finally {
    display.end();
  }
}

/** The error of a run that diverged, with where its model is. */
function withModel(error: NumericError, keeper: ModelKeeper, epochs: number): NumericError {
  return epochs === 0 ? error : new NumericError(`${error.message} The best so far is in ${keeper.modelPath}.`, error);
}

/** Keeps the best parameters, measures them, and writes the files. */
function finished(
  net: Network,
  data: TrainingData,
  settings: Settings,
  result: TrainingResult,
  { folder, keeper, hasReport }: { readonly folder: string; readonly keeper: ModelKeeper; readonly hasReport: boolean },
): Outcome {
  const { engine } = settings;
  // An interrupted run has the parameters of the moment; the best are better.
  const isRestored = result.stopped === "aborted" && keeper.restore();
  const again = (held: Dataset): Score => evaluate(net, held, { engine });
  const outcome: Outcome = {
    data,
    train: isRestored ? again(data.training.data) : result.train,
    validation: isRestored && data.validation !== null ? again(data.validation.data) : (result.validation ?? null),
    test: data.test === null ? null : again(data.test.data),
    history: result.history,
    keptEpoch: settings.patience === "none" ? result.epochs : result.bestEpoch,
    seconds: result.seconds,
    stopped: result.stopped,
    weightsHash: isRestored ? weightsHash(net) : result.weightsHash,
    modelPath: keeper.modelPath,
    curvesPath: join(folder, "curves.svg"),
    recordPath: join(folder, RECORD_NAME),
    reportPath: hasReport ? join(folder, REPORT_NAME) : null,
  };
  keeper.save(summaryOf(outcome, settings, engine));
  writeFileAtomically(outcome.curvesPath, curvesFile(outcome));
  return outcome;
}

/** What the model's file says of its training. */
function summaryOf(outcome: Outcome, settings: Settings, engine: EngineName): JsonObject {
  const { data, train: trainScore, validation, test, history, seconds, stopped } = outcome;
  const { seed, optimizer, learningRate, schedule, batchSize } = settings;
  const measured = data.validation ?? data.training;
  return {
    isFinished: true,
    data: data.name,
    rows: data.training.data.examples,
    train: scoreJson(trainScore),
    validation: scoreJson(validation),
    test: scoreJson(test),
    baseline: baselineFigure(measured.baseline),
    epochs: history.length,
    bestEpoch: outcome.keptEpoch,
    seconds,
    stopped,
    weightsHash: outcome.weightsHash,
    settings: { seed, engine, optimizer, learningRate, schedule, batchSize },
  };
}

/** A bar for a person, lines for a file, nothing when the output is for a program. */
function displayFor(args: Arguments, terminal: Terminal): ProgressDisplay {
  if (args.flag("quiet")) return noProgress;
  const isJson = args.flag("json");
  if (terminal.isErrWatched && (terminal.isOutWatched || isJson)) return progressBar(terminal);
  return isJson ? noProgress : progressLines(terminal);
}

function progressOf(report: EpochReport, seconds: number): Progress {
  const { epoch, epochs, cost, examplesPerSecond, validation } = report;
  return {
    epoch,
    epochs,
    cost,
    quality: validation === undefined ? null : qualityOf(validation),
    examplesPerSecond,
    seconds,
  };
}
