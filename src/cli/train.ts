import { digits } from "../data/digits.ts";
import { type EngineName, engineNames } from "../engine/index.ts";
import { type ActivationName, activationNames, type CostName, costNames, dense, network } from "../network/index.ts";
import { type EpochReport, type Score, train, type TrainingResult, updateRuleNames } from "../train/index.ts";
import { type Arguments, oneOf, readNumber } from "./arguments.ts";
import type { Command, ExitCode } from "./command.ts";
import { engineOption } from "./definition.ts";
import { formatDuration, formatNumber, formatPercent } from "./format-number.ts";
import { noProgress, type Progress, progressBar, type ProgressDisplay, progressLines } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

/** Tasks by name: what to learn. */
const tasks = { digits } as const;
const taskNames = ["digits"] as const satisfies readonly (keyof typeof tasks)[];

/** What the last layer needs, to give outputs that the cost is made for: probabilities, 0 … 1, above 0, any. */
const outputActivations: Readonly<Record<CostName, ActivationName>> = {
  crossEntropy: "softmax",
  binaryCrossEntropy: "sigmoid",
  quadratic: "sigmoid",
  meanSquaredError: "sigmoid",
  meanAbsoluteError: "sigmoid",
  huber: "sigmoid",
  logCosh: "sigmoid",
  poisson: "softplus",
  hinge: "identity",
};

/** `backpass train digits`: trains a network on a bundled task and prints how good it got. */
export const trainCommand: Command = {
  name: "train",
  summary: "Train a network on a bundled task",
  operand: { name: "TASK", description: "digits: 1,797 handwritten digits of 8 × 8 pixels (UCI)" },
  options: [
    { name: "hidden", value: "WIDTHS", description: "Widths of the hidden layers, or none", default: "64" },
    { name: "activation", value: "NAME", description: "Activation of the hidden layers", default: "relu" },
    { name: "cost", value: "NAME", description: `Cost: ${costNames.join(", ")}`, default: "crossEntropy" },
    { name: "optimizer", value: "NAME", description: "Update rule", default: "adam" },
    { name: "learning-rate", value: "NUMBER", description: "Learning rate", default: "0.003" },
    { name: "epochs", value: "COUNT", description: "Passes over the training examples", default: "30" },
    { name: "batch-size", value: "COUNT", description: "Examples for one step", default: "32" },
    { name: "validation", value: "FRACTION", description: "Part of the examples kept for validation", default: "0.2" },
    { name: "seed", value: "NUMBER", description: "Decides first weights, split and order", default: "1" },
    engineOption,
    { name: "json", value: null, description: "Print the figures as one JSON object", default: null },
    { name: "quiet", value: null, description: "Show no progress", default: null },
  ],
  examples: [
    { line: "backpass train digits", does: "train on handwritten digits" },
    { line: "backpass train digits --hidden 64,32 --activation tanh", does: "with two hidden layers" },
    { line: "backpass train digits --epochs 5 --json", does: "the figures, for a program" },
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const task = oneOf("train", args.operand, taskNames);
  const engine: EngineName = args.choice("engine", engineNames);
  const cost = args.choice("cost", costNames);
  const seed = args.wholeNumber("seed", 0);
  const activation = args.choice("activation", activationNames);
  const hidden = hiddenWidths(args.text("hidden")).map((units) => dense(units, activation));
  const options = {
    optimizer: args.choice("optimizer", updateRuleNames),
    learningRate: args.number("learning-rate", "a number above 0", (value) => value > 0),
    epochs: args.wholeNumber("epochs", 1),
    batchSize: args.wholeNumber("batch-size", 1),
    validation: args.number("validation", "a fraction above 0 and below 1", (value) => value > 0 && value < 1),
  };
  const data = await tasks[task]();
  const net = network(data.inputWidth, [...hidden, dense(data.outputWidth, outputActivations[cost])], { cost, seed });
  const display = displayFor(args, terminal);
  const startedMs = performance.now();
  const result = await train(net, data, {
    ...options,
    seed,
    engine,
    signal: terminal.signal,
    onEpoch: (report) => display.show(progressOf(report, (performance.now() - startedMs) / 1000)),
  }).finally(() => display.end());
  terminal.out(args.flag("json") ? jsonOf(task, result) : figuresOf(result));
  return result.stopped === "aborted" ? 130 : 0;
}

/** A bar for a person, lines for a file, nothing when the output is for a program. */
function displayFor(args: Arguments, terminal: Terminal): ProgressDisplay {
  if (args.flag("quiet")) return noProgress;
  const isJson = args.flag("json");
  if (terminal.isErrWatched && (terminal.isOutWatched || isJson)) return progressBar(terminal);
  return isJson ? noProgress : progressLines(terminal);
}

/** The widths in "64,32"; none in "none". */
function hiddenWidths(text: string): number[] {
  if (text === "none") return [];
  const expected = 'widths such as 64 or 64,32 or "none"';
  const isAllowed = (width: number): boolean => Number.isSafeInteger(width) && width > 0;
  return text.split(",").map((width) => readNumber("--hidden", width.trim(), { expected, isAllowed }));
}

function progressOf(report: EpochReport, seconds: number): Progress {
  const { epoch, epochs, cost, examplesPerSecond } = report;
  const accuracy = report.validation?.accuracy ?? null;
  return { epoch, epochs, cost, accuracy, examplesPerSecond, seconds };
}

/** What `--json` prints; further fields may come, none of these goes. */
function jsonOf(task: string, result: TrainingResult): string {
  const { train: training, validation, epochs, seconds, weightsHash } = result;
  return `${JSON.stringify({ task, train: figures(training), validation: figures(validation), epochs, seconds, weightsHash })}\n`;
}

function figures(score: Score | undefined): { cost: number; accuracy: number | null } | null {
  return score === undefined ? null : { cost: score.cost, accuracy: score.accuracy ?? null };
}

function figuresOf(result: TrainingResult): string {
  const line = (name: string, score: Score | undefined): string => {
    if (score === undefined) return "";
    const accuracy = score.accuracy === undefined ? "" : `  accuracy ${formatPercent(score.accuracy)}`;
    return `${name.padEnd(12)}cost ${formatNumber(score.cost)}${accuracy}\n`;
  };
  const epochs = `${result.epochs} ${result.epochs === 1 ? "epoch" : "epochs"} in ${formatDuration(result.seconds)}`;
  return (
    line("training", result.train) +
    line("validation", result.validation) +
    `${result.stopped === "aborted" ? "interrupted after " : ""}${epochs}\n` +
    `weights hash ${result.weightsHash}\n`
  );
}
