// From the start of a process to the end of its first training step, 64-32-10 with 32 examples.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { fileOf, nets } from "../nets.mjs";
import { startSide } from "./side-child.mjs";
import { spread } from "./statistics.mjs";

const firstStep = fileURLToPath(new URL("../first-step.mjs", import.meta.url));
/** With one batch of data: for Backpass, the end of the first epoch is the end of the first step. */
const net = { ...nets.find(({ name }) => name.startsWith("64-32-10")), batches: 1 };

/** One entry for each side that can tell, and one for Node alone: `milliseconds`. */
export async function measureStartUp(sides, { rounds, node, log }) {
  const contestants = [
    { name: "node", start: () => nodeAlone(node) },
    ...sides
      .filter(({ kind, name }) => kind !== "limit" && name !== "wasm-train" && !name.endsWith("-2"))
      .map((side) => ({ name: side.name, start: () => untilFirstStep(side, node) })),
  ].map((each) => ({ ...each, milliseconds: [] }));
  for (let round = 1; round <= rounds; round++) {
    for (const each of contestants) {
      log(`start-up, round ${round}: ${each.name}`);
      try {
        each.milliseconds.push(await each.start());
      } catch (error) {
        log(`${each.name}: ${error.message}\n`);
      }
    }
  }
  return contestants.flatMap(({ name, milliseconds }) =>
    milliseconds.length === 0 ? [] : [{ side: name, milliseconds: spread(milliseconds) }],
  );
}

const now = () => performance.timeOrigin + performance.now();

/** A process that does nothing, until it is running its program. */
async function nodeAlone(node) {
  const started = now();
  const { stdout } = await promisify(execFile)(node, ["-e", "console.log(performance.timeOrigin + performance.now())"]);
  return Number(stdout) - started;
}

async function untilFirstStep(side, node) {
  const nearest = side.computes === undefined ? net : side.computes(net).net;
  const job = { net: nearest, file: fileOf(nearest), isFirstStepOnly: true };
  const child = startSide(side, job, { node, program: firstStep });
  try {
    const { doneMs } = await child.next();
    // FANN does not tell; its three steps are no time at all.
    return (doneMs ?? now()) - child.startedMs;
  } finally {
    await child.end();
  }
}
