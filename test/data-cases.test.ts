import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type Column,
  inputWidth,
  missingCode,
  prepare,
  type PrepareOptions,
  readCsv,
  type ReadCsvOptions,
  type Table,
} from "../src/data/index.ts";
import { DataError } from "../src/errors.ts";
import { type Model, modelFor, predictWith } from "../src/model/index.ts";
import { dense, network } from "../src/network/index.ts";

// Small files in which something was once taken for what it is not, each with its right reading.

const file = (name: string): Uint8Array => readFileSync(new URL(`fixtures/data-cases/${name}`, import.meta.url));

const read = (name: string, options?: ReadCsvOptions): Promise<Table> => readCsv(file(name), options);

const columnOf = (table: Table, name: string): Column => {
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column;
};

function cells(table: Table, name: string): (number | string | null)[] {
  const column = columnOf(table, name);
  if (column.kind === "number") return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
  if (column.kind !== "category") return [];
  return Array.from(column.codes, (code) => (code === missingCode ? null : column.categories[code]!));
}

const inputsOf = (table: Table, options: PrepareOptions = {}): string[] =>
  prepare(table, { validation: 0, ...options }).preprocessing.inputs.map(({ name }) => name);

async function messageOf(name: string, options?: ReadCsvOptions): Promise<string> {
  const error: unknown = await read(name, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DataError);
  return error instanceof Error ? error.message : "";
}

describe("an index of the rows", () => {
  test.each([
    ["01-gap-index.csv", "rises through the file, mostly by 1"],
    ["01-shuffled-index.csv", "whole numbers, all different, in a first column without a name"],
  ])("is left out, and said: %s", async (name, reason) => {
    const prepared = prepare(await read(name), { validation: 0 });
    expect(prepared.preprocessing.inputs.map((input) => input.name)).toEqual(["x"]);
    expect(prepared.notes.join("\n")).toContain(`Column 1 is left out: ${reason}`);
  });

  test("is not needed for prediction", async () => {
    const { preprocessing } = prepare(await read("01-gap-index.csv"), { validation: 0 });
    const table = await readCsv("x,kind\n12,a\n53,b\n", { like: preprocessing });
    expect(cells(table, "x")).toEqual([12, 53]);
  });

  test("stays when it is said to be a number", async () => {
    expect(inputsOf(await read("01-gap-index.csv", { columns: { 1: "number" } }))).toEqual(["column 1", "x"]);
  });
});

describe("numbers in a locale", () => {
  test("have a comma for thousands beside a tab where other cells tell", async () => {
    const table = await read("02-thousands.tsv");
    expect(cells(table, "price").slice(14, 18)).toEqual([917, 977, 1037, 1097]);
    expect(table.notes.join("\n")).toContain('digits are grouped: "1,037" in row 18 is 1037');
  });

  test("have grouped digits in quotes", async () => {
    const table = await read("04-target-comma.csv");
    expect(cells(table, "price").slice(0, 2)).toEqual([1137, 1274]);
    expect(prepare(table, { validation: 0 }).preprocessing.task).toBe("regression");
    expect(table.notes.join("\n")).toContain('"1,137" in row 2 is read as 1137');
  });
});

describe("row 1", () => {
  test("is the header when it counts the columns from 0, as pandas does", async () => {
    const table = await read("03-header-0-1-2.csv");
    expect([table.hasHeader, table.rows, table.columns.map(({ name }) => name)]).toEqual([true, 40, ["0", "1", "2"]]);
    expect(prepare(table, { validation: 0 }).preprocessing.target).toMatchObject({ classes: ["0", "1"] });
  });

  test("is the header when one of its names is a value below", async () => {
    const table = await read("03-header-comes-again.csv");
    expect([table.hasHeader, table.rows, table.columns.map(({ name }) => name)]).toEqual([
      true,
      40,
      ["hair", "flies", "y"],
    ]);
  });

  test("is data when it holds decimal commas", async () => {
    const table = await read("03-no-header-decimal-comma.csv");
    expect([table.hasHeader, table.rows, table.decimal]).toEqual([false, 40, ","]);
    expect(cells(table, "column 1")[0]).toBe(0.37);
  });
});

describe("nearly numbers", () => {
  test("with a currency before each are amounts, and the currency is noted", async () => {
    const table = await read("04-target-dollar.csv");
    expect(cells(table, "price").slice(0, 2)).toEqual([1137, 1274]);
    expect(prepare(table, { validation: 0 }).preprocessing.task).toBe("regression");
    expect(table.notes.join("\n")).toContain('"$" is read off every number ("$1137" is 1137)');
  });

  test("with a bound in a sixth of the cells are refused, by row and text", async () => {
    const message = await messageOf("04-target-less-than.csv");
    expect(message).toContain(
      'column "conc" (2), row 5: expected a number as in 50 other rows (10 hold text: "<0.5" 10 times)',
    );
    expect(message).toContain('--missing="<0.5"');
  });

  test("with a dot in a sixth of the cells are refused, with the option that helps", async () => {
    const message = await messageOf("05-dots.csv");
    expect(message).toContain(
      'column "income" (1), row 7: expected a number as in 50 other rows (10 hold text: "." 10 times)',
    );
    expect(message).toContain("--missing . if the value is missing");
    const table = await read("05-dots.csv", { missing: ["."] });
    expect(columnOf(table, "income")).toMatchObject({ kind: "number", missing: 10 });
  });

  test("taken for classes by force are too many of them", async () => {
    const table = await read("04-target-less-than.csv", { columns: { conc: "category" } });
    expect(() => prepare(table)).toThrow(
      "expected classes of two rows or more on average, got 51 different in 60 rows",
    );
  });
});

describe("missing values", () => {
  test("are not meant by a minus beside a plus", async () => {
    const table = await read("06-plus-minus.csv");
    expect(columnOf(table, "y")).toMatchObject({ kind: "category", categories: ["+", "-"], missing: 0 });
    expect(table.notes.join("\n")).toContain('"-" is taken for a value');
  });

  test("are by no text when there is to be none", async () => {
    const table = await read("06-plus-minus.csv", { missing: { only: [] } });
    expect(columnOf(table, "y").missing).toBe(0);
    expect(table.notes.join("\n")).not.toContain("taken for a value");
  });

  test("that were written as -999 are told, with row and option", async () => {
    const { notes } = prepare(await read("07-sentinel.csv"), { validation: 0 });
    expect(notes.join("\n")).toMatch(
      /Column "humidity" \(1\): -999 in row 21, and in 5 more, where all others lie between 0.008 and 0.992;.*--missing="-999"/,
    );
    const table = await read("07-sentinel.csv", { missing: ["-999"] });
    expect(columnOf(table, "humidity").missing).toBe(6);
    const { preprocessing } = prepare(table, { validation: 0 });
    expect(preprocessing.reading?.missing).toContain("-999");
    // So does a file that is read for prediction.
    const other = await readCsv("humidity\n-999\n0.5\n", { like: preprocessing });
    expect(cells(other, "humidity")).toEqual([null, 0.5]);
  });
});

describe("codes", () => {
  test("that are the same number are categories of their own", async () => {
    const table = await read("08-codes.csv");
    expect(columnOf(table, "part")).toMatchObject({ categories: ["1E3", "1000", "10E2", "A7"] });
  });

  test("of many digits are one class, above the first word and below", async () => {
    const table = await read("08-one-code-two-classes.csv");
    expect(columnOf(table, "code")).toMatchObject({ categories: ["98765432", "A1"] });
  });

  test.each([
    ["17 digits", ["12345678901234567", "12345678901234568"]],
    ["20 digits", ["12345678901234567890", "12345678901234567891"]],
    ["leading zeros", ["007", "0070"]],
  ])("are told apart by their text: %s", async (_, [first, second]) => {
    const rows = Array.from({ length: 40 }, (__, i) => `${i / 10},${i % 2 === 0 ? first : second}`);
    const table = await readCsv(`x,code\n${rows.join("\n")}\n`);
    const { preprocessing, notes } = prepare(table, { validation: 0 });
    expect(preprocessing.target).toMatchObject({ classes: [first, second], counts: [20, 20] });
    expect(notes.join("\n")).toContain('Column "code" (2) is taken for codes, not amounts');
  });

  test("keep their text as classes also where every cell is a number", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i / 10},${i % 2 === 0 ? "1.0" : "2.0"}`);
    const { preprocessing } = prepare(await readCsv(`x,t\n${rows.join("\n")}\n`), { validation: 0 });
    expect(preprocessing.target).toMatchObject({ classes: ["1.0", "2.0"] });
    // Another program may write 1.
    const other = await readCsv("x,t\n1,1\n2,2\n", { like: preprocessing });
    expect(columnOf(other, "t")).toMatchObject({ categories: ["1", "2"] });
  });
});

test("classes that differ in case only are told", async () => {
  const { notes } = prepare(await read("09-yes-Yes-YES.csv"), { validation: 0 });
  expect(notes.join("\n")).toContain('The classes "YES", "Yes", "yes" differ only in how they are written');
});

describe("an encoding", () => {
  test("that is not UTF-8 is refused with the option that helps, and read with it", async () => {
    expect(await messageOf("10-windows-1252.csv")).toContain("--encoding windows-1252");
    const table = await read("10-windows-1252.csv", { encoding: "windows-1252" });
    expect(table.columns.map(({ name }) => name)).toEqual(["größe", "farbe", "preis"]);
    expect(cells(table, "farbe")[0]).toBe("grün");
  });
});

test("a column that varies by rounding alone is constant", async () => {
  const { preprocessing, notes } = prepare(await read("12-near-constant.csv"), { validation: 0 });
  expect(preprocessing.inputs.map(({ name }) => name)).toEqual(["x"]);
  expect(notes.join("\n")).toContain("but for the rounding of its last digits");
});

describe("a file as another program writes it", () => {
  test("has comment lines above the header", async () => {
    const table = await read("16-comment-lines.csv");
    expect([table.hasHeader, table.rows, table.firstRow]).toEqual([true, 40, 4]);
    expect(table.notes.join("\n")).toContain("Rows 1 to 2 start with #");
  });

  test("has a line that names the delimiter", async () => {
    const table = await read("16-excel-sep-line.csv");
    expect([table.delimiter, table.rows, table.decimal, table.firstRow]).toEqual([";", 40, ",", 3]);
    expect(cells(table, "preis")[0]).toBe(13.41);
  });

  test("has names of the rows, and one name less in its header", async () => {
    const table = await read("16-write-table.txt");
    expect(table.columns.map(({ name }) => name).slice(0, 2)).toEqual(["column 1", "Sepal.Length"]);
    expect(inputsOf(table)).toEqual(["Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width"]);
  });
});

test("18 whole numbers, some negative, are amounts", async () => {
  const { preprocessing } = prepare(await read("18-rounded-temperature.csv"), { validation: 0 });
  expect(preprocessing.task).toBe("regression");
  expect(preprocessing.taskReason).toContain(
    "18 different whole numbers, from -1 to 16, some negative (--task classification",
  );
});

describe("predict", () => {
  const modelOf = async (): Promise<Model> => {
    const { preprocessing } = prepare(await read("11-train.csv"), { validation: 0 });
    return modelFor(network(inputWidth(preprocessing), [dense(1, "identity")], { seed: 1 }), preprocessing);
  };
  const notesOf = async (name: string): Promise<string> => {
    const model = await modelOf();
    return predictWith(model, await read(name, { like: model.preprocessing!, readsTarget: false })).notes.join("\n");
  };

  test("tells numbers far outside of what training had", async () => {
    expect(await notesOf("11-predict-far.csv")).toContain(
      `column "größe" (1): 1000000 in row 2 lies far outside the training rows' 0.11 to 9.9`,
    );
  });

  test("tells values that no training row missed", async () => {
    const notes = await notesOf("11-predict-missing.csv");
    expect(notes).toContain(
      'column "größe" (1): 1 row has no value, as no training row had; it counts as the mean, 4.',
    );
    expect(notes).toContain('column "city" (2): 1 row has no category, as no training row had');
  });

  test("finds a column whatever way its accents are written", async () => {
    expect(await notesOf("11-predict-nfd.csv")).toBe("");
  });

  test("tells a category that differs from a known one in case", async () => {
    const model = await modelOf();
    const table = await readCsv("größe,city\n3.5,köln\n", { like: model.preprocessing! });
    expect(predictWith(model, table).notes.join("\n")).toContain('"köln", which differs from "Köln" in case');
  });

  test("passes over a target that is filled in, whatever stands there, with a note", async () => {
    const model = await modelOf();
    const table = await readCsv("größe,city,y\n3.5,Ulm,unknown\n2,Ulm,3\n", {
      like: model.preprocessing!,
      readsTarget: false,
    });
    expect(predictWith(model, table).notes.join("\n")).toContain(
      'Column "y" (3) is the target, and filled in 2 of 2 rows: that is not looked at',
    );
  });

  test("answers a new value in a column that was constant by rounding as training would", async () => {
    const { preprocessing } = prepare(await read("12-near-constant.csv"), { validation: 0 });
    const model = modelFor(network(inputWidth(preprocessing), [dense(1, "identity")], { seed: 1 }), preprocessing);
    const answers = predictWith(model, await read("12-near-constant-new.csv", { like: preprocessing }));
    if (answers.task !== "regression") throw new Error("expected amounts");
    expect(answers.values[0]).toEqual(answers.values[1]);
  });
});
