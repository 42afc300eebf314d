import { blasLibrary } from "../src/engine/blas/engine.ts";
import type { BlasLibrary } from "../src/engine/blas/library.ts";

/** The BLAS of this machine, or why there is none; `.ci/run` installs one, so that nothing is skipped there. */
export const blasHere: { readonly library: BlasLibrary } | { readonly library: null; readonly reason: string } = find();

/** For the title of a test that is skipped without a BLAS; empty where there is one. */
export const blasMissing: string =
  blasHere.library === null
    ? `[skipped: needs koffi and a BLAS, apt-get install libopenblas0-pthread. ${blasHere.reason}]`
    : "";

function find(): typeof blasHere {
  try {
    return { library: blasLibrary() };
  } catch (error) {
    return { library: null, reason: error instanceof Error ? error.message : String(error) };
  }
}
