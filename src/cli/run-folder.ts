import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../errors.ts";

/**
 * Makes a folder for the files of a run: the one asked for, or else a new one, `runs/NAME`, `runs/NAME-2` …, so that
 * nothing of an earlier run is overwritten. Two programs that ask at the same time get different ones.
 *
 * @throws DataError when it cannot be made.
 */
export function makeRunFolder(asked: string | null, name: string): string {
  if (asked !== null) {
    make(asked, true);
    return asked;
  }
  make("runs", true);
  for (let number = 1; ; number++) {
    const folder = join("runs", number === 1 ? name : `${name}-${number}`);
    if (make(folder, false)) return folder;
  }
}

/** @returns false when it was there before, which `mayExist` allows. */
function make(folder: string, mayExist: boolean): boolean {
  try {
    mkdirSync(folder, { recursive: mayExist });
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code === "EEXIST" && !mayExist) return false;
    const got = code === "EEXIST" || code === "ENOTDIR" ? "a file of that name" : code;
    throw new DataError(`${folder}: expected a folder to write to, got ${got}. Check path and rights, or give --out.`);
  }
}
