import { jsonText } from "../../framework/json-text.ts";
import { targetNames, targetsIn } from "../../../data/columns/several-targets.ts";
import { OptionError } from "../../../errors.ts";
import { type Model, type Predictions, predictWith } from "../../../model/index.ts";
import { noteLine } from "../../framework/printable.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import { csvLine, isFormula, withoutFormula } from "../../files/csv-text.ts";
import {
  csvOptions,
  dataOperand,
  engineOption,
  fastOption,
  formatFlag,
  formatOption,
  outOption,
} from "../../framework/definition.ts";
import { engineOf } from "./engine-option.ts";
import { formatNumber, formatPercent } from "../../../page/format-number.ts";
import { imagesFor, readSourceFor, rowNumbers } from "./measured-data.ts";
import { modelOperand, readModelFile } from "../../files/model-on-disk.ts";
import { shortList } from "../../framework/short-list.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { textTable } from "../../framework/text-table.ts";

/** Rows written at a time: a table of millions is not held as one text. */
const ROWS_AT_A_TIME = 5000;

/** `backpass predict MODEL DATA`: the answers of a model, one per row. */
export const predictCommand: Command = {
  name: "predict",
  summary: "Answer new rows with a model",
  operands: [
    modelOperand,
    { ...dataOperand, description: `${dataOperand.description}; the target column may be missing` },
  ],
  options: [
    ...csvOptions,
    engineOption,
    fastOption,
    formatOption(["text", "csv", "json"]),
    outOption,
    formatFlag("json", "one JSON object"),
    formatFlag("csv", "a table of row, prediction and the probability of each class"),
    { name: "quiet", value: null, description: "Print no notes", default: null },
  ],
  examples: [
    { line: "backpass predict runs/iris/model.safetensors new.csv", does: "one line a row" },
    { line: "backpass predict runs/iris/model.safetensors new.csv --csv > answers.csv", does: "for a spreadsheet" },
    { line: "backpass predict runs/iris/model.safetensors - --json < new.csv", does: "for a program" },
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const engine = engineOf(args);
  if (args.flag("json") && args.flag("csv")) {
    throw new OptionError({ where: "predict", expected: "--json or --csv", got: "both", advice: "Choose one." });
  }
  const [modelPath = "", dataPath = ""] = args.operands;
  const model = readModelFile(modelPath);
  const source = await readSourceFor(model, dataPath, args, terminal, { readsTarget: false });
  const data = source.kind === "table" ? source.table : imagesFor(model, source);
  const input = "columns" in data ? data : { values: data.inputs, columns: data.inputWidth };
  const predictions = predictWith(model, input, { engine });
  const count = (predictions.task === "regression" ? predictions.values : predictions.labels).length;
  const rows = rowNumbers(source, count);
  if (args.flag("json")) {
    terminal.out(jsonOf(model, predictions, rows));
    return 0;
  }
  // Notes are no part of a table that is read on.
  if (!args.flag("quiet")) for (const note of predictions.notes) terminal.err(noteLine(note));
  const isCsv = args.flag("csv");
  if (isCsv && !args.flag("quiet")) warnOfFormulas(model, terminal);
  const write = isCsv ? csvOf : linesOf;
  const print = isCsv ? terminal.data : terminal.out;
  for (let start = 0; start < count; start += ROWS_AT_A_TIME) {
    print(write(model, predictions, rows, { start, end: Math.min(count, start + ROWS_AT_A_TIME) }));
  }
  return 0;
}

/** Says that names were changed, so that nobody compares them in vain. */
function warnOfFormulas(model: Model, terminal: Terminal): void {
  const words = model.preprocessing === null ? [] : targetsIn(model.preprocessing).flatMap(classesOf);
  const names = [...new Set([...targetsOf(model), ...(model.classes ?? []), ...words])].filter(isFormula);
  if (names.length === 0) return;
  terminal.err(
    `note: ${names.length} ${names.length === 1 ? "name begins" : "names begin"} as a formula does (${shortList(names, 3)}): ` +
      "an apostrophe is put before it, so that no spreadsheet runs it. --json has names as they are.\n",
  );
}

function classesOf(target: ReturnType<typeof targetsIn>[number]): readonly string[] {
  return target.kind === "classes" ? target.classes : [];
}

interface Part {
  readonly start: number;
  readonly end: number;
}

function jsonOf({ preprocessing, classes }: Model, predictions: Predictions, rows: readonly number[]): string {
  const target = preprocessing === null ? null : targetNames(preprocessing);
  const { task, notes } = predictions;
  const answers =
    predictions.task === "classification"
      ? { classes, predictions: predictions.classes, probabilities: predictions.probabilities }
      : predictions.task === "multilabel"
        ? { labels: classes, predictions: predictions.words, probabilities: predictions.probabilities }
        : { predictions: predictions.values.map((row) => (row.length === 1 ? row[0] : row)) };
  return `${jsonText({ task, target, rows, ...answers, notes })}\n`;
}

/** The answers of a row, a cell for each target. */
function answersOf(predictions: Predictions, i: number): readonly (string | number)[] {
  if (predictions.task === "classification") return [predictions.classes[i] ?? ""];
  return (predictions.task === "multilabel" ? predictions.words[i] : predictions.values[i]) ?? [];
}

/** The names of the targets, one for each answer of a row. */
function targetsOf({ preprocessing, classes, task, network: net }: Model): readonly string[] {
  if (preprocessing !== null) return targetsIn(preprocessing).map(({ name }) => name);
  if (task === "multilabel" && classes !== null) return classes;
  const count = task === "classification" ? 1 : net.outputs;
  return count === 1 ? ["prediction"] : Array.from({ length: count }, (_, j) => `prediction ${j + 1}`);
}

/** What each probability of a row is of: a class, or the second value of a label. */
function namesOfProbabilities(model: Model, probabilities: Predictions): readonly string[] {
  if (probabilities.task === "regression") return [];
  const count = probabilities.probabilities?.[0]?.length ?? 0;
  return model.classes ?? Array.from({ length: count }, (_, label) => String(label));
}

function csvOf(model: Model, predictions: Predictions, rows: readonly number[], { start, end }: Part): string {
  const probabilities = predictions.task === "regression" ? null : predictions.probabilities;
  const names = probabilities === null ? [] : namesOfProbabilities(model, predictions);
  const heading = ["row", ...targetsOf(model), ...names.map((name) => `p(${name})`)];
  let text = start === 0 ? csvLine(heading.map(withoutFormula)) : "";
  for (let i = start; i < end; i++) {
    // Nine digits hold every float32; those of a float64 say no more.
    const shares = (probabilities?.[i] ?? []).map((share) => Number(share.toPrecision(9)));
    text += csvLine([rows[i] ?? 0, ...answersOf(predictions, i).map(withoutFormula), ...shares]);
  }
  return text;
}

function linesOf(model: Model, predictions: Predictions, rows: readonly number[], { start, end }: Part): string {
  const lines: string[][] = [];
  const targets = targetsOf(model);
  if (start === 0) {
    const hasProbabilities = predictions.task === "classification" && predictions.probabilities !== null;
    lines.push(["row", ...targets, ...(hasProbabilities ? ["probability"] : [])]);
  }
  for (let i = start; i < end; i++) {
    const answers = answersOf(predictions, i).map((answer, j) => {
      if (typeof answer === "number") return formatNumber(answer, 6);
      if (predictions.task !== "multilabel") return answer;
      return `${answer} (${formatPercent(predictions.probabilities[i]?.[j] ?? Number.NaN)})`;
    });
    const share =
      predictions.task === "classification" ? predictions.probabilities?.[i]?.[predictions.labels[i] ?? 0] : undefined;
    lines.push([String(rows[i] ?? 0), ...answers, ...(share === undefined ? [] : [formatPercent(share)])]);
  }
  const side: "left" | "right" = predictions.task === "regression" ? "right" : "left";
  return textTable(lines, ["right", ...targets.map(() => side), "right"]);
}
