import { describe, expect, test } from "vitest";
import { prepare, readCsv, type ReadCsvOptions, type Table } from "../src/data/index.ts";
import { DataError } from "../src/errors.ts";

// Further files of each kind that can be taken for what it is not; made here, all with 40 rows.

const ROWS = 40;
/** Numbers from 0 to 100 that go up and down. */
const mixed = (i: number): number => (i * 7919) % 101;
const lines = (line: (i: number) => string, rows = ROWS): string =>
  `${Array.from({ length: rows }, (_, i) => line(i)).join("\n")}\n`;
const comma = (value: number): string => value.toFixed(2).replace(".", ",");
const day = (i: number): string => new Date(1.7e12 + i * 259_200_000).toISOString().slice(0, 10);
/** 1037 as 1,037, with any sign. */
const grouped = (value: number, sign: string): string => value.toString().replace(/\B(?=(\d{3})+$)/g, sign);

/** The first cells of a column that are there, as they are read. */
function firstCells(table: Table, name: string): readonly (number | string)[] | string {
  const column = table.columns.find((each) => each.name === name);
  if (column?.kind === "number" || column?.kind === "date") {
    return Array.from(column.values)
      .filter((value) => !Number.isNaN(value))
      .slice(0, 3);
  }
  return column?.kind === "category" ? column.categories.slice(0, 3) : (column?.kind ?? "nothing");
}

describe("a column is read", () => {
  test.each<
    [what: string, text: string, column: string, cells: unknown, note: string | null, options?: ReadCsvOptions]
  >([
    // Thousands and decimals.
    [
      "thousands by points, decimal commas beside",
      `a;p\n${lines((i) => `${comma(i / 3)};${grouped(i * 137 + 977, ".")}`)}`,
      "p",
      [977, 1114, 1251],
      "Numbers have a decimal comma",
    ],
    [
      "thousands by points, small ones without",
      `a;p\n${lines((i) => `${mixed(i)};${grouped(i * 137 + 77, ".")}`)}`,
      "p",
      [77, 214, 351],
      "whole numbers below 1000 have none",
    ],
    [
      "thousands by commas between tabs",
      `a\tp\n${lines((i) => `${mixed(i)}\t${grouped(i * 137 + 77, ",")}`)}`,
      "p",
      [77, 214, 351],
      "whole numbers below 1000 have none",
    ],
    [
      "thousands by commas between bars, said",
      `a|p\n${lines((i) => `${mixed(i)}|${grouped(i * 137 + 1037, ",")}`)}`,
      "p",
      [1037, 1174, 1311],
      "digits are grouped",
      { decimal: "." },
    ],
    [
      "three decimals after commas between bars, said",
      `a|p\n${lines((i) => `${mixed(i)}|${grouped(i * 137 + 1037, ",")}`)}`,
      "p",
      [1.037, 1.174, 1.311],
      null,
      { decimal: "," },
    ],
    [
      "millions by commas",
      `a\tp\n${lines((i) => `${mixed(i)}\t${grouped(i * 137_000 + 1_000_077, ",")}`)}`,
      "p",
      [1_000_077, 1_137_077, 1_274_077],
      "digits are grouped",
    ],
    [
      "lakhs and crores",
      `a\tp\n${lines((i) => `${mixed(i)}\t12,34,${500 + i}`)}`,
      "p",
      [1_234_500, 1_234_501, 1_234_502],
      "digits are grouped",
    ],
    [
      "thousands by apostrophes",
      `a;p\n${lines((i) => `${mixed(i)};${grouped(i * 137 + 977, "'")}`)}`,
      "p",
      [977, 1114, 1251],
      "digits are grouped",
    ],
    [
      "thousands by spaces that do not break",
      `a;p\n${lines((i) => `${mixed(i)};${grouped(i * 137 + 977, "\u202F")}`)}`,
      "p",
      [977, 1114, 1251],
      "digits are grouped",
    ],
    [
      "decimal commas in quotes",
      `a,p\n${lines((i) => `${mixed(i)},"${comma(i * 1.37)}"`)}`,
      "p",
      [0, 1.37, 2.74],
      "Numbers have a decimal comma",
    ],
    [
      "lists in quotes beside decimal points",
      `x,tags\n${lines((i) => `${mixed(i) / 7},"${i % 3},${i % 2}"`)}`,
      "tags",
      ["0,0", "1,1", "2,0"],
      null,
    ],
    // Units.
    [
      "euros behind",
      `a;p\n${lines((i) => `${mixed(i)};${comma(i * 1.37)} €`)}`,
      "p",
      [0, 1.37, 2.74],
      '"€" is read off every number',
    ],
    [
      "pounds before, grouped",
      `a,p\n${lines((i) => `${mixed(i)},"£${grouped(i * 700, ",")}"`)}`,
      "p",
      [0, 700, 1400],
      '"£" is read off',
    ],
    [
      "a code of a currency before",
      `a,p\n${lines((i) => `${mixed(i)},GBP ${i}.5`)}`,
      "p",
      [0.5, 1.5, 2.5],
      '"GBP" is read off',
    ],
    [
      "percent",
      `a,p\n${lines((i) => `${mixed(i)},${(i * 1.37).toFixed(2)}%`)}`,
      "p",
      [0, 1.37, 2.74],
      '"%" is read off',
    ],
    [
      "kilograms, some missing",
      `a,p\n${lines((i) => `${mixed(i)},${i % 5 === 0 ? "NA" : `${i} kg`}`)}`,
      "p",
      [1, 2, 3],
      '"kg" is read off',
    ],
    [
      "an unusual unit behind many numbers",
      `a,p\n${lines((i) => `${mixed(i)},${i * 7} widgets`)}`,
      "p",
      [0, 7, 14],
      '"widgets" is read off',
    ],
    [
      "an unusual word behind few numbers",
      `a,p\n${lines((i) => `${mixed(i)},${(i % 3) * 2}WD`)}`,
      "p",
      ["0WD", "2WD", "4WD"],
      null,
    ],
    [
      "a word before a number, said",
      `t,p\n${lines((i) => `T${mixed(i)},${i}.5`)}`,
      "t",
      [0, 41, 82],
      '"T" is read off',
      { columns: { t: "number" } },
    ],
    [
      "negative amounts in parentheses",
      `a,p\n${lines((i) => `${mixed(i)},${i % 3 === 0 ? `($${i}.25)` : `$${i}.50`}`)}`,
      "p",
      [-0.25, 1.5, 2.5],
      '"$" is read off',
    ],
    [
      "typographic minus signs",
      `a,p\n${lines((i) => `${mixed(i)},${i % 2 === 0 ? "" : "\u2212"}${i}.5`)}`,
      "p",
      [0.5, -1.5, 2.5],
      null,
    ],
    ["numbers in single quotes", `a,p\n${lines((i) => `'${mixed(i)}',${i}.5`)}`, "a", [0, 41, 82], "is read off"],
    [
      "numbers between spaces that do not break",
      `a,p\n${lines((i) => `\u00A0${mixed(i)}\u00A0,${i}.5`)}`,
      "a",
      [0, 41, 82],
      null,
    ],
    // Codes.
    [
      "zip codes",
      `zip,p\n${lines((i) => `${String((i % 7) * 6113).padStart(5, "0")},${i}.5`)}`,
      "zip",
      ["00000", "06113", "12226"],
      "taken for codes, not amounts",
    ],
    [
      "zip codes as amounts, said",
      `zip,p\n${lines((i) => `${String((i % 7) * 6113).padStart(5, "0")},${i}.5`)}`,
      "zip",
      [0, 6113, 12_226],
      null,
      { columns: { zip: "number" } },
    ],
    [
      "phone numbers",
      `phone,p\n${lines((i) => `+49 30 ${100_000 + i},${i}.5`)}`,
      "phone",
      ["+49 30 100000", "+49 30 100001", "+49 30 100002"],
      null,
    ],
    [
      "words for true and false",
      `b,p\n${lines((i) => `${i % 3 === 0 ? "FALSE" : "TRUE"},${i}.5`)}`,
      "b",
      ["FALSE", "TRUE"],
      null,
    ],
    [
      "tickets, most of them numbers",
      `t,p\n${lines((i) => `${i % 4 === 0 ? `PC ${17_000 + i}` : 110_000 + i},${i}.5`)}`,
      "t",
      ["PC 17000", "110001", "110002"],
      null,
    ],
    // Markers.
    [
      "continents, one of them NA",
      `c,p\n${lines((i) => `${["NA", "EU", "AS", "SA"][i % 4]},${i}.5`)}`,
      "c",
      ["NA", "EU", "AS"],
      '"NA" is taken for a value',
    ],
    [
      "strands, one of them -",
      `s,p\n${lines((i) => `${["+", "-", "."][i % 3]},${i}.5`)}`,
      "s",
      ["+", "-", "."],
      '"-" is taken for a value',
    ],
    ["NA among words", `w,p\n${lines((i) => `${["NA", "red", "blue"][i % 3]},${i}.5`)}`, "w", ["red", "blue"], null],
    [
      "NA among words, said to be one",
      `w,p\n${lines((i) => `${["NA", "red", "blue"][i % 3]},${i}.5`)}`,
      "w",
      ["NA", "red", "blue"],
      null,
      { missing: { only: ["?"] } },
    ],
    // Unicode.
    [
      "the same word with composed and combining accents",
      `w,p\n${lines((i) => `${["Köln", "Ko\u0308ln", "Ulm"][i % 3]},${i}.5`)}`,
      "w",
      ["Köln", "Ulm"],
      null,
    ],
    // Dates.
    ["days", `d,p\n${lines((i) => `${day(mixed(i))},${i}.5`)}`, "d", [19_675, 19_798, 19_921], null],
    [
      "days with a time",
      `d,p\n${lines((i) => `${day(mixed(i))}T12:00:00Z,${i}.5`)}`,
      "d",
      [19_675.5, 19_798.5, 19_921.5],
      null,
    ],
    [
      "days as categories, said",
      `d,p\n${lines((i) => `${day(i % 3)},${i}.5`)}`,
      "d",
      ["2023-11-14", "2023-11-17", "2023-11-20"],
      null,
      { columns: { d: "category" } },
    ],
  ])("%s", async (_, text, column, cells, note, options) => {
    const table = await readCsv(text, options);
    expect(firstCells(table, column)).toEqual(cells);
    const notes = table.notes.filter((each) => !/separated by|header/.test(each)).join("\n");
    if (note === null) expect(notes).toBe("");
    else expect(notes).toContain(note);
  });
});

describe("a file is refused, with the option that helps, when it holds", () => {
  test.each<[what: string, text: string, message: string]>([
    [
      "thousands or decimals beside a tab",
      `a\tp\n${lines((i) => `${mixed(i)}\t${grouped(i * 137 + 1077, ",")}`)}`,
      'row 2: expected numbers that show their decimal sign, got "1,077", which may be 1077 or 1.077, and no cell that tells. Say --decimal . for 1077',
    ],
    [
      "thousands or decimals beside a semicolon",
      `a;p\n${lines((i) => `${mixed(i)};${grouped(i * 137 + 1077, ".")}`)}`,
      "Say --decimal , for 1077, --decimal . for 1.077",
    ],
    [
      "both decimal signs",
      "a;b\n1,5;2.5\n2,5;3.5\n",
      'expected one decimal sign, got "1,5" in row 2 and "2.5" in row 2',
    ],
    [
      "the other decimal sign after the start that was looked at",
      `a;b\n${lines((i) => `${i};${i % 2}`, 300_000)}1,5;0\n`,
      'expected one decimal sign, got "0" in row 2 and "1,5" in row 300002',
    ],
    [
      "None in a sixth of the cells",
      `a,p\n${lines((i) => `${i % 6 === 0 ? "None" : i * 1.5},${i}`)}`,
      'expected a number as in 33 other rows (7 hold text: "None" 7 times), got "None"',
    ],
    [
      "different bounds",
      `a,p\n${lines((i) => `${i % 6 === 0 ? `>${i}` : i * 1.5},${i}`)}`,
      '(7 hold text: ">0" once, ">6" once, ">12" once, …)',
    ],
    [
      "two units",
      `a,p\n${lines((i) => `${i * 1.5} ${i % 4 === 0 ? "g" : "kg"},${i}`)}`,
      "write all amounts alike, in one unit or currency",
    ],
    [
      "one word among few numbers",
      `a,p\n${lines((i) => `${i === 5 ? "n.a." : i * 1.5},${i}`, 15)}`,
      "--missing n.a. if the value is missing, --columns a=category if the column holds names, --ignore a to leave it out",
    ],
    ["sparse rows of ARFF", "@relation w\n@attribute a numeric\n@data\n{0 1}\n", "got sparse ones, in braces"],
    [
      "an ARFF header without an end",
      "@relation w\n@attribute a numeric\n1\n",
      "expected an ARFF file with @attribute lines and @data",
    ],
  ])("%s", async (_, text, message) => {
    const error: unknown = await readCsv(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DataError);
    expect(error instanceof Error ? error.message : "").toContain(message);
  });
});

describe("a column that tells the row", () => {
  test.each<[what: string, name: string, cell: (i: number) => string | number, reason: string | null]>([
    ["an identifier in any order", "PassengerId", (i) => 500 + mixed(i), "under the name of an index or identifier"],
    [
      "one with another word before it",
      "patient_id",
      (i) => 500 + mixed(i),
      "under the name of an index or identifier",
    ],
    ["an index that falls", "foo", (i) => 100 - i, "counts the rows of the file"],
    ["an index with gaps", "foo", (i) => i + Math.floor(i / 4), "rises through the file, mostly by 1"],
    ["seconds since 1970 that only rise", "foo", (i) => 1_700_000_000 + 37 * i + (i % 3), "a time that only rises"],
    ["a time that rises or stays", "timestamp", (i) => Math.floor(i / 1.5) * 0.25, "a time that only rises"],
    ["codes that count up", "code", (i) => `A${String(i).padStart(4, "0")}`, "different in 40 of 40 training rows"],
    [
      "identifiers of 32 digits",
      "key",
      (i) => `${(mixed(i) * 99_991).toString(16)}-4f1a-${i}`,
      "different in 40 of 40 training rows",
    ],
    ["numbers of 17 digits", "foo", (i) => `1234567890123${4500 + mixed(i)}`, "different in 40 of 40 training rows"],
    ["numbers that come again", "id", (i) => i % 20, null],
    ["amounts that rise", "foo", (i) => i * 1.37, null],
    ["whole numbers far apart", "foo", (i) => mixed(i) * 1000, null],
  ])("is left out, or not: %s", async (_, name, cell, reason) => {
    const table = await readCsv(`${name},x,y\n${lines((i) => `${cell(i)},${mixed(i + 3)}.5,${i % 2}`)}`);
    const { preprocessing, notes } = prepare(table, { validation: 0 });
    const names = preprocessing.inputs.map((input) => input.name);
    expect(names).toEqual(reason === null ? [name, "x"] : ["x"]);
    if (reason !== null) expect(notes.join("\n")).toContain(reason);
  });

  test("is noted when it may be one", async () => {
    const table = await readCsv(`foo,x,y\n${lines((i) => `${(i * 7) % 40},${mixed(i + 3)}.5,${i % 2}`)}`);
    const { preprocessing, notes } = prepare(table, { validation: 0 });
    expect(preprocessing.inputs).toHaveLength(2);
    expect(notes.join("\n")).toContain(
      'Column "foo" (1) holds 40 whole numbers, all different, from 0 to 39: it may number the rows',
    );
  });

  test("keeps month and weekday of dates that only rise", async () => {
    const { preprocessing, notes } = prepare(await readCsv(`d,y\n${lines((i) => `${day(i)},${i % 2}`)}`), {
      validation: 0,
    });
    expect(preprocessing.inputs[0]).toMatchObject({ kind: "date" });
    const both = prepare(await readCsv(`d,x,y\n${lines((i) => `${day(i)},${mixed(i)},${i % 2}`)}`), { validation: 0 });
    expect(both.preprocessing.inputs[0]).toMatchObject({ kind: "date", day: null, weekdays: [1, 2, 3, 4, 5, 6, 7] });
    expect(both.notes.join("\n")).toContain("the day itself is left out");
    expect(notes.join("\n")).not.toContain("the day itself");
  });
});

describe("whole numbers to predict", () => {
  test.each<[what: string, cell: (i: number) => number, task: string, reason: string]>([
    ["three classes", (i) => i % 3, "classification", "--task regression"],
    ["minus one and one", (i) => (i % 2) * 2 - 1, "classification", "2 different"],
    ["minus one, none and one", (i) => (i % 3) - 1, "classification", "3 different"],
    ["six classes, one number left out", (i) => [1, 2, 3, 5, 6, 7][i % 6]!, "classification", "6 different"],
    ["26 letters", (i) => i % 26, "classification", "about equally frequent"],
    ["degrees, some below 0", (i) => (i % 12) - 3, "regression", "some negative (--task classification"],
    [
      "a score from 0 to 10, rare at the ends",
      (i) => Math.round(5 + 1.7 * (Math.sin(i * 1.3) + Math.sin(i * 2.7) + Math.sin(i * 0.77))),
      "regression",
      "rare at both ends",
    ],
    ["shoe sizes", (i) => 36 + (i % 11), "regression", "from 36 to 46"],
    ["17 steps that a column follows", (i) => (i * 5) % 17, "regression", 'which column "x" (1) follows'],
  ])("are classes or amounts: %s", async (what, cell, task, reason) => {
    const follows = what.includes("follows");
    const table = await readCsv(
      `x,z,y\n${lines((i) => `${follows ? cell(i) + mixed(i) / 300 : mixed(i)},${mixed(i + 5)},${cell(i)}`, 520)}`,
    );
    const { preprocessing } = prepare(table, { validation: 0 });
    expect([preprocessing.task, preprocessing.taskReason]).toEqual([task, expect.stringContaining(reason)]);
  });
});

describe("cells that stand apart", () => {
  test.each<[what: string, cell: (i: number) => number, note: string | null]>([
    [
      "one of 1e9",
      (i) => (i === 17 ? 1e9 : mixed(i) / 101),
      "1000000000 in row 19, where all others lie between 0 and 0.9901",
    ],
    ["-999 in a tenth", (i) => (i % 10 === 3 ? -999 : mixed(i) / 101), "-999 in row 5, and in 3 more"],
    [
      "999 among hundreds",
      (i) => (i % 13 === 5 ? 999 : 2 * mixed(i)),
      "--missing 999 if it stands for a missing value",
    ],
    ["large ones among large ones", (i) => Math.round(2 ** (mixed(i) / 8)), null],
    ["mostly nothing", (i) => (i % 12 === 0 ? 5000 + i : 0), null],
  ])("are told, or none are: %s", async (_, cell, note) => {
    const { notes } = prepare(await readCsv(`x,y\n${lines((i) => `${cell(i)},${mixed(i + 1)}.5`)}`), { validation: 0 });
    const said = notes.filter((each) => each.includes("where all others lie")).join("\n");
    if (note === null) expect(said).toBe("");
    else expect(said).toContain(note);
  });
});

test("columns that give the target away are told", async () => {
  const classes = await readCsv(`x,code,y\n${lines((i) => `${mixed(i)},${["aa", "bb"][i % 2]},${["p", "q"][i % 2]}`)}`);
  expect(prepare(classes, { validation: 0 }).notes.join("\n")).toContain(
    'Column "code" (2) gives the target away: each of its values goes with one class, and each class with one value',
  );
  const amounts = await readCsv(`x,f,y\n${lines((i) => `${mixed(i * i)},${32 + (9 / 5) * mixed(i)},${mixed(i)}`)}`);
  expect(prepare(amounts, { validation: 0 }).notes.join("\n")).toContain(
    'Column "f" (2) gives the target away: the target is a linear function of it',
  );
});

test("the size that memory is checked for counts an input for each category", async () => {
  const table = await readCsv(`w,x,y\n${lines((i) => `w${i % 10},${mixed(i)},${i % 2}`)}`);
  const sizes: object[] = [];
  prepare(table, { validation: 0, onSize: (size) => sizes.push(size) });
  expect(sizes).toEqual([{ rows: 40, inputs: 11 }]);
});

test("130,000 equal names are read, and said in few words", async () => {
  const count = 130_000;
  const table = await readCsv(`${"a,".repeat(count - 1)}a\n${"1,".repeat(count - 1)}2\n`, { header: true });
  expect(table.columns[count - 1]?.name).toBe("a (130000)");
  expect(table.notes.length).toBeLessThan(10);
});
