import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { OptionError } from "../../errors.ts";
import { bundled, type BundledName, bundledData } from "./bundled.ts";
import { prepare } from "../preprocessing/prepare.ts";

describe("the bundled data", () => {
  test.each(bundledData.map((set) => [set.name, set] as const))("%s is what the list says", async (_, set) => {
    const table = await set.table();
    expect([table.rows, table.columns.length]).toEqual([set.rows, set.columns]);
    const { preprocessing, notes } = prepare(table, { validation: 0.25 });
    expect(preprocessing.task).toBe(set.task);
    expect(notes.length).toBeGreaterThan(0);
    expect(table.columns.every(({ missing }) => missing === 0)).toBe(true);
  });

  test("has a note on source and licence for each file", () => {
    const files = readdirSync(new URL("../../../data", import.meta.url)).sort();
    const named = bundledData.filter(({ source }) => source !== "made by the package").map(({ name }) => name);
    expect(files).toEqual(named.flatMap((name) => [`${name}.csv.gz`, `${name}.md`]).sort());
  });

  test("is read by its name, and a name that is not there is told with the nearest", async () => {
    expect((await bundled("iris")).rows).toBe(150);
    const mistyped = "iriss" as BundledName; // as: what JavaScript would let pass
    await expect(bundled(mistyped)).rejects.toThrow(OptionError);
    await expect(bundled(mistyped)).rejects.toThrow(/got "iriss"\. Did you mean "iris"\?$/);
  });

  test.each([
    ["iris", { setosa: 50, versicolor: 50, virginica: 50 }],
    ["wine", { class_0: 59, class_1: 71, class_2: 48 }],
    ["breast-cancer", { benign: 357, malignant: 212 }],
  ])("%s has each class as often as its source says", async (name, expected) => {
    const table = await bundled(name as BundledName);
    const { target } = prepare(table, { validation: 0 }).preprocessing;
    const counts = target.kind === "classes" ? target.classes.map((each, i) => [each, target.counts[i]]) : [];
    expect(Object.fromEntries(counts)).toEqual(expected);
  });

  test("diabetes has the moments its source gives", async () => {
    const table = await bundled("diabetes");
    const { target } = prepare(table, { validation: 0 }).preprocessing;
    // Mean 152.13, deviation 77.005 (of the whole) of the 442 targets.
    expect(target).toMatchObject({
      kind: "number",
      mean: expect.closeTo(152.133, 3),
      deviation: expect.closeTo(77.005, 2),
    });
  });
});
