import { basename } from "node:path";
import { bundledData, type Preprocessing, readCsv, type ReadCsvOptions, type Table } from "../data/index.ts";
import { DataError, OptionError } from "../errors.ts";
import { nearest } from "../network/nearest.ts";
import type { Arguments } from "./arguments.ts";
import { heedingInterrupts } from "./interrupts.ts";
import { type IdxFolder, readIdxFolder } from "./idx-folder.ts";
import { checkMemory } from "./memory.ts";
import { kindOfPath, readPieces, STANDARD_INPUT } from "./read-file.ts";
import { eraseLine, joinedText } from "./styled-text.ts";
import type { Terminal } from "./terminal.ts";

/** What DATA stands for. */
export type Source =
  | { readonly kind: "table"; readonly name: string; readonly table: Table }
  | { readonly kind: "images"; readonly name: string; readonly folder: IdxFolder };

/**
 * Reads DATA: a bundled name, a folder with IDX files, a CSV file, or `-`, standard input.
 *
 * @param like read the columns as those of a model's training file.
 * @throws DataError when it cannot be read; the message names the file.
 */
export async function readSource(
  operand: string,
  args: Arguments,
  terminal: Terminal,
  like: Preprocessing | null = null,
): Promise<Source> {
  const bundled = bundledData.find(({ name }) => name === operand);
  if (bundled !== undefined) return { kind: "table", name: operand, table: await bundled.table() };
  const kind = kindOfPath(operand);
  if (kind === "folder") return { kind: "images", name: nameOf(operand), folder: await readIdxFolder(operand) };
  if (kind === "nothing") throw expectedData(operand);
  return { kind: "table", name: nameOf(operand), table: await readTable(operand, args, terminal, like) };
}

/** Reads a CSV file with the options of the command line. @throws DataError that names the file. */
async function readTable(
  path: string,
  args: Arguments,
  terminal: Terminal,
  like: Preprocessing | null,
): Promise<Table> {
  const meter = readingMeter(terminal, args.flag("quiet"));
  const options: ReadCsvOptions = {
    ...csvOptionsOf(args),
    ...(like === null ? {} : { like }),
    signal: terminal.signal,
    onProgress: (rows) => {
      checkMemory(path, 0);
      meter.show(rows);
    },
  };
  try {
    return await heedingInterrupts(terminal, () => readCsv(readPieces(path), options));
  } catch (error) {
    // What the reader says of a file's content does not know the file's name.
    const isOfContent = error instanceof DataError && !error.message.startsWith(path);
    throw isOfContent ? new DataError(`${path}: ${error.message.replace(/^\w+: /, "")}`) : error;
  } finally {
    meter.end();
  }
}

/** @throws OptionError for a delimiter that is none. */
function csvOptionsOf(args: Arguments): ReadCsvOptions {
  const delimiter = args.given("delimiter");
  const missing = args.given("missing");
  return {
    ...(args.flag("no-header") ? { header: false } : {}),
    ...(delimiter === null ? {} : { delimiter: delimiterNamed(args.where("delimiter"), delimiter) }),
    ...(missing === null ? {} : { missing: missing.split(",") }),
  };
}

function delimiterNamed(where: string, text: string): string {
  const named: Readonly<Record<string, string>> = { tab: "\t", "\\t": "\t", space: " ", comma: ",", semicolon: ";" };
  const delimiter = named[text] ?? text;
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
  throw new OptionError(`${where}: expected one character, tab or space, got "${text}". Give what is between cells.`);
}

/** What a run, and its folder, is called: the name of the file without folders and endings. */
function nameOf(path: string): string {
  if (path === STANDARD_INPUT) return "stdin";
  const name = basename(path).replace(/(\.(csv|tsv|txt|data|dat))?(\.gz)?$/i, "");
  return name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[.-]+/, "") || "data";
}

function expectedData(operand: string): DataError {
  const names = bundledData.map(({ name }) => name);
  const advice = nearest(operand, names) || " Check the path.";
  return new DataError(
    `${operand}: expected a file, a folder with IDX files or bundled data (${names.join(", ")}), got no such file.${advice}`,
  );
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
