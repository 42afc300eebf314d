import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import process from "node:process";
import { DataError, NetworkError } from "../errors.ts";

/** How "standard input" is written where a file is expected. */
export const STANDARD_INPUT = "-";

/** A whole file. @throws DataError when it cannot be read. */
export function readBytes(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * A file in pieces, or standard input for `-`.
 *
 * @throws DataError when there is no such file, now or while it is read.
 */
export async function* readPieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of path === STANDARD_INPUT ? process.stdin : createReadStream(path)) {
      // Neither stream has an encoding set, so they give bytes.
      yield chunk as Uint8Array;
    }
  } catch (error) {
    throw error instanceof Error && "code" in error && "syscall" in error ? unreadable(path, error) : error;
  }
}

/** What is at a path. */
export function kindOfPath(path: string): "file" | "folder" | "nothing" {
  if (path === STANDARD_INPUT) return "file";
  if (!existsSync(path)) return "nothing";
  return statSync(path).isDirectory() ? "folder" : "file";
}

/** A file with JSON. @throws DataError when it cannot be read. @throws NetworkError when it is not JSON. */
export function readJsonFile(path: string): unknown {
  return parsedJson(path, new TextDecoder().decode(readBytes(path)));
}

/** @throws NetworkError when the text is not JSON; the message names the file. */
export function parsedJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // What V8 says of the place differs between versions, and may quote the text, line breaks included.
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
    throw new NetworkError(`${path}: expected JSON, got a text that is none: ${reason}. Correct it there.`);
  }
}

function unreadable(path: string, error: unknown): DataError {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return new DataError(`${path}: expected a file to read, got ${reasons[code] ?? code}. Check the path.`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "a file for a folder",
  EISDIR: "a folder",
  EACCES: "no right to read it",
  ERR_FS_FILE_TOO_LARGE: "one of more than 2 GiB",
};
