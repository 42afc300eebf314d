// The files of a report.
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ratioChart, stepChart } from "./charts.mjs";
import { overview, reportText } from "./markdown.mjs";
import { withReadmeBlock } from "./readme.mjs";

/**
 * Makes sure, before minutes of measuring, that a report of that name can be written: it is a file's name and no path,
 * and the folder takes files.
 */
export function checkReportName(folder, name) {
  if (!/^[\w][\w.-]*$/.test(name)) {
    throw new Error(
      `--out: expected a name such as results-mine, got "${name}". The files are written to ${folder}; leave folders out.`,
    );
  }
  accessSync(folder, constants.W_OK);
  for (const file of [`${name}.json`, ...reportNames(name)]) {
    if (existsSync(join(folder, file))) accessSync(join(folder, file), constants.W_OK);
  }
}

const chartName = (name, kind) => `${name}-${kind}.svg`;

function reportNames(name) {
  return [`${name.toUpperCase()}.md`, chartName(name, "steps"), chartName(name, "ratios")];
}

/** What is written of some results, by file name: report and charts. */
export function reportFiles(name, results) {
  const [report, steps, ratios] = reportNames(name);
  return {
    [report]: reportText(results, (kind) => chartName(name, kind)),
    [steps]: stepChart(results),
    [ratios]: ratioChart(results),
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
