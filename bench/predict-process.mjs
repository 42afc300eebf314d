// A side that predicts, in a process of its own: node predict-process.mjs '{"module", "settings", "net", "file", "rows"}'.
// One JSON text a line: the answers to the rows first; then, for each line with `{ "seconds" }`, how many calls it made in that
// time, input and output included, and how long they took.
import { createInterface } from "node:readline";
import { readTask } from "./nets.mjs";

const { module, settings, net, file, rows } = JSON.parse(process.argv[2]);
const { open } = await import(`./sides/predict/${module}`);
const { layers, inputs } = readTask(net, file);
const side = await open({ net, layers, inputs: inputs.slice(0, rows * net.widths[0]), rows }, settings);

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
await side.run(1);
say({ answers: Array.from(await side.answers()) });

let chunk = 1;
for await (const line of createInterface({ input: process.stdin })) {
  const { seconds } = JSON.parse(line);
  const startedMs = performance.now();
  let calls = 0;
  for (;;) {
    const beforeMs = performance.now();
    await side.run(chunk);
    const nowMs = performance.now();
    calls += chunk;
    if (nowMs - startedMs >= 1000 * seconds) {
      say({ calls, seconds: (nowMs - startedMs) / 1000 });
      break;
    }
    // The clock is looked at about twenty times a window.
    if (nowMs - beforeMs < 25 * seconds) chunk *= 2;
  }
}
process.exit(0); // Some sides leave workers or handles behind.
