// A side in JavaScript up to its first step and no further: node first-step.mjs '{"module", "settings", "net", "file"}'.
// Backpass by `train`, as its users start it; the others as they are timed.
import { readTask } from "./nets.mjs";

const { net, file, module, settings } = JSON.parse(process.argv[2]);

async function first() {
  if (module !== "backpass.mjs") {
    const { open } = await import(`./sides/${module}`);
    const side = await open(readTask(net, file), settings);
    await side.run(1);
    return;
  }
  const { dataset, dense, network, train } = await import("backpass");
  const { inputs, targets } = readTask(net, file);
  const layers = net.widths
    .slice(1)
    .map((units, i) => dense(units, i === net.widths.length - 2 ? net.output : net.activation));
  const data = dataset({
    inputs: { values: inputs, columns: net.widths[0] },
    targets,
    classes: net.widths.slice(-1).flatMap((n) => Array.from({ length: n }, String)),
  });
  await train(network(net.widths[0], layers, { cost: net.cost }), data, {
    ...settings,
    epochs: 1,
    batchSize: net.batch,
    onEpoch: tell,
  });
}

let isTold = false;
function tell() {
  if (!isTold) process.stdout.write(`${JSON.stringify({ doneMs: performance.timeOrigin + performance.now() })}\n`);
  isTold = true;
}

await first();
tell();
process.exit(0);
