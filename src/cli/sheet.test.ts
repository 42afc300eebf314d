import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../test/recording-terminal.ts";
import { run } from "./run.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-sheet-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function outcomeOf(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal();
  const code = await run(["sheet", ...words], terminal);
  return { code, out: written.out, err: written.err };
}

describe("backpass sheet", () => {
  test("prints a bundled sheet as text", async () => {
    const { code, out, err } = await outcomeOf("backpropagation");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Backpropagation\n=+\n/);
    expect(out).not.toContain("0.28843");
  });

  test("prints solutions when asked to", async () => {
    const { out } = await outcomeOf("backpropagation", "--solutions");
    expect(out).toContain("Answer: C = 0.28843");
  });

  test("writes a page to a file", async () => {
    const path = join(folder, "sheet.html");
    const { code, out } = await outcomeOf("two-three-two", "--format", "html", "--seed", "7", "--out", path);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(readFileSync(path, "utf8")).toMatch(/^<!doctype html>[\s\S]*Variant 7/);
  });

  test("prints a LaTeX document", async () => {
    const { out } = await outcomeOf("optimizers", "--format", "latex");
    expect(out).toMatch(/^\\documentclass/);
  });

  test("prints the questions for programs, with solutions when asked to", async () => {
    const { out } = await outcomeOf("backpropagation", "--json");
    const sheet: unknown = JSON.parse(out);
    expect(sheet).toMatchObject({ title: "Backpropagation", seed: 1, questions: { length: 13 } });
    expect(out).not.toContain("solution");
    const solved = await outcomeOf("backpropagation", "--json", "--solutions");
    expect(solved.out).toContain('"id":"simple-db","kind":"number"');
    expect(solved.out).toContain('"solution":"-0.13873"');
  });

  test("reads a file, and says where it cannot be read", async () => {
    const path = join(folder, "own.md");
    writeFileSync(path, "---\ntitle: Own\n---\n```question q\nkind: formula\ntext: T\nkey: z\n```\n");
    expect((await outcomeOf(path)).out).toContain("1. (1 point, q)");
    writeFileSync(path, "---\ntitle: Own\n---\n```question q\nkind: formla\ntext: T\n```\n");
    const { code, err } = await outcomeOf(path);
    expect(code).toBe(2);
    expect(err).toMatch(/own\.md: line 5, column 7: expected a kind of question, .* Did you mean "formula"\?\n$/);
  });

  test.each([
    ["nothing", [], /expected SHEET, a file or one of backpropagation, activations-and-costs, .*, got nothing/],
    ["a name that is nearly right", ["backpropagatoin"], /got no such file\. Did you mean "backpropagation"\?/],
    ["a folder", ["/"], /expected a file to read, got a folder/],
    ["an unknown format", ["optimizers", "--format", "pdf"], /expected text, html, latex, markdown, answers, json, got "pdf"/],
    ["a seed that is none", ["optimizers", "--seed", "x"], /expected a whole number from 0 up/],
  ] as const)("refuses %s in one line", async (_, words, message) => {
    const { code, out, err } = await outcomeOf(...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
    expect(err.trimEnd()).not.toContain("\n");
  });
});
