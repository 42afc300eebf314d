import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError } from "../errors.ts";

/**
 * Writes a file so that at every moment, whatever happens to this process or to the machine, there is either what was
 * there before or all of the new: into a temporary file beside it, which then takes its name. A temporary file
 * (`.NAME.….tmp`) is left behind only by a process that was killed.
 *
 * @throws DataError when the file cannot be written there; what was there before is then as it was.
 */
export function writeFileAtomically(path: string, bytes: Uint8Array): void {
  const folder = dirname(path);
  // In the same folder, because only within a file system is renaming one indivisible step; under a name that no other
  // process, even one that was killed, can have taken.
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    writeThrough(temporary, bytes);
    renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    throw new DataError(`${path}: expected a place to write to, got ${reasonOf(error)}. Check path, rights and space.`);
  }
  keepName(folder);
}

/** Returns when the bytes are on the disk itself: renamed before, the name could outlive a power cut and they not. */
function writeThrough(path: string, bytes: Uint8Array): void {
  const file = openSync(path, "wx");
  try {
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the new name last: it is an entry of the folder, which is written at its own time. */
function keepName(folder: string): void {
  try {
    const entries = openSync(folder, "r");
    try {
      fsyncSync(entries);
    } finally {
      closeSync(entries);
    }
  } catch {
    // Windows opens no folders, and some network drives sync none; the file is whole all the same.
  }
}

/** Whatever goes wrong here is no news beside the error that led here. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Such as a path through something that is no folder.
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return reasons[code] ?? code;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such folder",
  ENOTDIR: "a file for a folder",
  EISDIR: "a folder",
  EACCES: "no right to write",
  ENOSPC: "a full disk",
};
