/** Where a value of a text of JSON begins, by its path: `layers[0].weights`. "" is the whole. */
export interface JsonPlaces {
  readonly starts: ReadonlyMap<string, number>;
  /** The first mistake; null when there is none. */
  readonly mistake: JsonMistake | null;
}

export interface JsonMistake {
  readonly position: number;
  readonly expected: string;
}

/** More levels than a network has. */
const DEEPEST = 20;

/** A number, or a range of a sheet, in whose place one is drawn. */
const NUMBER =
  /[-−]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?(?:\s*\.\.\s*[-−]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:\s+by\s+[0-9.]+)?(?:\s+not\s+[0-9.]+)?)?/y;
const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const WORD = /true|false|null/y;

/**
 * Reads JSON for its places, which `JSON.parse` does not tell, or tells in words of its own in every JavaScript engine. Its numbers
 * may be ranges.
 */
export function jsonPlaces(text: string): JsonPlaces {
  const starts = new Map<string, number>();
  let position = 0;
  const fail = (expected: string): JsonMistake => ({ position, expected });
  const space = (): void => {
    while (/\s/.test(text[position] ?? "")) position += 1;
  };
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = position;
    const [found] = pattern.exec(text) ?? [];
    if (found === undefined) return null;
    position += found.length;
    return found;
  };
  const value = (path: string, depth: number): JsonMistake | null => {
    space();
    starts.set(path, position);
    const sign = text[position];
    if (sign === "{" || sign === "[") {
      if (depth === DEEPEST) return fail("fewer levels");
      position += 1;
      return sign === "{" ? members(path, depth + 1) : items(path, depth + 1);
    }
    const isRead = take(STRING) !== null || take(NUMBER) !== null || take(WORD) !== null;
    return isRead ? null : fail('a value: a number, a text in "…", a list or an object');
  };
  const members = (path: string, depth: number): JsonMistake | null => {
    space();
    if (take(/\}/y) !== null) return null;
    for (;;) {
      space();
      const name = take(STRING);
      if (name === null) return fail('a name in "…"');
      space();
      if (take(/:/y) === null) return fail('":" after a name');
      const mistake = value(`${path}${path === "" ? "" : "."}${name.slice(1, -1)}`, depth);
      if (mistake !== null) return mistake;
      space();
      if (take(/\}/y) !== null) return null;
      if (take(/,/y) === null) return fail('"," or "}"');
    }
  };
  const items = (path: string, depth: number): JsonMistake | null => {
    space();
    if (take(/\]/y) !== null) return null;
    for (let i = 0; ; i += 1) {
      const mistake = value(`${path}[${i}]`, depth);
      if (mistake !== null) return mistake;
      space();
      if (take(/\]/y) !== null) return null;
      if (take(/,/y) === null) return fail('"," or "]"');
    }
  };
  const mistake = value("", 0);
  space();
  return { starts, mistake: mistake ?? (position < text.length ? fail("nothing more") : null) };
}

/** Where the value begins that a message `layers[0].weights: expected …` is about; 0 where it says none. */
export function placeOfPath(message: string, { starts }: JsonPlaces): number {
  let [path = ""] = /^[\w.[\]]+(?=: )/.exec(message) ?? [];
  while (path !== "" && !starts.has(path)) path = path.replace(/(?:\.?\w+|\[[0-9]*\])$/, "");
  return starts.get(path) ?? 0;
}
