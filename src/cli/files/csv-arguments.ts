import { columnKinds, type ColumnKind, type ReadCsvOptions } from "../../data/index.ts";
import { OptionError } from "../../errors.ts";
import { oneOf } from "../../tree/typed-value.ts";
import type { Arguments } from "../framework/arguments.ts";

/**
 * The options about how CSV is read, as the reader takes them.
 *
 * @throws OptionError for a value that is none, and for `--header` with `--no-header`.
 */
export function csvOptionsOf(args: Arguments): ReadCsvOptions {
  const delimiter = args.given("delimiter");
  const decimal = args.given("decimal");
  const encoding = args.given("encoding");
  const missing = args.given("missing");
  const columns = args.given("columns");
  const ignore = args.given("ignore");
  if (args.flag("header") && args.flag("no-header")) {
    throw new OptionError({
      where: "--header",
      expected: "--header or --no-header",
      got: "both",
      advice: "Choose one.",
    });
  }
  return {
    ...(args.flag("no-header") ? { header: false } : args.flag("header") ? { header: true } : {}),
    ...(delimiter === null ? {} : { delimiter: delimiterNamed(args.where("delimiter"), delimiter) }),
    ...(decimal === null ? {} : { decimal: decimalNamed(args.where("decimal"), decimal) }),
    ...(encoding === null ? {} : { encoding: encodingNamed(args.where("encoding"), encoding) }),
    ...(missing === null ? {} : { missing: missingTexts(missing) }),
    ...(columns === null ? {} : { columns: kindsOf(args.where("columns"), columns) }),
    ...(ignore === null ? {} : { ignore: namesIn(args.where("ignore"), ignore) }),
  };
}

function delimiterNamed(where: string, text: string): string {
  const named: Readonly<Record<string, string>> = {
    tab: "\t",
    "\\t": "\t",
    space: " ",
    comma: ",",
    semicolon: ";",
    bar: "|",
  };
  const delimiter = named[text] ?? text;
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
  throw new OptionError({
    where,
    expected: "one character, tab or space",
    got: `"${text}"`,
    advice: "Give what is between cells.",
  });
}

function decimalNamed(where: string, text: string): "." | "," {
  const sign = oneOf(where, text, [".", ",", "point", "comma"] as const);
  return sign === "." || sign === "point" ? "." : ",";
}

function encodingNamed(where: string, name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw new OptionError({
      where,
      expected: "an encoding that this system knows",
      got: `"${name}"`,
      advice:
        "Give utf-8, windows-1252 (old Windows files), iso-8859-15, utf-16le, shift_jis, gb18030 or " +
        "another name of the Encoding Standard.",
    });
  }
}

/** `-99,unknown`: beside the usual ones; `=-99,unknown`: these alone; nothing: none but empty cells. */
function missingTexts(text: string): NonNullable<ReadCsvOptions["missing"]> {
  if (text === "") return { only: [] };
  return text.startsWith("=") ? { only: listOf(text.slice(1)) } : listOf(text);
}

function kindsOf(where: string, text: string): Record<string, ColumnKind> {
  const kinds: Record<string, ColumnKind> = Object.create(null) as Record<string, ColumnKind>;
  for (const each of namesIn(where, text)) {
    const at = each.lastIndexOf("=");
    if (at < 1) {
      throw new OptionError({
        where,
        expected: "NAME=KIND",
        got: `"${each}"`,
        advice: "Write for example --columns zip=category.",
      });
    }
    kinds[each.slice(0, at).trim()] = oneOf(where, each.slice(at + 1).trim(), columnKinds);
  }
  return kinds;
}

/** @throws OptionError for none. */
function namesIn(where: string, text: string): string[] {
  const names = listOf(text);
  if (names.length > 0) return names;
  throw new OptionError({
    where,
    expected: "names of columns",
    got: `"${text}"`,
    advice: "Write them with commas between.",
  });
}

/** What stands between commas; double quotes hold a comma together: `"a, b",c`. */
function listOf(text: string): string[] {
  const parts = [...text.matchAll(/(?:^|,)\s*(?:"([^"]*)"([^,]*)|([^,]*))/g)];
  return parts
    .map(([, quoted, rest = "", plain = ""]) => (quoted === undefined ? plain : quoted + rest))
    .filter((each) => each !== "");
}
