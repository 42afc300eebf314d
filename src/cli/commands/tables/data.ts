import { jsonText } from "../../framework/json-text.ts";
import { formatFlag, formatOption, outOption } from "../../framework/definition.ts";
import { bundledData, type BundledData, type Column, missingCode, type Table } from "../../../data/index.ts";
import { OptionError } from "../../../errors.ts";
import type { Arguments } from "../../framework/arguments.ts";
import { oneOf } from "../../../tree/typed-value.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import { csvLine } from "../../files/csv-text.ts";
import { shortList } from "../../framework/short-list.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { textTable } from "../../framework/text-table.ts";

/** `backpass data [NAME]`: what comes with the package. */
export const dataCommand: Command = {
  name: "data",
  summary: "List the data that come with the package, or show one",
  operands: [{ name: "NAME", description: "Show this one, by its name", isOptional: true }],
  options: [
    formatOption(["text", "csv", "json"]),
    outOption,
    formatFlag("json", "one JSON object"),
    formatFlag("csv", "the table, as train and predict read it"),
  ],
  examples: [
    { line: "backpass data", does: "the list, with sources and licences" },
    { line: "backpass data iris", does: "its columns" },
    { line: "backpass data iris --csv > iris.csv", does: "a file to try things with" },
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const [name] = args.operands;
  if (args.flag("csv") && args.flag("json")) {
    throw new OptionError({ where: "data", expected: "--csv or --json", got: "both", advice: "Choose one." });
  }
  if (name === undefined) {
    if (args.flag("csv"))
      throw new OptionError({ where: "data", expected: "NAME with --csv", got: "none", advice: "Run: backpass data" });
    terminal.out(args.flag("json") ? `${jsonText({ data: bundledData.map(asJson) })}\n` : list());
    return 0;
  }
  const names = bundledData.map((each) => each.name);
  const chosen = oneOf("data", name, names);
  const found = bundledData[names.indexOf(chosen)];
  if (found === undefined) return 2;
  const table = await found.table();
  if (args.flag("csv")) terminal.data(csvOf(table));
  else if (args.flag("json")) terminal.out(`${jsonText({ ...asJson(found), table: table.columns.map(columnJson) })}\n`);
  else terminal.out(details(found, table));
  return 0;
}

function list(): string {
  const rows = bundledData.map((each) => [
    each.name,
    String(each.rows),
    String(each.columns),
    each.task,
    each.what,
    `${each.source}; ${each.licence}`,
  ]);
  return textTable(
    [["name", "rows", "columns", "task", "what", "source; licence"], ...rows],
    ["left", "right", "right", "left", "left", "left"],
  );
}

function asJson({ name, what, rows, columns, task, source, licence }: BundledData): object {
  return { name, what, rows, columns, task, source, licence };
}

function columnJson(column: Column): object {
  const { name, position, kind, missing } = column;
  return { name, position, kind, missing, ...(kind === "category" ? { categories: column.categories } : {}) };
}

function details({ name, what, task, source, licence }: BundledData, table: Table): string {
  const rows = table.columns.map((column) => [
    String(column.position),
    column.name,
    column.position === table.columns.length ? `target of the ${task}` : column.kind,
    valuesOf(column),
  ]);
  const columns = textTable(rows, ["right", "left", "left", "left"]);
  return `${name}: ${what}\n${table.rows.toLocaleString("en")} rows; ${source}; ${licence}\n\n${columns}`;
}

function valuesOf(column: Column): string {
  if (column.kind === "category") return shortList(column.categories, 6);
  if (column.kind !== "number") return "";
  let [least, most] = [Infinity, -Infinity];
  for (const value of column.values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return `${least} … ${most}`;
}

function csvOf(table: Table): string {
  let text = csvLine(table.columns.map(({ name }) => name));
  for (let row = 0; row < table.rows; row++) text += csvLine(table.columns.map((column) => cellOf(column, row)));
  return text;
}

function cellOf(column: Column, row: number): string | number {
  if (column.kind === "number") {
    const value = column.values[row] ?? Number.NaN;
    if (Number.isNaN(value)) return "";
    // As it was written: 5.0, not 5.
    if (column.words !== null) return column.words.categories[column.words.codes[row] ?? missingCode] ?? "";
    return Object.is(value, -0) ? "-0" : value;
  }
  if (column.kind !== "category") return "";
  const code = column.codes[row] ?? missingCode;
  return code === missingCode ? "" : (column.categories[code] ?? "");
}
