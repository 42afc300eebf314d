import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "./installed-package.ts";

/** What is used of bench/report, which is JavaScript: the benchmark runs without a build of its own. */
interface ReportModules {
  readonly reportFiles: (name: string, results: unknown) => Readonly<Record<string, string>>;
  readonly checkReportName: (folder: string, name: string) => void;
  readonly withReadmeBlock: (text: string, results: unknown) => string;
}

const bench = join(repository, "bench");
const read = (...names: readonly string[]): string => readFileSync(join(repository, ...names), "utf8");

async function load(): Promise<ReportModules> {
  const [files, readme] = await Promise.all(
    // as: JavaScript has no types; the tests below would not get far with others
    ["files.mjs", "readme.mjs"].map(async (name) => (await import(join(bench, "report", name))) as ReportModules),
  );
  return { ...files!, withReadmeBlock: readme!.withReadmeBlock };
}

describe("the benchmark's figures", () => {
  // The file is the benchmark's own; only its report reads it.
  const results: unknown = JSON.parse(read("bench", "results.json"));

  test("stand in the report and the charts as they follow from the results", async () => {
    const { reportFiles } = await load();
    const files = reportFiles("results", results);
    expect(Object.keys(files)).toEqual(["RESULTS.md", "results-steps.svg", "results-ratios.svg"]);
    for (const [name, text] of Object.entries(files)) expect(read("bench", name)).toBe(text);
  });

  test("stand in the README as they follow from the results", async () => {
    const { withReadmeBlock } = await load();
    const readme = read("README.md");
    expect(withReadmeBlock(readme, results)).toBe(readme);
  });

  test.each(["a/b", "../results", "", ".hidden", "/tmp/results"])(
    "have a name and no path, which is checked before the measuring: %j",
    async (name) => {
      const { checkReportName } = await load();
      expect(() => checkReportName(bench, name)).toThrow(/^--out: expected a name such as results-mine, got "/);
    },
  );

  test("may have any other name", async () => {
    const { checkReportName } = await load();
    for (const name of ["results", "results-node-22", "mine.2"])
      expect(() => checkReportName(bench, name)).not.toThrow();
  });
});
