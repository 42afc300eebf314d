import { randomUUID } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { DataError } from "../../errors.ts";
import { isSystemError, systemReason } from "../framework/system-reason.ts";

/**
 * Writes a file. A new or a regular file is written so that at every moment, whatever happens to this process or to the
 * machine, there is either what was there before or all of the new: into a temporary file beside it, which then takes
 * its name and keeps its mode. A temporary file (`.NAME.….tmp`) is left behind only by a process that was killed.
 *
 * A link is followed, and stays. A device, a pipe or a socket is written into as it is, never replaced; so is a file
 * whose folder takes no new ones, such as a single file that is mounted by itself.
 *
 * @throws DataError when the file cannot be written there; what was there before is then as it was.
 */
export function writeFileAtomically(path: string, bytes: Uint8Array): void {
  try {
    const place = placeOf(path);
    if (place.descriptor !== null) writeFileSync(place.descriptor, bytes);
    else if (place.there !== null && !place.there.isFile()) writeStraight(place.path, bytes);
    else replace(place.path, place.there, bytes);
  } catch (error) {
    const reason = systemReason(error, { ENOENT: "no such folder", EACCES: "no right to write" });
    throw new DataError({
      where: path,
      expected: "a place to write to",
      got: reason,
      advice: "Check path, rights and space.",
    });
  }
}

/**
 * Makes sure, before long work, that a file can be written there: nothing is changed.
 *
 * @throws DataError when its folder is not there, takes no files, or the path is that of a folder.
 */
export function checkWritable(path: string): void {
  try {
    const { path: real, there, descriptor } = placeOf(path);
    if (descriptor !== null) return;
    if (there?.isDirectory() === true) throw Object.assign(new Error("a folder"), { code: "EISDIR" });
    accessSync(there === null ? dirname(real) : real, constants.W_OK);
  } catch (error) {
    const reason = systemReason(error, { ENOENT: "no such folder", EACCES: "no right to write" });
    throw new DataError({
      where: path,
      expected: "a place to write to",
      got: reason,
      advice: "Check path, rights and space.",
    });
  }
}

/** Where bytes for a path go. */
interface Place {
  /** Without links. */
  readonly path: string;
  /** What is there; null for nothing. */
  readonly there: Stats | null;
  /** For the names of an open file, such as /dev/stdout that leads to a regular file: its number. */
  readonly descriptor: number | null;
}

/** More links in a row than any system follows. */
const MOST_LINKS = 40;

function placeOf(path: string): Place {
  const there = statSync(path, { throwIfNoEntry: false }) ?? null;
  const open = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(path)?.[1];
  const number = { "/dev/stdout": 1, "/dev/stderr": 2 }[path] ?? (open === undefined ? null : Number(open));
  // A new file under the name of one that is open would be lost to whoever has it open.
  if (number !== null && there?.isFile() === true) return { path, there, descriptor: number };
  if (there !== null) return { path: there.isFile() ? realpathSync(path) : path, there, descriptor: null };
  let target = path;
  for (let links = 0; lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink() === true; links++) {
    if (links === MOST_LINKS) throw Object.assign(new Error("too many links"), { code: "ELOOP" });
    target = resolve(dirname(target), readlinkSync(target));
  }
  return { path: target, there, descriptor: null };
}

function writeStraight(path: string, bytes: Uint8Array): void {
  // Opened without creating: what is written into is what was looked at.
  const file = openSync(path, constants.O_WRONLY | constants.O_TRUNC);
  try {
    writeFileSync(file, bytes);
  } finally {
    closeSync(file);
  }
}

function replace(path: string, there: Stats | null, bytes: Uint8Array): void {
  // Renaming asks only for the right to write to the folder; a file that may not be written stays.
  if (there !== null) accessSync(path, constants.W_OK);
  const folder = dirname(path);
  // In the same folder, because only within a file system is renaming one indivisible step; under a name that no other
  // process, even one that was killed, can have taken.
  const temporary = join(folder, `.${basename(path).slice(0, LONGEST_PART)}.${randomUUID()}.tmp`);
  try {
    writeThrough(temporary, there, bytes);
    renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    const isOfFolder = isSystemError(error) && ["EACCES", "EPERM", "EBUSY", "EROFS", "EXDEV"].includes(error.code);
    if (there === null || !isOfFolder) throw error;
    writeStraight(path, bytes);
    return;
  }
  keepName(folder);
}

/** Of a name, so that it and what is added stay below the 255 bytes of a name, whatever its letters. */
const LONGEST_PART = 50;

/** Returns when the bytes are on the disk itself: renamed before, the name could outlive a power cut and they not. */
function writeThrough(path: string, like: Stats | null, bytes: Uint8Array): void {
  const file = openSync(path, "wx");
  try {
    if (like !== null) takeOver(file, like);
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Gives the new file the mode of the one it replaces, and, where this process may, its owner. */
function takeOver(file: number, like: Stats): void {
  try {
    fchownSync(file, like.uid, like.gid);
  } catch {
    // Only a superuser gives files away; the mode still holds.
  }
  fchmodSync(file, like.mode & 0o777);
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
