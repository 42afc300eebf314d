import { appliedDataset, applyPreprocessing, inputNames, rowInFile } from "../../../data/index.ts";
import { DataError, OptionError } from "../../../errors.ts";
import { type Model } from "../../../model/index.ts";
import type { Network } from "../../../network/index.ts";
import { type Dataset, dataset } from "../../../train/index.ts";
import type { Arguments } from "../../framework/arguments.ts";
import { type ColumnSuspects, columnSuspects, noSuspects } from "../../../defaults/column-suspects.ts";
import { imagesFor, readSourceFor } from "./measured-data.ts";
import { readModelOrFile } from "../../files/model-on-disk.ts";
import { networkFromBytes } from "./network-file.ts";
import { recordBeside } from "../../files/record-on-disk.ts";
import type { RunRecord } from "../../../report/record/run-record.ts";
import { withSource } from "../../files/run-source.ts";
import type { Terminal } from "../../framework/terminal.ts";

/** A network and the data to look at it with. */
export interface DiagnosisSubject {
  readonly net: Network;
  readonly data: Dataset;
  /** Names of the inputs. */
  readonly columns: readonly string[];
  readonly columnSuspects: ColumnSuspects;
  /** Null without `run.json`. */
  readonly record: RunRecord | null;
  /** Null for a network file. */
  readonly model: Model | null;
}

/**
 * Reads MODEL, RUN or NETWORK with DATA: a network file has its own examples; a run knows the data it was trained on.
 *
 * @throws DataError, ModelError, NetworkError, OptionError when something is missing or does not go together.
 */
export async function diagnosisSubject(
  command: string,
  args: Arguments,
  terminal: Terminal,
): Promise<DiagnosisSubject> {
  const [path = "", dataPath] = args.operands;
  const found = readModelOrFile(path);
  if (found.kind === "file") {
    if (dataPath !== undefined) {
      throw new OptionError({
        where: command,
        expected: "no DATA for a network file, which has its own examples",
        got: `"${dataPath}"`,
        advice: "Leave it out.",
      });
    }
    const { net, examples } = networkFromBytes(path, found.bytes);
    return { net, data: datasetOf(net, examples), columns: [], columnSuspects: noSuspects, record: null, model: null };
  }
  const { model } = found;
  const record = recordBeside(found.path, model.network);
  const operand = dataPath ?? record?.source.operand;
  if (operand === undefined || operand === "-") {
    throw new DataError({
      where: command,
      expected: "DATA to look at the model with",
      got: "none, and no run.json beside it that names some",
      advice: `Name a file: backpass ${command} ${path} DATA.`,
    });
  }
  const reading = dataPath === undefined && record !== null ? withSource(args, record.source) : args;
  return { net: model.network, ...(await dataFor(model, operand, reading, terminal)), record, model };
}

/** DATA as the model sees it, with targets. */
export async function dataFor(
  model: Model,
  operand: string,
  args: Arguments,
  terminal: Terminal,
): Promise<
  Pick<DiagnosisSubject, "data" | "columns" | "columnSuspects"> & {
    /** The row of its file that each example is; null for images. */
    readonly rowNumbers: readonly number[] | null;
  }
> {
  const source = await readSourceFor(model, operand, args, terminal);
  const { preprocessing } = model;
  if (source.kind === "images" || preprocessing === null) {
    if (source.kind !== "images")
      throw new DataError({
        where: operand,
        expected: "images",
        got: "a table",
        advice: "Name a folder with IDX files.",
      });
    return { data: imagesFor(model, source), columns: [], columnSuspects: noSuspects, rowNumbers: null };
  }
  const applied = applyPreprocessing(preprocessing, source.table, { targets: true });
  return {
    data: appliedDataset(preprocessing, applied),
    columns: inputNames(preprocessing),
    columnSuspects: columnSuspects(source.table, preprocessing),
    rowNumbers: Array.from(applied.rows, (row) => rowInFile(source.table, row)),
  };
}

function datasetOf(
  net: Network,
  {
    inputs,
    targets,
  }: { readonly inputs: readonly (readonly number[])[]; readonly targets: readonly (number | readonly number[])[] },
): Dataset {
  const isList = targets.every((target) => typeof target === "number");
  if (!isList)
    return dataset({ inputs, targets: targets.map((target) => (typeof target === "number" ? [target] : target)) });
  if (net.outputs === 1) return dataset({ inputs, targets });
  return dataset({ inputs, targets, classes: Array.from({ length: net.outputs }, (_, label) => String(label)) });
}
