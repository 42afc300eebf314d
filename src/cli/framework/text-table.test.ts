import { describe, expect, test } from "vitest";
import { fittingTable, tableWithTexts, textTable } from "./text-table.ts";

const rows = [
  ["question", "points"],
  ["slope", "1/2"],
  ["weighted-input", "10/10"],
];

describe("textTable", () => {
  test("aligns numbers to the right, and leaves no space at line ends", () => {
    const table = textTable(rows, ["left", "right"]);
    expect(table).toBe("question        points\nslope              1/2\nweighted-input   10/10\n");
  });
});

describe("fittingTable", () => {
  test("is a table where that fits", () => {
    expect(fittingTable(rows, ["left", "right"], 22)).toBe(textTable(rows, ["left", "right"]));
  });

  test("stacks the cells where it does not", () => {
    expect(fittingTable(rows, ["left", "right"], 21)).toBe("slope\n    1/2\nweighted-input\n    10/10\n");
  });
});

describe("tableWithTexts", () => {
  const texts = [
    ["question", "points", "message"],
    ["slope", "1/2", "A factor of two is missing, as it seems, from this"],
    ["sign", "1/1", ""],
  ];

  test("lets a sentence go on below itself", () => {
    expect(tableWithTexts(texts, 50)).toBe(
      "question  points  message\n" +
        "slope     1/2     A factor of two is missing, as\n" +
        "                  it seems, from this\n" +
        "sign      1/1\n",
    );
  });

  test("puts sentences below their rows where there is too little room beside them", () => {
    expect(tableWithTexts(texts, 40)).toBe(
      "question  points\n" +
        "slope     1/2\n" +
        "    A factor of two is missing, as it\n" +
        "    seems, from this\n" +
        "sign      1/1\n",
    );
  });

  test("stacks all cells where not even the row fits", () => {
    expect(tableWithTexts(texts, 15)).toMatch(/^slope\n {4}1\/2\n {4}A factor of\n/);
  });
});
