import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import process from "node:process";
import { DataError, NetworkError } from "../errors.ts";
import { jsonPlaces } from "../exercise/reading/json-places.ts";

/** How "standard input" is written where a file is expected. */
export const STANDARD_INPUT = "-";

/** JavaScript holds texts of up to 2²⁹ − 24 characters. */
const LONGEST_TEXT = 500_000_000;

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

/**
 * A file with text: UTF-8, or UTF-16 where its first bytes say so.
 *
 * @throws DataError when it cannot be read, or is in another encoding; with the line of the first such byte.
 */
export function readText(path: string): string {
  const bytes = readBytes(path);
  checkTextSize(path, bytes);
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DataError(
      `${path}: expected text in UTF-8, got bytes that are not, first ${firstOther(bytes)}. Save the file as UTF-8.`,
    );
  }
}

/** Where a text stops being UTF-8, with the bytes read as old Windows files mean them. */
function firstOther(bytes: Uint8Array): string {
  const [before = ""] = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split("\uFFFD", 1);
  const position = new TextEncoder().encode(before).length;
  const line = before.split("\n").length;
  const shown = new TextDecoder("windows-1252").decode(bytes.subarray(position, position + 1));
  return `in line ${line} (in old Windows files, "${shown}")`;
}

/** Every byte may be a character. @throws DataError for more of them than a text holds. */
export function checkTextSize(path: string, { length }: Uint8Array): void {
  if (length <= LONGEST_TEXT) return;
  throw new DataError(
    `${path}: expected a text of at most ${LONGEST_TEXT.toLocaleString("en")} bytes, got ${length.toLocaleString("en")}. ` +
      "Only tables may be larger: is it the file you meant?",
  );
}

/** A file with JSON. @throws DataError when it cannot be read. @throws NetworkError when it is not JSON. */
export function readJsonFile(path: string): unknown {
  return parsedJson(path, readText(path));
}

/** @throws NetworkError when the text is not JSON; the message names the file. */
export function parsedJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // What V8 says of the place differs between versions, and may quote the text, line breaks included.
    const reason = jsonMistake(text) ?? (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
    throw new NetworkError(`${path}: expected JSON, got a text that is none: ${reason}. Correct it there.`);
  }
}

/** `expected "," or "}" in line 2, column 3`; null where this reader finds none. */
function jsonMistake(text: string): string | null {
  const { mistake } = jsonPlaces(text);
  if (mistake === null) return null;
  const before = text.slice(0, mistake.position).split("\n");
  return `expected ${mistake.expected} in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
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
