import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../../errors.ts";
import { makeFolder } from "./make-folder.ts";
import { isSystemError, systemReason } from "../framework/system-reason.ts";

/**
 * Makes a folder for the files of a run: the one asked for, or else a new one, `runs/NAME`, `runs/NAME-2` …, so that
 * nothing of an earlier run is overwritten. Two programs that ask at the same time get different ones.
 *
 * @param overwrites true to write over the files of a run that is in the folder asked for.
 * @throws DataError when it cannot be made, or has the files of another run.
 */
export function makeRunFolder(asked: string | null, name: string, overwrites: boolean): string {
  if (asked !== null) {
    const found = RUN_FILES.find((file) => existsSync(join(asked, file)));
    if (found !== undefined && !overwrites) {
      throw new DataError({
        where: asked,
        expected: "a folder without a run in it",
        got: `one that has ${found}`,
        advice: "Give another folder with --out, or add --overwrite.",
      });
    }
    make(asked, true);
    return asked;
  }
  make("runs", true);
  for (let number = 1; ; number++) {
    const folder = join("runs", number === 1 ? name : `${name}-${number}`);
    if (make(folder, false)) return folder;
  }
}

/** What a run is known by in its folder. */
const RUN_FILES: readonly string[] = ["model.safetensors", "run.json"];

/** @returns false when it was there before, which `mayExist` allows. */
function make(folder: string, mayExist: boolean): boolean {
  try {
    if (mayExist) makeFolder(folder);
    else mkdirSync(folder);
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === "EEXIST" && !mayExist) return false;
    const file = "a file of that name";
    const got = systemReason(error, { EEXIST: file, ENOTDIR: file, ENOENT: "a place that takes no folders" });
    throw new DataError({
      where: folder,
      expected: "a folder to write to",
      got,
      advice: "Check path and rights, or give --out.",
    });
  }
}
