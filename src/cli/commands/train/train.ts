import { faultOf, NumericError } from "../../../errors.ts";
import { watch, type Watch } from "../../../explain/index.ts";
import type { Network } from "../../../network/index.ts";
import { type EpochReport, train, type TrainingOptions } from "../../../train/index.ts";
import { monitorOf } from "../../../train/scores/monitor.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import { dataOperand } from "../../framework/definition.ts";
import { divergedTraining, type EndedTraining, finishedRun } from "./finished-run.ts";
import { heedingInterrupts } from "../../framework/interrupts.ts";
import { type ModelKeeper, modelKeeper } from "../../files/model-keeper.ts";
import {
  noProgress,
  type Progress,
  progressBar,
  type ProgressDisplay,
  progressLines,
} from "../../framework/progress.ts";
import { refitted } from "../../../defaults/refit.ts";
import { writeReport } from "../models/report.ts";
import { makeRunFolder } from "../../files/run-folder.ts";
import { sourceOf } from "../../files/run-source.ts";
import { writeRecord } from "../../files/record-on-disk.ts";
import { curvesSvg } from "../../../report/page/curves-svg.ts";
import { writeFileAtomically } from "../../files/write-file.ts";
import { recordOf } from "../../../report/record/run-recorder.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { trainOptions } from "./train-options.ts";
import { readDataRequest, readRequestedSettings } from "./read-settings.ts";
import { readTrainingData } from "./read-training-data.ts";
import type { TrainingData } from "../../../defaults/training-data.ts";
import { trainingIntro } from "./training-intro.ts";
import { figuresOf, qualityOf, smallCurves } from "./training-report.ts";
import { networkFor, type Settings, trainingOptionsFor } from "../../../defaults/settings.ts";
import { settingsFor } from "../../../defaults/settings-for.ts";
import { settingsOptions } from "../../../defaults/settings-options.ts";

/** `backpass train DATA`: from a file to a model that is kept. */
export const trainCommand: Command = {
  name: "train",
  summary: "Train a network on your data, and keep the model",
  operands: [dataOperand],
  options: trainOptions,
  examples: [
    { line: "backpass train flowers.csv --target species", does: "predict the column species" },
    { line: "backpass train digits --hidden 64,32 --activation tanh", does: "bundled digits, another network" },
    { line: "backpass train houses.csv --test new.csv --out houses --json", does: "the figures, for a program" },
    { line: "backpass train mnist/ --epochs 5", does: "a folder with IDX files" },
  ],
  notes:
    "Where the default is auto, the value is chosen from the data and printed. Model, curves, record (run.json) and report (report.html) go to runs/NAME,\n" +
    "runs/NAME-2 …, so that nothing is overwritten.\n\n" +
    "Ctrl-C ends the run and keeps what it has learned; the second one quits at once. When nobody reads the output any\n" +
    "more (| head), the run goes on, says so on standard error, and writes its files.",
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const requested = readRequestedSettings(args);
  const dataRequest = readDataRequest(args, requested.seed ?? 1);
  const isQuiet = args.flag("quiet");
  const isJson = args.flag("json");
  const data = await readTrainingData(args.operand, dataRequest, args, terminal);
  const { settings } = settingsFor(data.facts, requested, (setting) => args.where(settingsOptions[setting].name));
  const net = networkFor(settings, data.facts);
  // For a file, a fact a line.
  const width = terminal.isOutWatched ? terminal.columns() : Infinity;
  if (!isQuiet && !isJson) terminal.out(trainingIntro(data, settings, net, width));

  const folder = makeRunFolder(args.given("out"), data.name, args.flag("overwrite"));
  const { task, preprocessing, classes } = data;
  const model = { network: net, task, preprocessing, classes };
  const judge = monitorOf({ monitor: settings.monitor, validation: data.validation ?? undefined });
  const keeper = modelKeeper(folder, model, { keepsLast: settings.patience === "none", judge });
  const history: EpochReport[] = [];
  const watching = watch(net, data.training.data, { engine: settings.engine, budget: WATCH_BUDGET });
  const { result, error } = await trained(net, data, settings, { args, terminal, keeper, history, watching, judge });
  const { signal } = terminal;
  const refit = await heedingInterrupts(terminal, () => refitted(data, settings, result, { judge, signal }));
  const hasReport = !args.flag("no-report");
  const outcome = finishedRun(net, data, settings, result, { folder, keeper, hasReport, refit });
  const record = recordOf(outcome, settings, { ...model, summary: null }, { watching, source: sourceOf(args), refit });
  writeFileAtomically(outcome.curvesPath, new TextEncoder().encode(curvesSvg(record)));
  writeRecord(outcome.recordPath, record);
  if (outcome.reportPath !== null) writeReport(outcome.reportPath, record, refit?.model.network ?? net);
  if (error !== null) throw withFolder(error, folder, outcome.keptEpoch);
  terminal.out(isJson ? `${JSON.stringify(record.figures)}\n` : figuresOf(outcome));
  if (!isJson && !isQuiet && terminal.isOutWatched) terminal.out(smallCurves(history, terminal));
  return result.stopped === "aborted" ? 130 : 0;
}

/** Part of the training's time that measuring the flow of errors may take. */
const WATCH_BUDGET = 0.1;

interface EpochWork {
  readonly args: Arguments;
  readonly terminal: Terminal;
  readonly keeper: ModelKeeper;
  /** Gets every epoch's report. */
  readonly history: EpochReport[];
  readonly watching: Watch;
  /** What is to be lowest in the best epoch. */
  readonly judge: (report: EpochReport) => number;
}

async function trained(
  net: Network,
  data: TrainingData,
  settings: Settings,
  { args, terminal, keeper, history, watching, judge }: EpochWork,
): Promise<{ readonly result: EndedTraining; readonly error: NumericError | null }> {
  terminal.goOnWithoutReader?.();
  const display = displayFor(args, terminal);
  const startedMs = performance.now();
  let lowest = Infinity;
  const options: TrainingOptions = {
    ...trainingOptionsFor(settings),
    signal: terminal.signal,
    onEpoch: (report) => {
      history.push(report);
      keeper.afterEpoch(report);
      watching.onEpoch(report);
      const judged = judge(report);
      const isBest = !(judged >= lowest);
      if (isBest) lowest = judged;
      display.show(progressOf(report, (performance.now() - startedMs) / 1000, isBest));
    },
    ...(data.validation === null ? {} : { validation: data.validation.data }),
  };
  try {
    const ended = await heedingInterrupts(terminal, async () => {
      const result = await train(net, data.training.data, options);
      // From here on Ctrl-C ends the process at once; what was learned is on the disk by then.
      if (result.stopped === "aborted") keeper.restore();
      keeper.save({ epoch: result.epochs, epochs: settings.epochs, isFinished: false });
      return result;
    });
    return { result: ended, error: null };
  } catch (error) {
    if (error instanceof NumericError) return { result: divergedTraining(net, data, history), error };
    keeper.discard();
    throw error;
  } finally {
    display.end();
  }
}

/** The error of a run that diverged, with where its files are. */
function withFolder(error: NumericError, folder: string, epoch: number): NumericError {
  const kept = epoch > 0 ? `the weights of epoch ${epoch}, the best,` : "the weights";
  const advice = `${error.advice} The run is in ${folder}, with ${kept} and what was found: backpass diagnose ${folder}.`;
  return new NumericError({ ...faultOf(error), advice }, error);
}

/** A bar for a person, lines for a file, nothing when the output is for a program. */
function displayFor(args: Arguments, terminal: Terminal): ProgressDisplay {
  if (args.flag("quiet")) return noProgress;
  const isJson = args.flag("json");
  if (terminal.isErrWatched && (terminal.isOutWatched || isJson)) return progressBar(terminal);
  return isJson ? noProgress : progressLines(terminal);
}

function progressOf(report: EpochReport, seconds: number, isBest: boolean): Progress {
  const { epoch, epochs, cost, examplesPerSecond, validation } = report;
  return {
    epoch,
    epochs,
    cost,
    validationCost: validation?.ownCost ?? null,
    isBest,
    quality: validation === undefined ? null : qualityOf(validation),
    examplesPerSecond,
    seconds,
  };
}
