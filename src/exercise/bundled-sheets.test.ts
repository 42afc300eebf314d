import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { computeValues } from "../explain/index.ts";
import { bundledSheets } from "./bundled-sheets.ts";
import { parseSheet } from "./reading/parse-sheet.ts";

describe("the bundled sheets", () => {
  test("are those of the folder sheets", () => {
    const files = readdirSync(new URL("../../sheets", import.meta.url)).map((file) => file.replace(/\.md$/, ""));
    expect(bundledSheets.map(({ name }) => name).sort()).toEqual(files.sort());
  });

  test.each(bundledSheets)("$name is read, with 8 to 13 questions, each with hints", ({ text, title }) => {
    const sheet = parseSheet(text);
    expect(sheet.title).toBe(title);
    expect(sheet.questions.length).toBeGreaterThanOrEqual(8);
    expect(sheet.questions.length).toBeLessThanOrEqual(13);
    for (const question of sheet.questions) expect(question.hints.length, question.id).toBeGreaterThan(0);
  });

  test.each(bundledSheets)("$name has finite values for every seed", ({ text }) => {
    for (let seed = 0; seed < 20; seed += 1) {
      for (const { system } of parseSheet(text, { seed }).given.values()) {
        for (const value of Object.values(computeValues(system))) expect(value).toBeTypeOf("number");
      }
    }
  });

  test("two-three-two counts the weights whose derivatives it does not ask for", () => {
    const text = bundledSheets.find(({ name }) => name === "two-three-two")?.text ?? "";
    const sheet = parseSheet(text);
    const weights = Object.keys(sheet.given.get("net")?.system.parameters ?? {}).filter((name) => name.startsWith("w"));
    const asked = sheet.questions.filter(
      (question) => "asks" in question && /partialw/.test(question.asks?.text ?? ""),
    );
    expect(weights.length - asked.length).toBe(10);
    expect(text).toContain("\nTen such products more");
  });

  test("draw other numbers for another seed, and the same for the same", () => {
    const text = bundledSheets.find(({ name }) => name === "two-three-two")?.text ?? "";
    const net = (seed: number): string | undefined => parseSheet(text, { seed }).given.get("net")?.text;
    expect(net(1)).toBe(net(1));
    expect(net(1)).not.toBe(net(2));
  });
});
