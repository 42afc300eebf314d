import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataError } from "../errors.ts";
import { applyPreprocessing, type Applied } from "./preprocessing/apply.ts";
import { baseline } from "./preprocessing/baseline.ts";
import { readCsv } from "./reading/csv.ts";
import { type FitOptions, fitPreprocessing } from "./preprocessing/fit.ts";
import { prepare } from "./preprocessing/prepare.ts";
import { inputNames, inputWidth, inUnitsOfTarget, outputWidth, type Preprocessing } from "./preprocessing.ts";
import { readPreprocessing } from "./preprocessing/read-preprocessing.ts";
import { tableOfRows } from "./reading/table-of-rows.ts";
import { chooseTarget } from "./columns/target.ts";

const rowsOf = ({ inputs }: Applied): number[][] =>
  Array.from({ length: inputs.values.length / inputs.columns }, (_, i) =>
    Array.from(inputs.values.subarray(i * inputs.columns, (i + 1) * inputs.columns)),
  );

const fit = async (text: string, options?: FitOptions): Promise<Preprocessing> =>
  fitPreprocessing(await readCsv(text), options);

describe("the task", () => {
  const numbers = (values: readonly number[]): string =>
    `a,t\n${values.map((value, i) => `${i * i},${value}`).join("\n")}`;
  const repeated = (classes: number, each: number): number[] =>
    Array.from({ length: classes * each }, (_, i) => i % classes);

  test.each<[string, string, "classification" | "regression"]>([
    ["words", "a,t\n1,x\n2,y\n", "classification"],
    ["two whole numbers", numbers([0, 1, 0]), "classification"],
    ["few whole numbers", numbers(repeated(6, 5)), "classification"],
    ["whole numbers in too few rows", numbers(repeated(6, 2)), "regression"],
    ["26 consecutive ones, equally frequent", numbers(repeated(26, 6)), "classification"],
    ["26 ones that are not consecutive", numbers(repeated(26, 6).map((value) => 3 * value)), "regression"],
    ["28 consecutive ones, some rare", numbers([...repeated(28, 1), ...new Array<number>(200).fill(9)]), "regression"],
    ["a fraction among them", numbers([0, 1, 0, 1.5]), "regression"],
    ["many", numbers(repeated(101, 10)), "regression"],
  ])("is inferred from the target: %s", async (_, text, task) => {
    const target = chooseTarget(await readCsv(text, { header: true }));
    expect(target.task).toBe(task);
    expect(target.reason).toContain('column "t" (2) holds');
  });

  test("is the one asked for", async () => {
    const table = await readCsv("a,t\n1,0.5\n2,1\n3,0.5\n");
    expect(chooseTarget(table, { task: "classification" }).classes).toEqual(["0.5", "1"]);
    expect(chooseTarget(table, { task: "regression" }).classes).toBeNull();
  });
});

describe("the target", () => {
  test("is the last column, or a name, or a number from 1, or one from the end", async () => {
    const table = await readCsv("a,b,2\n1,x,0\n2,y,1\n", { header: true });
    const position = (target?: string | number): number =>
      chooseTarget(table, target === undefined ? {} : { target }).column.position;
    expect([position(), position("b"), position(1), position(-2), position("1")]).toEqual([3, 2, 1, 2, 1]);
    // A name comes before a number that reads the same.
    expect([position("2"), position(2)]).toEqual([3, 2]);
  });

  test("has its classes in an order that does not depend on the order of rows", async () => {
    const target = async (text: string): Promise<unknown> =>
      chooseTarget(await readCsv(text, { header: true }), { task: "classification" }).classes;
    expect(await target("a,t\n1,b\n2,10\n3,a\n4,9\n")).toEqual(["9", "10", "a", "b"]);
    expect(await target("a,t\n1,9\n2,a\n3,10\n4,b\n")).toEqual(["9", "10", "a", "b"]);
  });

  test("that is missing takes its row out of training, not out of prediction", async () => {
    const table = await readCsv("a,t\n1,x\n2,\n3,y\n4,?\n");
    const preprocessing = fitPreprocessing(table);
    const applied = applyPreprocessing(preprocessing, table);
    expect([...applied.rows]).toEqual([0, 2]);
    expect(applied.notes).toEqual(["2 rows have no target and are passed over."]);
    expect([...applyPreprocessing(preprocessing, table, { targets: false }).rows]).toEqual([0, 1, 2, 3]);
    // Mean and deviation of 1 and 3: the rows without a target were not looked at.
    expect(preprocessing.inputs[0]).toMatchObject({ mean: 2, deviation: 1 });
  });
});

describe("preprocessing", () => {
  test("standardizes numbers, marks missing ones, and makes an input of each category", async () => {
    const table = await readCsv("x,color,t\n1,red,p\n,blue,q\n5,,p\n");
    const preprocessing = fitPreprocessing(table);
    expect(inputNames(preprocessing)).toEqual(["x", "x is missing", "color = blue", "color = red"]);
    expect([inputWidth(preprocessing), outputWidth(preprocessing)]).toEqual([4, 2]);
    const applied = applyPreprocessing(preprocessing, table);
    expect(rowsOf(applied)).toEqual([
      [-1, 0, 0, 1],
      [0, 1, 1, 0],
      [1, 0, 0, 0],
    ]);
    expect([...applied.targets!]).toEqual([0, 1, 0]);
  });

  test("reads a category that training did not have as none, and says so", async () => {
    const preprocessing = await fit("color,t\nred,x\nblue,y\n", { target: "t" });
    const applied = applyPreprocessing(
      preprocessing,
      await readCsv("color,t\nred,x\npink,y\npink,x\n", { header: true }),
    );
    expect(rowsOf(applied)).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
    ]);
    expect(applied.notes).toEqual([
      'column "color" (1): 2 rows hold categories that training did not have (such as "pink"), ' +
        "read as none of those it had.",
    ]);
  });

  test("fills a number that only prediction misses with the mean", async () => {
    const preprocessing = await fit("x,t\n1,x\n3,y\n8,y\n");
    const applied = applyPreprocessing(preprocessing, await readCsv("x,t\n,x\n4,y\n"));
    expect(rowsOf(applied)).toEqual([[0], [0]]);
  });

  test("leaves out columns that teach nothing, with the reason", async () => {
    const lines = Array.from(
      { length: 60 },
      (_, i) => `${i + 1},7,same,name ${i},,${["u", "v"][i % 2]},${i * i},c${i % 3},${i % 2}`,
    );
    const preprocessing = await fit(`id,seven,word,name,none,kind,x,hot,t\n${lines.join("\n")}`, { maxCategories: 2 });
    expect(preprocessing.inputs.map(({ name }) => name)).toEqual(["kind", "x"]);
    expect(preprocessing.dropped.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      "id: counts the rows of the file",
      "seven: always 7 in the training rows",
      'word: always "same" in the training rows',
      "name: text, different in 60 of 60 training rows",
      "none: no value in any row",
      "hot: 3 different categories, more than 2",
    ]);
  });

  test("keeps a column that counts the rows when it is the only one, or was asked for", async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `${i},${i % 4},${i / 2}`).join("\n");
    expect((await fit(`n,t\n${lines.replace(/,\d+,/g, ",")}`)).inputs).toHaveLength(1);
    const table = await readCsv(`n,a,t\n${lines}`, { columns: { n: "number" } });
    expect(fitPreprocessing(table).inputs.map(({ name }) => name)).toEqual(["n", "a"]);
  });

  test("standardizes the target of a regression, and gives answers in its units", async () => {
    const table = await readCsv("x,t\n1,10.5\n2,20.5\n4,60.5\n");
    const preprocessing = fitPreprocessing(table);
    const applied = applyPreprocessing(preprocessing, table);
    const back = inUnitsOfTarget(preprocessing, applied.targets!);
    // A few roundings of float64.
    for (const [i, value] of [10.5, 20.5, 60.5].entries()) expect(back[i]).toBeCloseTo(value, 12);
    expect([...applied.targets!].reduce((sum, value) => sum + value)).toBeCloseTo(0, 12);
  });

  test("takes numbers as they are when it is told to", async () => {
    const table = await readCsv("x,t\n1,10.5\n2,20.5\n4,60.5\n");
    const preprocessing = fitPreprocessing(table, { standardize: false });
    const applied = applyPreprocessing(preprocessing, table);
    expect(rowsOf(applied)).toEqual([[1], [2], [4]]);
    expect([...applied.targets!]).toEqual([10.5, 20.5, 60.5]);
    expect([...inUnitsOfTarget(preprocessing, [1.5])]).toEqual([1.5]);
  });

  test("depends on the training rows alone", async () => {
    const table = await readCsv("x,color,t\n1,red,p\n3,red,q\n1000,blue,p\n");
    const preprocessing = fitPreprocessing(table, { trainingRows: [0, 1] });
    expect(preprocessing.inputs).toEqual([
      {
        kind: "number",
        name: "x",
        position: 1,
        mean: 2,
        deviation: 1,
        hasMissingIndicator: false,
        isSingle: false,
        range: [1, 3],
      },
    ]);
    expect(preprocessing.dropped).toMatchObject([{ name: "color" }]);
  });

  test("gives training rows mean 0 and deviation 1, whatever the numbers", () => {
    const column = fc.array(fc.double({ noNaN: true, min: -1e200, max: 1e200 }), { minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(column, fc.nat(5), (values, constant) => {
        const offset = constant === 0 ? 0 : 10 ** constant;
        const given = values.map((value, i) => [value + offset, i % 2 === 0 ? "x" : "y"]);
        fc.pre(new Set(given.map(([value]) => value)).size > 1);
        const table = tableOfRows(given, ["v", "t"]);
        let preprocessing: Preprocessing;
        try {
          preprocessing = fitPreprocessing(table);
        } catch (error) {
          // Numbers that differ by less than underflow, or read as the row numbers.
          fc.pre(!(error instanceof DataError));
          throw error;
        }
        const { values: v } = applyPreprocessing(preprocessing, table).inputs;
        const mean = v.reduce((sum, x) => sum + x / v.length, 0);
        const deviation = Math.sqrt(v.reduce((sum, x) => sum + (x - mean) ** 2 / v.length, 0));
        // Inputs are float32 of size √60 at most: roundings of 2⁻²⁴ · 8 each; more where numbers differ in their last
        // digits only, which is what an offset does to small ones.
        const input = preprocessing.inputs[0]!;
        const lost = input.kind === "number" ? (Math.abs(input.mean) / input.deviation) * 2 ** -48 : 0;
        expect(Math.abs(mean)).toBeLessThan(1e-6 + lost);
        expect(Math.abs(deviation - 1)).toBeLessThan(1e-6 + lost);
      }),
      { numRuns: 500 },
    );
  });

  test("finds columns by name in any order among others, and by position without a header", async () => {
    const preprocessing = await fit("x,color,t\n1,red,p\n3,blue,q\n");
    const other = await readCsv("extra,color,x\n9,blue,3\n8,red,1\n");
    expect(rowsOf(applyPreprocessing(preprocessing, other))).toEqual([
      [1, 1, 0],
      [-1, 0, 1],
    ]);
    const bare = await fit("p,1,red\nq,3,blue\n", { target: 1 });
    for (const text of ["x,3,blue\ny,1,red\n", "3,blue\n1,red\n"]) {
      const table = await readCsv(text, { header: false });
      expect(rowsOf(applyPreprocessing(bare, table, { targets: false }))).toEqual([
        [1, 1, 0],
        [-1, 0, 1],
      ]);
    }
  });

  test("reads another file like that of training", async () => {
    const preprocessing = await fit("code,x,t\n1,1,p\ntwo,3,q\n3,5,p\n");
    // On its own, the code would be read as a number here, and x as words.
    const table = await readCsv("x,code,more\n,1,z\n,3,z\n", { like: preprocessing });
    expect(table.columns.map(({ kind }) => kind)).toEqual(["number", "category", "ignored"]);
    expect(rowsOf(applyPreprocessing(preprocessing, table))).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ]);
    await expect(readCsv("x,code\nbig,1\n", { like: preprocessing })).rejects.toThrow(
      'column "x" (1), row 2: expected a number, got "big"',
    );
    await expect(readCsv("x,t\n1,p\n", { like: preprocessing })).rejects.toThrow('expected a column "code"');
    await expect(readCsv("code,x\n", { like: preprocessing })).rejects.toThrow("below the header");
  });

  test("gives a row the same numbers alone as among 5,000", async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `${i / 7},${i % 2}`);
    const table = await readCsv(`x,t\n${lines.join("\n")}`);
    const preprocessing = fitPreprocessing(table);
    expect(preprocessing.inputs[0]).toMatchObject({ isSingle: true });
    const all = rowsOf(applyPreprocessing(preprocessing, table));
    for (const row of [1, 100, 4999]) {
      const alone = await readCsv(`x,t\n${lines[row]}`, { like: preprocessing });
      expect(rowsOf(applyPreprocessing(preprocessing, alone))).toEqual([all[row]]);
    }
  });
});

describe("the baseline", () => {
  test("of a classification is the part of the most frequent class of training", async () => {
    const preprocessing = await fit("x,t\n1,p\n2,q\n3,q\n");
    expect(baseline(preprocessing, [0, 0, 0, 1])).toEqual({ kind: "accuracy", value: 0.25, answer: "q" });
  });

  test("of a regression is R² of the mean: 0 on training rows, less on others", async () => {
    const table = await readCsv("x,t\n1,10.5\n2,20.5\n4,60.5\n");
    for (const standardize of [true, false]) {
      const preprocessing = fitPreprocessing(table, { standardize });
      const { targets } = applyPreprocessing(preprocessing, table);
      expect(baseline(preprocessing, targets!)).toMatchObject({ kind: "r2", answer: 91.5 / 3 });
      // One rounding away from 0.
      expect(baseline(preprocessing, targets!).value).toBeCloseTo(0, 12);
      expect(baseline(preprocessing, [...targets!].slice(0, 2)).value).toBeLessThan(0);
    }
  });

  test("needs targets", async () => {
    const preprocessing = await fit("x,t\n1,p\n2,q\n");
    expect(() => baseline(preprocessing, [])).toThrow(DataError);
  });
});

describe("prepare", () => {
  const text = `x,y,t\n${Array.from({ length: 100 }, (_, i) => `${(i * 37) % 101},${(i * i) % 13},${i % 4 === 0 ? "a" : "b"}`).join("\n")}`;

  test("holds back the same part of every class, fits to the rest, and says what it did", async () => {
    const prepared = prepare(await readCsv(text), { validation: 0.2, seed: 3 });
    expect([prepared.training.examples, prepared.validation!.examples]).toEqual([80, 20]);
    expect([...prepared.validation!.targets].filter((label) => label === 0)).toHaveLength(5);
    expect(prepared.baseline).toEqual({ kind: "accuracy", value: 0.75, answer: "b" });
    expect(prepared.notes).toContain('A classification: column "t" (3) holds words, 2 different.');
    const rows = [...prepared.rows.training, ...prepared.rows.validation].sort((a, b) => a - b);
    expect(rows).toEqual(Array.from({ length: 100 }, (_, i) => i));
    const counts = prepared.preprocessing.target.kind === "classes" ? prepared.preprocessing.target.counts : [];
    expect(counts).toEqual([20, 60]);
  });

  test("is the same for the same seed, another for another", async () => {
    const table = await readCsv(text);
    expect(prepare(table, { seed: 3 })).toEqual(prepare(table, { seed: 3 }));
    expect(prepare(table, { seed: 3 }).rows).not.toEqual(prepare(table, { seed: 4 }).rows);
  });

  test("holds nothing back when told so, and measures the baseline on the training rows", async () => {
    const prepared = prepare(await readCsv("x,t\n1,10.5\n2,20.5\n4,60.5\n"), { validation: 0 });
    expect(prepared.validation).toBeNull();
    expect(prepared.training).toMatchObject({ examples: 3, inputWidth: 1, outputWidth: 1, hasLabels: false });
  });

  test("says which classes are too rare to be in both parts", async () => {
    const { notes } = prepare(await readCsv(`${text}\n5,5,c`));
    expect(notes.join(" ")).toContain('Class "c" has a single row');
  });
});

describe("a preprocessing in a file", () => {
  test("comes back as it was", async () => {
    for (const text of ["x,color,t\n1,red,p\n,blue,q\n5,,p\n", "x,t\n1,10.5\n2,20.5\n4,60.5\n"]) {
      const preprocessing = await fit(text);
      expect(readPreprocessing(JSON.parse(JSON.stringify(preprocessing)))).toEqual(preprocessing);
    }
  });

  test.each<[string, (json: Record<string, unknown>) => unknown]>([
    ["preprocessing: expected an object, got a list of 1. Save the model again.", () => [1]],
    ["preprocessing.version: expected 1, the only one so far, got 2", (json) => ({ ...json, version: 2 })],
    ["preprocessing.task: expected", (json) => ({ ...json, task: "clustering" })],
    ["preprocessing.target.kind: expected that of a regression", (json) => ({ ...json, task: "regression" })],
    ["preprocessing.columns: expected a whole number of at least 0, got -1", (json) => ({ ...json, columns: -1 })],
    ["preprocessing.target.position: expected a column from 1 to 2, got 3", (json) => ({ ...json, columns: 2 })],
    ["preprocessing.inputs: expected one input or more, got an empty list", (json) => ({ ...json, inputs: [] })],
    ["preprocessing.inputs[0]: expected an object, got null", (json) => ({ ...json, inputs: [null] })],
    [
      "preprocessing.inputs[0].kind: expected",
      (json) => ({ ...json, inputs: [{ name: "x", position: 1, kind: "day" }] }),
    ],
    [
      "preprocessing.inputs[0].deviation: expected a finite number above 0, got 0",
      (json) => ({ ...json, inputs: [{ name: "x", position: 1, kind: "number", mean: 0, deviation: 0 }] }),
    ],
    [
      "preprocessing.inputs[0].categories: expected one name or more, all different",
      (json) => ({ ...json, inputs: [{ name: "x", position: 1, kind: "category", categories: ["a", "a"] }] }),
    ],
    [
      "preprocessing.isStandardized: expected true or false, got nothing",
      (json) => ({ ...json, isStandardized: undefined }),
    ],
    ["preprocessing.dropped: expected a list", (json) => ({ ...json, dropped: {} })],
  ])("is refused when it is not one: %s", async (message, change) => {
    const preprocessing = await fit("x,color,t\n1,red,p\n,blue,q\n5,,p\n");
    const changed = change({ ...preprocessing });
    expect(() => readPreprocessing(changed)).toThrow(message);
    expect(() => readPreprocessing(changed)).toThrow(DataError);
  });
});
