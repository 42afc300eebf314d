import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Installation, installPackage, repository } from "./installed-package.ts";

const readme = readFileSync(join(repository, "README.md"), "utf8");

interface Block {
  readonly language: string;
  readonly text: string;
  /** The block right after it, if it is the output that a reader is promised. */
  readonly output: string | null;
}

const allBlocks = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
  language: match[1] ?? "",
  text: match[2] ?? "",
}));
const blocks: readonly Block[] = allBlocks.map((block, index) => {
  const next = allBlocks[index + 1];
  return { ...block, output: next?.language === "text" ? next.text : null };
});
const blocksIn = (language: string): readonly Block[] => blocks.filter((block) => block.language === language);

/** Whole lines of shell blocks, without comments. */
const commandLines = blocksIn("sh").flatMap((block) =>
  block.text
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== ""),
);
const isOfRepository = (line: string): boolean => line.startsWith("npm ci");

/** Those that check an answer which is shown to be wrong, which is exit 1. */
const wrongAnswers = blocksIn("sh").flatMap(({ text, output }) => (output?.includes("✗ wrong") ? [text.trim()] : []));

let installation: Installation;

beforeAll(() => {
  installation = installPackage();
  // The README shows one network file; the commands use it by this name.
  const [networkFile] = blocksIn("json");
  if (networkFile !== undefined) installation.write("network.json", networkFile.text);
}, 120_000);

afterAll(() => installation?.remove());

describe("README.md", () => {
  test("holds only kinds of blocks that are run here", () => {
    expect(new Set(blocks.map((block) => block.language))).toEqual(new Set(["sh", "ts", "json", "text"]));
  });

  test("starts with two commands that are whole on a fresh machine; the CI script runs the second", () => {
    expect(commandLines.filter(isOfRepository)).toEqual(["npm ci && npm start", "npm ci && npm test"]);
    const ci = readFileSync(join(repository, ".ci", "run"), "utf8");
    expect(ci).toMatch(/^npm ci$[\s\S]*^npm test$/m);
  });

  test("promises with `npm start` a training run that ends well", () => {
    const out = execFileSync("npm", ["start", "--silent"], { cwd: repository, encoding: "utf8" });
    expect(out).toMatch(/validation .*accuracy 9[789]\.\d %/);
  });

  test.each(blocksIn("ts").map((block, index) => [index + 1, block] as const))(
    "shows program %i, which type-checks strictly, runs, and prints what stands below it",
    (index, block) => {
      const name = `readme-${index}.ts`;
      installation.write(name, block.text);
      const { code, out, err } = installation.runTypeScript(name);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      if (block.output !== null) expect(out).toBe(block.output);
    },
  );

  test.each(commandLines.filter((line) => !isOfRepository(line)))("shows `%s`, which ends as it should", (line) => {
    const { code, out, err } = installation.shell(line);
    expect({ code, out, err }).toMatchObject({ code: wrongAnswers.includes(line) ? 1 : 0, err: "" });
    if (!line.includes(">")) expect(out).not.toBe("");
  });

  test("shows the output of single commands as it is", () => {
    const shown = blocksIn("sh").filter((block) => block.output !== null);
    expect(shown.length).toBeGreaterThan(0);
    for (const { text, output } of shown) expect(installation.shell(text.trim()).out).toBe(output);
  });
});
