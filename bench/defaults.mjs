// What the command line's defaults reach on the bundled data: node bench/defaults.mjs [seeds]. Build first.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const seeds = Number(process.argv[2] ?? 5);
const program = fileURLToPath(new URL("../dist/bundle/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "backpass-defaults-"));

try {
  for (const name of ["iris", "wine", "breast-cancer", "diabetes", "digits"]) {
    const runs = Array.from({ length: seeds }, (_, i) => {
      const words = [program, "train", name, "--seed", String(i + 1), "--json", "--out", folder];
      return JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8" }));
    });
    const measure = runs[0].task === "classification" ? "accuracy" : "r2";
    const mean = (values) => (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
    const scores = runs.map(({ validation }) => validation[measure]);
    const baselines = runs.map(({ baseline }) => baseline.validation[measure]);
    console.log(
      `${name.padEnd(14)} ${measure.padEnd(8)} mean ${mean(scores)}, least ${Math.min(...scores).toFixed(3)}, ` +
        `baseline ${mean(baselines)}, ${mean(runs.map(({ seconds }) => seconds))} s`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
