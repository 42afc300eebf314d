import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { isSystemError } from "../framework/system-reason.ts";

/**
 * Makes a folder, and those above it that are missing; nothing where it is there. Node's own recursive `mkdirSync` (20.20
 * and before) never returns where a parent is there and takes no folders, such as /proc.
 *
 * @throws Error of the system, with its code.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === "EEXIST" && statSync(path).isDirectory()) return;
    const parent = dirname(path);
    // Where the parent is there, it is not the parent that is missing.
    const isParentMissing = error.code === "ENOENT" && statSync(parent, { throwIfNoEntry: false }) === undefined;
    if (!isParentMissing || parent === path) throw error;
    makeFolder(parent);
    mkdirSync(path);
  }
}
