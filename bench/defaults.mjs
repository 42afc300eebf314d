// What the command line's defaults reach on the bundled data, and on small noisy sets at the defaults and at 150 epochs:
// node bench/defaults.mjs [seeds]. Build first.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const seeds = Number(process.argv[2] ?? 5);
const program = fileURLToPath(new URL("../dist/bundle/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "backpass-defaults-"));

/** Numbers as if drawn: uniform, and by the sum of twelve of them normal. */
function drawn(seed) {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return { uniform, normal: () => Array.from({ length: 12 }, uniform).reduce((sum, u) => sum + u, -6) };
}

/** Rows of a set of `rows`, of which `row` makes one, as a file; its last column is the target. */
function made(name, rows, row) {
  const source = drawn(7);
  const lines = Array.from({ length: rows }, (_, i) => row(source, i));
  const names = lines[0].map((_, k) => (k === lines[0].length - 1 ? "y" : `x${k}`));
  const path = join(folder, `${name}.csv`);
  writeFileSync(path, `${[names, ...lines].map((line) => line.join(",")).join("\n")}\n`);
  return path;
}

const noisy = {
  "a sine, no noise": made("sine", 100, ({ uniform }) => {
    const x = 6.2832 * (uniform() - 0.5);
    return [x, Math.sin(x)];
  }),
  "a noisy sine": made("noisy-sine", 100, ({ uniform, normal }) => {
    const x = 6.2832 * (uniform() - 0.5);
    return [x, Math.sin(x) + 0.3 * normal()];
  }),
  "a noisy line": made("line", 80, ({ normal }) => {
    const [x, z] = [normal(), normal()];
    return [x, z, x + 0.7 * normal()];
  }),
  "ten inputs, two of use": made("sparse", 150, ({ normal }) => {
    const x = Array.from({ length: 10 }, normal);
    return [...x, x[0] * x[1] + 0.5 * normal()];
  }),
  "noise alone": made("noise", 100, ({ normal }) => [normal(), normal(), normal(), normal()]),
  "two classes that overlap": made("overlap", 120, ({ normal }, i) => [
    normal() + (i % 2),
    normal(),
    i % 2 ? "a" : "b",
  ]),
  "three classes, wrong labels": made("labels", 120, ({ normal, uniform }, i) => {
    const at = (2.1 * (i % 3)) / 1;
    const label = uniform() < 0.15 ? Math.floor(3 * uniform()) : i % 3;
    return [Math.cos(at) + 0.4 * normal(), Math.sin(at) + 0.4 * normal(), `c${label}`];
  }),
  "a noisy exclusive or": made("xor", 160, ({ normal, uniform }) => {
    const [x, z] = [normal(), normal()];
    return [x, z, x * z > 0 !== uniform() < 0.1 ? "yes" : "no"];
  }),
};

const runsOf = (data, ...options) =>
  Array.from({ length: seeds }, (_, i) => {
    const own = ["--seed", String(i + 1), "--json", "--no-report", "--overwrite", "--out", join(folder, "run")];
    return JSON.parse(
      execFileSync(process.execPath, [program, "train", data, ...own, ...options], { encoding: "utf8" }),
    );
  });
const mean = (values) => (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
const measureOf = ({ task }) => (task === "classification" ? "accuracy" : "r2");

try {
  for (const name of ["iris", "wine", "breast-cancer", "diabetes", "digits"]) {
    const runs = runsOf(name);
    const measure = measureOf(runs[0]);
    const scores = runs.map(({ validation }) => validation[measure]);
    const baselines = runs.map(({ baseline }) => baseline.validation[measure]);
    console.log(
      `${name.padEnd(14)} ${measure.padEnd(8)} mean ${mean(scores)}, least ${Math.min(...scores).toFixed(3)}, ` +
        `baseline ${mean(baselines)}, ${mean(runs.map(({ seconds }) => seconds))} s`,
    );
  }
  for (const [name, data] of Object.entries(noisy)) {
    const now = runsOf(data);
    const before = runsOf(data, "--epochs", "150", "--patience", "50");
    const measure = measureOf(now[0]);
    const of = (runs) => mean(runs.map(({ validation }) => validation[measure]));
    const seconds = mean(now.map((run) => run.seconds));
    console.log(`${name.padEnd(28)} ${measure.padEnd(8)} ${of(now)}, with 150 epochs ${of(before)}, ${seconds} s`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
