import { closeSync, createReadStream, fstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import process from "node:process";
import { DataError, NetworkError } from "../../errors.ts";
import { parseJson } from "../../tree/json-places.ts";
import { missingFile } from "./missing-file.ts";
import { isSystemError, systemReason } from "./system-reason.ts";

/** How "standard input" is written where a file is expected. */
export const STANDARD_INPUT = "-";

/** The most of a file that is taken in whole: what Node reads at once. */
const MOST_BYTES = 2 ** 31 - 1;
/** The most of a file with text, which grows when it is decoded. */
const MOST_TEXT_BYTES = 2 ** 28;
/** The most of a pipe or a device, which do not say how much is to come. */
const MOST_PIPED_BYTES = 2 ** 28;

/** What may be read. */
export interface ReadingOptions {
  /** In bytes; larger files are refused. Default: 2 GiB, of text 256 MiB. */
  readonly most?: number;
  /**
   * True for a file that was found in a folder and not named by anybody: a pipe there, which would be waited for without
   * end, is refused.
   */
  readonly isFound?: boolean;
}

/**
 * A whole file.
 *
 * @throws DataError when it cannot be read, or is too large.
 */
export function readBytes(
  path: string,
  { most = MOST_BYTES, isFound = false }: ReadingOptions = {},
): Uint8Array<ArrayBuffer> {
  try {
    if (isFound) checkRegular(path);
    const file = openSync(path, "r");
    try {
      const { size, isFile } = sizeOf(file);
      if (size > most) throw tooLarge(path, `one of ${size.toLocaleString("en")} bytes`, most);
      return isFile && size > 0
        ? new Uint8Array(readFileSync(file))
        : readPiped(path, file, Math.min(most, MOST_PIPED_BYTES));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw error instanceof DataError ? error : unreadable(path, error);
  }
}

/** @throws DataError when there is a folder, a pipe, a device or a socket; links are followed. */
function checkRegular(path: string): void {
  const there = statSync(path);
  if (there.isFile()) return;
  const got = there.isDirectory() ? "a folder" : there.isFIFO() ? "a pipe" : there.isSocket() ? "a socket" : "a device";
  throw new DataError(`${path}: expected a file, got ${got}. Take it out of the folder.`);
}

function sizeOf(file: number): { readonly size: number; readonly isFile: boolean } {
  const there = fstatSync(file);
  return { size: there.size, isFile: there.isFile() };
}

/** What does not say its size: a pipe, a device, a file of /proc. */
function readPiped(path: string, file: number, most: number): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const piece = new Uint8Array(2 ** 16);
    const count = readSync(file, piece);
    if (count === 0) break;
    length += count;
    if (length > most) throw tooLarge(path, "a pipe or device that gives more", most);
    pieces.push(piece.subarray(0, count));
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function tooLarge(path: string, got: string, most: number): DataError {
  const size = most % 2 ** 20 === 0 ? `${most / 2 ** 20} MiB` : `${most.toLocaleString("en")} bytes`;
  return new DataError(`${path}: expected a file of at most ${size}, got ${got}. Check that it is the file you mean.`);
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
    throw isSystemError(error) ? unreadable(path, error) : error;
  }
}

/** What is at a path. */
export function kindOfPath(path: string): "file" | "folder" | "nothing" {
  if (path === STANDARD_INPUT) return "file";
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch (error) {
    const isNothing = isSystemError(error) && ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "EINVAL"].includes(error.code);
    // Something is there that cannot be looked at: reading it will say why.
    return isNothing || !isSystemError(error) ? "nothing" : "file";
  }
}

/**
 * A file with text: UTF-8, or UTF-16 where its first bytes say so.
 *
 * @throws DataError when it cannot be read, or is in another encoding; with the line of the first such byte.
 */
export function readText(path: string, options: ReadingOptions = {}): string {
  const bytes = readBytes(path, { most: MOST_TEXT_BYTES, ...options });
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

/** A file with JSON. @throws DataError when it cannot be read. @throws NetworkError when it is not JSON. */
export function readJsonFile(path: string, options: Omit<ReadingOptions, "most"> = {}): unknown {
  return parsedJson(path, readText(path, options));
}

/**
 * The value of a text of JSON.
 *
 * @throws NetworkError when the text is not JSON, or an object has a key twice; the message names the file and the place.
 */
export function parsedJson(path: string, text: string): unknown {
  return parseJson(text, (fault) => new NetworkError({ ...fault, file: path }));
}

function unreadable(path: string, error: unknown): DataError {
  if (isSystemError(error) && error.code === "ENOENT") return missingFile(path);
  const reason = systemReason(error, {
    EACCES: "no right to read it",
    EPERM: "no right to read it",
  });
  return new DataError(`${path}: expected a file to read, got ${reason}. Check the path.`);
}
