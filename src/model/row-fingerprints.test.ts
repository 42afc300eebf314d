import { describe, expect, test } from "vitest";
import { dataset, type Dataset } from "../train/index.ts";
import { trainedOnNote, trainingRowsJson } from "./row-fingerprints.ts";

const rows = (from: number, count: number): Dataset =>
  dataset({
    inputs: Array.from({ length: count }, (_, i) => [Math.sin(from + i), (from + i) / 7]),
    targets: Array.from({ length: count }, (_, i) => (from + i) % 3),
    classes: ["a", "b", "c"],
  });

describe("the note about rows that a model was trained on", () => {
  test("counts them exactly where all fingerprints were kept", () => {
    const summary = { trainingRows: trainingRowsJson(rows(0, 200)) };
    expect(trainedOnNote(summary, rows(0, 200))).toMatch(
      /^200 of 200 rows have the inputs and target of a row that the model was trained on/,
    );
    expect(trainedOnNote(summary, rows(150, 100))).toMatch(/^50 of 100 rows/);
    expect(trainedOnNote(summary, rows(200, 500))).toBe(null);
  });

  test("estimates them from those kept of many, and says so", () => {
    const json = trainingRowsJson(rows(0, 20_000));
    // 1024 numbers of 8 bytes, in base64.
    expect(JSON.stringify(json).length).toBeLessThan(11_100);
    const note = trainedOnNote({ trainingRows: json }, rows(10_000, 20_000));
    const [, share] = /^About (\d+) % of the 20,000 rows \(\d+ of \d+ that were compared\)/.exec(note ?? "") ?? [];
    // Half of them; with about 1000 compared a standard error is 1.6 %.
    expect(Math.abs(Number(share) - 50)).toBeLessThan(8);
    expect(trainedOnNote({ trainingRows: json }, rows(20_000, 20_000))).toBe(null);
  });

  test("looks at inputs and target", () => {
    const summary = { trainingRows: trainingRowsJson(rows(0, 30)) };
    const other = { ...rows(0, 30), targets: rows(1, 30).targets };
    expect(trainedOnNote(summary, other)).toBe(null);
  });

  test("is none for a model that does not know, or of odd texts", () => {
    for (const trainingRows of [1, "x", [], {}, { different: 3 }, { different: 3, fingerprints: "%" }]) {
      expect(trainedOnNote({ trainingRows }, rows(0, 5))).toBe(null);
    }
    expect(trainedOnNote(null, rows(0, 5))).toBe(null);
  });
});
