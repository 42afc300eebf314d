import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { bundledData, readCsv, type Table } from "../../../data/index.ts";
import { loadModel, predictWith } from "../../../model/index.ts";
import { run } from "../../run.ts";

let folder: string;
let irisModel: string;
let diabetesModel: string;

async function outcomeOf(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal();
  return { code: await run(words, terminal), ...written };
}

async function jsonOf(...words: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await outcomeOf(...words, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as Record<string, unknown>;
}

async function model(data: string, ...words: string[]): Promise<string> {
  const out = join(folder, data.replaceAll("/", "-"));
  expect((await outcomeOf("train", data, "--epochs", "20", "--quiet", "--out", out, ...words)).code).toBe(0);
  return join(out, "model.safetensors");
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "backpass-use-"));
  irisModel = await model("iris");
  diabetesModel = await model("diabetes");
}, 120_000); // two trainings at the defaults, on a busy machine

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("backpass predict", () => {
  test("gives what the library gives, with rows as in the file, and no target needed", async () => {
    const text = "petal_width,petal_length,sepal_width,sepal_length,owner\n0.2,1.4,3.5,5.1,me\n\n2.3,5.9,3.2,6.8,you\n";
    const printed = await jsonOf("predict", irisModel, file("two.csv", text));
    const loaded = loadModel(readFileSync(irisModel));
    const expected = predictWith(loaded, await readCsv(text, { like: loaded.preprocessing! }));
    expect(expected.task === "classification" && expected.classes).toEqual(["setosa", "virginica"]);
    expect(printed).toEqual({
      task: "classification",
      target: "species",
      rows: [2, 4],
      classes: ["setosa", "versicolor", "virginica"],
      predictions: ["setosa", "virginica"],
      // Every digit: JSON holds a float64 exactly.
      probabilities: expected.task === "classification" ? expected.probabilities : null,
      notes: [],
    });
  });

  test("gives amounts in the units of the target", async () => {
    const { predictions, rows } = await jsonOf("predict", diabetesModel, "diabetes");
    const values = predictions as number[];
    expect([values.length, (rows as number[]).length]).toEqual([442, 442]);
    const mean = values.reduce((sum, value) => sum + value / values.length, 0);
    // The targets' mean is 152; a model of it cannot be far off.
    expect(mean).toBeGreaterThan(120);
    expect(mean).toBeLessThan(180);
  });

  test("prints CSV that it could read itself", async () => {
    const { out } = await outcomeOf("predict", irisModel, "iris", "--csv");
    const table = await readCsv(out);
    expect(table.rows).toBe(150);
    expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ["row", "number"],
      ["species", "category"],
      ["p(setosa)", "number"],
      ["p(versicolor)", "number"],
      ["p(virginica)", "number"],
    ]);
  });

  test("prints a line a row for people", async () => {
    const { out } = await outcomeOf("predict", irisModel, "iris");
    expect(out.split("\n")[0]).toBe("row  species     probability");
    expect(out.split("\n")[1]).toMatch(/^ +\d+ {2}setosa +\d+\.\d %$/);
  });

  test("says on the side which categories it did not know", async () => {
    let text = "color,size,kind\n";
    for (let i = 0; i < 60; i++) text += `${i % 2 === 0 ? "red" : "blue"},${i % 7},${i % 2 === 0 ? "a" : "b"}\n`;
    const path = await model(file("colors.csv", text));
    const { code, out, err } = await outcomeOf("predict", path, file("new.csv", "color,size\ngreen,3\n"));
    expect(code).toBe(0);
    expect(out).toMatch(/^ +2 {2}[ab] /m);
    expect(err).toMatch(/^note: column "color" \(1\): 1 row holds a category that training did not have/);
  });
});

describe("backpass evaluate", () => {
  test("gives accuracy beside the baseline, scores of each class and the confusion matrix", async () => {
    const found = await jsonOf("evaluate", irisModel, "iris");
    expect(found).toMatchObject({
      task: "classification",
      examples: 150,
      cost: expect.any(Number),
      accuracy: expect.any(Number),
      baseline: { accuracy: 1 / 3, answer: "setosa" },
      macro: { precision: expect.any(Number), recall: expect.any(Number), f1: expect.any(Number) },
    });
    const confusion = found["confusion"] as number[][];
    const right = confusion.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
    expect(found["accuracy"]).toBe(right / 150);
    expect(confusion.map((row) => row.reduce((sum, count) => sum + count, 0))).toEqual([50, 50, 50]);
    expect((found["classes"] as { class: string }[]).map((each) => each.class)).toEqual([
      "setosa",
      "versicolor",
      "virginica",
    ]);
    const { out } = await outcomeOf("evaluate", irisModel, "iris");
    expect(out).toMatch(/^accuracy +\d+\.\d % +baseline 33\.3 %: "setosa" as every answer$/m);
    expect(out).toMatch(/^virginica( +\d+\.\d %){3} +50$/m);
  });

  test("gives errors of a regression in the units of the target, as computed by hand", async () => {
    const found = await jsonOf("evaluate", diabetesModel, "diabetes");
    const { predictions } = await jsonOf("predict", diabetesModel, "diabetes");
    const table = await bundledData.find(({ name }) => name === "diabetes")!.table();
    const last = table.columns.at(-1)!;
    const actual = last.kind === "number" ? Array.from(last.values) : [];
    const errors = actual.map((value, i) => (predictions as number[])[i]! - value);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const center = mean(actual);
    const mse = mean(errors.map((error) => error * error));
    // Sums in another order, of float64.
    const closeTo = (value: number): unknown => expect.closeTo(value, 6);
    expect(found).toMatchObject({
      task: "regression",
      examples: 442,
      mse: closeTo(mse),
      mae: closeTo(mean(errors.map(Math.abs))),
      r2: closeTo(1 - mse / mean(actual.map((value) => (value - center) ** 2))),
      baseline: { r2: expect.any(Number), answer: expect.any(Number) },
    });
  });

  test("lists the most frequent confusions where there are many classes", async () => {
    let text = "x,y,kind\n";
    for (let i = 0; i < 400; i++) text += `${(i * 7) % 13},${(i * 5) % 11},k${i % 20}\n`;
    const path = await model(file("many.csv", text));
    const { out } = await outcomeOf("evaluate", path, join(folder, "many.csv"));
    expect(out).toContain("most frequent confusions (--json has all)");
    expect(out).toMatch(/^ *\d+ {2}"k\d+" taken for "k\d+"$/m);
  });
});

describe("a folder with IDX files", () => {
  /** Images of 2 × 2 bytes: the label is the brighter of two halves. */
  function write(into: string, prefix: string, count: number): void {
    const pixels = Array.from({ length: count }, (_, i) => {
      const [dark, bright] = [i % 50, 200 + (i % 50)];
      return i % 2 === 0 ? [bright, dark, bright, dark] : [dark, bright, dark, bright];
    });
    const header = (type: number, ...sizes: number[]): number[] => [0, 0, 8, type, ...sizes.flatMap((n) => [0, 0, n >> 8, n & 255])]; // prettier-ignore
    writeFileSync(
      join(into, `${prefix}-images-idx3-ubyte`),
      Uint8Array.from([...header(3, count, 2, 2), ...pixels.flat()]),
    );
    writeFileSync(
      join(into, `${prefix}-labels-idx1-ubyte`),
      Uint8Array.from([...header(1, count), ...pixels.map((_, i) => i % 2)]),
    );
  }

  test("is trained on, tested, used and measured", async () => {
    const images = join(folder, "images");
    mkdirSync(images);
    write(images, "train", 300);
    write(images, "t10k", 60);
    const out = join(folder, "images-model");
    const trained = await jsonOf("train", images, "--epochs", "20", "--out", out);
    expect(trained).toMatchObject({ task: "classification", data: "images", test: { accuracy: 1 } });
    const path = join(out, "model.safetensors");
    const { predictions } = await jsonOf("predict", path, images);
    expect(predictions).toEqual(Array.from({ length: 60 }, (_, i) => String(i % 2)));
    expect(await jsonOf("evaluate", path, images)).toMatchObject({ examples: 60, accuracy: 1 });
    expect((await outcomeOf("predict", path, "iris")).err).toContain("expected a folder with IDX files");
    expect((await outcomeOf("predict", irisModel, images)).err).toContain("expected a table");
  });
});

describe("backpass data", () => {
  test("lists all that comes with the package, with source and licence", async () => {
    const { out } = await outcomeOf("data");
    for (const { name, licence } of bundledData) expect(out).toMatch(new RegExp(`^${name} .*${licence}$`, "m"));
    const { data } = await jsonOf("data");
    expect((data as { name: string }[]).map(({ name }) => name)).toEqual(bundledData.map(({ name }) => name));
  });

  test.each(bundledData.map(({ name }) => name))("prints %s as CSV that holds the same table", async (name) => {
    const { out } = await outcomeOf("data", name, "--csv");
    const [printed, bundled] = [await readCsv(out), await bundledData.find((each) => each.name === name)!.table()];
    expect(printed.rows).toBe(bundled.rows);
    // A generated table has no header, so that its first text stands in another row.
    const columnsOf = (table: Table): object[] => table.columns.map((column) => ({ ...column, firstText: null }));
    expect(columnsOf(printed)).toEqual(columnsOf(bundled));
  });
});
