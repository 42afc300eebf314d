import { counted } from "../../../defaults/data-facts.ts";
import { settingsJson } from "../../../defaults/settings-options.ts";
import { columnLabel } from "../../../data/table.ts";
import type { Network } from "../../../network/index.ts";
import { printable } from "../../framework/printable.ts";
import { shortList } from "../../framework/short-list.ts";
import type { TrainingData } from "../../../defaults/training-data.ts";
import type { Settings } from "../../../defaults/settings.ts";
import { wrapped } from "../../framework/wrap.ts";

const FACT_INDENT = 10;

/**
 * What was found in the data and decided, before training: facts by name, then what else there is to say.
 *
 * @param width characters of a line; Infinity for no wrapping.
 */
export function trainingIntro(data: TrainingData, settings: Settings, net: Network, width: number): string {
  const facts: (readonly [name: string, text: string])[] = [
    ["data", `${data.name}: ${counted(data.rows, "row")}, ${counted(data.columns, "column")}`],
    ["target", targetOf(data)],
    ["task", `${data.task}: ${data.taskReason}`],
    ["inputs", data.facts.inputsReason],
  ];
  if (data.missing.length > 0) {
    const columns = data.missing.map(({ name, cells }) => `${name} in ${counted(cells, "row")}`);
    facts.push(["missing", `${shortList(columns, 4)}; read as the mean, or as no category`]);
  }
  facts.push(
    ["rows", rowsOf(data)],
    ["network", networkOf(settings, net)],
    ["training", trainingOf(settings, data.validation !== null)],
  );
  // What the facts say already.
  const notes = data.notes.filter((note) => !/^A (classification|multilabel|regression): /.test(note));
  for (const note of notes) facts.push(["note", note]);
  return facts.map(([name, text]) => factLines(name, text, width)).join("");
}

/** A fact, gone on with below its own text where a line is full. */
function factLines(name: string, text: string, width: number): string {
  const lines = wrapped(printable(text).split(" "), Math.max(20, width - FACT_INDENT - 1));
  return `${name.padEnd(FACT_INDENT)}${lines.join(`\n${" ".repeat(FACT_INDENT)}`)}\n`;
}

function targetOf({ preprocessing, classes, columns }: TrainingData): string {
  const names = classes === null ? "" : `${classes.length} classes: ${shortList(classes, 6)}`;
  if (preprocessing === null) return `the labels, ${names}`;
  const { target, moreTargets } = preprocessing;
  if (moreTargets !== undefined) {
    const each = [target, ...moreTargets].map((one) =>
      one.kind === "classes"
        ? `${columnLabel(one)} (${one.classes[1]} or not)`
        : `${columnLabel(one)}, about ${Number(one.mean.toPrecision(4))}`,
    );
    return shortList(each, 6);
  }
  const place = `${columnLabel(target)}${target.position === columns ? ", the last" : ""}`;
  return target.kind === "classes" ? `${place}, ${names}` : `${place}, about ${Number(target.mean.toPrecision(4))}`;
}

function rowsOf({ training, validation, test }: TrainingData): string {
  const parts = [`${training.data.examples.toLocaleString("en")} to train on`];
  if (validation !== null) parts.push(`${validation.data.examples.toLocaleString("en")} held back for validation`);
  if (test !== null) parts.push(`${test.data.examples.toLocaleString("en")} to test`);
  return parts.join(", ");
}

function networkOf({ cost, dropout, l1, l2 }: Settings, net: Network): string {
  const layers = net.layers.map(({ units, activation }) => `${units} ${activation.name}`);
  const parameters = net.parameters.reduce((sum, { values }) => sum + values.length, 0);
  const extras = Object.entries({ dropout: net.layers.length > 1 ? dropout : 0, l1, l2 }).filter(
    ([, value]) => value > 0,
  );
  const list = [[net.inputs, ...layers].join(" → "), cost, ...extras.map(([name, value]) => `${name} ${value}`)];
  return `${list.join(", ")}; ${parameters.toLocaleString("en")} parameters`;
}

function trainingOf(settings: Settings, hasValidation: boolean): string {
  const { optimizer, learningRate, schedule, batchSize, epochs, patience, clipNorm } = settings;
  const rate = `${optimizer}, learning rate ${learningRate}${schedule === "constant" ? "" : ` (${schedule})`}`;
  const best =
    settings.monitor !== "cost"
      ? `highest ${settings.monitor === "r2" ? "R²" : "accuracy"} of validation`
      : hasValidation
        ? "lowest cost of validation, without the penalty"
        : "lowest cost";
  const end = patience === "none" ? "" : `, ends after ${patience} without a new best (${best}), and keeps the best`;
  const weights =
    settings.classWeights === null
      ? ""
      : `, classes weighed ${settings.classWeights === "balanced" ? "so that all count alike" : (settingsJson(settings).classWeights ?? "")}`;
  const clip = clipNorm === null ? "" : `, gradients of norm up to ${clipNorm}`;
  const again = settings.isRefit && hasValidation ? "; then again on all rows, for as many epochs as were good" : "";
  return `${rate}, batches of ${batchSize}${clip}${weights}; up to ${counted(epochs, "epoch")}${end}${again}`;
}
