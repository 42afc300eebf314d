// Rows a second and peak memory of reading a large CSV file: node bench/csv.mjs [rows] [columns] [file].
// Without a file, one of random numbers is made in the system's temporary folder first, and removed at the end.
import { createReadStream, createWriteStream, rmSync, statSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepare, readCsv } from "backpass/data";

const rows = Number(process.argv[2] ?? 1_000_000);
const columns = Number(process.argv[3] ?? 30);
const given = process.argv[4];
const file = given ?? join(tmpdir(), `backpass-bench-${process.pid}.csv`);

/** Numbers of 4 decimals, as an instrument might write them, and a class of three. */
async function writeFile() {
  const out = createWriteStream(file);
  let state = 1;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  out.write(`${Array.from({ length: columns - 1 }, (_, k) => `x${k}`).join(",")},class\n`);
  for (let start = 0; start < rows; start += 1000) {
    let text = "";
    for (let i = start; i < Math.min(rows, start + 1000); i++) {
      for (let k = 1; k < columns; k++) text += `${(200 * random() - 100).toFixed(4)},`;
      text += `class${Math.floor(3 * random())}\n`;
    }
    if (!out.write(text)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

const mebibytes = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
/** The largest this process has been, as the system counts it. */
const peak = () => mebibytes(1024 * process.resourceUsage().maxRSS);

try {
  if (given === undefined) await writeFile();
  const { size } = statSync(file);
  console.log(`${file}: ${mebibytes(size)}; at the start, peak ${peak()}`);

  let from = performance.now();
  let bytes = 0;
  for await (const chunk of createReadStream(file)) bytes += chunk.length;
  console.log(`reading alone: ${mebibytes(bytes / ((performance.now() - from) / 1000))}/s`);

  from = performance.now();
  const table = await readCsv(createReadStream(file));
  let seconds = (performance.now() - from) / 1000;
  const held = table.columns.reduce((sum, column) => sum + ((column.values ?? column.codes)?.byteLength ?? 0), 0);
  console.log(
    `readCsv: ${Math.round(table.rows / seconds).toLocaleString("en")} rows/s, ${mebibytes(size / seconds)}/s, ` +
      `${seconds.toFixed(1)} s; the table takes ${mebibytes(held)}, peak ${peak()}`,
  );

  from = performance.now();
  const { training } = prepare(table);
  seconds = (performance.now() - from) / 1000;
  console.log(`prepare: ${training.examples.toLocaleString("en")} examples, ${seconds.toFixed(1)} s; peak ${peak()}`);
} finally {
  if (given === undefined) rmSync(file, { force: true });
}
