import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { slopesSheet } from "../../../../test/slopes-sheet.ts";
import { run } from "../../run.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-lint-"));
  writeFileSync(join(folder, "good.md"), slopesSheet);
  writeFileSync(join(folder, "blank.md"), slopesSheet.replace("key: 2*z\n", ""));
  writeFileSync(join(folder, "unusable.md"), slopesSheet.replace("kind: formula", "kind: fromula"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function outcomeOf(name: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal();
  const code = await run(["lint", join(folder, name), ...words], terminal);
  return { code, ...written };
}

describe("backpass lint", () => {
  test("says when there is nothing to find", async () => {
    expect(await outcomeOf("good.md")).toEqual({ code: 0, out: "no findings\n", err: "" });
  });

  test("exits 1 with one finding a line, with file, line and column", async () => {
    const { code, out, err } = await outcomeOf("blank.md");
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toMatch(/^\S*blank\.md:\d+:\d+: slope: .+\n/);
  });

  test("reads UTF-16, and refuses other encodings with the line", async () => {
    writeFileSync(join(folder, "wide.md"), Buffer.from(`\uFEFF${slopesSheet}`, "utf16le"));
    expect(await outcomeOf("wide.md")).toMatchObject({ code: 0, out: "no findings\n" });
    writeFileSync(join(folder, "old.md"), Buffer.from(slopesSheet.replace("Some", "Für"), "latin1"));
    const { code, err } = await outcomeOf("old.md");
    expect(code).toBe(2);
    expect(err).toMatch(/old\.md: expected text in UTF-8, got .* first in line 5 .* Save the file as UTF-8\./);
  });

  test("prints one object with --json", async () => {
    const { code, out } = await outcomeOf("blank.md", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ findings: [{ kind: "key-blank", question: "slope" }] });
  });

  test("exits 2 for a sheet that cannot be used, with the place", async () => {
    const { code, out, err } = await outcomeOf("unusable.md");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/unusable\.md: line \d+, column \d+: .*"?fromula"?.*\n$/);
  });
});
