// The files of a report.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ratioChart, stepChart } from "./charts.mjs";
import { overview, reportText } from "./markdown.mjs";
import { withReadmeBlock } from "./readme.mjs";

/** What is written of some results, by file name: report and charts. */
export function reportFiles(name, results) {
  const chart = (kind) => `${name}-${kind}.svg`;
  return {
    [`${name.toUpperCase()}.md`]: reportText(results, chart),
    [chart("steps")]: stepChart(results),
    [chart("ratios")]: ratioChart(results),
  };
}

/** Writes results and report, and the README's figures if these are its results; gives a text for the terminal. */
export function writeReport(folder, name, results) {
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(results, null, 1)}\n`);
  const files = reportFiles(name, results);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  if (name === "results") writeReadme(folder, results);
  return `${overview(results)}\n\nWritten: ${[`${name}.json`, ...Object.keys(files)].join(", ")}`;
}

/** Puts the figures into the README. */
export function writeReadme(folder, results) {
  const file = join(folder, "..", "README.md");
  writeFileSync(file, withReadmeBlock(readFileSync(file, "utf8"), results));
}
