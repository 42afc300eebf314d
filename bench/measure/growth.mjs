// How costs grow, measured by growth-process.mjs.
import { fileURLToPath } from "node:url";
import { startSide } from "./side-child.mjs";

const program = fileURLToPath(new URL("../growth-process.mjs", import.meta.url));

/** Entries of `growthOf` for these engines, the BLAS on one thread. */
export async function measureGrowth({ node, log, ...job }) {
  log(`growth: ${job.engines.join(", ")}`);
  const side = { command: () => [node, [program, JSON.stringify(job)]], environment: { BACKPASS_BLAS_THREADS: "1" } };
  const child = startSide(side, job, { node, timeoutMs: 300_000 });
  try {
    const { entries } = await child.next();
    return entries;
  } finally {
    await child.end();
  }
}
