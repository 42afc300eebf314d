import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { loadModel } from "../../../model/index.ts";
import type { EpochReport } from "../../../train/index.ts";
import { epochsToRefit } from "../../../defaults/refit.ts";

const program = fileURLToPath(new URL("../../../../dist/bundle/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "backpass-refit-"));
afterAll(() => rmSync(folder, { recursive: true }));

const backpass = async (...words: readonly string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [program, ...words], { cwd: folder })).stdout;

/** What `train --json` prints, as far as it matters here. */
interface Figures {
  readonly test: { readonly r2: number };
  readonly validation: { readonly cost: number };
  readonly weightsHash: string;
  readonly refit: { readonly rows: number; readonly epochs: number } | null;
}
const trained = async (...words: readonly string[]): Promise<Figures> =>
  JSON.parse(await backpass("train", "rows.csv", "--epochs", "6", "--hidden", "8", "--json", ...words)) as Figures;
const summaryIn = (out: string): unknown => loadModel(readFileSync(join(folder, out, "model.safetensors"))).summary;

// The word "rare" stands in one row only, which may be held back.
const rows = Array.from({ length: 60 }, (_, i) => {
  const x = ((i * 37) % 60) / 30 - 1;
  return `${x.toFixed(3)},${i === 7 ? "rare" : ["a", "b", "c"][i % 3]},${(2 * x + (i % 3)).toFixed(3)}`;
});
writeFileSync(join(folder, "rows.csv"), `${["x,word,y", ...rows].join("\n")}\n`);
writeFileSync(join(folder, "new.csv"), `${["x,word,y", ...rows.slice(0, 20)].join("\n")}\n`);

describe("epochsToRefit", () => {
  const epochsOf = (costs: readonly number[]): number =>
    epochsToRefit(
      costs.map((cost, at) => ({ epoch: at + 1, cost }) as EpochReport),
      ({ cost }) => cost,
    );

  test("takes the middle of the lowest stretch, not a single lucky epoch", () => {
    expect(epochsOf([9, 1, 9, 9, 9, 9, 9, 4, 3, 3, 2.9, 3, 3, 4, 8, 8, 8, 8])).toBe(11);
  });

  test("takes the last epoch of costs that only fall, and the one of a run of one", () => {
    expect(epochsOf([5, 4, 3, 2, 1])).toBe(5);
    expect(epochsOf([5])).toBe(1);
  });
});

describe("train", () => {
  test("keeps a network trained on all rows, and says of which one the scores are", async () => {
    const text = await backpass("train", "rows.csv", "--epochs", "6", "--hidden", "8", "--quiet", "--out", "said");
    expect(text).toMatch(
      /^refit +the model is trained again on all 60 rows, for \d epochs; the scores above are of the network that had not seen/m,
    );
    expect(summaryIn("said")).toMatchObject({ rows: 60, refit: { rows: 60 }, trainingRows: { different: 60 } });
  }, 30_000);

  test("measures validation by the network that had not seen it, and the test by the one that is kept", async () => {
    const kept = await trained("--test", "new.csv", "--out", "kept");
    const off = await trained("--test", "new.csv", "--refit", "off", "--out", "off");
    expect(off.refit).toBeNull();
    expect(kept.validation).toEqual(off.validation);
    expect(kept.weightsHash).not.toBe(off.weightsHash);
    expect(summaryIn("off")).toMatchObject({ rows: 48, refit: null });
    for (const [out, figures] of [
      ["kept", kept],
      ["off", off],
    ] as const) {
      const measured = JSON.parse(await backpass("evaluate", out, "new.csv", "--json")) as { readonly r2: number };
      expect(measured.r2).toBeCloseTo(figures.test.r2, 6);
    }
    // The record is still that of this model: what reads it compares the weights.
    expect(await backpass("report", "kept")).toContain("report.html");
  }, 60_000);

  test("trains once with nothing held back, or when the last epoch is wanted", async () => {
    expect((await trained("--validation", "0", "--out", "none")).refit).toBeNull();
    expect((await trained("--patience", "none", "--out", "last")).refit).toBeNull();
  }, 30_000);
});
