import {
  appliedDataset,
  applyPreprocessing,
  type Baseline,
  baseline,
  inputWidth,
  inUnitsOfTarget,
  rowInFile,
} from "../../../data/index.ts";
import { DataError } from "../../../errors.ts";
import { type Model, predictWith } from "../../../model/index.ts";
import type { EngineName } from "../../../engine/index.ts";
import { type Dataset, evaluate, type Score } from "../../../train/index.ts";
import type { Arguments } from "../../framework/arguments.ts";
import { classBaseline } from "../../../data/preprocessing/class-baseline.ts";
import { type ReadAs, readSource, type Source } from "../../files/data-source.ts";
import { bytesFor, checkMemory } from "../../framework/memory.ts";
import { trainedOnNote } from "../../../model/row-fingerprints.ts";
import type { Terminal } from "../../framework/terminal.ts";

/** Reads DATA for a model: a table with the columns of its training, or images of its size. */
export async function readSourceFor(
  model: Model,
  operand: string,
  args: Arguments,
  terminal: Terminal,
  { readsTarget = true }: Pick<ReadAs, "readsTarget"> = {},
): Promise<Source> {
  const { preprocessing } = model;
  const source = await readSource(operand, args, terminal, { like: preprocessing, readsTarget });
  if (source.kind === "table" && preprocessing !== null)
    checkMemory(operand, bytesFor(source.table.rows, inputWidth(preprocessing)));
  if (source.kind === "table" && model.preprocessing === null) {
    throw new DataError({
      where: operand,
      expected: "a folder with IDX files, for a model that was trained on images",
      got: "a table",
      advice: "Name one.",
    });
  }
  if (source.kind === "images" && model.preprocessing !== null) {
    throw new DataError({
      where: operand,
      expected: "a table, for a model that was trained on one",
      got: "a folder of images",
      advice: "Name a CSV file.",
    });
  }
  return source;
}

/** The images to use a model on: those for tests, where the folder has such. @throws DataError when of another size. */
export function imagesFor(model: Model, source: Source & { readonly kind: "images" }): Dataset {
  const images = source.folder.test ?? source.folder.training;
  if (images.inputWidth === model.network.inputs) return images;
  throw new DataError({
    where: source.name,
    expected: `images of ${model.network.inputs} pixels, as in training`,
    got: `${images.inputWidth}`,
    advice: "Take images of that size.",
  });
}

/** A model's answers and the truth, example by example. */
export interface Measured {
  readonly score: Score;
  readonly baseline: Baseline;
  /** Class labels, or amounts in the units of the target; of several targets, those of an example after one another. */
  readonly predicted: readonly number[];
  readonly actual: readonly number[];
  readonly notes: readonly string[];
}

/** Measures a model on data with targets. @throws DataError when there are none. */
export function measure(model: Model, source: Source, engine: EngineName): Measured {
  const { network: net, preprocessing } = model;
  if (source.kind === "images" || preprocessing === null) {
    const images = source.kind === "images" ? imagesFor(model, source) : null;
    if (images === null)
      throw new DataError({
        where: "evaluate",
        expected: "images for a model of images",
        got: "a table",
        advice: "Name some.",
      });
    const counts = new Array<number>(net.outputs).fill(0);
    for (const label of images.targets) counts[label] = (counts[label] ?? 0) + 1;
    return {
      score: evaluate(net, images, { engine }),
      baseline: classBaseline(counts, model.classes, images),
      ...answers(model, images, engine),
      notes: trainedOnNotes(model, images),
    };
  }
  const applied = applyPreprocessing(preprocessing, source.table, { targets: true });
  const data = appliedDataset(preprocessing, applied);
  return {
    score: evaluate(net, data, { engine }),
    baseline: baseline(preprocessing, data.targets),
    ...answers(model, data, engine),
    notes: [...applied.notes, ...trainedOnNotes(model, data)],
  };
}

function trainedOnNotes({ summary }: Model, data: Dataset): readonly string[] {
  const note = trainedOnNote(summary, data);
  return note === null ? [] : [note];
}

function answers(model: Model, data: Dataset, engine: EngineName): Pick<Measured, "predicted" | "actual"> {
  // The inputs are prepared already.
  const predictions = predictWith(
    { ...model, preprocessing: null },
    { values: data.inputs, columns: data.inputWidth },
    { engine },
  );
  if (predictions.task === "classification") return { predicted: predictions.labels, actual: Array.from(data.targets) };
  const inUnits = (values: ArrayLike<number>): number[] =>
    Array.from(model.preprocessing === null ? Array.from(values) : inUnitsOfTarget(model.preprocessing, values));
  if (predictions.task === "multilabel")
    return { predicted: predictions.labels.flat(), actual: Array.from(data.targets) };
  return { predicted: inUnits(predictions.values.flat()), actual: inUnits(data.targets) };
}

/** For each example the row of its file, from 1; images count from 1. */
export function rowNumbers(source: Source, examples: number): number[] {
  return Array.from({ length: examples }, (_, i) => (source.kind === "table" ? rowInFile(source.table, i) : i + 1));
}
