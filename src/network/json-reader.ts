import { BackpassError, NetworkError } from "../errors.ts";
import { nearest } from "./nearest.ts";

/** A value of a parsed file, and where in the file it stands: `layers[1].weights`. */
export interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** The keys of an object that are present, each with its place. */
export type Fields<Key extends string> = Readonly<Partial<Record<Key, Place>>>;

/**
 * The fields of an object that may have `keys` and no others.
 *
 * @throws NetworkError when it is no object, or has another key.
 */
export function readFields<Key extends string>({ path, value }: Place, keys: readonly Key[]): Fields<Key> {
  if (!isObject(value)) {
    throw new NetworkError(
      `${path || "network"}: expected an object, got ${shown(value)}. Its keys: ${keys.join(", ")}.`,
    );
  }
  const fields: Partial<Record<Key, Place>> = {};
  for (const [key, each] of Object.entries(value)) {
    const known = keys.find((name) => name === key);
    if (known === undefined) {
      const advice = nearest(key, keys) || " Leave it out.";
      throw new NetworkError(`${path || "network"}: expected only ${keys.join(", ")}, got ${shown(key)}.${advice}`);
    }
    fields[known] = { path: fieldPath(path, key), value: each };
  }
  return fields;
}

/** True for an object with keys: neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Path of a field of the object at `path`. */
function fieldPath(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/**
 * A field that must be there, of the object at `path`; `example` shows how it is written.
 *
 * @throws NetworkError when it is missing.
 */
export function placeOf<Key extends string>(fields: Fields<Key>, key: Key, example: string, path = ""): Place {
  const place = fields[key];
  if (place !== undefined) return place;
  throw new NetworkError(`${path || "network"}: expected "${key}", got none. Write ${example}.`);
}

/** @throws NetworkError when it is no list. */
export function readList({ path, value }: Place): readonly Place[] {
  if (!Array.isArray(value)) throw new NetworkError(`${path}: expected a list, got ${shown(value)}. Write [ … ].`);
  return value.map((each: unknown, i) => ({ path: `${path}[${i}]`, value: each }));
}

/** @throws NetworkError when it is no finite number. */
export function readNumber({ path, value }: Place): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new NetworkError(`${path}: expected a finite number, got ${shown(value)}. Write one such as 0.5.`);
}

/** @throws NetworkError when it is no text. */
export function readText({ path, value }: Place): string {
  if (typeof value === "string") return value;
  throw new NetworkError(`${path}: expected a text, got ${shown(value)}. Put it in quotation marks.`);
}

/** @throws NetworkError when it is neither true nor false. */
export function readBoolean({ path, value }: Place): boolean {
  if (typeof value === "boolean") return value;
  throw new NetworkError(`${path}: expected true or false, got ${shown(value)}. Write one of them, without quotes.`);
}

/**
 * The result of `read`; what it finds wrong with the library's own checks is put down to the place in the file.
 *
 * @throws NetworkError with the path in front.
 */
export function located<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BackpassError) || error.code === "internal" || error.code === "network") throw error;
    // The checks of rows name the very element themselves.
    throw new NetworkError(error.message.startsWith(path) ? error.message : `${path}: ${error.message}`);
  }
}

/** A value as it stands in a file, cut to what a message can hold. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value); // JSON would make null of NaN
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (isObject(value)) return "an object";
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
