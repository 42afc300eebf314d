import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Network } from "../../network/index.ts";
import { weightsHash } from "../../train/index.ts";
import { kindOfPath, readJsonFile } from "../framework/read-file.ts";
import { recordFrom } from "../../report/record/read-record.ts";
import { writeFileAtomically } from "./write-file.ts";
import { RECORD_NAME, type RunRecord } from "../../report/record/run-record.ts";

/**
 * The record beside a model, when it is of that very model: null where there is none, or the weights are others.
 *
 * @param path of the model, or of the run's folder.
 * @throws DataError when there is one that cannot be read.
 */
export function recordBeside(path: string, net: Network): RunRecord | null {
  const recordPath = join(kindOfPath(path) === "folder" ? path : dirname(path), RECORD_NAME);
  if (!existsSync(recordPath)) return null;
  const record = readRecord(recordPath);
  return record.figures.weightsHash === weightsHash(net) ? record : null;
}

/** Reads `run.json`. @throws DataError when it is none; the message names the place in it. */
function readRecord(path: string): RunRecord {
  return recordFrom(path, readJsonFile(path));
}

/** Writes `run.json`. */
export function writeRecord(path: string, record: RunRecord): void {
  writeFileAtomically(path, new TextEncoder().encode(`${JSON.stringify(record)}\n`));
}
