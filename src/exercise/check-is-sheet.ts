import { OptionError } from "../errors.ts";
import { adviceUnlessPromise, isObject, shown } from "../tree/reader.ts";

/**
 * Refuses what is no parsed sheet, for callers without types: its name, or its text.
 *
 * @param where the function, which the message blames.
 * @throws OptionError that says how to make one.
 */
export function checkIsSheet(where: string, sheet: unknown): void {
  if (isObject(sheet) && Array.isArray(sheet["questions"])) return;
  const advice = "Read it first: parseSheet(text), with the text of a file or of one of bundledSheets.";
  throw new OptionError({ where, expected: "a sheet", got: shown(sheet), advice: adviceUnlessPromise(sheet, advice) });
}
