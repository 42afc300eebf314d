import { OptionError } from "../errors.ts";
import type { Program } from "../graph/program.ts";
import { productFlops } from "../plan/work.ts";

/** How many threads to compute on: at most a number, or as many as the machine has and the work is worth. */
export type Threads = "auto" | number;

/** Work of a run, in floating-point operations of its products, that is worth another thread: see bench/. */
const FLOPS_PER_THREAD = 150_000;
/** More have not been measured, and what a thread more gives becomes less. */
const MOST_AUTOMATIC = 8;
/** More than any machine has that this is for; beyond, a slip of the keyboard. */
const MOST = 256;

/**
 * Threads for running a program over and over: never so many that a thread has too little to do to be worth waiting for.
 * A program of less than 0.3 MFLOP a run gets one, whatever is wanted.
 *
 * @throws OptionError when `wanted` is neither "auto" nor a whole number from 1.
 */
export function threadsFor(program: Program, wanted: Threads): number {
  if (wanted !== "auto" && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= MOST)) {
    throw new OptionError({
      where: "threads",
      expected: `"auto" or a whole number from 1 to ${MOST}`,
      got: String(wanted),
      advice: 'Leave it out for "auto".',
    });
  }
  const limit = wanted === "auto" ? Math.min(cores(), MOST_AUTOMATIC) : wanted;
  return Math.max(1, Math.min(limit, Math.floor(productFlops(program) / FLOPS_PER_THREAD)));
}

/** What hosts tell of their machine, each in its own way. */
interface Host {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
  readonly navigator?: { readonly hardwareConcurrency?: number };
}

function cores(): number {
  // as: the properties may be there or not, which is what the type says; the module is the one of that name.
  const { process, navigator } = globalThis as Host;
  const os = process?.getBuiltinModule?.("node:os") as { readonly availableParallelism?: () => number } | undefined;
  return os?.availableParallelism?.() ?? navigator?.hardwareConcurrency ?? 1;
}
