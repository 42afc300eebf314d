import {
  appliedDataset,
  applyPreprocessing,
  inputNames,
  type NumberColumn,
  type Preprocessing,
  rowInFile,
  type Table,
} from "../../../data/index.ts";
import { OptionError } from "../../../errors.ts";
import type { InputImage } from "../../../explain/index.ts";
import type { Model } from "../../../model/index.ts";
import type { MatrixLike, Network, Targets } from "../../../network/index.ts";
import { noteLine } from "../../framework/printable.ts";
import type { Arguments } from "../../framework/arguments.ts";
import { imagesFor, readSourceFor } from "./measured-data.ts";
import { readModelOrFile } from "../../files/model-on-disk.ts";
import { networkFromBytes } from "./network-file.ts";
import type { Terminal } from "../../framework/terminal.ts";

/** A network with the examples to choose from. */
export interface ExplainSubject {
  readonly net: Network;
  readonly inputs: MatrixLike;
  readonly targets: Targets;
  readonly examples: number;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Where an example comes from, in brackets after its number: " (row 4 of iris)". Examples count from 1. */
  readonly placeOf: (example: number) => string;
  /** The pixels of some examples, as a mean, before they were scaled; undefined where the inputs say it themselves. */
  readonly imageOf: (examples: readonly number[]) => InputImage | undefined;
}

/**
 * Reads what is to be explained: a network's file with its examples, or a model with the examples of DATA.
 *
 * @throws OptionError for a model without DATA, or a network's file with it.
 * @throws DataError, ModelError, NetworkError when something cannot be read; the message names the file.
 */
export async function readSubject(args: Arguments, terminal: Terminal): Promise<ExplainSubject> {
  const [path = "", dataPath] = args.operands;
  const found = readModelOrFile(path);
  if (found.kind === "model") {
    if (dataPath !== undefined) return ofModel(found.model, dataPath, args, terminal);
    throw new OptionError({
      where: "explain",
      expected: `DATA after ${path}, to take the example from`,
      got: "none",
      advice: "Name a file or bundled data.",
    });
  }
  if (dataPath !== undefined) {
    throw new OptionError({
      where: "explain",
      expected: "DATA with a model only",
      got: `${dataPath} with ${path}, which has examples of its own`,
      advice: "Leave it out.",
    });
  }
  const { net, examples } = networkFromBytes(path, found.bytes);
  return {
    net,
    inputs: examples.inputs,
    targets: examples.targets,
    examples: examples.inputs.length,
    inputNames: [],
    outputNames: [],
    placeOf: () => "",
    imageOf: () => undefined,
  };
}

async function ofModel(model: Model, dataPath: string, args: Arguments, terminal: Terminal): Promise<ExplainSubject> {
  const { network: net, preprocessing, classes } = model;
  const source = await readSourceFor(model, dataPath, args, terminal);
  const outputNames = classes !== null && classes.length === net.outputs ? classes : [];
  if (source.kind === "images" || preprocessing === null) {
    if (source.kind !== "images")
      throw new OptionError({ where: "explain", expected: "a folder of images", got: dataPath, advice: "Name one." });
    const images = imagesFor(model, source);
    return {
      net,
      inputs: { values: images.inputs, columns: images.inputWidth },
      targets: Array.from(images.targets),
      examples: images.examples,
      inputNames: [],
      outputNames,
      placeOf: () => ` of ${source.name}`,
      imageOf: () => undefined,
    };
  }
  const applied = applyPreprocessing(preprocessing, source.table, { targets: true });
  if (!args.flag("json")) for (const note of applied.notes) terminal.err(noteLine(note));
  const data = appliedDataset(preprocessing, applied);
  const rowOf = (example: number): number => applied.rows[example - 1] ?? 0;
  return {
    net,
    inputs: { values: data.inputs, columns: data.inputWidth },
    targets: Array.from(data.targets),
    examples: data.examples,
    inputNames: inputNames(preprocessing),
    outputNames,
    placeOf: (example) => ` (row ${rowInFile(source.table, rowOf(example))} of ${source.name})`,
    imageOf: (examples) => pixelsOf(preprocessing, source.table, examples.map(rowOf)),
  };
}

/** What columns of pixels are called: `x12`, `pixel7`, `3x4`. */
const PIXEL = /^(x|p|px|pixel|column)?[ _-]?\d+(x\d+)?$/i;

/** A table with a column for each pixel of a square, of which preparing it may have dropped or scaled some. */
function pixelsOf(preprocessing: Preprocessing, table: Table, rows: readonly number[]): InputImage | undefined {
  const columns = table.columns.filter(
    (column): column is NumberColumn => column.kind === "number" && column.position !== preprocessing.target.position,
  );
  const side = Math.sqrt(columns.length);
  const isImage = side >= 8 && Number.isInteger(side) && columns.every(({ name }) => PIXEL.test(name));
  const places = preprocessing.inputs.map(({ position }) =>
    columns.findIndex((column) => column.position === position),
  );
  const isWhole = places.every((place) => place >= 0) && places.length === inputNames(preprocessing).length;
  if (!isImage || !isWhole) return undefined;
  const pixels = columns.map(({ values }) => rows.reduce((sum, row) => sum + (values[row] ?? 0) / rows.length, 0));
  return { rows: side, columns: side, pixels, places };
}
