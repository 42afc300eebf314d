import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { blasHere, blasMissing } from "../../../../test/blas-here.ts";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { run } from "../../run.ts";

async function outcomeOf(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal();
  const code = await run(["engines", ...words], terminal);
  return { code, ...written };
}

/** Measuring takes seconds, so all tests read the same two runs. */
let codes: readonly unknown[];
let shown: string;
let report: { engines: { name: string; isAvailable: boolean; isDefault?: boolean; reason?: string }[] };

beforeAll(async () => {
  const [text, json] = [await outcomeOf(), await outcomeOf("--json")];
  codes = [text.code, text.err, json.code, json.err];
  shown = text.out;
  report = JSON.parse(json.out) as typeof report; // as: what the tests below check
}, 120_000);

describe("backpass engines", () => {
  test("ends well, without a word on the side", () => {
    expect(codes).toEqual([0, "", 0, ""]);
  });

  test("shows a line of rates for every engine that is there, and says of each what it is", () => {
    expect(shown).toMatch(/^ {2}engine +precision +threads +32 × 32 +128 × 128 +512 × 512$/m);
    expect(shown).toMatch(/^ {2}wasm +float32 +1( +[\d.,]+){3}$/m);
    expect(shown).toMatch(/^ {2}reference +float64 +1( +[\d.,]+){2} +–$/m);
    expect(shown).toMatch(/^wasm +WebAssembly SIMD, Node .*\(the default\)$/m);
    expect(shown).toMatch(/faster than reference from \d+ × \d+ × \d+, \d+ multiply-adds$/m);
    // With a rate where Node has relaxed SIMD, with the reason where it has not.
    expect(shown).toMatch(/^ {2}fast +float32 +1( +[\d.,]+){3}$|^fast +not there\. Expected .* relaxed SIMD/m);
    expect(shown).toMatch(/^blas +\S/m);
  });

  test("gives the same as one JSON object", () => {
    expect(report.engines.map(({ name }) => name)).toEqual(["wasm", "fast", "blas", "reference"]);
    const rates = [32, 128, 512].map((size) => ({ size, gigaflops: expect.any(Number) }));
    expect(report.engines[0]).toEqual({
      name: "wasm",
      isAvailable: true,
      isDefault: true,
      precision: "float32",
      runsOn: expect.stringContaining("WebAssembly"),
      speeds: [{ threads: 1, rates }],
      paysFrom: expect.any(Number),
    });
  });

  test.skipIf(blasHere.library === null)(`names the BLAS with version and path, and its rates ${blasMissing}`, () => {
    expect(report.engines[2]).toMatchObject({
      isAvailable: true,
      isDefault: false,
      runsOn: expect.stringContaining("koffi"),
      path: expect.stringMatching(/[/\\]/),
      speeds: expect.arrayContaining([{ threads: expect.anything(), rates: expect.any(Array) }]),
    });
    expect(shown).toMatch(/^ {2}blas +float32 +\d+( +[\d.,]+){3}$/m);
    expect(shown).toContain("its last bits differ with library, processor and number of threads");
  });
});

describe("commands that compute take any engine", () => {
  test.skipIf(blasHere.library === null)(`backpass train digits learns on blas ${blasMissing}`, async () => {
    const { terminal, written } = recordingTerminal();
    const folder = mkdtempSync(join(tmpdir(), "backpass-engines-"));
    const words = ["train", "digits", "--engine", "blas", "--epochs", "10", "--json", "--out", folder];
    expect(await run(words, terminal)).toBe(0);
    rmSync(folder, { recursive: true });
    const { validation } = JSON.parse(written.out) as { validation: { accuracy: number } }; // as: checked next
    // wasm reaches 0.97 in ten epochs; last bits may tip a few of the 359 examples.
    expect(validation.accuracy).toBeGreaterThan(0.94);
  });
});
