import { fstatSync, writeSync } from "node:fs";
import process from "node:process";
import { DataError } from "../../errors.ts";
import { systemReason } from "./system-reason.ts";

/** Standard output and standard error of this process, guarded. */
export interface ProcessOutput {
  /** @throws DataError when it goes to a file or device that takes no more, unless the work goes on without. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** For work whose results are kept in files: from now on it goes on when nobody reads its output. */
  readonly goOnWithout: () => void;
  /** What kept output from being written while the work went on: a sentence, or null. */
  readonly problem: () => string | null;
}

/** What the shell says of a process that a closed pipe has ended: 128 + SIGPIPE. */
const ENDED_BY_PIPE = 141;

/**
 * The output of this process.
 *
 * - A reader that has gone away (`| head`) ends the process without a word and with exit code 141, as other programs
 *   do; work that is kept in files goes on, says so on standard error, and ends as it would have.
 * - A full disk, or a device that takes no more, is an error: exit code 2 with a sentence.
 *
 * Files are written at once, as an error that comes later would come after the exit code; so are devices that are no
 * terminal.
 */
export function processOutput(): ProcessOutput {
  let goesOn = false;
  let isReaderGone = false;
  let problem: DataError | null = null;
  const isDirect = [1, 2].map(isFileOrDevice);

  const fail = (error: unknown): void => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPIPE") {
      if (!goesOn) process.exit(ENDED_BY_PIPE);
      if (!isReaderGone)
        err("note: nobody reads standard output any more; the work goes on, and its files are written\n");
      isReaderGone = true;
      return;
    }
    problem ??= new DataError({
      where: "standard output",
      expected: "a place to write to",
      got: systemReason(error),
      advice: "Make room, or write to another place.",
    });
  };
  const out = (text: string): void => {
    if (isReaderGone || problem !== null) return;
    if (isDirect[0] !== true) return void process.stdout.write(text);
    try {
      writeAll(1, text);
    } catch (error) {
      fail(error);
      if (problem !== null && !goesOn) throw problem;
    }
  };
  const err = (text: string): void => {
    try {
      if (isDirect[1] === true) writeAll(2, text);
      else process.stderr.write(text);
    } catch {
      // There is no other place to say so.
    }
  };
  process.stdout.on("error", (error) => {
    fail(error);
    // The command may be over by now, with its exit code set.
    if (problem === null || goesOn) return;
    err(`backpass: ${problem.message}\n`);
    process.exit(2);
  });
  process.stderr.on("error", () => {});
  return {
    out,
    err,
    goOnWithout: () => {
      goesOn = true;
    },
    problem: () => problem?.message ?? null,
  };
}

/** True for what is written without waiting: no pipe, no socket, no terminal. */
function isFileOrDevice(descriptor: number): boolean {
  try {
    const there = fstatSync(descriptor);
    const isTerminal = (descriptor === 1 ? process.stdout : process.stderr).isTTY;
    return there.isFile() || (there.isCharacterDevice() && !isTerminal);
  } catch {
    return false;
  }
}

/** A disk that is nearly full takes a part. */
function writeAll(descriptor: number, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
}
