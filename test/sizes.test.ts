import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { repository } from "./installed-package.ts";

/**
 * At most so many bytes that a page loads for an entry: its program and what that imports from the start, each file compressed
 * with brotli. The bounds are a tenth above what was measured; who needs more says for what when raising them.
 */
const most = {
  index: 92_000,
  data: 190_000,
  digits: 153_000,
  engine: 89_000,
  exercise: 225_000,
  explain: 175_000,
  formula: 60_000,
  graph: 23_000,
  model: 133_000,
};

const bundle = join(repository, "dist", "bundle");

/** The files that are loaded before a program begins: not those of `import()`. */
function filesOf(entry: string): readonly string[] {
  const files = new Set([`${entry}.js`]);
  for (const file of files) {
    const text = readFileSync(join(bundle, file), "utf8");
    for (const [, next] of text.matchAll(/\bfrom\s*"\.\/([^"]+)"|\bimport\s*"\.\/([^"]+)"/g)) if (next) files.add(next);
  }
  return [...files];
}

describe("what a page loads", () => {
  test.each(Object.entries(most))("for the entry %s is at most %i bytes", (entry, bound) => {
    const sizes = filesOf(entry).map((file) => brotliCompressSync(readFileSync(join(bundle, file))).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(total).toBeLessThan(bound);
    // A bound far above says nothing.
    expect(total).toBeGreaterThan(0.6 * bound);
  });

  test("is bounded for every entry", () => {
    // The manifest is our own.
    const { exports } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
      exports: Record<string, { default?: string }>;
    };
    const entries = Object.values(exports).flatMap(({ default: program }) => program ?? []);
    expect(Object.keys(most).map((entry) => `./dist/bundle/${entry}.js`)).toEqual(entries);
  });

  test("for graphs has no kernels in it", () => {
    // WebAssembly modules are embedded as base64, which begins with their first bytes, "\0asm".
    const hasKernels = (entry: string): boolean =>
      filesOf(entry).some((file) => readFileSync(join(bundle, file), "utf8").includes("AGFzb"));
    expect(["graph", "formula"].filter(hasKernels)).toEqual([]);
    expect(hasKernels("engine")).toBe(true);
  });
});
