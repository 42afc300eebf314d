import type { Network } from "../network/index.ts";
import type { RunRecord } from "./run-record.ts";
import { writeFileAtomically } from "./write-file.ts";
import { reportHtml } from "./report-html.ts";

/** The name of a run's report in its folder. */
export const REPORT_NAME = "report.html";

/** Writes a run's report. */
export function writeReport(path: string, record: RunRecord, net: Network): void {
  writeFileAtomically(path, new TextEncoder().encode(reportHtml(record, net)));
}
