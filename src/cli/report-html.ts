import type { Network } from "../network/index.ts";
import type { RunRecord } from "./run-record.ts";
export function reportHtml(record: RunRecord, net: Network): string {
  return `${record.version}${net.inputs}`;
}
