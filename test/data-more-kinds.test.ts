import { describe, expect, test } from "vitest";
import { applyPreprocessing, prepare, readCsv, type ReadCsvOptions, type Table } from "../src/data/index.ts";
import { DataError } from "../src/errors.ts";

// Files that strangers tried, one of each kind that was read wrongly, or without a word; 40 rows each.

const ROWS = 40;
const mixed = (i: number): number => (i * 7919) % 101;
const lines = (line: (i: number) => string, rows = ROWS): string =>
  `${Array.from({ length: rows }, (_, i) => line(i)).join("\n")}\n`;
const halves = (i: number): string => `${mixed(i)}.5`;
const row = (i: number): string => `${halves(i)},${halves(i + 1)},${i % 2}`;

function cellsOf(table: Table): (readonly (number | string)[] | string)[] {
  return table.columns.map((column) => {
    if (column.kind === "category") return column.categories.slice(0, 3);
    return "values" in column ? Array.from(column.values.slice(0, 3)) : column.kind;
  });
}

const plain = [
  [0.5, 41.5, 82.5],
  [41.5, 82.5, 22.5],
  [0, 1, 0],
];

describe("a file is read, and the choice said", () => {
  test.each<[what: string, text: string, cells: unknown[], note: string, options?: ReadCsvOptions]>([
    [
      "parentheses for amounts below zero, first",
      `a,p\n${lines((i) => `${mixed(i)},"${i % 4 === 0 ? `(1,${100 + i})` : `2,${100 + i}`}"`)}`,
      [
        [0, 41, 82],
        [-1100, 2101, 2102],
      ],
      'parentheses are a minus sign: "(1,100)" in row 2 is -1100',
    ],
    [
      "parentheses, later",
      `a,p\n${lines((i) => `${mixed(i)},${i % 4 === 1 ? `(${i}.25)` : `${i}.5`}`)}`,
      [
        [0, 41, 82],
        [0.5, -1.25, 2.5],
      ],
      'parentheses are a minus sign: "(1.25)" in row 3 is -1.25',
    ],
    [
      "feet and inches",
      `a,p\n${lines((i) => `"5'${i % 12}""",${halves(i)}`)}`,
      [["5'0\"", "5'1\"", "5'2\""], plain[0]!],
      "",
    ],
    [
      "days and months beside decimal commas",
      `t;x\n${lines((i) => `${10 + i}.01.;${halves(i).replace(".", ",")}`)}`,
      [["10.01.", "11.01.", "12.01."], plain[0]!],
      "Numbers have a decimal comma",
    ],
    [
      "versions",
      `v,p\n${lines((i) => `${["1.1", "1.10", "1.2"][i % 3]},${halves(i)}`)}`,
      [[expect.closeTo(1.1), expect.closeTo(1.1), expect.closeTo(1.2)], plain[0]!],
      '"1.1" and "1.10" are the same number (--columns v=category if they are names, such as versions)',
    ],
    ["a header that comes again", `a,b,y\n${lines(row, 20)}a,b,y\n${lines(row)}`, plain, "comes again in row 22"],
    [
      "a header that comes again above words alone",
      `a,b\n${lines((i) => `${"pqr"[i % 3]},${"vw"[i % 2]}`, 20)}a,b\n${lines((i) => `${"pqr"[i % 3]},${"vw"[i % 2]}`)}`,
      [
        ["p", "q", "r"],
        ["v", "w"],
      ],
      "The header comes again in row 22",
    ],
    ["dashes below the header", `a,b,y\n---,---,---\n${lines(row)}`, plain, "line of dashes"],
    ["comments with %", `% made by a program\n% in May\na,b,y\n${lines(row)}`, plain, "Rows 1 to 2 start with %"],
    ["comments with //", `// made by a program\na,b,y\n${lines(row)}`, plain, "Row 1 starts with //"],
    ["comments with !", `! made by a program\na,b,y\n${lines(row)}`, plain, "Row 1 starts with !"],
    ["comments with ;", `; made by a program\na,b,y\n${lines(row)}`, plain, "Row 1 starts with ;"],
    ["a name that starts with %", `% fat,b,y\n${lines(row)}`, plain, "Row 1 is the header"],
    [
      "R's row names without quotes, beside words",
      `x y\n${lines((i) => `Car${i} ${halves(i)} ${"ab"[i % 2]}`)}`,
      [["Car0", "Car1", "Car2"], plain[0]!, ["a", "b"]],
      "separated by spaces",
    ],
    [
      "ARFF with tabs",
      `@relation w\n@attribute a real\n@attribute c {yes,no}\n@data\n${lines((i) => `${halves(i)}\t${i % 2 === 0 ? "yes" : "no"}`)}`,
      [plain[0]!, ["yes", "no"]],
      "An ARFF file",
    ],
    [
      "dates as eight digits, said",
      `t,x\n${lines((i) => `202401${10 + (i % 20)},${halves(i)}`)}`,
      [[19_732, 19_733, 19_734], plain[0]!],
      "",
      { columns: { t: "date" } },
    ],
  ])("%s", async (_, text, cells, note, options) => {
    const table = await readCsv(text, options);
    expect(cellsOf(table)).toEqual(cells);
    expect(table.notes.join("\n")).toContain(note);
  });
});

describe("a file is refused by name", () => {
  test.each<[what: string, source: string | Uint8Array, message: string]>([
    [
      "the other decimal sign in one column",
      `a,b\n${lines((i) => `${halves(i)},"${mixed(i)},25"`)}`,
      'column "b" (2), row 2: expected numbers with a decimal point, as the file has them, got "0,25"',
    ],
    [
      "a minus sign behind the number",
      `a;b\n${lines((i) => `${i};${mixed(i)},25${i % 3 === 0 ? "-" : ""}`)}`,
      'got "0,25-". Take what stands behind the number away, or put a minus sign before it.',
    ],
    [
      "footnotes behind numbers",
      `a,b\n${lines((i) => `${i},${halves(i)}${i % 6 === 0 ? "*" : ""}`)}`,
      'expected a number as in 33 other rows (7 hold text: "0.5*" once',
    ],
    [
      "a marker in most cells",
      `a,b\n${lines((i) => `${i % 3 === 0 ? halves(i) : "."},${i}`)}`,
      "--missing . if the value is missing",
    ],
    [
      "days that are none",
      `t,b\n${lines((i) => `${i % 9 === 0 ? "0000-00-00" : `2024-02-${10 + (i % 20)}`},${i}`)}`,
      'expected a date as in 35 other rows (5 hold text: "0000-00-00" 5 times)',
    ],
    ["a day that no calendar has", `t,b\n${lines((i) => `2024-02-${10 + (i % 21)},${i}`)}`, 'got "2024-02-30"'],
    [
      "a second header line",
      `len,y\ncm,-\n${lines((i) => `${halves(i)},${i % 2}`)}`,
      "a second line of names or units",
    ],
    ["a title", `Sales\na,b,y\n${lines(row)}`, "Take out a title above the table"],
    ["JSON lines", lines((i) => JSON.stringify({ a: i, b: i })), "got JSON"],
    ["a JSON array", JSON.stringify([{ a: 1 }, { a: 2 }], null, 2), "got JSON"],
    ["JSON rows", "[[1, 2], [3, 4]]\n", "got JSON"],
    ["a page", "<!DOCTYPE html>\n<html><body>a,b</body></html>\n", "got an HTML page"],
    ["XML", '<?xml version="1.0"?>\n<a b="1"/>\n', "got XML"],
    ["a pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 1\n", "git lfs pull"],
    ["LIBSVM", lines((i) => `${i % 2} 1:${i} 2:3.5`), "got rows of LIBSVM"],
    ["bzip2", Uint8Array.from([0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59]), "packed with bzip2"],
    ["HDF5", Uint8Array.from([0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10]), "got an HDF5 file"],
    ["a pickle", Uint8Array.from([0x80, 4, 0x95, 1, 0, 0]), "got a Python pickle"],
    ["UTF-16 without its mark", new TextEncoder().encode("a\0,\0b\0\n\0"), "--encoding utf-16le"],
  ])("%s", async (_, source, message) => {
    const error: unknown = await readCsv(source).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DataError);
    expect(error instanceof Error ? error.message : "").toContain(message);
  });
});

describe("what is learned from is told", () => {
  test.each<[what: string, text: string, note: string]>([
    [
      "markers of missing values",
      `c,y\n${lines((i) => `${["NA", "ZAF", "BWA"][i % 3]},${halves(i)}`)}`,
      'Missing values are "NA" in column "c" (1) (14 rows) (--missing= to read markers as values).',
    ],
    [
      "codes that look like amounts",
      `zip,y\n${lines((i) => `${10_115 + 97 * mixed(i)},${halves(i)}`)}`,
      'Column "zip" (1) is learned from as amounts, though its name speaks of codes: --columns zip=category',
    ],
    [
      "dates that look like amounts",
      `t,y\n${lines((i) => `202401${10 + (i % 20)},${halves(i)}`)}`,
      "look like dates (20240110) and are learned from as amounts: --columns t=date",
    ],
    [
      "classes that differ in what is not seen",
      `x,y\n${lines((i) => `${halves(i)},${["yes", "yes\u200B", "no"][i % 3]}`)}`,
      String.raw`The classes "yes", "yes\u200b" differ only in how they are written`,
    ],
    [
      "classes that differ in a space",
      `x,y\n${lines((i) => `${halves(i)},${["New York", "New\u00A0York", "Rome"][i % 3]}`)}`,
      String.raw`The classes "New York", "New\u00a0York" differ`,
    ],
  ])("%s", async (_, text, note) => {
    expect(prepare(await readCsv(text), { validation: 0 }).notes.join("\n")).toContain(note);
  });

  test("many columns that may number the rows in few words", async () => {
    const names = Array.from({ length: 60 }, (_, k) => `c${k}`);
    const text = `${names.join(",")},y\n${lines((i) => `${names.map((_, k) => (i * (7 + 2 * k * 20)) % 40).join(",")},${i % 2}`)}`;
    const { notes } = prepare(await readCsv(text), { validation: 0 });
    expect(notes.filter((note) => note.includes("may number the rows"))).toHaveLength(20);
  });
});

describe("how a file was read for a model is told", () => {
  const training = `size,city,y\n${lines((i) => `${halves(i)},${["Ulm", "Bonn"][i % 2]},${i % 3}`)}`;

  test.each<[what: string, text: string, note: string | null]>([
    ["the same columns", "city,size\nUlm,1.5\n", null],
    ["columns by position", "1.5,Ulm\n2.5,Bonn\n", "no header, so its columns are taken in the order of training"],
    ["a unit that training did not have", "size,city\n1.5 kg,Ulm\n", '"kg" is read off every number'],
    ["names where numbers were", "size,city\nabc1,Ulm\nabc2,Ulm\n", '"abc" is read off every number'],
    ["another decimal sign", "size;city\n1,5;Ulm\n", "Numbers have a decimal comma"],
    ["a sign that may be either", "size;city\n1,500;Ulm\n", '"1,500" in row 2 is read as 1500'],
    ["a name that was taken", "size,size,city\n1.5,1,Ulm\n", 'Column 2 is called "size (2)"'],
  ])("%s", async (_, text, note) => {
    const { preprocessing } = prepare(await readCsv(training), { validation: 0 });
    const table = await readCsv(text, { like: preprocessing, readsTarget: false });
    const { notes } = applyPreprocessing(preprocessing, table, { targets: false });
    if (note === null) expect(notes).toEqual([]);
    else expect(notes.join("\n")).toContain(note);
  });
});
