import { join } from "node:path";
import { DataError } from "../../../errors.ts";
import type { Network } from "../../../network/index.ts";
import { printable } from "../../framework/printable.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import { csvOptions, engineOption } from "../../framework/definition.ts";
import { dataFor } from "./diagnosis-subject.ts";
import { engineOf } from "./engine-option.ts";
import { measuredRecord } from "../../../report/record/measured-record.ts";
import { readModelFile } from "../../files/model-on-disk.ts";
import { kindOfPath } from "../../framework/read-file.ts";
import { reportHtml } from "../../../report/page/report-html.ts";
import { recordBeside } from "../../files/record-on-disk.ts";
import { RECORD_NAME, type RunRecord } from "../../../report/record/run-record.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { writeFileAtomically } from "../../files/write-file.ts";

/** The name of a run's report in its folder. */
export const REPORT_NAME = "report.html";

/** `backpass report RUN`: what `train` writes at its end, again or on other data. */
export const reportCommand: Command = {
  name: "report",
  summary: "Write the report of a run, a page for the browser",
  operands: [
    { name: "RUN", description: "The folder of a run, as train wrote it" },
    {
      name: "DATA",
      description: "Rows to show confusions and mistakes on; when left out, those that the run held back",
      isOptional: true,
    },
  ],
  options: [
    {
      name: "out",
      value: "FILE",
      description: "Write the report into this file instead of RUN/report.html",
      default: null,
    },
    ...csvOptions,
    engineOption,
    { name: "json", value: null, description: "Print where the report is, as one JSON object", default: null },
    { name: "quiet", value: null, description: "Print nothing", default: null },
  ],
  examples: [
    { line: "backpass report runs/iris", does: "write runs/iris/report.html again" },
    {
      line: "backpass report runs/iris new.csv --out new.html",
      does: "with the confusions and mistakes on other rows",
    },
  ],
  notes:
    "One HTML file that needs nothing else: figures beside the baseline, curves, confusions, worst mistakes, flow of errors,\n" +
    "diagnosis, and the equations of the network. Its numbers are those of RUN/run.json.",
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const engine = engineOf(args);
  const [folder = "", dataPath] = args.operands;
  if (kindOfPath(folder) !== "folder") {
    const got = kindOfPath(folder) === "file" ? "a file" : "no such folder";
    throw new DataError(
      `${folder}: expected the folder of a run, got ${got}. Name one that train wrote, such as runs/iris.`,
    );
  }
  const model = readModelFile(folder);
  const record = recordBeside(folder, model.network);
  if (record === null) {
    const got = kindOfPath(join(folder, RECORD_NAME)) === "nothing" ? "none" : "one of other weights";
    throw new DataError(
      `${folder}: expected the record of this model, run.json, got ${got}. Train again to write one.`,
    );
  }
  const shown = dataPath === undefined ? record : await measuredOn(dataPath);
  const path = args.given("out") ?? join(folder, REPORT_NAME);
  writeReport(path, shown, model.network);
  if (args.flag("json")) terminal.out(`${JSON.stringify({ report: path })}\n`);
  else if (!args.flag("quiet")) terminal.out(`report      ${printable(path)}\n`);
  return 0;

  async function measuredOn(operand: string): Promise<RunRecord> {
    const { data, rowNumbers } = await dataFor(model, operand, args, terminal);
    // The record above is of this model, and is no null here.
    return { ...(record as RunRecord), measured: measuredRecord(model, data, operand, { engine, rowNumbers }) };
  }
}

/** Writes a run's report. */
export function writeReport(path: string, record: RunRecord, net: Network): void {
  // As read from the file: what JSON has no sign for is missing in both.
  const kept = JSON.parse(JSON.stringify(record)) as RunRecord;
  writeFileAtomically(path, new TextEncoder().encode(reportHtml(kept, net)));
}
