import { describe, expect, test } from "vitest";
import { OptionError } from "../../errors.ts";
import { parseArguments } from "../framework/arguments.ts";
import { csvOptionsOf } from "./csv-arguments.ts";
import { csvOptions } from "../framework/definition.ts";
import { sourceOf, withSource } from "./run-source.ts";

const command = { name: "read", operands: [{ name: "DATA", description: "" }], options: csvOptions };
const parsed = (...words: string[]) => parseArguments(command, ["x.csv", ...words]);
const options = (...words: string[]): unknown => csvOptionsOf(parsed(...words));

describe("options about how CSV is read", () => {
  test.each<[words: string[], expected: object]>([
    [[], {}],
    [["--header"], { header: true }],
    [["--no-header"], { header: false }],
    [["--decimal", ","], { decimal: "," }],
    [["--decimal", "point"], { decimal: "." }],
    [["--delimiter", "tab"], { delimiter: "\t" }],
    [["--encoding", "latin1"], { encoding: "windows-1252" }],
    [["--missing=-99,unknown"], { missing: ["-99", "unknown"] }],
    [["--missing==-99"], { missing: { only: ["-99"] } }],
    [["--missing="], { missing: { only: [] } }],
    [["--ignore", "id,2", "--ignore", '"a, b"'], { ignore: ["id", "2", "a, b"] }],
    [
      ["--columns", 'zip=category,"a, b"=number', "--columns", "x=y=date"],
      { columns: { zip: "category", "a, b": "number", "x=y": "date" } },
    ],
  ])("%j", (words, expected) => {
    expect(options(...words)).toEqual(expected);
  });

  test.each<[words: string[], message: string]>([
    [["--header", "--no-header"], "expected --header or --no-header, got both"],
    [["--decimal", "dot"], 'expected ., ,, point, comma, got "dot"'],
    [["--encoding", "utf-9"], 'expected an encoding that this system knows, got "utf-9"'],
    [["--columns", "zip"], 'expected NAME=KIND, got "zip". Write for example --columns zip=category'],
    [["--columns", "zip=numbr"], 'got "numbr". Did you mean "number"?'],
    [["--ignore="], '--ignore: expected names of columns, got ""'],
  ])("%j is refused", (words, message) => {
    expect(() => options(...words)).toThrow(OptionError);
    expect(() => options(...words)).toThrow(message);
  });

  test("are kept with a run, and read from there", () => {
    const words = [
      "--decimal",
      ",",
      "--encoding",
      "latin1",
      "--missing=",
      "--columns",
      "a=date",
      "--ignore",
      "b",
      "--header",
    ];
    const record = sourceOf(parsed(...words));
    expect(csvOptionsOf(withSource(parsed(), record))).toEqual(options(...words));
  });
});
