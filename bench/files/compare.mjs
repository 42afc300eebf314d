// The command line's defaults on real files, beside scikit-learn's multi-layer perceptron at its defaults:
//   node bench/files/compare.mjs [--splits 3] [--only TEXT] [--json FILE] [--peer FILE]   (npm run bench:files builds first)
// --json keeps the scores; --peer takes those of scikit-learn, which do not change, from a file that --json wrote.
// The files: those of this package, of npm's vega-datasets, and of R's packages, from Debian:
//   apt-get install r-base-core r-recommended r-cran-aer r-cran-mlbench r-cran-ggplot2 python3-sklearn python3-pandas
// Each split keeps a fifth of the rows, drawn by its number, from both sides; both are judged on them. At most 5,000 rows a file.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import Papa from "papaparse";

const { values: options } = parseArgs({
  options: {
    splits: { type: "string", default: "3" },
    only: { type: "string", default: "" },
    json: { type: "string" },
    peer: { type: "string" },
  },
});
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const program = here("../../dist/bundle/main.js");
const mostRows = 5000;
const folder = mkdtempSync(join(tmpdir(), "backpass-files-"));

/** One file as a header and rows of cells, from where it comes. */
function readSet(source, set) {
  if (source === "own") {
    return cells(execFileSync(process.execPath, [program, "data", set, "--csv"], { encoding: "utf8", maxBuffer: 1e8 }));
  }
  if (source === "vega") {
    const path = here(`../node_modules/vega-datasets/data/${set}`);
    if (existsSync(`${path}.csv`)) return cells(readFileSync(`${path}.csv`, "utf8"));
    return cells(Papa.unparse(JSON.parse(readFileSync(`${path}.json`, "utf8"))));
  }
  return cells(readFileSync(join(folder, `${source}-${set}.csv`), "utf8"));
}

function cells(text) {
  const [header, ...rows] = Papa.parse(text.trim()).data;
  return { header, rows };
}

/** Pseudo-random order of 0 … count−1, the same for the same seed (mulberry32 and Fisher–Yates). */
function order(count, seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const places = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const other = Math.floor(next() * (i + 1));
    [places[i], places[other]] = [places[other], places[i]];
  }
  return places;
}

function ours(train, test, target, task) {
  const out = join(folder, "run");
  rmSync(out, { recursive: true, force: true });
  const run = (...words) =>
    JSON.parse(
      execFileSync(process.execPath, [program, ...words, "--json"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        maxBuffer: 1e8,
      }),
    );
  try {
    const trained = run("train", train, "--target", target, "--out", out);
    if (trained.task !== task) return { note: `taken for a ${trained.task}` };
    const answered = run("evaluate", join(out, "model.safetensors"), test);
    return {
      score: answered.accuracy ?? answered.r2 ?? answered.rSquared,
      epochs: trained.epochs,
      seconds: trained.seconds,
    };
  } catch (error) {
    return {
      note: String(error.stderr ?? error)
        .trim()
        .split("\n")[0],
    };
  }
}

function peer(train, test, target, task) {
  return Number(
    execFileSync("/usr/bin/python3", [here("peer.py"), train, test, target, task], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
}

const [, ...lines] = readFileSync(here("sets.tsv"), "utf8").trim().split("\n");
const sets = lines
  .map((line) => line.split("\t"))
  .map(([source, set, target, task]) => ({ source, set, target, task }))
  .filter(({ source, set, target }) => `${source} ${set} ${target}`.includes(options.only));

mkdirSync(folder, { recursive: true });
const fromR = sets
  .filter(({ source }) => source !== "own" && source !== "vega")
  .flatMap(({ source, set }) => [source, set]);
if (fromR.length > 0)
  execFileSync("Rscript", [here("export.R"), folder, ...fromR], { stdio: ["ignore", "inherit", "inherit"] });

const known = options.peer === undefined ? [] : JSON.parse(readFileSync(options.peer, "utf8"));
const results = [];
try {
  for (const { source, set, target, task } of sets) {
    const { header, rows } = readSet(source, set);
    const kept = order(rows.length, 0)
      .slice(0, mostRows)
      .map((i) => rows[i]);
    const scores = [];
    const earlier = known.find((row) => row.file === `${source} ${set}` && row.target === target);
    for (let split = 1; split <= Number(options.splits); split += 1) {
      const places = order(kept.length, split);
      const held = Math.round(kept.length / 5);
      const write = (name, chosen) => {
        const path = join(folder, name);
        writeFileSync(path, `${Papa.unparse([header, ...chosen.map((i) => kept[i])])}\n`);
        return path;
      };
      const test = write("test.csv", places.slice(0, held));
      const train = write("train.csv", places.slice(held));
      scores.push({
        ours: ours(train, test, target, task),
        peer: earlier?.scores[split - 1]?.peer ?? peer(train, test, target, task),
      });
    }
    const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
    const notes = [...new Set(scores.flatMap(({ ours: { note } }) => (note === undefined ? [] : [note])))];
    const row = {
      file: `${source} ${set}`,
      target,
      task,
      rows: kept.length,
      ours: notes.length > 0 ? null : mean(scores.map((score) => score.ours.score)),
      peer: mean(scores.map((score) => score.peer)),
      // The standard error of the mean difference between the two sides over the splits.
      error: notes.length > 0 ? null : standardError(scores.map((score) => score.ours.score - score.peer)),
      notes,
      scores,
    };
    results.push(row);
    // After each file, as all of them take their time.
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 1)}\n`);
    const figure = (value) => (value === null ? "   —  " : value.toFixed(3).padStart(6));
    console.log(
      [
        row.file.padEnd(28),
        target.padEnd(18),
        (task === "classification" ? "accuracy" : "R²").padEnd(8),
        figure(row.ours),
        figure(row.peer),
        ...notes,
      ].join("  "),
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function standardError(differences) {
  const { length } = differences;
  const mean = differences.reduce((sum, value) => sum + value, 0) / length;
  return Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, length - 1) / length);
}

const equal = results.filter(({ ours: own, peer: other }) => own !== null && own >= other);
const near = results.filter(
  ({ ours: own, peer: other, error }) => own !== null && own >= other - Math.max(0.005, 2 * error),
);
console.log(
  `${results.length} targets: at least equal on ${equal.length} (${((100 * equal.length) / results.length).toFixed(0)} %); ` +
    `not below by more than 0.005 or two standard errors of the splits on ${near.length} (${((100 * near.length) / results.length).toFixed(0)} %).`,
);
