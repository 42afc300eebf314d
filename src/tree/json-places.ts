import type { BackpassError, Fault } from "../errors.ts";

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
/** A whole number from 0 up: all that some files have. */
const WHOLE = /0|[1-9][0-9]*/y;
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
export function jsonMistake(text: string, { onlyWhole = false }: JsonRules = {}): JsonMistake | null {
  return scan(text, onlyWhole ? WHOLE : NUMBER, null);
}

/** What a text may hold that is less than JSON may. */
export interface JsonRules {
  /** True where every number is a whole one from 0 up, written without sign, fraction and exponent. */
  readonly onlyWhole?: boolean;
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

/** Where the value begins that has a path such as `layers[0].weights`, or what it would be in; 0 for the whole. */
export function placeOfPath(path: string, { starts }: JsonPlaces): number {
  // The last name, or number in brackets, is left out until there is such a path.
  for (let known = path; known !== ""; known = known.replace(/(?:\.?[^.[\]]+|\[[0-9]*\]|.)$/su, "")) {
    const start = starts.get(known);
    if (start !== undefined) return start;
  }
  return 0;
}

/** Line and column of a character of a text. */
export function lineAndColumn(text: string, position: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, position).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/**
 * The value of a text of JSON.
 *
 * @param error makes the error of a fault that has line and column, and knows no file.
 * @throws what `error` makes when the text is no JSON, gives a key twice, or is too deep.
 */
export function parseJson(text: string, error: (fault: Fault) => BackpassError, rules: JsonRules = {}): unknown {
  const mistake = jsonMistake(text, rules);
  if (mistake !== null) {
    const { position, expected, got } = mistake;
    const place = lineAndColumn(text, position);
    if (got === undefined) {
      const advice = "Correct the JSON there.";
      throw error({ where: "", place, expected, got: shownAt(text, position), advice });
    }
    const advice = got.endsWith(" again") ? "Remove one of the two." : "Choose another.";
    throw error({ where: "", place, expected, got, advice });
  }
  try {
    return JSON.parse(text);
  } catch (thrown) {
    // What V8 says of the place differs between versions, and may quote the text, line breaks included.
    const reason = (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s+/g, " ");
    throw error({ where: "", expected: "JSON", got: `another text (${reason})`, advice: "Correct it there." });
  }
}

/** The word or sign of a text at a position, cut to what a message can hold. */
export function shownAt(text: string, position: number): string {
  const rest = text.slice(position, position + 200);
  const [found = ""] = /^(?:[\p{L}\p{N}_.+-]{1,30}|"[^"\n]{0,28}"?|.)/su.exec(rest) ?? [];
  if (found === "") return "the end";
  return found === "\n" || found === "\r" ? "the end of the line" : `"${found.replaceAll('"', "")}"`;
}
