import { type DateInput, inUnitsOfTarget, type Preprocessing, widthOf } from "../../data/preprocessing.ts";
import type { EngineName } from "../../engine/index.ts";
import { type Model, predictWith } from "../../model/index.ts";
import { type ClassScore, classScores, confusionMatrix, type Dataset } from "../../train/index.ts";
import { type AmountFigures, amountFigures, type LabelFigures, labelFigures } from "./target-figures.ts";
import { type Image, imageOf } from "./images.ts";

/** An answer that was wrong, or far off. */
export interface Mistake {
  /** The example's number among those measured, from 1. */
  readonly example: number;
  /** The row of the file that it is, as editors count; null for images, and missing in records of before. */
  readonly row?: number | null;
  /** Class by name, or amount in the units of the target. */
  readonly expected: string | number;
  readonly answered: string | number;
  /** How sure the network was: the output of the class it answered. Null for amounts, and outputs that are no probability. */
  readonly probability: number | null;
  /** The output of the right class. */
  readonly ofExpected: number | null;
  /** Inputs as an image, row by row, 0 … 1; null where they are none. */
  readonly image: Image | null;
  /** The inputs that lie farthest from their mean, in the file's units; empty for images. */
  readonly inputs: readonly { readonly name: string; readonly value: number | string }[];
}

/** A model's answers on some examples, measured for a report. */
export interface MeasuredRecord {
  /** Which examples: of validation, test or training, or of a file that was named later. */
  readonly on: string;
  readonly examples: number;
  /** Names of the classes; null for amounts. */
  readonly classes: readonly string[] | null;
  /** Rows: the class it is; columns: the class it was taken for. Null for amounts. */
  readonly confusion: readonly (readonly number[])[] | null;
  readonly scores: readonly ClassScore[] | null;
  /** Of amounts, in the units of the target: the right one and the answer, of up to 500 examples. Null for classes. */
  readonly pairs: readonly (readonly [expected: number, answered: number])[] | null;
  readonly wrong: number | null;
  /** Of several targets, the figures of each; absent for one. */
  readonly targets?: readonly (LabelFigures | AmountFigures)[];
  /** The worst first. */
  readonly mistakes: readonly Mistake[];
}

const MOST_MISTAKES = 24;
const MOST_PAIRS = 500;

/**
 * Measures a model on a data set that is prepared already: confusions or pairs, and its worst mistakes.
 *
 * @param on which examples these are, in a word.
 */
export function measuredRecord(
  model: Model,
  data: Dataset,
  on: string,
  { engine, rowNumbers }: { readonly engine: EngineName; readonly rowNumbers: readonly number[] | null },
): MeasuredRecord {
  const rowOf = (i: number): number | null => rowNumbers?.[i] ?? null;
  const inputs = { values: data.inputs, columns: data.inputWidth };
  const answers = predictWith({ ...model, preprocessing: null }, inputs, { engine });
  if (answers.task === "multilabel" || (answers.task === "regression" && model.network.outputs > 1)) {
    return ofTargets(model, data, on, answers.task === "regression" ? answers.values : answers.labels);
  }
  if (answers.task === "regression") return ofAmounts({ model, data, on, rowOf }, answers.values);
  const { labels, probabilities } = answers;
  const count = model.classes?.length ?? Math.max(2, model.network.outputs);
  const classes = Array.from({ length: count }, (_, label) => model.classes?.[label] ?? String(label));
  const actual = Array.from(data.targets);
  const confusion = confusionMatrix(labels, actual, count);
  const wrong = labels.flatMap((label, i) => (label === actual[i] ? [] : [i]));
  const probabilityOf = (i: number, label: number | undefined): number | null =>
    probabilities?.[i]?.[label ?? -1] ?? null;
  // The surer the wrong answer, the worse: in the order of the percentages that are shown.
  const sureness = (i: number): number => probabilityOf(i, labels[i]) ?? 0;
  const worst = wrong.toSorted((left, right) => sureness(right) - sureness(left)).slice(0, MOST_MISTAKES);
  const nameOf = (label: number | undefined): string => classes[label ?? -1] ?? String(label);
  return {
    on,
    examples: data.examples,
    classes,
    confusion,
    scores: classScores(confusion).classes,
    pairs: null,
    wrong: wrong.length,
    mistakes: worst.map((i) => ({
      example: i + 1,
      row: rowOf(i),
      expected: nameOf(actual[i]),
      answered: nameOf(labels[i]),
      probability: probabilityOf(i, labels[i]),
      ofExpected: probabilityOf(i, actual[i]),
      ...inputsOf(data, i, model),
    })),
  };
}

interface Amounts {
  readonly model: Model;
  readonly data: Dataset;
  readonly on: string;
  readonly rowOf: (i: number) => number | null;
}

function ofAmounts({ model, data, on, rowOf }: Amounts, outputs: readonly (readonly number[])[]): MeasuredRecord {
  const inUnits = (values: ArrayLike<number>): Float64Array =>
    model.preprocessing === null ? Float64Array.from(values) : inUnitsOfTarget(model.preprocessing, values);
  const expected = inUnits(data.targets);
  const answered = inUnits(outputs.map(([value = Number.NaN]) => value));
  const order = Array.from(expected, (_, i) => i).sort((left, right) => {
    const distance = (i: number): number => Math.abs((answered[i] ?? 0) - (expected[i] ?? 0));
    return distance(right) - distance(left);
  });
  const count = Math.min(MOST_PAIRS, data.examples);
  const pairs = Array.from({ length: count }, (_, at): readonly [number, number] => {
    const i = Math.floor((at * data.examples) / count);
    return [expected[i] ?? Number.NaN, answered[i] ?? Number.NaN];
  });
  return {
    on,
    examples: data.examples,
    classes: null,
    confusion: null,
    scores: null,
    pairs,
    wrong: null,
    mistakes: order.slice(0, MOST_MISTAKES / 2).map((i) => ({
      example: i + 1,
      row: rowOf(i),
      expected: expected[i] ?? Number.NaN,
      answered: answered[i] ?? Number.NaN,
      probability: null,
      ofExpected: null,
      ...inputsOf(data, i, model),
    })),
  };
}

/** Of several targets, the figures of each, and the examples with the most labels wrong or the largest errors. */
function ofTargets(model: Model, data: Dataset, on: string, outputs: readonly (readonly number[])[]): MeasuredRecord {
  const width = model.network.outputs;
  const predicted = outputs.flat();
  const inUnits = (values: ArrayLike<number>): number[] =>
    Array.from(model.preprocessing === null ? Array.from(values) : inUnitsOfTarget(model.preprocessing, values));
  const [answered, actual] = [inUnits(predicted), inUnits(data.targets)];
  const targets =
    model.task === "multilabel"
      ? labelFigures(model, { predicted: answered, actual })
      : amountFigures(model, { predicted: answered, actual });
  // Amounts by the errors that they usually have, so that units do not count.
  const scales = targets.map((each) => ("mae" in each && each.mae > 0 ? each.mae : 1));
  const distance = (i: number): number =>
    scales.reduce(
      (sum, scale, j) => sum + Math.abs((answered[i * width + j] ?? 0) - (actual[i * width + j] ?? 0)) / scale,
      0,
    );
  const worst = Array.from({ length: data.examples }, (_, i) => i)
    .filter((i) => distance(i) > 0)
    .sort((left, right) => distance(right) - distance(left));
  const textOf = (values: readonly number[], i: number): string =>
    targets
      .map((each, j) => {
        const value = values[i * width + j] ?? Number.NaN;
        return "holds" in each
          ? `${value === 1 ? "" : "not "}${each.target}`
          : `${each.target} ${Number(value.toPrecision(4))}`;
      })
      .join(", ");
  return {
    on,
    examples: data.examples,
    classes: null,
    confusion: null,
    scores: null,
    pairs: null,
    wrong: model.task === "multilabel" ? worst.length : null,
    targets,
    mistakes: worst.slice(0, MOST_MISTAKES / 2).map((i) => ({
      example: i + 1,
      expected: textOf(actual, i),
      answered: textOf(answered, i),
      probability: null,
      ofExpected: null,
      ...inputsOf(data, i, model),
    })),
  };
}

const MOST_INPUTS = 3;

function inputsOf(data: Dataset, i: number, model: Model): Pick<Mistake, "image" | "inputs"> {
  const row = data.inputs.subarray(i * data.inputWidth, (i + 1) * data.inputWidth);
  const image = imageOf(row, model);
  if (image !== null || model.preprocessing === null) return { image, inputs: [] };
  return { image: null, inputs: unusualInputs(row, model.preprocessing) };
}

/** The inputs of a row that are farthest from the mean, in deviations; of words, those of the row come after. */
function unusualInputs(row: ArrayLike<number>, preprocessing: Preprocessing): Mistake["inputs"] {
  const { inputs, isStandardized } = preprocessing;
  let at = 0;
  const all = inputs.map((input) => {
    const start = at;
    if (input.kind === "category") {
      at += input.categories.length;
      const own = input.categories.findIndex((_, c) => row[start + c] === 1);
      return { name: input.name, value: own < 0 ? "missing" : (input.categories[own] ?? ""), distance: 0 };
    }
    if (input.kind === "date") {
      at += widthOf(input);
      return { name: input.name, ...dayOf(input, row[start] ?? 0, isStandardized) };
    }
    at += input.hasMissingIndicator ? 2 : 1;
    if (input.hasMissingIndicator && (row[start + 1] ?? 0) > 0)
      return { name: input.name, value: "missing", distance: 0 };
    const prepared = row[start] ?? 0;
    const value = isStandardized ? input.mean + input.deviation * prepared : prepared;
    const distance = Math.abs(isStandardized ? prepared : (prepared - input.mean) / input.deviation);
    // What float32 left of 0 is 0.
    const isZero = Math.abs(value) < 1e-5 * input.deviation;
    return { name: input.name, value: isZero ? 0 : Number(value.toPrecision(6)), distance };
  });
  return all
    .toSorted((left, right) => right.distance - left.distance)
    .slice(0, MOST_INPUTS)
    .map(({ name, value }) => ({ name, value }));
}

/** The day of a date as the first of its inputs has it, and its distance from the mean. */
function dayOf({ day }: DateInput, prepared: number, isStandardized: boolean): { value: string; distance: number } {
  if (day === null) return { value: "a date", distance: 0 };
  const days = isStandardized ? day.mean + day.deviation * prepared : prepared;
  const date = new Date(Math.round(days * 86_400) * 1000);
  const value = Number.isNaN(date.getTime()) ? "a date" : date.toISOString().slice(0, 10);
  return { value, distance: Math.abs(days - day.mean) / day.deviation };
}
