import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../../../dist/bundle/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "backpass-choices-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function backpass(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...words], { cwd: folder }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });
}

/** Numbers from −1 to 1 that look drawn. */
const noise = (i: number): number => 2 * ((i * 0.618_033_988_75) % 1) - 1;
const file = (name: string, lines: readonly string[]): string => {
  writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  return name;
};

const rows = Array.from({ length: 120 }, (_, i) => ({ x: noise(i), y: noise(7 * i + 3) }));
const labels = file("labels.csv", [
  "x,y,warm,wet",
  ...rows.map(({ x, y }) => `${x.toFixed(4)},${y.toFixed(4)},${x > 0 ? "yes" : "no"},${Number(x + y > 0.3)}`),
]);
const amounts = file("amounts.csv", [
  "x,y,sum,scaled",
  ...rows.map(({ x, y }) => `${x.toFixed(4)},${y.toFixed(4)},${(x + y).toFixed(4)},${(1000 * x - 500 * y).toFixed(1)}`),
]);
const rare = file("rare.csv", [
  "x,y,machine,weight,class",
  ...rows.map(
    ({ x, y }, i) =>
      `${x.toFixed(4)},${y.toFixed(4)},m${i % 6},${1 + (i % 3)},${x + 0.3 * noise(11 * i) > 0.75 ? "rare" : "common"}`,
  ),
]);

describe("several targets", () => {
  test("of two values each are judged label by label, in training, evaluation, prediction and report", async () => {
    const trained = await backpass(
      "train",
      labels,
      "--target",
      "warm,wet",
      "--out",
      "labels",
      "--json",
      "--epochs",
      "60",
    );
    expect(trained.err).toBe("");
    const figures = JSON.parse(trained.out);
    expect(figures).toMatchObject({ task: "multilabel", target: "warm, wet" });
    expect(figures.validation.accuracy).toBeGreaterThan(0.85);

    const evaluated = JSON.parse((await backpass("evaluate", "labels", labels, "--json")).out);
    expect(evaluated.targets.map(({ target, holds }: { target: string; holds: string }) => [target, holds])).toEqual([
      ["warm", "yes"],
      ["wet", "1"],
    ]);
    const mean = (evaluated.targets[0].accuracy + evaluated.targets[1].accuracy) / 2;
    expect(evaluated.accuracy).toBeCloseTo(mean, 12);
    expect(evaluated.allRight).toBeLessThanOrEqual(evaluated.accuracy);
    expect((await backpass("evaluate", "labels", labels)).out).toContain("every label right");

    const fresh = file("fresh.csv", ["x,y", "0.9,0.9", "0.9,-0.9", "-0.9,0.4"]);
    const predicted = JSON.parse((await backpass("predict", "labels", fresh, "--json")).out);
    expect(predicted).toMatchObject({
      task: "multilabel",
      labels: ["warm", "wet"],
      // Both, one, none: arg-max would always give one.
      predictions: [
        ["yes", "1"],
        ["yes", "0"],
        ["no", "0"],
      ],
    });
    const csv = (await backpass("predict", "labels", fresh, "--csv")).out.split("\n");
    expect(csv[0]).toBe("row,warm,wet,p(warm),p(wet)");
    expect(csv[1]).toMatch(/^2,yes,1,(1|0\.\d+),(1|0\.\d+)$/);
    expect(readFileSync(join(folder, "labels/report.html"), "utf8")).toContain("Each label by itself");
  }, 60_000);

  test("of numbers are predicted in the units of each", async () => {
    const trained = await backpass("train", amounts, "--target", "sum,scaled", "--out", "amounts", "--json");
    expect(trained.err).toBe("");
    expect(JSON.parse(trained.out)).toMatchObject({ task: "regression", target: "sum, scaled" });
    const evaluated = JSON.parse((await backpass("evaluate", "amounts", amounts, "--json")).out);
    for (const { r2 } of evaluated.targets) expect(r2).toBeGreaterThan(0.95);
    expect(evaluated.targets[1].mae).toBeGreaterThan(10 * evaluated.targets[0].mae);
    const fresh = file("fresh2.csv", ["x,y", "0.5,0.5"]);
    const { predictions } = JSON.parse((await backpass("predict", "amounts", fresh, "--json")).out);
    expect(predictions[0][0]).toBeGreaterThan(0.7);
    expect(predictions[0][0]).toBeLessThan(1.3);
    expect(predictions[0][1]).toBeGreaterThan(150);
    expect(predictions[0][1]).toBeLessThan(350);
  }, 60_000);

  test.each([
    [["--target", "warm,warm"], "different columns"],
    [["--target", "x,y,warm,wet"], "a column to learn from"],
    [["--target", "warm", "--task", "multilabel"], "two targets or more"],
    [["--target", "x,warm", "--task", "multilabel"], "two different values"],
    [["--target", "warm,wet", "--class-weights", "balanced"], "expected none for a multilabel"],
    [["--target", "warm,wet", "--cost", "crossEntropy"], "expected a cost for a multilabel (binaryCrossEntropy)"],
  ])("%j is refused", async (options, message) => {
    const ended = await backpass("train", labels, ...options);
    expect(ended).toMatchObject({ code: 2, out: "" });
    expect(ended.err).toContain(message);
  });
});

describe("which rows are held back", () => {
  test("last: those at the end of the file; group: whole groups, whose column is no input", async () => {
    const last = await backpass("train", amounts, "--split", "last", "--epochs", "2", "--out", "last");
    expect(last.out).toContain("96 to train on, 24 held back");
    const grouped = await backpass("train", rare, "--split", "group:machine", "--epochs", "2", "--out", "grouped");
    expect(grouped.out).toContain("100 to train on, 20 held back");
    expect(grouped.out).toContain('"machine" (3) is left out: it groups the rows for the split');
    const wrong = await backpass("train", rare, "--split", "middle");
    expect(wrong.err).toContain("expected random, last or group:COLUMN");
  }, 30_000);

  test("at random of rows in time is told to flatter", async () => {
    const yearly = file("yearly.csv", [
      "year,x,y",
      ...rows.map(({ x, y }, i) => `${1990 + Math.floor(i / 4)},${x},${y}`),
    ]);
    const at = async (...options: readonly string[]): Promise<string> =>
      (await backpass("train", yearly, "--epochs", "2", "--overwrite", "--out", "yearly", ...options)).out;
    expect(await at()).toContain("--split last");
    expect(await at("--split", "last")).not.toContain("may flatter");
  }, 30_000);
});

describe("weights", () => {
  test("of classes raise the recall of the rare one", async () => {
    const recall = async (out: string, ...options: readonly string[]): Promise<number> => {
      const words = ["train", rare, "--ignore", "machine,weight", "--epochs", "100", "--hidden", "none", "--out", out];
      await backpass(...words, ...options);
      const { classes } = JSON.parse((await backpass("evaluate", out, rare, "--json")).out);
      return classes[1].recall;
    };
    const plain = await recall("plain");
    expect(await recall("weighed", "--class-weights", "balanced")).toBeGreaterThan(plain);
    expect(await recall("named", "--class-weights", "common=1,rare=10")).toBeGreaterThan(plain);
    const wrong = await backpass("train", rare, "--class-weights", "Rare=2", "--out", "wrong");
    expect(wrong.err).toContain('got one of "Rare"');
  }, 60_000);

  test("of rows come from a column that is no input", async () => {
    const weighed = await backpass("train", rare, "--weights", "weight", "--epochs", "2", "--out", "rows");
    expect(weighed.out).toContain('"weight" (4) is left out: it says how much each row counts');
    const below = file("below.csv", ["x,weight,y", ...rows.map(({ x, y }, i) => `${x},${i === 4 ? -1 : 1},${y}`)]);
    expect((await backpass("train", below, "--weights", "weight")).err).toContain("row 6: expected a weight from 0 up");
  }, 30_000);
});

test("the best epoch may be told by accuracy, and the log says what decides", async () => {
  const ended = await backpass("train", rare, "--monitor", "accuracy", "--epochs", "8", "--out", "monitored");
  expect(ended.out).toContain("highest accuracy of validation");
  expect(ended.out).toMatch(/epoch 1\/8 {2}cost \S+ {2}validation \S+ {2}accuracy \S+ % {2}best/);
  expect((await backpass("train", amounts, "--monitor", "accuracy", "--out", "no")).err).toContain(
    'expected monitor "r2"',
  );
}, 30_000);

test("a run in the folder of --out is not overwritten unless that is asked for", async () => {
  const words = ["train", amounts, "--epochs", "1", "--quiet", "--out", "once"];
  expect((await backpass(...words)).code).toBe(0);
  const before = readFileSync(join(folder, "once/model.safetensors"));
  const again = await backpass(...words, "--seed", "2");
  expect(again.code).toBe(2);
  expect(again.err).toContain("expected a folder without a run in it, got one that has model.safetensors");
  expect(readFileSync(join(folder, "once/model.safetensors"))).toEqual(before);
  expect((await backpass(...words, "--seed", "2", "--overwrite")).code).toBe(0);
  expect(readFileSync(join(folder, "once/model.safetensors"))).not.toEqual(before);
}, 30_000);

test("a run that diverged leaves a folder to diagnose, which names the learning rate", async () => {
  const words = [
    "train",
    amounts,
    "--optimizer",
    "sgd",
    "--learning-rate",
    "1e6",
    "--epochs",
    "5",
    "--out",
    "diverged",
  ];
  const ended = await backpass(...words);
  expect(ended.code).toBe(1);
  expect(ended.err).toContain("backpass diagnose diverged");
  expect(existsSync(join(folder, "diverged/run.json"))).toBe(true);
  const found = await backpass("diagnose", "diverged", "--json");
  expect(found.code).toBe(1);
  const kinds = JSON.parse(found.out).findings.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toContain("learningRateTooLarge");
}, 30_000);

test("few rows are trained for steps, not epochs", async () => {
  const sine = file("sine.csv", [
    "x,y",
    ...Array.from({ length: 100 }, (_, i) => {
      const x = -Math.PI + (2 * Math.PI * i) / 99;
      return `${x.toFixed(5)},${Math.sin(x).toFixed(6)}`;
    }),
  ]);
  const { validation } = JSON.parse((await backpass("train", sine, "--out", "sine", "--json")).out);
  // 150 epochs, 750 steps, reached 0.927.
  expect(validation.r2).toBeGreaterThan(0.99);
}, 60_000);
