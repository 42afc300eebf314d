import { describe, expect, test } from "vitest";
import { readCsv } from "../src/data/index.ts";

// What row 1 is, and files as other programs write them; made here, mostly with 40 rows.

const ROWS = 40;
/** Numbers from 0 to 100 that go up and down. */
const mixed = (i: number): number => (i * 7919) % 101;
const lines = (line: (i: number) => string): string =>
  `${Array.from({ length: ROWS }, (_, i) => line(i)).join("\n")}\n`;

describe("row 1", () => {
  test.each<[what: string, text: string, hasHeader: boolean]>([
    [
      "years above fractions, a word above texts",
      `country,2019,2020,2021\n${lines((i) => `c${i},${mixed(i) / 3},${mixed(i + 1) / 3},${mixed(i + 2) / 3}`)}`,
      true,
    ],
    [
      "two years above large numbers",
      `country,2019,2020\n${lines((i) => `c${i},${(1 + mixed(i)) * 10_000},${(1 + mixed(i + 1)) * 10_000}`)}`,
      true,
    ],
    [
      "years downward",
      `2021,2020,2019\n${lines((i) => `${mixed(i) / 3},${mixed(i + 1) / 3},${mixed(i + 2) / 3}`)}`,
      true,
    ],
    ["0, 1, 2 behind an unnamed index", `,0,1,2\n${lines((i) => `${i},${mixed(i)},${mixed(i + 1)},${i % 3}`)}`, true],
    ["a row that counts like the others", "1,2,3\n4,5,6\n7,8,9\n", false],
    ["numbers like those below", `1,2,3\n${lines((i) => `${i % 4},${(i * 3) % 4},${(i + 2) % 4}`)}`, false],
    [
      "names, two of them values below",
      `hair,y,n\n${lines((i) => `${["y", "n"][i % 2]},${["y", "n"][(i >> 1) % 2]},${["y", "n"][(i >> 2) % 2]}`)}`,
      false,
    ],
    [
      "names, one of them a value below",
      `hair,feathers,n\n${lines((i) => `${["y", "n"][i % 2]},${["y", "n"][(i >> 1) % 2]},${["y", "n"][(i >> 2) % 2]}`)}`,
      true,
    ],
    ["words above amounts with a currency", `area,price\n${lines((i) => `a${i % 3},$${i}.5`)}`, true],
    ["amounts with a currency", lines((i) => `a${i % 3},$${i}.5`), false],
  ])("is the header or not: %s", async (_, text, hasHeader) => {
    const table = await readCsv(text);
    expect(table.hasHeader).toBe(hasHeader);
    expect(table.notes.join("\n")).toContain(hasHeader ? "(--no-header if not)" : "(--header if there is)");
  });
});

describe("a layout", () => {
  test.each<[what: string, text: string, names: readonly string[], rows: number]>([
    ["a delimiter at the end of every line", `a,b,\n${lines((i) => `${mixed(i)},${i % 2},`)}`, ["a", "b"], 40],
    ["a delimiter at the end of every row", `a,b\n${lines((i) => `${mixed(i)},${i % 2},`)}`, ["a", "b"], 40],
    ["a delimiter at the end of the header", `a,b,\n${lines((i) => `${mixed(i)},${i % 2}`)}`, ["a", "b"], 40],
    [
      "R's row names and commas",
      `"a","b"\n${lines((i) => `"${i + 1}",${mixed(i)},${i % 2}`)}`,
      ["column 1", "a", "b"],
      40,
    ],
    [
      "R's row names of several words and spaces",
      `"a" "b"\n${lines((i) => `"Car ${i}" ${mixed(i)} ${i % 2}`)}`,
      ["column 1", "a", "b"],
      40,
    ],
    [
      "spaces, and then a tab",
      lines((i) => `${mixed(i)}.5   ${i % 3}   ${i}.0\t"some name ${i % 5}"`),
      ["column 1", "column 2", "column 3", "column 4"],
      40,
    ],
    ["NumPy's names in a comment", `# x y\n${lines((i) => `${mixed(i)}.5 ${i % 2}`)}`, ["x", "y"], 40],
    ["a column that is called #", `#,kind,x\n${lines((i) => `${i},k${i % 2},${mixed(i)}`)}`, ["#", "kind", "x"], 40],
    ["comments within and at the end", "# about\na,b\n1,2\n# more\n3,4\n5,6\n# end\n", ["a", "b"], 3],
    ["a tab named by sep=", "sep=\t\na\tb\n1\t2\n3\t4\n", ["a", "b"], 2],
    [
      "ARFF",
      `% about\n@RELATION w\n@attribute 'the outlook' {sunny, rainy}\n@attribute t real\n\n@data\n% more\n${lines((i) => `${i % 2 === 0 ? "sunny" : "rainy"},${mixed(i)}`)}`,
      ["the outlook", "t"],
      40,
    ],
  ])("is understood: %s", async (_, text, names, rows) => {
    const table = await readCsv(text);
    expect([table.columns.map(({ name }) => name), table.rows]).toEqual([names, rows]);
  });
});
