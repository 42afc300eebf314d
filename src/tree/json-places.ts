import type { BackpassError } from "../errors.ts";

/** Where a value of a text of JSON begins, by its path: `layers[0].weights`. "" is the whole. */
export interface JsonPlaces {
  readonly starts: ReadonlyMap<string, number>;
  /** The first mistake; null when there is none. */
  readonly mistake: JsonMistake | null;
}

/** What is wrong in a text of JSON. */
export interface JsonMistake {
  readonly position: number;
  readonly expected: string;
  /** What is there instead, where the text itself does not say it. */
  readonly got?: string;
}

/** More levels than any file of this package has. */
const DEEPEST = 20;

/** A number of JSON. */
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
/** A number, or a range of a sheet, in whose place one is drawn. */
const NUMBER_OR_RANGE =
  /[-−]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?(?:\s*\.\.\s*[-−]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:\s+by\s+[0-9.]+)?(?:\s+not\s+[0-9.]+)?)?/y;
const WORD = /true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * Reads JSON for its places, which `JSON.parse` does not tell, or tells in words of its own in every JavaScript engine. Its
 * numbers may be ranges.
 */
export function jsonPlaces(text: string): JsonPlaces {
  const starts = new Map<string, number>();
  const mistake = scan(text, NUMBER_OR_RANGE, (path, position) => starts.set(path, position));
  return { starts, mistake };
}

/**
 * What is wrong in a text of JSON, null for nothing. Unlike `JSON.parse`, which keeps the last, this refuses a key that is
 * given twice; the key `__proto__`, which would change what an object is; and more levels than any file needs.
 */
export function jsonMistake(text: string): JsonMistake | null {
  return scan(text, NUMBER, null);
}

/** Steps over the values of a text in order. `see` gets the path of each, and where it begins. */
function scan(
  text: string,
  number: RegExp,
  see: ((path: string, position: number) => void) | null,
): JsonMistake | null {
  let position = 0;
  const fail = (expected: string, got?: string): JsonMistake => ({
    position,
    expected,
    ...(got === undefined ? {} : { got }),
  });
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = position;
    if (!pattern.test(text)) return false;
    position = pattern.lastIndex;
    return true;
  };
  const take = (sign: string): boolean => {
    skip(SPACE);
    if (text[position] !== sign) return false;
    position += 1;
    skip(SPACE);
    return true;
  };
  /** A loop: on texts of megabytes a regular expression runs out of memory. */
  const string = (): string | null => {
    if (text[position] !== '"') return null;
    for (let end = position + 1; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code < 0x20) return null;
      if (code === 0x5c) end += 1;
      else if (code === 0x22) {
        const found = text.slice(position, end + 1);
        position = end + 1;
        return found;
      }
    }
    return null;
  };
  const value = (path: string, depth: number): JsonMistake | null => {
    see?.(path, position);
    const sign = text[position];
    if (sign === "{" || sign === "[") {
      if (depth === DEEPEST) return fail("fewer levels");
      position += 1;
      skip(SPACE);
      return sign === "{" ? members(path, depth + 1) : items(path, depth + 1);
    }
    const isRead = sign === '"' ? string() !== null : skip(number) || skip(WORD);
    return isRead ? null : fail('a value: a number, a text in "…", a list or an object');
  };
  const members = (path: string, depth: number): JsonMistake | null => {
    if (take("}")) return null;
    const names = new Set<string>();
    for (;;) {
      const start = position;
      const written = string();
      const name = written === null ? null : nameOf(written);
      if (name === null) return fail('a name in "…"');
      if (names.has(name) || name === "__proto__") {
        position = start;
        const cut = JSON.stringify(name.slice(0, 60));
        return names.has(name)
          ? fail("each key once in an object", `${cut} again`)
          : fail("keys that are no names of JavaScript's own", cut);
      }
      names.add(name);
      if (!take(":")) return fail('":" after a name');
      const mistake = value(see === null ? "" : `${path}${path === "" ? "" : "."}${name}`, depth);
      if (mistake !== null) return mistake;
      if (take("}")) return null;
      if (!take(",")) return fail('"," or "}"');
    }
  };
  const items = (path: string, depth: number): JsonMistake | null => {
    if (take("]")) return null;
    for (let i = 0; ; i += 1) {
      const mistake = value(see === null ? "" : `${path}[${i}]`, depth);
      if (mistake !== null) return mistake;
      if (take("]")) return null;
      if (!take(",")) return fail('"," or "]"');
    }
  };
  skip(SPACE);
  const mistake = value("", 0);
  if (mistake !== null) return mistake;
  skip(SPACE);
  return position < text.length ? fail("nothing more") : null;
}

/** The name that is written so; null where its escapes are none. */
function nameOf(written: string): string | null {
  if (!written.includes("\\")) return written.slice(1, -1);
  try {
    return JSON.parse(written) as string; // what stands in quotation marks can only be a text
  } catch {
    return null;
  }
}

/** Where the value begins that a message `layers[0].weights: expected …` is about; 0 where it says none. */
export function placeOfPath(message: string, { starts }: JsonPlaces): number {
  let [path = ""] = /^[\w.[\]]+(?=: )/.exec(message) ?? [];
  while (path !== "" && !starts.has(path)) path = path.replace(/(?:\.?\w+|\[[0-9]*\])$/, "");
  return starts.get(path) ?? 0;
}

/**
 * The value of a text of JSON.
 *
 * @param fault makes the error of a message that goes on after the name of the file: `expected JSON, …`.
 * @throws what `fault` makes, with line and column, when the text is no JSON, gives a key twice, or is too deep.
 */
export function parseJson(text: string, fault: (message: string) => BackpassError): unknown {
  const mistake = jsonMistake(text);
  if (mistake !== null) {
    const { position, expected, got } = mistake;
    const before = text.slice(0, position).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    if (got === undefined) {
      throw fault(`expected JSON, got another text: expected ${expected} in ${place}. Correct it there.`);
    }
    const advice = got.endsWith(" again") ? "Remove one of the two." : "Choose another.";
    throw fault(`expected ${expected}, got ${got} in ${place}. ${advice}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    // What V8 says of the place differs between versions, and may quote the text, line breaks included.
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
    throw fault(`expected JSON, got another text: ${reason}. Correct it there.`);
  }
}
