import { existsSync, readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { DataError } from "../../errors.ts";
import { nearest } from "../../network/nearest.ts";

/** Beyond, a folder is not searched for names that are near. */
const MOST_NAMES = 10_000;

/** What a missing file might have been beside a file. */
export interface Instead {
  /** What the names belong to: `bundled data`. */
  readonly what: string;
  readonly names: readonly string[];
}

/**
 * The error that a file is not there, with the nearest name: `there is no file "flower.csv" here. Did you mean "flowers.csv"?`
 *
 * @param instead names that would have done, too.
 */
export function missingFile(path: string, instead?: Instead): DataError {
  const folder = dirname(path);
  const hasFolder = folder === "." || existsSync(folder);
  const here = folder === "." ? " here" : "";
  const no = hasFolder
    ? `there is no file "${path}"${here}`
    : `there is no folder "${folder}", in which "${path}" would be`;
  const nor = instead === undefined ? "" : `, and no ${instead.what} of that name (${instead.names.join(", ")})`;
  const near =
    nearest(basename(path), folder === "." ? (instead?.names ?? []) : []) || (hasFolder ? nearestFile(path) : "");
  return new DataError(`${no}${nor}.${near || " Check the path."}`);
}

function nearestFile(path: string): string {
  const folder = dirname(path);
  try {
    const names = readdirSync(folder);
    const found = names.length > MOST_NAMES ? "" : nearest(basename(path), names);
    return folder === "." ? found : found.replace('"', `"${path.slice(0, path.length - basename(path).length)}`);
  } catch {
    // A folder that cannot be read has no name to offer.
    return "";
  }
}
