import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repository } from "./installed-package.ts";

const program = join(repository, "dist", "bundle", "main.js");
const folder = mkdtempSync(join(tmpdir(), "backpass-week-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const guide = readFileSync(join(repository, "docs", "sheets.md"), "utf8");
const week = guide.slice(guide.indexOf("## A lecturer's week"));
const blocks = [...week.matchAll(/^```bash\n([^]*?)^```$/gm)].map(([, text]) => text ?? "");
const shell = "/bin/bash";

/** Runs a block of the guide, in which `backpass` is this program; every line has to succeed. */
function outcomeOf(text: string): { status: number | null; out: string; err: string } {
  const script = `set -e\nbackpass() { "${process.execPath}" "${program}" "$@"; }\n${text}`;
  const { status, stdout, stderr } = spawnSync(shell, ["-c", script], { cwd: folder, encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

beforeAll(() => {
  const layers = [
    {
      units: 2,
      activation: "sigmoid",
      weights: [
        [0.5, -1],
        [0.25, 2],
      ],
      biases: [0, 0.5],
    },
    { units: 1, activation: "sigmoid", weights: [[1, -0.5]], biases: [0.1] },
  ];
  const network = { inputs: 2, cost: "quadratic", layers, examples: { inputs: [[1, 2]], targets: [[0]] } };
  writeFileSync(join(folder, "network.json"), JSON.stringify(network));
});

describe.skipIf(!existsSync(shell))("the lecturer's week of docs/sheets.md", () => {
  test("goes through from the first draft to the gradebook", { timeout: 180_000 }, () => {
    const [write = "", prove = "", print = "", check = ""] = blocks;
    expect(blocks).toHaveLength(4);
    expect(outcomeOf(write)).toMatchObject({ status: 0, err: "" });
    expect(outcomeOf(prove)).toMatchObject({
      status: 0,
      err: "",
      out: expect.stringMatching(/^no findings\n[^]*Answer: /),
    });
    expect(outcomeOf(print)).toMatchObject({ status: 0, err: "" });
    expect(readdirSync(folder).filter((name) => /^week3-\d\.(?:tex|html|json)$/.test(name))).toHaveLength(9);
    const form = JSON.parse(readFileSync(join(folder, "week3-2.json"), "utf8")) as { answers: Record<string, string> };
    const solved = outcomeOf("backpass sheet week3.md --seed 2 --solutions --json");
    const { questions } = JSON.parse(solved.out) as { questions: readonly { id: string; solution: string }[] };
    const answers = Object.fromEntries(questions.map(({ id, solution }) => [id, solution]));
    expect(Object.keys(answers)).toEqual(Object.keys(form.answers));
    mkdirSync(join(folder, "answers"));
    writeFileSync(join(folder, "answers", "ada.json"), JSON.stringify({ ...form, name: "Ada", answers }));
    writeFileSync(
      join(folder, "answers", "ben.json"),
      JSON.stringify({ name: "=Ben", seed: 3, answers: { cost: "1" } }),
    );
    expect(outcomeOf(check)).toMatchObject({ status: 0, err: "" });
    const [heading, ada, ben] = readFileSync(join(folder, "week3.csv"), "utf8").split("\n");
    expect(heading).toMatch(/^name,file,seed,points,of,/);
    expect(ada).toMatch(new RegExp(`^Ada,ada\\.json,2,${questions.length},${questions.length},`));
    expect(ben).toMatch(/^'=Ben,ben\.json,3,0,/);
  });
});
