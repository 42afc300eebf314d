import { gzipSync } from "node:zlib";
import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "./csv.ts";
import type { ReadCsvOptions } from "./csv-options.ts";
import type { CsvSource } from "./csv-source.ts";
import { missingCode, rowInFile, type Table } from "../table.ts";

const read = (source: CsvSource, options?: ReadCsvOptions): Promise<Table> => readCsv(source, options);

/** Cells of a column: numbers, names of categories, null for a missing one. */
function cells(table: Table, k: number): (number | string | null)[] | string {
  const column = table.columns[k]!;
  if (column.kind === "number") return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  if (column.kind !== "category") return column.kind;
  return Array.from(column.codes, (code) => (code === missingCode ? null : column.categories[code]!));
}

const names = (table: Table): string[] => table.columns.map(({ name }) => name);

/** Everything of a table that can be compared. */
const contents = (table: Table): unknown => ({
  ...table,
  columns: table.columns.map((column, k) => ({ ...column, values: null, codes: null, cells: cells(table, k) })),
});

describe("readCsv", () => {
  test("reads numbers and categories below a header", async () => {
    const table = await read("length,color\n1.5,red\n-2e3,blue\n.5,red\n");
    expect(names(table)).toEqual(["length", "color"]);
    expect(cells(table, 0)).toEqual([1.5, -2000, 0.5]);
    expect(cells(table, 1)).toEqual(["red", "blue", "red"]);
    expect(table).toMatchObject({ rows: 3, hasHeader: true, delimiter: ",", firstRow: 2 });
  });

  test.each([
    ["comma", "a,b\n1,2\n3,4\n", ","],
    ["semicolon", "a;b\n1;2\n3;4\n", ";"],
    ["tab", "a\tb\n1\t2\n3\t4\n", "\t"],
    ["bar", "a|b\n1|2\n3|4\n", "|"],
    ["spaces, of any number", "  a   b\n 1  2 \n3 \t4", " "],
  ])("finds the delimiter: %s", async (_, text, delimiter) => {
    const table = await read(text);
    expect(table.delimiter).toBe(delimiter);
    expect(names(table)).toEqual(["a", "b"]);
    expect([cells(table, 0), cells(table, 1)]).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  test.each(["\n", "\r\n", "\r"])("takes %j for the end of a line, the last one or not", async (end) => {
    for (const last of ["", end]) {
      const table = await read(`a,b${end}1,x${end}2,y${last}`);
      expect(cells(table, 0)).toEqual([1, 2]);
      expect(cells(table, 1)).toEqual(["x", "y"]);
    }
  });

  test("reads quoted cells: delimiters, quotes and line ends inside them", async () => {
    const table = await read('a,b\r\n1,"x, ""y""\r\nz"\r\n2,"w"\r\n');
    expect(cells(table, 1)).toEqual(['x, "y"\nz', "w"]);
  });

  test("drops a byte order mark, of text and of bytes, and reads UTF-16 by it", async () => {
    const text = "größe,b\n1,ü\n2,é\n";
    const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");
    for (const source of [
      `\uFEFF${text}`,
      new TextEncoder().encode(`\uFEFF${text}`),
      utf16,
      Buffer.from(utf16).swap16(),
    ]) {
      const table = await read(source);
      expect(names(table)).toEqual(["größe", "b"]);
      expect(cells(table, 1)).toEqual(["ü", "é"]);
    }
  });

  test("skips blank lines, and counts them as rows of the file", async () => {
    const table = await read("\na,b\n\n1,2\n\n\n3,4\n5,6\n\n");
    expect(cells(table, 0)).toEqual([1, 3, 5]);
    expect([0, 1, 2].map((row) => rowInFile(table, row))).toEqual([4, 7, 8]);
  });

  test("knows missing values by the usual markers, and by others that are named", async () => {
    const table = await read("a,b\n1,x\nNA,n/a\n?,-\n null ,NaN\n#N/A,\n-999,gone\n", { missing: ["-999", "Gone"] });
    expect(cells(table, 0)).toEqual([1, null, null, null, null, null]);
    expect(cells(table, 1)).toEqual(["x", null, null, null, null, null]);
    expect(table.columns.map(({ missing }) => missing)).toEqual([5, 5]);
  });

  test("reads decimal commas where the comma separates no columns", async () => {
    const table = await read("a;b\n1,5;x\n-0,25;y\n3;z\n");
    expect(table.delimiter).toBe(";");
    expect(cells(table, 0)).toEqual([1.5, -0.25, 3]);
  });

  test("takes words for categories, boolean ones too, without the spaces around them", async () => {
    const table = await read("a, b\n1, yes\n2,no \n3, yes\n");
    expect(names(table)).toEqual(["a", "b"]);
    expect(cells(table, 1)).toEqual(["yes", "no", "yes"]);
  });

  test("names categories by their text, also where it is a number, whatever came before", async () => {
    const table = await read("a,b\n1,x\n01,x\n1.0,x\ntwo,x\n1,x\n", { header: true });
    expect(cells(table, 0)).toEqual(["1", "01", "1.0", "two", "1"]);
  });

  test("reads hexadecimal digits as text, not as an amount", async () => {
    expect(cells(await read("a,b\n0x1f,1\n0b1,2\n", { header: true }), 0)).toEqual(["0x1f", "0b1"]);
  });

  test("leaves the values of a column with more than 10,000 different texts", async () => {
    const lines = Array.from({ length: 10_001 }, (_, i) => `${i},name ${i}`);
    const table = await read(`n,name\n${lines.join("\n")}`);
    expect(table.columns[0]!.kind).toBe("number");
    expect(table.columns[1]).toMatchObject({ kind: "text", firstText: { row: 2, text: "name 0" } });
  });

  test("keeps a column without values as empty", async () => {
    expect(cells(await read("a,b\n1,\n2,NA\n"), 1)).toBe("empty");
  });

  test("reads columns as it is told", async () => {
    const table = await read("a,b,c\n1,2,3\n4,5,6\n", { columns: { a: "category", 2: "number", c: "ignored" } });
    expect([cells(table, 0), cells(table, 1), cells(table, 2)]).toEqual([["1", "4"], [2, 5], "ignored"]);
  });

  test("makes names that differ of a header where they do not", async () => {
    const table = await read("a,a,,a (2)\n1,2,3,4\n");
    expect(names(table)).toEqual(["a", "a (2) (2)", "column 3", "a (2)"]);
    expect(table.notes.join(" ")).toContain("its name was taken");
  });

  test("reads 5,000 rows of a long column as float32, what float32 cannot tell apart as float64", async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `${i / 7},${1.7e9 + i},${1000 + i * 1e-6}`);
    const { columns } = await read(`x,time,near\n${lines.join("\n")}`);
    const kinds = columns.map((column) => (column.kind === "number" ? column.values.constructor : null));
    expect(kinds).toEqual([Float32Array, Float64Array, Float64Array]);
  });

  test("turns to float64 where a number comes late that needs it", async () => {
    const lines = [...Array.from({ length: 5000 }, (_, i) => i), 2 ** 24 + 1, 0.1];
    const values = cells(await read(`x,y\n${lines.map((x) => `${x},1`).join("\n")}`), 0);
    expect(values.slice(-3)).toEqual([4999, 2 ** 24 + 1, 0.1]);
  });

  test("reports progress and stops when it is told to", async () => {
    const text = `a,b\n${"1,2\n".repeat(200_000)}`;
    const seen: number[] = [];
    await read(text, { onProgress: (rows) => seen.push(rows) });
    expect(seen.at(-1)).toBe(200_000);
    expect(seen.length).toBeGreaterThan(5);
    const controller = new AbortController();
    await expect(read(text, { signal: controller.signal, onProgress: () => controller.abort() })).rejects.toThrow(
      "aborted",
    );
  });
});

describe("the header", () => {
  test.each<[string, string, boolean]>([
    ["words above numbers", "a,b\n1,2\n", true],
    ["words above numbers and words", "a,kind\n1,x\n2,x\n", true],
    ["a row of numbers", "1,2\n3,4\n", false],
    ["words and numbers, as in the rows below", "x,1\ny,2\n", false],
    ["words that do not come again", "kind,color\nx,red\ny,red\n", true],
    ["words that come again", "x,red\ny,red\nx,blue\n", false],
    ["an unnamed first column, as R and pandas write it", ",a\n1,2.5\n2,3.5\n", true],
    ["names above a column with missing values", "a,b\nNA,1\n?,2\n", true],
    ["one row of numbers", "1,2,3", false],
  ])("is found or not: %s", async (_, text, hasHeader) => {
    expect((await read(text)).hasHeader).toBe(hasHeader);
  });

  test("is what the caller says", async () => {
    expect(cells(await read("x,y\nx,z\n", { header: false }), 0)).toEqual(["x", "x"]);
    expect(names(await read("1,2\n3,4\n", { header: true }))).toEqual(["1", "2"]);
    const given = await read("1,2\n3,4\n", { header: ["p", "q"] });
    expect([names(given), given.rows]).toEqual([["p", "q"], 2]);
  });
});

describe("a source", () => {
  const text = 'a,"b ü",c\r\n1,"x\r\n""y""",2.5\r\n\r\n3,é𝄞,-\r\n';
  const bytes = new TextEncoder().encode(text);

  test("of any kind gives the same table", async () => {
    const expected = contents(await read(text));
    const sources: CsvSource[] = [
      bytes,
      bytes.buffer,
      new Blob([bytes]),
      new File([bytes], "x.csv"),
      Readable.from([bytes]),
      new Blob([bytes]).stream(),
      [text.slice(0, 5), text.slice(5)],
      gzipSync(bytes),
      new Blob([gzipSync(bytes)]),
    ];
    for (const source of sources) expect(contents(await read(source))).toEqual(expected);
  });

  test("may be cut anywhere: between any two bytes, inside characters and line ends", async () => {
    const expected = contents(await read(text));
    for (let at = 0; at <= bytes.length; at++) {
      expect(contents(await read([bytes.subarray(0, at), bytes.subarray(at)]))).toEqual(expected);
    }
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(contents(await read(single))).toEqual(expected);
    expect(contents(await read([...text]))).toEqual(expected);
    const packed = gzipSync(bytes);
    expect(contents(await read(Array.from(packed, (byte) => Uint8Array.of(byte))))).toEqual(expected);
  });

  test("longer than a piece may be cut anywhere too", async () => {
    // More than the 2²⁰ characters of the sample, so that records end across pieces of both.
    const lines = Array.from({ length: 40_000 }, (_, i) => `${i},"w ${i % 7}\n""ü""",${i / 3}`);
    const long = `n,word,x\n${lines.join("\r\n")}`;
    const expected = contents(await read(long));
    expect(expected).toMatchObject({ rows: 40_000 });
    for (const size of [65_537, 1_048_577, 99_991]) {
      const pieces = Array.from({ length: Math.ceil(long.length / size) }, (_, i) =>
        long.slice(i * size, (i + 1) * size),
      );
      expect(contents(await read(pieces))).toEqual(expected);
    }
  });

  test("may be cut between a closing quote and what follows it", async () => {
    // Pieces of 65,536 characters end at every place of a line of 11, as 11 divides no power of 2.
    const table = await read(`1,"y"     \n`.repeat(100_000), { header: false });
    expect(table.rows).toBe(100_000);
    expect(table.columns[1]).toMatchObject({ kind: "category", categories: ["y"] });
  });

  test("with a record of two million characters is read in time in proportion to it", async () => {
    const table = await read(`a,b\n1,"${"x".repeat(2_000_000)}"\n2,y\n`);
    expect(table.rows).toBe(2);
  });

  test("is closed when reading ends early", async () => {
    let isClosed = false;
    const source = (async function* (): AsyncGenerator<string> {
      try {
        yield `a,b\n1,2,3\n${"1,2\n".repeat(600_000)}`;
        yield "1,2\n";
      } finally {
        isClosed = true;
      }
    })();
    await expect(read(source)).rejects.toThrow("row 2");
    expect(isClosed).toBe(true);
  });
});

describe("a table written as CSV", () => {
  const word = fc.string({
    unit: fc.constantFrom("a", "b", ",", ";", '"', "\n", " ", "é", "𝄞", "\t", "|"),
    maxLength: 6,
  });
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

  test("reads back as it was, whatever is inside its quotes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(word, fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(",", ";", "\t"),
        async (rows, delimiter) => {
          const lines = rows.map(([text, x]) => `${quoted(`w${text}`)}${delimiter}${x}`);
          const table = await read(["word" + delimiter + "x", ...lines].join("\r\n"), { delimiter, header: true });
          expect(cells(table, 0)).toEqual(rows.map(([text]) => `w${text}`.trim()));
          // A template writes −0 as 0.
          expect(cells(table, 1)).toEqual(rows.map(([, x]) => x + 0));
        },
      ),
      { numRuns: 300 },
    );
  });
});
