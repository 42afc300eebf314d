import { jsonText } from "../../framework/json-text.ts";
import type { Model } from "../../../model/index.ts";
import { classScores } from "../../../train/index.ts";
import { noteLine } from "../../framework/printable.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
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
import {
  accuracyOf,
  confusionOf,
  errorsOf,
  type Evaluation,
  evaluateModel,
  evaluationJson,
  hasSeveralTargets,
} from "../../../report/record/evaluation.ts";
import { formatNumber, formatPercent, formatR2 } from "../../../page/format-number.ts";
import { imagesFor, readSourceFor } from "./measured-data.ts";
import { modelOperand, readModelFile } from "../../files/model-on-disk.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { textTable } from "../../framework/text-table.ts";
import { targetsText } from "./targets-text.ts";

/** Of a confusion matrix with more classes, the most frequent confusions are shown instead. */
const MOST_CLASSES = 12;
const MOST_CONFUSIONS = 10;

/** `backpass evaluate MODEL DATA`: how good a model is on rows whose answers are known. */
export const evaluateCommand: Command = {
  name: "evaluate",
  summary: "Measure a model on rows with known answers",
  operands: [modelOperand, dataOperand],
  options: [
    ...csvOptions,
    engineOption,
    fastOption,
    formatOption(["text", "json"]),
    outOption,
    formatFlag("json", "one JSON object"),
    { name: "quiet", value: null, description: "Print no notes", default: null },
  ],
  examples: [
    { line: "backpass evaluate runs/iris iris", does: "confusion matrix, and scores of each class" },
    { line: "backpass evaluate runs/houses new.csv --json", does: "for a program" },
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const engine = engineOf(args);
  const [modelPath = "", dataPath = ""] = args.operands;
  const model = readModelFile(modelPath);
  const source = await readSourceFor(model, dataPath, args, terminal);
  const data = source.kind === "images" ? imagesFor(model, source) : source.table;
  const measured = evaluateModel(model, data, engine);
  if (args.flag("json")) {
    terminal.out(`${jsonText(evaluationJson(model, measured))}\n`);
    return 0;
  }
  if (!args.flag("quiet")) for (const note of measured.notes) terminal.err(noteLine(note));
  if (hasSeveralTargets(model)) terminal.out(targetsText(model, measured, measured.score.cost));
  else terminal.out(model.task === "classification" ? classesText(model, measured) : amountsText(measured));
  return 0;
}

function amountsText(measured: Evaluation): string {
  const { mse, mae, r2 } = errorsOf(measured);
  const { baseline, predicted, score } = measured;
  return textTable(
    [
      ["examples", predicted.length.toLocaleString("en"), ""],
      ["R²", formatR2(r2), `baseline ${formatR2(baseline.value)}: the mean of training as every answer`],
      ["mean absolute error", formatNumber(mae), "in units of the target"],
      ["mean squared error", formatNumber(mse), `its root: ${formatNumber(Math.sqrt(mse))}`],
      ["cost", formatNumber(score.cost), ""],
    ],
    ["left", "right", "left"],
  );
}

function classesText(model: Model, measured: Evaluation): string {
  const { names, confusion } = confusionOf(model, measured);
  const { classes, macro } = classScores(confusion);
  const { baseline, predicted, score } = measured;
  const head = textTable(
    [
      ["examples", predicted.length.toLocaleString("en"), ""],
      [
        "accuracy",
        formatPercent(accuracyOf(measured)),
        `baseline ${formatPercent(baseline.value)}: "${baseline.answer}" as every answer`,
      ],
      ["cost", formatNumber(score.cost), ""],
    ],
    ["left", "right", "left"],
  );
  const percents = (each: { precision: number; recall: number; f1: number }): string[] =>
    [each.precision, each.recall, each.f1].map(formatPercent);
  const scores = textTable(
    [
      ["class", "precision", "recall", "F1", "examples"],
      ...classes.map((each, label) => [names[label] ?? "", ...percents(each), each.support.toLocaleString("en")]),
      ["mean", ...percents(macro), ""],
    ],
    ["left", "right", "right", "right", "right"],
  );
  return `${head}\n${scores}\n${confusionText(names, confusion)}`;
}

function confusionText(names: readonly string[], confusion: readonly (readonly number[])[]): string {
  if (names.length <= MOST_CLASSES) {
    const rows = confusion.map((row, label) => [names[label] ?? "", ...row.map(String)]);
    const table = textTable([["", ...names], ...rows], ["left", ...names.map(() => "right" as const)]);
    return `rows: the class it is; columns: the class answered\n${table}`;
  }
  const pairs = confusion.flatMap((row, i) => row.map((count, j) => ({ i, j, count })));
  const wrong = pairs.filter(({ i, j, count }) => i !== j && count > 0).sort((a, b) => b.count - a.count);
  if (wrong.length === 0) return "no class was taken for another\n";
  const lines = wrong
    .slice(0, MOST_CONFUSIONS)
    .map(({ i, j, count }) => [String(count), `"${names[i] ?? ""}" taken for "${names[j] ?? ""}"`]);
  return `most frequent confusions (--json has all)\n${textTable(lines, ["right", "left"])}`;
}
