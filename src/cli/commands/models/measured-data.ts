import { inputWidth, rowInFile } from "../../../data/index.ts";
import { DataError } from "../../../errors.ts";
import type { Model } from "../../../model/index.ts";
import type { Dataset } from "../../../train/index.ts";
import type { Arguments } from "../../framework/arguments.ts";
import { type ReadAs, readSource, type Source } from "../../files/data-source.ts";
import { bytesFor, checkMemory } from "../../framework/memory.ts";
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
    throw new DataError(
      `${operand}: expected a folder with IDX files, for a model that was trained on images, got a table. Name one.`,
    );
  }
  if (source.kind === "images" && model.preprocessing !== null) {
    throw new DataError(
      `${operand}: expected a table, for a model that was trained on one, got a folder of images. Name a CSV file.`,
    );
  }
  return source;
}

/** The images to use a model on: those for tests, where the folder has such. @throws DataError when of another size. */
export function imagesFor(model: Model, source: Source & { readonly kind: "images" }): Dataset {
  const images = source.folder.test ?? source.folder.training;
  if (images.inputWidth === model.network.inputs) return images;
  throw new DataError(
    `${source.name}: expected images of ${model.network.inputs} pixels, as in training, got ${images.inputWidth}. ` +
      "Take images of that size.",
  );
}

/** For each example the row of its file, from 1; images count from 1. */
export function rowNumbers(source: Source, examples: number): number[] {
  return Array.from({ length: examples }, (_, i) => (source.kind === "table" ? rowInFile(source.table, i) : i + 1));
}
