import { basename } from "node:path";
import {
  bundledData,
  type Preprocessing,
  readAgain,
  readCsv,
  type ReadCsvOptions,
  type Table,
} from "../../data/index.ts";
import { changed, DataError, OptionError } from "../../errors.ts";
import type { Arguments } from "../framework/arguments.ts";
import { csvOptionsOf } from "./csv-arguments.ts";
import { heedingInterrupts } from "../framework/interrupts.ts";
import { type IdxFolder, readIdxFolder } from "./idx-folder.ts";
import { checkMemory } from "../framework/memory.ts";
import { missingFile } from "../framework/missing-file.ts";
import { kindOfPath, readPieces, STANDARD_INPUT } from "../framework/read-file.ts";
import { eraseLine, joinedText } from "../framework/styled-text.ts";
import type { Terminal } from "../framework/terminal.ts";

/** What DATA stands for. */
export type Source =
  | { readonly kind: "table"; readonly name: string; readonly table: Table }
  | { readonly kind: "images"; readonly name: string; readonly folder: IdxFolder };

/** How to read a table for a model. */
export interface ReadAs {
  /** Read the columns as those of a model's training file. */
  readonly like?: Preprocessing | null;
  /** False: pass over what stands in the target's column. */
  readonly readsTarget?: boolean;
}

/**
 * Reads DATA: a bundled name, a folder with IDX files, a CSV file, or `-`, standard input.
 *
 * @throws DataError when it cannot be read; the message names the file.
 */
export async function readSource(
  operand: string,
  args: Arguments,
  terminal: Terminal,
  { like = null, readsTarget = true }: ReadAs = {},
): Promise<Source> {
  const bundled = bundledData.find(({ name }) => name === operand);
  if (bundled !== undefined) return { kind: "table", name: operand, table: bundledTable(await bundled.table(), args) };
  const kind = kindOfPath(operand);
  if (kind === "folder") return { kind: "images", name: nameOf(operand), folder: await readIdxFolder(operand) };
  if (kind === "nothing") throw expectedData(operand);
  return {
    kind: "table",
    name: nameOf(operand),
    table: await readTable(operand, args, terminal, { like, readsTarget }),
  };
}

/** Options that say how a file is read, and nothing about data that are tables already. */
const OF_FILES = ["delimiter", "decimal", "encoding"] as const;

function bundledTable(table: Table, args: Arguments): Table {
  const useless = OF_FILES.find((name) => args.given(name) !== null);
  if (useless !== undefined) {
    throw new OptionError({
      where: `--${useless}`,
      expected: "none for bundled data",
      got: `"${args.text(useless)}"`,
      advice: "Leave it out.",
    });
  }
  const { columns, ignore } = csvOptionsOf(args);
  return readAgain(table, { columns: columns ?? {}, ignore: ignore ?? [] });
}

/** Reads a CSV file with the options of the command line. @throws DataError that names the file. */
async function readTable(
  path: string,
  args: Arguments,
  terminal: Terminal,
  { like, readsTarget }: Required<ReadAs>,
): Promise<Table> {
  const meter = readingMeter(terminal, args.flag("quiet"));
  const options: ReadCsvOptions = {
    ...csvOptionsOf(args),
    ...(like === null ? {} : { like, readsTarget }),
    signal: terminal.signal,
    onProgress: (rows) => {
      checkMemory(path, 0);
      meter.show(rows);
    },
  };
  try {
    return await heedingInterrupts(terminal, () => readCsv(readPieces(path), options));
  } catch (error) {
    // What is said of a file's content names the function that read it, as that does not know the file.
    const isOfContent = error instanceof DataError && error.where[0] !== path;
    throw isOfContent ? changed(error, { file: path, where: error.where.slice(1) }) : error;
  } finally {
    meter.end();
  }
}

/** What a run, and its folder, is called: the name of the file without folders and endings. */
function nameOf(path: string): string {
  if (path === STANDARD_INPUT) return "stdin";
  const name = basename(path).replace(/(\.(csv|tsv|txt|data|dat))?(\.gz)?$/i, "");
  return name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "") || "data";
}

function expectedData(operand: string): DataError {
  return missingFile(operand, { what: "bundled data", names: bundledData.map(({ name }) => name) });
}

/** The rows read so far, on a terminal, for files that take their time. */
function readingMeter(terminal: Terminal, isQuiet: boolean): { show(rows: number): void; end(): void } {
  let shownMs = performance.now();
  let isShown = false;
  return {
    show: (rows) => {
      const nowMs = performance.now();
      if (isQuiet || !terminal.isErrWatched || nowMs - shownMs < 250) return;
      shownMs = nowMs;
      isShown = true;
      terminal.err(joinedText([eraseLine, `reading: ${rows.toLocaleString("en")} rows`]));
    },
    end: () => {
      if (isShown) terminal.err(eraseLine);
    },
  };
}
