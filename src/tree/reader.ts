import { BackpassError, type Fault } from "../errors.ts";
import { didYouMean } from "./nearest-name.ts";

/** A value of a parsed file, and where in the file it stands: `layers[1].weights`. */
export interface Place {
  readonly path: string;
  readonly value: unknown;
  readonly of: TreeSource;
}

/** What a tree of values was read from. */
export interface TreeSource {
  /** What the whole is called in messages: `network`. */
  readonly name: string;
  /** Where it stands itself, when it is a part of something: before every path. */
  readonly path?: string;
  /** The error for a fault whose `where` begins with the path. */
  readonly fault: (fault: Fault) => BackpassError;
}

/** The whole of a tree: what the functions below read from. */
export function wholeOf(value: unknown, of: TreeSource): Place {
  return { path: of.path ?? "", value, of };
}

/** The keys of an object that are present, each with its place. */
export type Fields<Key extends string> = Readonly<Partial<Record<Key, Place>>>;

/**
 * The error that a value is not what it should be: `layers[1].units: expected a whole number of at least 1, got "a". …`
 *
 * @param got what is there, where the value itself does not say it.
 */
export function unexpected(
  { path, value, of }: Place,
  expected: string,
  advice: string,
  got: string = shown(value),
): BackpassError {
  return of.fault({ where: path || of.name, expected, got, advice });
}

/**
 * The fields of an object that may have `keys` and no others.
 *
 * @throws the source's error when it is no object, or has another key.
 */
export function readFields<Key extends string>(place: Place, keys: readonly Key[]): Fields<Key> {
  const all = readEntries(place, `Its keys: ${keys.join(", ")}.`);
  for (const [key] of all) {
    if (keys.some((name) => name === key)) continue;
    throw unexpected(place, `only ${keys.join(", ")}`, didYouMean(key, keys, "Leave it out."), shown(key));
  }
  return own(all, keys);
}

/**
 * The fields of an object by name; it may have others, which a later version may know.
 *
 * @throws the source's error when it is no object.
 */
export function readKnownFields<Key extends string>(place: Place, keys: readonly Key[]): Fields<Key> {
  return own(readEntries(place, `Its keys: ${keys.join(", ")}.`), keys);
}

/**
 * What finds the fields of an object by name. A field that is missing has the value undefined, so that what reads it says what
 * should be there.
 *
 * @throws the source's error when it is no object.
 */
export function readObject(place: Place): (key: string) => Place {
  const all = readEntries(place);
  const { path, of } = place;
  return (key) => all.get(key) ?? { path: path === "" ? key : `${path}.${key}`, value: undefined, of };
}

function own<Key extends string>(all: ReadonlyMap<string, Place>, keys: readonly Key[]): Fields<Key> {
  // Without a prototype, so that no key is there before it is given.
  const fields: Partial<Record<Key, Place>> = Object.create(null) as Partial<Record<Key, Place>>;
  for (const key of keys) {
    const place = all.get(key);
    if (place !== undefined) fields[key] = place;
  }
  return fields;
}

/** What is in an object, by key. @throws the source's error when it is no object. */
export function readEntries(place: Place, advice: string = "Write { … }."): ReadonlyMap<string, Place> {
  const { path, value, of } = place;
  if (!isObject(value)) throw unexpected(place, "an object", advice);
  if (Object.hasOwn(value, "__proto__")) {
    throw unexpected(place, "names that are safe as keys", "Choose another.", '"__proto__"');
  }
  return new Map(
    Object.entries(value).map(([key, each]) => [key, { path: path === "" ? key : `${path}.${key}`, value: each, of }]),
  );
}

/** True for an object with keys: neither null nor a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A field that must be there, of the object at `parent`; `example` shows how it is written.
 *
 * @throws the source's error when it is missing.
 */
export function placeOf<Key extends string>(fields: Fields<Key>, key: Key, example: string, parent: Place): Place {
  const place = fields[key];
  if (place !== undefined) return place;
  throw unexpected(parent, `"${key}"`, `Write ${example}.`, "none");
}

/** What `read` makes of a value; null for null. */
export function readOptional<Result>(place: Place, read: (place: Place) => Result): Result | null {
  return place.value === null ? null : read(place);
}

/** @throws the source's error when it is no list, or longer than `most`. */
export function readList(place: Place, most: number = Number.POSITIVE_INFINITY): readonly Place[] {
  const { path, value, of } = place;
  if (!Array.isArray(value)) throw unexpected(place, "a list", "Write [ … ].");
  if (value.length > most) throw unexpected(place, `a list of at most ${most}`, "Shorten it.");
  return value.map((each: unknown, i) => ({ path: `${path}[${i}]`, value: each, of }));
}

/** @throws the source's error when it is no finite number. */
export function readNumber(place: Place): number {
  const { value } = place;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw unexpected(place, "a finite number", "Write one such as 0.5.");
}

/** @throws the source's error when it is no number from `least` to `most`. */
export function readNumberWithin(place: Place, least: number, most: number): number {
  const value = readNumber(place);
  if (value >= least && value <= most) return value;
  throw unexpected(place, `a number from ${least} to ${most}`, "Correct it.");
}

/** @throws the source's error when it is no whole number from `least` to `most`. */
export function readWhole(place: Place, least: number, most: number = Number.MAX_SAFE_INTEGER): number {
  const { value } = place;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw unexpected(place, `a whole number ${range}`, "Correct it.");
}

/** Names that differ, one or more. @throws the source's error when they are not. */
export function readNames(place: Place): readonly string[] {
  const names = readList(place).map(readText);
  if (names.length > 0 && new Set(names).size === names.length) return names;
  throw unexpected(place, "one name or more, all different", "Correct them.", JSON.stringify(names).slice(0, 60));
}

/** @throws the source's error when it is no text. */
export function readText(place: Place): string {
  if (typeof place.value === "string") return place.value;
  throw unexpected(place, "a text", "Put it in quotation marks.");
}

/** @throws the source's error when it is none of `names`. */
export function readName<Name extends string>(place: Place, names: readonly Name[]): Name {
  const found = names.find((name) => name === place.value);
  if (found !== undefined) return found;
  throw unexpected(place, `one of ${names.join(", ")}`, didYouMean(place.value, names, "Choose one."));
}

/** @throws the source's error when it is neither true nor false. */
export function readBoolean(place: Place): boolean {
  if (typeof place.value === "boolean") return place.value;
  throw unexpected(place, "true or false", "Write one of them, without quotes.");
}

/**
 * The result of `read`; what it finds wrong with the library's own checks is put down to the place in the file.
 *
 * @throws the source's error with the path in front.
 */
export function located<Result>({ path, of }: Place, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BackpassError) || error.code === "internal" || error.code === "network") throw error;
    const at = path || of.name;
    const { where, expected, got, advice } = error;
    // The checks of rows name the very element themselves.
    const isNamed = where[0]?.startsWith(at) === true;
    throw of.fault({ where: isNamed ? where : [at, ...where], expected, got, advice });
  }
}

/** True for a typed array, a `DataView` excepted. */
function isArrayView(value: unknown): value is ArrayBufferView & ArrayLike<unknown> {
  return ArrayBuffer.isView(value) && "length" in value;
}

/** True for what an asynchronous function gives before it is awaited. */
export function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** What to do about a value of a wrong kind: to await it, if it is a promise, else what `otherwise` says. */
export function adviceUnlessPromise(value: unknown, otherwise: string): string {
  return isPromise(value) ? "Write await before the call that gives it." : otherwise;
}

/** A value as it stands in a file, or as a caller gave it, cut to what a message can hold. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value); // JSON would make null of NaN
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "function") return "a function";
  if (isPromise(value)) return "a promise";
  if (isArrayView(value)) return `a ${value.constructor.name} of ${value.length}`;
  if (isObject(value)) return "an object";
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
