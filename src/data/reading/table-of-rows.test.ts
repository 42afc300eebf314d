import { describe, expect, test } from "vitest";
import { DataError } from "../../errors.ts";
import { tableOfRows } from "./table-of-rows.ts";

describe("tableOfRows", () => {
  test("infers kinds as a file's reader does", () => {
    const table = tableOfRows([
      [1, "red", true],
      [null, "blue", false],
      [Number.NaN, undefined, true],
    ]);
    expect(table.columns.map(({ kind, missing, name }) => [kind, missing, name])).toEqual([
      ["number", 2, "column 1"],
      ["category", 1, "column 2"],
      ["category", 0, "column 3"],
    ]);
  });

  test("keeps every bit of the numbers", () => {
    const [column] = tableOfRows([[0.1 + 0.2], [5e-324], [-1.7976931348623157e308]]).columns;
    expect(column?.kind === "number" ? [...column.values] : null).toEqual([0.1 + 0.2, 5e-324, -1.7976931348623157e308]);
  });

  test.each<[string, () => unknown]>([
    ["expected rows of one cell or more, got none", () => tableOfRows([])],
    ["expected rows of one cell or more, got none", () => tableOfRows([[]])],
    ["row 2: expected 2 cells, got 1", () => tableOfRows([[1, 2], [3]])],
    ["row 1: expected 1 cells, got 2", () => tableOfRows([[1, 2]], ["a"])],
    ['column "a" (1), row 2: expected a finite number, got "Infinity"', () => tableOfRows([[1], [Infinity]], ["a"])],
  ])("refuses what is no table: %s", (message, run) => {
    expect(run).toThrow(message);
    expect(run).toThrow(DataError);
  });
});
