import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DataError, OptionError } from "../../errors.ts";
import { readCsv } from "./csv.ts";
import type { ReadCsvOptions } from "./csv-options.ts";
import type { CsvSource } from "./csv-source.ts";
import { applyPreprocessing } from "../preprocessing/apply.ts";
import { fitPreprocessing } from "../preprocessing/fit.ts";
import { prepare, type PrepareOptions } from "../preprocessing/prepare.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const numbered = (count: number, last: string): string =>
  `a,b\n${Array.from({ length: count }, (_, i) => `${i / 2},${i % 2}`).join("\n")}\n${last}\n`;

/** The error of something that must fail. */
async function errorOf(run: () => unknown): Promise<Error> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("expected an error, got none");
}

describe("a file that is no table gets an error that says where and what to do", () => {
  test.each<[what: string, source: CsvSource, message: string, options?: ReadCsvOptions]>([
    ["an empty file", "", "readCsv: expected rows of data, got an empty file. Check"],
    ["an empty file of bytes", bytes(), "got an empty file"],
    ["nothing but a byte order mark", "\uFEFF", "got an empty file"],
    ["nothing but blank lines", "\n\r\n  \n", "got an empty file"],
    ["an empty stream", new Blob([]).stream(), "got an empty file"],
    ["a header alone", "a,b,c\n", 'below the header, got none (column "a" (1) and 2 more'],
    ["a header alone, as asked for", "1,2\n", 'got none (column "1" (1) and 1 more', { header: true }],
    ["a short row", "a,b\n1,2\n3\n", "row 3: expected 2 cells, as in the header in row 1, got 1. Fill"],
    ["a long row", "1,2\n3,4\n5,6,7\n", "row 3: expected 2 cells, as in row 1, got 3"],
    ["a short row after blank lines", "a,b\n\n1,2\n\n3\n", "row 5: expected 2 cells"],
    ["a short row far down", `a,b\n${"1,2\n".repeat(100_000)}3\n`, "row 100002: expected 2 cells"],
    ["fewer names than columns", "1,2\n", "expected 1 cell, as in the names given, got 2", { header: ["a"] }],
    ["a delimiter that is not in it", "a,b\n1;2\n3;4\n", "row 2: expected 2 cells", { delimiter: "," }],
    [
      "text in a column of numbers",
      numbered(50, "abc,1"),
      'column "a" (1), row 52: expected a number as in 50 other rows (1 hold text: "abc" once), got "abc". Correct',
    ],
    [
      "text in a column that was said to be numbers",
      "a,b\n1,2\nx,3\n",
      'column "a" (1), row 3: expected a number, got "x"',
      { columns: { a: "number" } },
    ],
    ["infinity", "a,b\n1,2\ninf,3\n", 'column "a" (1), row 3: expected a finite number, got "inf"'],
    ["a number beyond float64", "1,2\n3,1e999\n", 'column 2, row 2: expected a finite number, got "1e999"'],
    ["two decimal signs", "a;b\n1,5;1\n2.5;2\n", 'expected one decimal sign, got "2.5" in row 3 and "1,5" in row 2'],
    ["a quote that is not closed", 'a,b\n1,"x\n2,y\n', "row 2: expected a closing quote, got none before the end"],
    [
      "a quote that is not closed in a long file",
      `a,b\n1,"x\n${"2,y\n".repeat(5_000_000)}`,
      "row 2: expected a closing quote, got none before the end of the file or 16,777,216",
    ],
    [
      "text after a closing quote",
      'a,b\n1,"x"y\n',
      "row 2: expected a delimiter or the end of the line after a closing quote",
    ],
    ["a NUL character", "a,b\n1,2\n3,\0\n", "row 3: expected text, got a NUL character"],
    ["UTF-16 without its mark", Buffer.from("a,b\n1,2\n", "utf16le"), "row 1: expected text, got a NUL character"],
    [
      "bytes that are no UTF-8",
      bytes(97, 44, 98, 10, 49, 44, 0xfc, 10),
      "expected text in utf-8, got bytes that are not. Save the file as UTF-8, or say its encoding: --encoding windows-1252",
    ],
    ["a character cut in two", bytes(97, 44, 98, 10, 49, 44, 0xc3), "expected text in utf-8"],
    ["a spreadsheet", bytes(0x50, 0x4b, 3, 4, 20, 0, 6, 0), "got a zip archive (perhaps a spreadsheet). Export"],
    ["an old spreadsheet", bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), "got an old Excel file"],
    ["a Parquet file", new TextEncoder().encode("PAR1abcdef"), "got a Parquet file"],
    ["an SQLite database", new TextEncoder().encode("SQLite format 3\0"), "got an SQLite database"],
    ["a PNG image", bytes(0x89, 0x50, 0x4e, 0x47, 13, 10), "got a PNG image"],
    [
      "a truncated gzip file",
      gzipSync("a,b\n1,2\n".repeat(1000)).subarray(0, 40),
      "expected whole gzip data, got a damaged",
    ],
    ["a gzip file that holds a spreadsheet", gzipSync(bytes(0x50, 0x4b, 3, 4)), "got a zip archive"],
    [
      "too many categories where they were asked for",
      `a\n${Array.from({ length: 10_001 }, (_, i) => `n${i}`).join("\n")}`,
      "row 10002: expected at most 10,000 categories, got one more",
      { columns: { a: "category" }, header: true },
    ],
    [
      "a kind for a column that is not there",
      "a,bee\n1,2\n",
      'columns: expected a name, or a number from 1 to 2, got "beee". Did you mean "bee"?',
      { columns: { beee: "number" } },
    ],
  ])("%s", async (_, source, message, options) => {
    const error = await errorOf(() => readCsv(source, options));
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain("undefined");
  });

  test.each<[what: string, options: unknown, message: string]>([
    [
      "a delimiter of two characters",
      { delimiter: ",," },
      'expected one character as delimiter, no quote or line end, got ",,"',
    ],
    ["a quote as delimiter", { delimiter: '"' }, "expected one character as delimiter"],
    ["an empty header", { header: [] }, "expected the names of the columns as header, got an empty list"],
    [
      "an unknown kind",
      { columns: { a: "dates" } },
      'expected "number", "category", "date", "ignored" for "a", got "dates"',
    ],
  ])("%s is a wrong option", async (_, options, message) => {
    // What a program without types may pass.
    const error = await errorOf(() => readCsv("a,b\n1,2\n", options as ReadCsvOptions));
    expect(error).toBeInstanceOf(OptionError);
    expect(error.message).toContain(message);
  });

  test("an unknown encoding and a source of the wrong type are refused", async () => {
    expect((await errorOf(() => readCsv("a,b\n1,2", { encoding: "utf-9" }))).message).toContain('got "utf-9"');
    // What a program without types may pass.
    for (const source of [null, 5, {}, [1, 2], [null]] as unknown as CsvSource[]) {
      const error = await errorOf(() => readCsv(source));
      expect(error).toBeInstanceOf(DataError);
      expect(error.message).toContain("Pass text, bytes, a Blob, or a stream of text or bytes.");
    }
  });

  test("what the source itself throws is passed on as it is", async () => {
    const failing = async function* (): AsyncGenerator<string> {
      yield "a,b\n1,2\n";
      throw new RangeError("disk on fire");
    };
    await expect(readCsv(failing())).rejects.toThrow(RangeError);
    const zipped = async function* (): AsyncGenerator<Uint8Array> {
      yield gzipSync("a,b\n1,2\n").subarray(0, 20);
      throw new RangeError("disk on fire");
    };
    await expect(readCsv(zipped())).rejects.toThrow(RangeError);
  });
});

describe("a table that cannot be learned from gets an error that says why", () => {
  const words = Array.from({ length: 10_001 }, (_, i) => `${i},name ${i}`).join("\n");
  test.each<[what: string, text: string, options: PrepareOptions, message: string]>([
    [
      "one class only",
      "a,b\n1,x\n2,x\n",
      {},
      'target: column "b" (2): expected two or more different classes, got "x" in every row',
    ],
    ["one amount only", "a,b\n1,2.5\n2,2.5\n", {}, 'expected two or more different amounts, got "2.5"'],
    [
      "a target that is not there",
      "length,species\n1,x\n2,y\n",
      { target: "specie" },
      'got "specie". Did you mean "species"?',
    ],
    ["a target like no other", "a,b\n1,x\n2,y\n", { target: "zzzzzz" }, 'got "zzzzzz". The columns are a, b.'],
    ["a target beyond the last column", "a,b\n1,x\n2,y\n", { target: 3 }, "a number from 1 to 2, got 3"],
    ["a target before the first column", "a,b\n1,x\n2,y\n", { target: 0 }, "a number from 1 to 2, got 0"],
    ["an empty name as target", "a,b\n1,x\n2,y\n", { target: "" }, 'got ""'],
    [
      "a target without values",
      "a,b\n1,\n2,\n",
      {},
      'column "b" (2): expected numbers or categories, got a column without values',
    ],
    ["a target of names", `n,name\n${words}`, {}, 'different texts than a network can have classes ("name 0" in row 2'],
    [
      "a regression on words",
      "a,b\n1,2\n2,x\n3,4\n",
      { task: "regression" },
      'column "b" (2), row 3: expected a number, for a regression, got "x"',
    ],
    [
      "one column",
      "a b c\n1 x y\n2 z w\n",
      {},
      'got one column, column "a b c" (1). Give the delimiter of the file: it was taken to be ","',
    ],
    [
      "constant inputs",
      "a,b,c\n1,z,1\n1,z,2\n1,z,1\n",
      {},
      'got none (column "a" (1): always 1 in the training rows; column "b" (2): always "z" in the training rows)',
    ],
    ["a single row", "a,b\n1,2\n", {}, "expected two or more different"],
    ["a single row with a target", "a,b\n1,2\n2,\n", { target: "b" }, "expected two or more different"],
    ["a part that would be empty", "a,b\n1,2\n2,3\n", { validation: 0.01 }, "split: expected examples for both parts"],
    [
      "a validation of all rows",
      "a,b\n1,2\n2,3\n",
      { validation: 1 },
      "expected validation above 0 and below 1, got 1",
    ],
  ])("%s", async (_, text, options, message) => {
    const table = await readCsv(text);
    const error = await errorOf(() => prepare(table, options));
    expect(error.message).toContain(message);
    expect(["data", "option"]).toContain(Reflect.get(error, "code"));
  });
});

describe("a table that does not fit its model gets an error that says where", () => {
  const training = "size,color,kind\n1,red,x\n2,blue,y\n3,red,x\n4,blue,y\n";

  test.each<[what: string, text: string, message: string]>([
    [
      "text in a column of numbers",
      "size,color,kind\n1,red,x\nbig,red,y\n",
      'column "size" (1), row 3: expected a number, as in the training rows of column "size" (1), got "big"',
    ],
    [
      "a missing column",
      "sise,color,kind\n1,red,x\n",
      'expected a column "size", as in training, got none; the nearest is "sise"',
    ],
    ["another table", "p,q\n1,2\n", 'expected a column "size", as in training, got "p", "q"'],
    [
      "a class that training had not",
      "size,color,kind\n1,red,x\n2,red,zz\n",
      'column "kind" (3), row 3: expected a class of training ("x", "y"), got "zz"',
    ],
    [
      "an amount that no float32 holds",
      "size,color,kind\n1e300,red,x\n",
      'column "size" (1), row 2: expected a number of the size of the training rows',
    ],
  ])("%s", async (_, text, message) => {
    const preprocessing = fitPreprocessing(await readCsv(training));
    const table = await readCsv(text);
    expect((await errorOf(() => applyPreprocessing(preprocessing, table))).message).toContain(message);
  });

  test("as many columns as no file of its kind has", async () => {
    const preprocessing = fitPreprocessing(await readCsv("1,red,5\n2,blue,6\n3,red,7\n"));
    const table = await readCsv("1\n2\n");
    const { message } = await errorOf(() => applyPreprocessing(preprocessing, table));
    expect(message).toContain("expected 3 columns, as in training, or 2 without the target, got 1");
  });

  test("targets that are asked for and not there", async () => {
    const preprocessing = fitPreprocessing(await readCsv(training));
    const table = await readCsv("size,color\n1,red\n");
    const { message } = await errorOf(() => applyPreprocessing(preprocessing, table, { targets: true }));
    expect(message).toContain('expected the target column "kind" (3), got a table without it');
  });
});
