import { ModelError } from "../errors.ts";

/**
 * Reads a text of JSON part by part: the caller says what it expects, and anything else is an error that names the place.
 * Unlike `JSON.parse` it refuses a key given twice, and it nests only as deep as the caller asks for.
 */
export interface HeaderReader {
  /** Reads an object; `readValue` must read the value of the key it is given. */
  object(where: string, readValue: (key: string) => void): void;
  /** Reads a list of whole numbers from 0 up. */
  wholeNumbers(where: string): readonly number[];
  text(where: string): string;
  /** @throws ModelError when anything but white space is left. */
  end(): void;
}

/** @param text JSON; every method of the result throws a ModelError where it reads otherwise. */
export function headerReader(text: string): HeaderReader {
  let at = 0;

  const skipSpace = (): void => {
    while (at < text.length && " \t\n\r".includes(text.charAt(at))) at++;
  };
  const wrong = (where: string, expected: string): ModelError => damaged(where, expected, shownAt(text, at));
  /** Steps over `character` and white space around it, when it is next. */
  const take = (character: string): boolean => {
    skipSpace();
    if (text.charAt(at) !== character) return false;
    at++;
    skipSpace();
    return true;
  };
  const sequence = (where: string, [open, close]: readonly [string, string], readPart: () => void): void => {
    if (!take(open)) throw wrong(where, `"${open}"`);
    if (take(close)) return;
    do readPart();
    while (take(","));
    if (!take(close)) throw wrong(where, `"," or "${close}"`);
  };

  const readText = (where: string): string => {
    skipSpace();
    if (text.charAt(at) !== '"') throw wrong(where, "a text in quotation marks");
    let end = at + 1;
    while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === "\\" ? 2 : 1;
    try {
      // What stands between two quotation marks can only be a string; JSON.parse knows all its escapes.
      const value = JSON.parse(text.slice(at, end + 1)) as string;
      at = end + 1;
      return value;
    } catch {
      throw wrong(where, "a text with its closing quotation mark and JSON's escapes");
    }
  };

  const wholeNumber = (where: string): number => {
    skipSpace();
    NUMBER.lastIndex = at;
    const digits = NUMBER.exec(text)?.[0] ?? "";
    if (!/^(?:0|[1-9]\d*)$/.test(digits) || !Number.isSafeInteger(Number(digits))) {
      throw wrong(where, "a whole number from 0 up to 2^53 - 1");
    }
    at += digits.length;
    return Number(digits);
  };

  return {
    object: (where, readValue) => {
      const keys = new Set<string>();
      sequence(where, ["{", "}"], () => {
        const key = readText(where);
        if (keys.has(key)) throw damaged(where, "each name once", `${quoted(key)} twice`);
        // Harmless here, but whoever makes an object of the names would change what that object is.
        if (key === "__proto__") throw damaged(where, "names that are safe as keys", '"__proto__"');
        keys.add(key);
        if (!take(":")) throw wrong(`${where}: ${quoted(key)}`, '":"');
        readValue(key);
      });
    },
    wholeNumbers: (where) => {
      const numbers: number[] = [];
      sequence(where, ["[", "]"], () => numbers.push(wholeNumber(where)));
      return numbers;
    },
    text: readText,
    end: () => {
      skipSpace();
      if (at < text.length) throw wrong("header", "its end after the closing brace");
    },
  };
}

/** The error for a file that is not, or is no longer, what its format says. */
export function damaged(where: string, expected: string, got: string): ModelError {
  const advice = "The file is damaged or was not written as safetensors: save or fetch it again.";
  return new ModelError({ where, expected, got, advice });
}

/** What may be meant as a number, bounded so that no message is long. */
const NUMBER = /[-+.\w]{1,40}/y;

/** A name from a file, cut to what a message can hold. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}

function shownAt(text: string, at: number): string {
  if (at >= text.length) return "the end of the header";
  return `${quoted(text.slice(at, at + 20))} at character ${at}`;
}
