import { changed, OptionError, SheetError } from "../../../errors.ts";
import { bundledSheets, parseSheet, type Sheet } from "../../../exercise/index.ts";
import type { Arguments } from "../../framework/arguments.ts";
import { missingFile } from "../../framework/missing-file.ts";
import { kindOfPath, readText } from "../../framework/read-file.ts";

/** A sheet of the command line. */
export interface SheetSubject {
  readonly sheet: Sheet;
  /** The bundled name, or the file's. */
  readonly name: string;
  /** Null for a bundled one. */
  readonly path: string | null;
}

/**
 * Reads SHEET, a bundled name or else a file, with the seed given, or that of `--seed`.
 *
 * @throws OptionError when there is none; it lists the bundled ones.
 * @throws DataError when the file cannot be read.
 * @throws BackpassError when it is no sheet; the message names the file, line and column.
 */
export function readSheet(command: string, args: Arguments, seed: number = args.wholeNumber("seed", 0)): SheetSubject {
  const [word] = args.operands;
  const names = bundledSheets.map(({ name }) => name);
  if (word === undefined) {
    throw new OptionError(`${command}: expected SHEET, a file or one of ${names.join(", ")}, got nothing. Name one.`);
  }
  const bundled = bundledSheets.find(({ name }) => name === word);
  if (bundled !== undefined) return { sheet: parseSheet(bundled.text, { seed }), name: word, path: null };
  if (kindOfPath(word) === "nothing") {
    throw missingFile(word, { what: "bundled sheet", names });
  }
  const text = readText(word);
  const name = word.replace(/^.*[\\/]/, "").replace(/\.[^.]+$/, "");
  try {
    return { sheet: parseSheet(text, { seed }), name, path: word };
  } catch (error) {
    if (!(error instanceof SheetError)) throw error;
    throw changed(error, { file: word });
  }
}
