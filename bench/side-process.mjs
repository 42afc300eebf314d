// One side written in JavaScript in a process of its own: node side-process.mjs '{"module", "settings", "net", "file", …}'.
//
// What every side's program does, in any language, one JSON text a line: three steps, and tells their costs and the
// weights after them; waits for a line with `{ "warmUpSeconds", "seconds", "leastSteps" }`, or the end of its input; runs
// that long, and tells steps and seconds.
import { createInterface } from "node:readline";
import { readTask } from "./nets.mjs";
import { summariesOf } from "./summary.mjs";

/** Steps of an agreement check. */
const CHECKED_STEPS = 3;

const job = JSON.parse(process.argv[2]);
const { open } = await import(`./sides/${job.module}`);
const side = await open(readTask(job.net, job.file), job.settings);

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

const startedMs = performance.now();
const costs = [];
for (let step = 0; step < CHECKED_STEPS; step++) costs.push(await side.run(1));
const checkSeconds = (performance.now() - startedMs) / 1000;
say({ costs, arrays: summariesOf(await side.layers()) });

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  say(await (side.time?.(request) ?? time(request)));
  break;
}
await side.close?.();
process.exit(0); // Some sides leave workers or handles behind.

/** Runs in chunks that take about a twentieth of the time; the clock is looked at between them. */
async function time({ warmUpSeconds, seconds, leastSteps }) {
  const isWarm = checkSeconds >= warmUpSeconds && checkSeconds >= CHECKED_STEPS * seconds;
  const chunk = isWarm ? 1 : await warmUp(warmUpSeconds, seconds / 20);
  const from = performance.now();
  for (let runs = 0; ;) {
    await side.run(chunk);
    runs += chunk;
    const elapsed = (performance.now() - from) / 1000;
    if (elapsed >= seconds && runs >= leastSteps) return { steps: runs * (side.stepsPerRun ?? 1), seconds: elapsed };
  }
}

/** Runs until the time is over; gives how many steps take `chunkSeconds`. */
async function warmUp(seconds, chunkSeconds) {
  const from = performance.now();
  for (let chunk = 1; ;) {
    const before = performance.now();
    await side.run(chunk);
    const now = performance.now();
    const fitting = Math.max(1, Math.floor((chunkSeconds * 1000 * chunk) / Math.max(now - before, 1e-3)));
    chunk = Math.min(fitting, 4 * chunk);
    if (now - from >= seconds * 1000) return chunk;
  }
}
