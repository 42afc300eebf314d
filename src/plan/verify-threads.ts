import type { Plan } from "./instruction.ts";
import { type MemoryRange, memoryUse, type Region, regionsOf } from "./memory-use.ts";
import { eachRow, ShadowMemory } from "./shadow-memory.ts";

/** Tells what is wrong with an instruction of a thread's list. */
type ReportThread = (thread: number, position: number, what: string) => never;

/**
 * Verifies a plan that was divided among threads: all have the same number of barriers; between two barriers no thread
 * writes what another writes or reads; and every number is written as often as in the undivided plan.
 */
export function verifyThreads(plan: Plan, parts: readonly Plan[], report: ReportThread): void {
  const ranges = [plan, ...parts].flatMap(({ instructions }) => instructions.flatMap(rangesOf));
  verifyMeetings(parts, ranges, report);
  verifyCoverage(plan, parts, ranges, report);
}

function rangesOf(instruction: Plan["instructions"][number]): readonly MemoryRange[] {
  const { reads, writes } = memoryUse(instruction);
  return [...reads, ...writes];
}

function verifyMeetings(parts: readonly Plan[], ranges: readonly MemoryRange[], report: ReportThread): void {
  // Of each float, who wrote or read it in which stretch between barriers: `first` and on, one for each thread; and one more
  // for several readers.
  const [writers, readers] = [new ShadowMemory(ranges), new ShadowMemory(ranges)];
  const threads = parts.length;
  const next = parts.map(() => 0);
  for (let stretch = 0; next.some((position, thread) => position < parts[thread]!.instructions.length); stretch++) {
    const first = 1 + (threads + 1) * stretch;
    const isOther = (mark: number, thread: number): boolean => mark >= first && mark !== first + thread;
    const ends = parts.map(({ instructions }, thread) => endOfStretch(instructions, next[thread]!));
    const counts = new Set(ends.map((end, thread) => parts[thread]!.instructions[end]?.kind ?? "end"));
    if (counts.size > 1) report(threads - 1, ends.at(-1)!, "expected as many barriers as the other threads have.");
    for (const [thread, { instructions }] of parts.entries()) {
      for (let position = next[thread]!; position < ends[thread]!; position++) {
        const regions = regionsOf(instructions[position]!);
        const visit = (region: Region, visitFloat: (at: number, written: Int32Array, read: Int32Array) => void): void =>
          eachRow(region, (start) => {
            const [written, read] = [writers.at(start, region.width)!, readers.at(start, region.width)!];
            for (let i = 0; i < region.width; i++) visitFloat(i, written, read);
          });
        for (const region of regions.reads) {
          visit(region, (i, written, read) => {
            if (isOther(written[i]!, thread)) report(thread, position, meeting("reads", region, written[i]! - first));
            read[i] = first + (isOther(read[i]!, thread) ? threads : thread);
          });
        }
        for (const region of regions.writes) {
          visit(region, (i, written, read) => {
            if (isOther(written[i]!, thread)) report(thread, position, meeting("writes", region, written[i]! - first));
            if (isOther(read[i]!, thread)) report(thread, position, meeting("writes what is read", region, null));
            written[i] = first + thread;
          });
        }
      }
    }
    for (const [thread, end] of ends.entries()) next[thread] = end + 1;
  }
}

function meeting(what: string, { offset }: Region, other: number | null): string {
  const by = other === null ? "another thread" : `thread ${other}`;
  return `${what} at ${offset} and on, as ${by} does before the next barrier.`;
}

function endOfStretch(instructions: Plan["instructions"], start: number): number {
  const end = instructions.findIndex(({ kind }, position) => position >= start && kind === "barrier");
  return end < 0 ? instructions.length : end;
}

function verifyCoverage(
  plan: Plan,
  parts: readonly Plan[],
  ranges: readonly MemoryRange[],
  report: ReportThread,
): void {
  const counts = new ShadowMemory(ranges);
  const count = (instructions: Plan["instructions"], change: number): void => {
    for (const instruction of instructions) {
      for (const region of regionsOf(instruction).writes) {
        eachRow(region, (start) => {
          const marks = counts.at(start, region.width)!;
          for (let i = 0; i < region.width; i++) marks[i]! += change;
        });
      }
    }
  };
  for (const { instructions } of parts) count(instructions, 1);
  count(plan.instructions, -1);
  for (const instruction of plan.instructions) {
    for (const region of regionsOf(instruction).writes) {
      eachRow(region, (start) => {
        const wrong = counts.at(start, region.width)!.findIndex((each) => each !== 0);
        if (wrong >= 0) {
          const end = parts[0]?.instructions.length ?? 0;
          report(0, end, `expected the float at ${start + wrong} written as often as in the undivided plan.`);
        }
      });
    }
  }
}
