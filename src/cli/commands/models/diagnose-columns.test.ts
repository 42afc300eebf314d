import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../../../dist/bundle/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "backpass-columns-"));
afterAll(() => rmSync(folder, { recursive: true }));

function backpass(
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...words], { cwd: folder }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });
}

interface Found {
  readonly kind: string;
  readonly text: string;
  readonly evidence: Record<string, number>;
}

/** Trains on lines of CSV, and what `diagnose` then finds. */
async function found(name: string, lines: readonly string[], ...options: readonly string[]): Promise<readonly Found[]> {
  writeFileSync(join(folder, `${name}.csv`), `${lines.join("\n")}\n`);
  const trained = await backpass("train", `${name}.csv`, "--out", name, "--json", ...options);
  expect(trained.err).toBe("");
  const diagnosis = JSON.parse((await backpass("diagnose", name, "--json")).out);
  return diagnosis.findings;
}

const noise = (i: number): number => 2 * ((i * 0.618_033_988_75) % 1) - 1;
const indices = Array.from({ length: 100 }, (_, i) => i);

describe("diagnose", () => {
  test("blames a few cells that set a scale, with row and value, and not the learning rate", async () => {
    const one = [
      "x,z,y",
      ...indices.map(
        (i) =>
          `${i === 40 ? 1e9 : noise(i).toFixed(3)},${noise(5 * i).toFixed(3)},${(3 * noise(i) + 0.2 * noise(5 * i)).toFixed(3)}`,
      ),
    ];
    const [first, ...rest] = await found("one-cell", one, "--epochs", "30");
    expect(first).toMatchObject({ kind: "scaleOfFewCells", evidence: { value: 1e9, row: 42, columns: 1 } });
    expect(first?.text).toContain("x (1e+9 in row 42)");
    expect(rest.map(({ kind }) => kind)).not.toContain("learningRateTooLarge");
    const missing = [
      "x,y",
      ...indices.map((i) => `${i % 20 === 3 ? -999 : noise(i).toFixed(3)},${(2 * noise(i)).toFixed(3)}`),
    ];
    const [sentinel] = await found("sentinel", missing, "--epochs", "30");
    expect(sentinel).toMatchObject({ kind: "scaleOfFewCells", evidence: { value: -999, row: 5, cells: 5 } });
  }, 60_000);

  test("measures how much rests on a column that numbers the rows", async () => {
    // The target rises through the file, and an index in another order of the rows gives it.
    const lines = [
      "id,x,y",
      ...indices.map(
        (i) => `${1000 + ((37 * i) % 100)},${noise(i).toFixed(3)},${(37 * i) % 100 < 50 ? "early" : "late"}`,
      ),
    ];
    const kinds = await found("index", lines, "--columns", "id=number");
    const finding = kinds.find(({ kind }) => kind === "identifyingColumn");
    expect(finding?.evidence["learned"]).toBeGreaterThan(0.8);
    expect(finding?.evidence["learnedWithout"]).toBeLessThan(0.3);
    expect(finding?.text).toMatch(/^id may identify the row/);
  }, 60_000);

  test("measures how much rests on a column that gives the target away, in other units or in order", async () => {
    for (const [name, leak] of [
      ["straight", (t: number) => 32 + 1.8 * t],
      ["in-order", (t: number) => t ** 3],
    ] as const) {
      const lines = [
        "a,b,leak,y",
        ...indices.map((i) => `${noise(i)},${noise(3 * i)},${leak(noise(7 * i))},${noise(7 * i)}`),
      ];
      const finding = (await found(name, lines)).find(({ kind }) => kind === "leakingColumn");
      expect(finding?.text).toContain("gives the target away: leak");
      expect(finding?.evidence["learned"]).toBeGreaterThan(0.9);
      expect(finding?.evidence["learnedWithout"]).toBeLessThan(0.5);
    }
  }, 90_000);

  test("says that a network is no better than one answer for all", async () => {
    const lines = [
      "x,z,y",
      ...indices.map((i) => `${noise(i)},${noise(3 * i)},${Math.sin(1e4 * noise(11 * i)).toFixed(4)}`),
    ];
    const kinds = await found("nothing", lines);
    expect(kinds.map(({ kind }) => kind)).toContain("noBetterThanBaseline");
    expect(kinds.find(({ kind }) => kind === "noBetterThanBaseline")?.text).toContain("On the 20 rows held back R² is");
  }, 60_000);

  test("and --why speak of the same numbers, and of float64 where that tells another story", async () => {
    const layers = [
      { units: 1, weights: [[1e30]], biases: [0] },
      { units: 1, weights: [[1e30]], biases: [0] },
    ];
    writeFileSync(
      join(folder, "huge.json"),
      JSON.stringify({ inputs: 1, layers, examples: { inputs: [[1], [2]], targets: [[0], [1]] } }),
    );
    const diagnosis = JSON.parse((await backpass("diagnose", "huge.json", "--json")).out);
    expect(diagnosis.findings[0].kind).toBe("notFinite");
    const why = JSON.parse((await backpass("diagnose", "huge.json", "--why", "w_2_1_1", "--json")).out);
    expect(why.verdict).toBe("notFinite");
    const text = (await backpass("diagnose", "huge.json", "--why", "w_2_1_1")).out;
    expect(text).toContain("In float64 it is");
    expect(text).toContain("float32 has not the range");
  });
});
