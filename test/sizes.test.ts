import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { describe, expect, test } from "vitest";
import { repository } from "./installed-package.ts";

const bundle = join(repository, "dist", "bundle");

/**
 * What a page loads of an entry at most, in bytes after Brotli: the entry's file and all that it imports, each file compressed
 * by itself as a server sends it. A little more than was measured; who makes one larger raises it, with the reason.
 */
const most: Readonly<Record<string, number>> = {
  index: 88_000,
  data: 180_000,
  defaults: 133_000,
  digits: 145_000,
  engine: 86_000,
  exercise: 222_000,
  explain: 170_000,
  formula: 59_000,
  graph: 24_000,
  model: 133_000,
  network: 86_000,
  report: 162_000,
  worker: 2100,
  "training-worker": 86_500,
  "job-worker": 241_000,
};

/** The files that a file of the bundle imports from the beginning; those of `import()` come later, if at all. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(bundle, file), "utf8");
  return [...text.matchAll(/(?:^|[;\n}])\s*(?:import|export)\b[^"';()]*?"\.\/([^"]+)"/g)].map(([, name = ""]) => name);
}

function filesOf(entry: string): readonly string[] {
  const files = new Set([`${entry}.js`]);
  for (const file of files) for (const imported of importsOf(file)) files.add(imported);
  return [...files];
}

function compressed(file: string): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(readFileSync(join(bundle, file)), { params }).length;
}

/** The modules of src/ that some files of the bundle are made of, as their source maps say. */
function modulesOf(files: readonly string[]): readonly string[] {
  // A file that only exports what others have is made of none, and has no map.
  const made = files.filter((file) => existsSync(join(bundle, `${file}.map`)));
  return made.flatMap((file) => {
    const { sources } = JSON.parse(readFileSync(join(bundle, `${file}.map`), "utf8")) as { sources: string[] };
    return sources.map((source) => join(dirname(join(bundle, file)), source));
  });
}

describe("the size of an entry", () => {
  test.each(Object.entries(most))("%s is at most %d bytes", (entry, limit) => {
    const size = filesOf(entry).reduce((sum, file) => sum + compressed(file), 0);
    expect(size).toBeLessThanOrEqual(limit);
    // A limit far above says nothing.
    expect(size).toBeGreaterThan(0.85 * limit);
  });

  test("is bounded for every entry, and for the programs of workers", () => {
    // The manifest is our own.
    const { exports } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
      exports: Record<string, { default?: string }>;
    };
    const entries = Object.values(exports).flatMap(({ default: program }) => program ?? []);
    const workers = ["training-worker", "job-worker"].map((name) => `./dist/bundle/${name}.js`);
    expect(Object.keys(most).map((entry) => `./dist/bundle/${entry}.js`)).toEqual([...entries, ...workers]);
  });

  test("for graphs has no kernels in it", () => {
    // WebAssembly modules are embedded as base64, which begins with their first bytes, "\0asm".
    const hasKernels = (entry: string): boolean =>
      filesOf(entry).some((file) => readFileSync(join(bundle, file), "utf8").includes("AGFzb"));
    expect(["graph", "formula"].filter(hasKernels)).toEqual([]);
    expect(hasKernels("engine")).toBe(true);
  });
});

describe("a page that trains", () => {
  test("loads each file once: the worker's program imports the page's own files", () => {
    const shared = new Set(filesOf("index"));
    const own = filesOf("training-worker").filter((file) => !shared.has(file));
    expect(own).toEqual(["training-worker.js"]);
    expect(compressed("training-worker.js")).toBeLessThan(1000);
  });

  test("loads nothing of explain, exercise or report in its worker", () => {
    const modules = modulesOf(filesOf("training-worker"));
    expect(modules.length).toBeGreaterThan(50);
    expect(modules.filter((path) => /\/src\/(?:explain|exercise|report|defaults|data|worker)\//.test(path))).toEqual(
      [],
    );
  });
});

test("no module of src/ stands in two files of the bundle, but in the program of the worker for jobs", () => {
  const files = readdirSync(bundle).filter((file) => file.endsWith(".js") && file !== "job-worker.js");
  const modules = modulesOf(files);
  const twice = modules.filter((path, i) => path.includes("/src/") && modules.indexOf(path) !== i);
  expect(twice).toEqual([]);
});
