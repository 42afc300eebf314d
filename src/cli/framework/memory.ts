import { totalmem } from "node:os";
import process from "node:process";
import { DataError } from "../../errors.ts";

/** Part of the memory that a process may take before it is told to stop: beyond, machines swap or kill. */
const MOST = 0.9;

/** Bytes this process may use: the machine's memory, or the part that its container allows. */
function memoryLimit(): number {
  // Absent before Node 20.12; 0 or more than the machine has where nothing limits the process.
  const allowed = process.constrainedMemory?.() ?? 0;
  const total = totalmem();
  return allowed > 0 && allowed < total ? allowed : total;
}

/**
 * To be called before memory is asked for: a system that runs out of it kills without a word.
 *
 * @param neededBytes more than the process has now.
 * @throws DataError when it would not fit, with both sizes.
 */
export function checkMemory(where: string, neededBytes: number): void {
  const used = process.memoryUsage.rss();
  const limit = MOST * memoryLimit();
  if (used + neededBytes <= limit) return;
  throw new DataError({
    where,
    expected: `data that fit into this machine's memory, ${gibibytes(limit)}`,
    got: `data that take ${neededBytes === 0 ? "more" : gibibytes(used + neededBytes)}`,
    advice: "Take fewer rows or columns; columns of many categories take the most (--max-categories).",
  });
}

/** Bytes of so many examples: float32 rows in the data set and in the engine, and the reordering of rows and targets on the way. */
export function bytesFor(rows: number, inputs: number): number {
  return rows * (8 * inputs + 64);
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
