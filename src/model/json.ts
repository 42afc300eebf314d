import { parseJson } from "../tree/json-places.ts";
import { damaged } from "./damaged.ts";

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The JSON in a text of a model's metadata; null when there is none. @throws ModelError when it is not JSON. */
export function readJson(metadata: ReadonlyMap<string, string>, key: string): Json {
  const text = metadata.get(key);
  if (text === undefined) return null;
  // What JSON can hold, by definition.
  return parseJson(text, () => damaged("model", `JSON as ${key}`, "another text")) as Json;
}

/** The same for a text that must hold an object. @throws ModelError when it holds something else. */
export function readJsonObject(metadata: ReadonlyMap<string, string>, key: string): JsonObject | null {
  const value = readJson(metadata, key);
  if (value === null || isObject(value)) return value;
  throw damaged("model", `an object as ${key}`, "another value");
}

/** True for an object with keys: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
