import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { loadModel } from "../../../model/index.ts";
import { run } from "../../run.ts";
import type { Terminal } from "../../framework/terminal.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-train-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Where model and curves went. */
  readonly folder: string;
}

let runs = 0;

async function trained(words: readonly string[], settings: Partial<Omit<Terminal, "columns">> = {}): Promise<Result> {
  const { terminal, written } = recordingTerminal(settings);
  const out = join(folder, `run-${++runs}`);
  const code = await run(["train", ...words, "--out", out], terminal);
  return { code, ...written, folder: out };
}

/** What `--json` printed. */
async function report(words: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await trained([...words, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as Record<string, unknown>;
}

/** Rows x, y, color, kind with two classes that x and color tell apart. */
function twoKinds(rows: number, header = "x,y,color,kind\n"): string {
  let text = header;
  for (let i = 0; i < rows; i++) {
    const isA = i % 2 === 0;
    text += `${isA ? i % 7 : 10 + (i % 5)},${i % 11 === 0 ? "" : i % 3},${isA ? "red" : "blue"},${isA ? "a" : "b"}\n`;
  }
  return text;
}

describe("backpass train", () => {
  test("says what it found, an epoch a line, and the figures beside the baseline, when nobody watches", async () => {
    const { code, out, err } = await trained(["iris", "--epochs", "2", "--hidden", "16"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^target +column "species" \(5\), the last, 3 classes: setosa, versicolor, virginica$/m);
    expect(out).toMatch(/^task +classification: /m);
    expect(out.match(/^epoch \d\/2 {2}cost .* accuracy .* examples\/s$/gm)).toHaveLength(2);
    expect(out).toMatch(/^validation +cost \S+ \(\S+ without the penalty\) +accuracy \S+ %$/m);
    expect(out).toMatch(/^baseline +accuracy 33\.3 % on validation, with "setosa" as every answer$/m);
    expect(out).not.toContain("\x1b");
  });

  test("says what is missing, left out and one of categories", async () => {
    const text = twoKinds(60)
      .replaceAll(/\n(?=.)/g, "\n7,")
      .replace("7,x", "7,x")
      .replace(/^/, "same,");
    const { out } = await trained([file("two.csv", text), "--epochs", "1"]);
    expect(out).toMatch(/^missing +y in 6 rows; /m);
    expect(out).toMatch(/^inputs +2 numbers, standardized; 1 category column of 2 values in all/m);
    expect(out).toMatch(/^note +Column "same" \(1\) is left out: /m);
  });

  test("draws a bar when somebody watches, and small curves at the end", async () => {
    const watched = { isOutWatched: true, isErrWatched: true };
    const { out, err } = await trained(["iris", "--epochs", "4", "--hidden", "16"], watched);
    expect(err).toContain("█");
    expect(out).not.toContain("epoch 1/4");
    expect(out).toMatch(/^cost, validation +[▁-█]{4} /m);
    const ascii = await trained(["iris", "--epochs", "4"], { ...watched, isUnicode: false });
    expect(ascii.err).toContain("#");
    expect(ascii.out).toMatch(/^cost, validation +[_.=+*#@-]{4} /m);
  });

  test("shows figures only with --quiet", async () => {
    const { out, err } = await trained(["iris", "--epochs", "1", "--hidden", "none", "--quiet"]);
    expect(err).toBe("");
    expect(out).toMatch(/^training /);
  });

  test("prints one JSON object and nothing else with --json, the same weights for the same seed", async () => {
    const words = ["digits", "--epochs", "2", "--hidden", "16", "--seed", "7"];
    const first = await report(words);
    const score = { cost: expect.any(Number) as number, accuracy: expect.any(Number) as number };
    expect(first).toMatchObject({
      task: "classification",
      data: "digits",
      target: "digit",
      train: score,
      validation: score,
      test: null,
      baseline: { validation: { accuracy: expect.any(Number) } },
      epochs: 2,
      seconds: expect.any(Number),
      model: expect.stringMatching(/model\.safetensors$/),
      weightsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await report(words))["weightsHash"]).toBe(first["weightsHash"]);
    expect((await report([...words.slice(0, -1), "8"]))["weightsHash"]).not.toBe(first["weightsHash"]);
  });

  test("takes a regression for one, and gives R² instead of accuracy", async () => {
    const found = await report(["diabetes", "--epochs", "3"]);
    const score = { cost: expect.any(Number) as number, r2: expect.any(Number) as number };
    expect(found).toMatchObject({ task: "regression", train: score, validation: score });
  });

  test("reads TSV, gzip, a file without header, and a target by name or number alike", async () => {
    const words = ["--epochs", "3", "--hidden", "8", "--target"];
    const path = file("kinds.csv", twoKinds(80));
    const named = await report([path, ...words, "kind"]);
    const variants: string[][] = [
      [path, ...words, "4"],
      [path, ...words, "-1"],
      [file("kinds.tsv", twoKinds(80).replaceAll(",", "\t")), ...words, "kind"],
      [file("kinds.csv.gz", gzipSync(twoKinds(80))), ...words, "kind"],
      [file("bare.csv", twoKinds(80, "")), ...words, "4", "--no-header"],
      [file("odd.csv", twoKinds(80).replaceAll(",", "~")), ...words, "kind", "--delimiter", "~"],
    ];
    for (const variant of variants) expect((await report(variant))["weightsHash"]).toBe(named["weightsHash"]);
  });

  test("measures on a test file, with the columns in any order", async () => {
    const path = file("train.csv", twoKinds(100));
    const other = twoKinds(30)
      .trimEnd()
      .split("\n")
      .map((line) => line.split(",").toReversed().join(","))
      .join("\n");
    const found = await report([path, "--epochs", "10", "--test", file("test.csv", other)]);
    expect(found).toMatchObject({ test: { accuracy: 1 }, baseline: { test: { accuracy: 0.5 } } });
  });

  test("holds nothing back of a few rows, and says so", async () => {
    const { out } = await trained(["xor"]);
    expect(out).toContain("Nothing is held back for validation: 4 rows are too few");
    expect(out).toMatch(/^training +cost \S+( \(\S+ without the penalty\))? +accuracy 100\.0 %$/m);
  });

  test("writes a model with its preprocessing, and curves that follow the viewer's theme", async () => {
    const { folder: out } = await trained([file("saved.csv", twoKinds(60)), "--epochs", "3"]);
    expect(readdirSync(out).sort()).toEqual(["curves.svg", "model.safetensors", "report.html", "run.json"]);
    const model = loadModel(readFileSync(join(out, "model.safetensors")));
    expect(model.classes).toEqual(["a", "b"]);
    expect(model.summary).toMatchObject({ isFinished: true, epochs: 3, data: "saved" });
    const svg = readFileSync(join(out, "curves.svg"), "utf8");
    expect(svg).toContain("prefers-color-scheme: dark");
    expect(svg.match(/<polyline/g)).toHaveLength(3);
    expect(svg).not.toContain("NaN");
  });

  test("takes options from a file of settings, and those typed first", async () => {
    const config = file("config.json", JSON.stringify({ hidden: [8, 4], epochs: 3, "no-header": false, quiet: true }));
    const { out, folder: into } = await trained(["iris", "--config", config, "--epochs", "2"]);
    expect(out).toMatch(/^training /);
    expect(out).toContain("2 epochs in");
    expect(loadModel(readFileSync(join(into, "model.safetensors"))).network.layers.map(({ units }) => units)).toEqual([
      8, 4, 3,
    ]);
  });

  test("stops in order when interrupted, keeps the best so far, and exits with 130", async () => {
    const interruption = new AbortController();
    const { terminal, written } = recordingTerminal({ signal: interruption.signal });
    const out = join(folder, "interrupted");
    const running = run(["train", "digits", "--epochs", "100000", "--out", out], {
      ...terminal,
      out: (shown) => {
        terminal.out(shown);
        const text = String(shown);
        if (text.includes("epoch 3")) return;
        if (text.startsWith("epoch ") && !text.includes("     1/")) interruption.abort();
      },
    });
    expect(await running).toBe(130);
    expect(written.out).toContain("interrupted after");
    expect(loadModel(readFileSync(join(out, "model.safetensors"))).summary).toMatchObject({ stopped: "aborted" });
    expect(existsSync(join(out, "curves.svg"))).toBe(true);
  });

  test("says where a cost that is no longer finite arose, and what to try, and exits with 1", async () => {
    const words = ["digits", "--optimizer", "sgd", "--learning-rate", "1e30", "--cost", "hinge"];
    const { code, err, folder: out } = await trained(words);
    expect(code).toBe(1);
    expect(err).toMatch(/^backpass: [^\n]*step[^\n]*the size of the steps: the weights of layer 1 had grown[^\n]*\n$/);
    // What can be diagnosed stays.
    expect(existsSync(join(out, "run.json"))).toBe(true);
    expect(loadModel(readFileSync(join(out, "model.safetensors"))).summary).toMatchObject({ stopped: "diverged" });
  });
});
