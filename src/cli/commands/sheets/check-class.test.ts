import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { readCsv } from "../../../data/index.ts";
import { run } from "../../run.ts";

const folder = mkdtempSync(join(tmpdir(), "backpass-class-"));
const sheet = join(folder, "variants.md");
const answers = join(folder, "answers");

/** Two numbers that are drawn, and choices that are shuffled. */
const variants = `---
title: Variants
---

\`\`\`equations net
z = w*x
C = z^2
given x = 2..9
parameters w = 3
cost C
\`\`\`

\`\`\`question z
kind: number
text: What is $z$?
asks: z
given: net
decimals: 0
\`\`\`

\`\`\`question color
kind: choice
text: Which?
choices:
  - Red.
  - text: Green.
    right: true
  - Blue.
  - Brown.
\`\`\`
`;

beforeEach(() => {
  rmSync(answers, { recursive: true, force: true });
  mkdirSync(answers);
  writeFileSync(sheet, variants);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): void {
  writeFileSync(join(answers, name), typeof content === "string" ? content : JSON.stringify(content));
}

async function outcomeOf(...words: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, written } = recordingTerminal();
  const code = await run(words, terminal);
  return { code, out: written.out, err: written.err };
}

interface ClassJson {
  readonly learners: readonly {
    readonly name: string;
    readonly file: string;
    readonly seed: number;
    readonly points: number;
    readonly answers: readonly { readonly question: string; readonly verdict: string; readonly points: number }[];
  }[];
  readonly questions: readonly { readonly question: string; readonly groups: readonly { readonly typed: string }[] }[];
  readonly badFiles: readonly { readonly file: string; readonly message: string }[];
  readonly notes: readonly string[];
}

async function classJson(...words: readonly string[]): Promise<ClassJson & { code: number }> {
  const { code, out } = await outcomeOf("check", sheet, "--class", answers, "--format", "json", ...words);
  return { ...(JSON.parse(out) as ClassJson), code };
}

/** What the sheet of a seed says is right: the number, and the letter. */
async function rightOf(seed: number): Promise<{ z: string; color: string }> {
  const { out } = await outcomeOf("sheet", sheet, "--seed", String(seed), "--json", "--solutions");
  const { questions } = JSON.parse(out) as { questions: { solution: string }[] };
  return { z: String(Number(questions[0]?.solution)), color: questions[1]?.solution ?? "" };
}

describe("a class with a seed for each learner", () => {
  test("is judged by the variant that each file names", async () => {
    const seeds = [2, 3, 4, 5, 6, 7, 8, 9];
    for (const seed of seeds) file(`${seed}.json`, { name: `L${seed}`, seed, answers: await rightOf(seed) });
    const { learners, code } = await classJson();
    expect(code).toBe(0);
    expect(learners.map(({ seed }) => seed)).toEqual(seeds);
    for (const learner of learners) expect(learner).toMatchObject({ points: 2 });
    const right = await Promise.all(seeds.map(rightOf));
    expect(new Set(right.map(({ z }) => z)).size).toBeGreaterThan(2);
    expect(new Set(right.map(({ color }) => color)).size).toBeGreaterThan(2);
  });

  test("takes --seed for the files that name none, and says where a file names another", async () => {
    const { z } = await rightOf(7);
    file("none.json", { z });
    file("own.json", { seed: 3, answers: await rightOf(3) });
    const { code, out, err } = await outcomeOf("check", sheet, "--class", answers, "--seed", "7", "--json");
    expect(code).toBe(0);
    expect((JSON.parse(out) as ClassJson).learners).toMatchObject([
      { name: "none", seed: 7, points: 1 },
      { name: "own", seed: 3, points: 2 },
    ]);
    expect(err).toBe("note: --seed 7 is for files that name no seed; these do: own.json\n");
  });

  test("puts wrong choices together by what was chosen, whatever their letters", async () => {
    for (const seed of [2, 3, 4, 5]) file(`${seed}.json`, { seed, answers: { color: "Blue" } });
    const { questions } = await classJson();
    expect(questions[1]?.groups).toMatchObject([{ typed: "Blue.", count: 4, message: "" }]);
  });

  test("puts numbers of different seeds together where the slip is the same", async () => {
    for (const seed of [2, 3, 4]) {
      const { z } = await rightOf(seed);
      file(`${seed}.json`, { seed, answers: { z: `-${z}` } });
    }
    const { questions } = await classJson();
    expect(questions[0]?.groups).toMatchObject([{ count: 3, slip: "sign" }]);
  });

  test("judges one learner's file by its seed, too", async () => {
    file("ada.json", { name: "Ada", seed: 5, answers: await rightOf(5) });
    const { code, out } = await outcomeOf("check", sheet, "--answers", join(answers, "ada.json"));
    expect(code).toBe(0);
    expect(out).toMatch(/^Ada: Variants, variant 5\n/);
  });

  test.each([["-1"], ["1.5"], ['"x"'], ["[1]"], ["1e300"]])("leaves out a file with the seed %s", async (seed) => {
    file("bad.json", `{ "seed": ${seed}, "answers": { "z": 1 } }`);
    file("good.json", { z: "6" });
    const { badFiles, learners, code } = await classJson();
    expect(code).toBe(1);
    expect(learners).toHaveLength(1);
    expect(badFiles[0]?.message).toMatch(/^bad\.json: seed: expected a whole number from 0 up, got /);
  });

  test("leaves out a learner whose seed gives no sheet", async () => {
    writeFileSync(sheet, variants.replace("z = w*x", "z = w/(x - 5)"));
    // Seed 1 draws another x than 5; some seed below 60 draws 5.
    for (let seed = 1; seed < 60; seed += 1)
      file(`${String(seed).padStart(2, "0")}.json`, { seed, answers: { color: "Green" } });
    const { badFiles, learners, code } = await classJson();
    expect(code).toBe(1);
    expect(badFiles.length).toBeGreaterThan(0);
    expect(learners.length + badFiles.length).toBe(59);
    expect(badFiles[0]?.message).toMatch(/^\d\d\.json: seed \d+: .*expected a finite value/);
  });
});

describe("the progress of a quiz", () => {
  async function quiz(name: string, lines: readonly string[], of = sheet, more: readonly string[] = []): Promise<void> {
    const { terminal } = recordingTerminal({ lines });
    const code = await run(["quiz", of, "--progress", join(answers, name), ...more], terminal);
    expect(code).toBe(0);
  }

  test("is a learner's file, with seed and name, and earns what the quiz gave", async () => {
    const { z } = await rightOf(6);
    await quiz("ada.json", [z, "quit"], sheet, ["--seed", "6", "--name", "Ada L."]);
    await quiz("ben.json", ["1", "2", "show", "quit"]);
    const { learners, code } = await classJson();
    expect(code).toBe(0);
    expect(learners).toMatchObject([
      { name: "Ada L.", seed: 6, points: 1, answers: [{ question: "z", verdict: "correct" }] },
      { name: "ben", seed: 1, points: 0 },
    ]);
    const { out } = await outcomeOf("check", sheet, "--answers", join(answers, "ada.json"));
    expect(out).toMatch(/^Ada L\.: Variants, variant 6\n[^]*\n1 of 2 points\n$/);
  });

  test("earns nothing for a right answer after the solution was shown", async () => {
    const { z } = await rightOf(1);
    await quiz("ada.json", ["1", "2", "show", "back", z, "quit"]);
    const kept = JSON.parse(readFileSync(join(answers, "ada.json"), "utf8")) as { questions: { z: object } };
    // Whatever a file says, a shown question earns nothing.
    const right = {
      ...kept,
      questions: { ...kept.questions, z: { ...kept.questions.z, answer: z, verdict: "correct" } },
    };
    file("ada.json", right);
    expect((await classJson()).learners[0]).toMatchObject({ points: 0 });
    const { out } = await outcomeOf("check", sheet, "--answers", join(answers, "ada.json"));
    expect(out).toContain("The solution was shown: no points.");
  });

  test("of another sheet is left out of a class, and refused alone", async () => {
    const other = join(folder, "other.md");
    writeFileSync(other, variants.replace("title: Variants", "title: Other"));
    await quiz("ada.json", ["quit"], other);
    file("ben.json", { z: "1" });
    const { badFiles, code } = await classJson();
    expect(code).toBe(1);
    expect(badFiles).toEqual([
      {
        file: "ada.json",
        message: 'ada.json: expected answers to "Variants", got the progress of the quiz "Other". Take it out.',
      },
    ]);
    const alone = await outcomeOf("check", sheet, "--answers", join(answers, "ada.json"));
    expect(alone.code).toBe(2);
    expect(alone.err).toContain('got the progress of the quiz "Other"');
  });

  test("of the sheet before it was changed is judged by the sheet as it is, and that is said", async () => {
    await quiz("ada.json", ["1", "quit"]);
    writeFileSync(sheet, `${variants}\nMore prose.\n`);
    const { notes, code } = await classJson();
    expect(code).toBe(0);
    expect(notes).toEqual(["the sheet has changed since these quizzes; judged by the sheet as it is: ada.json"]);
  });

  test("that is not whole is left out", async () => {
    file("ada.json", {
      format: "backpass quiz 1",
      sheet: "Variants",
      hash: "x",
      seed: 1,
      questions: { z: { state: 3 } },
    });
    file("ben.json", { z: "1" });
    expect((await classJson()).badFiles[0]?.message).toMatch(
      /^ada\.json: expected the progress of a quiz, got one that is not whole/,
    );
  });
});

describe("a class folder with whatever learners hand in", () => {
  test("names each file that is none, says why, and judges the rest", async () => {
    file("a-good.json", { name: "Ada", answers: { z: "6" } });
    file("b-broken.json", "{");
    file("c-list.json", "[1, 2]");
    file("d-foreign.json", { version: "1.0.0", license: "MIT" });
    file("e-deep.json", "[".repeat(100_000));
    file("f-huge.json", `{"z": "${"9".repeat(1_100_000)}"}`);
    writeFileSync(join(answers, "g-binary.json"), new Uint8Array([0xff, 0x00, 0x80, 0x81]));
    mkdirSync(join(answers, "h-folder.json"));
    symlinkSync(join(folder, "nowhere"), join(answers, "i-link.json"));
    symlinkSync("/dev/zero", join(answers, "j-device.json"));
    execFileSync("/bin/sh", ["-c", `mkfifo "${join(answers, "k-pipe.json")}"`]);
    file("l-empty.json", "");
    file("m-objects.json", { name: "x", dependencies: { yaml: "2" } });
    file("n-twice.json", { name: "Ada", answers: { z: "7" } });
    file("o-proto.json", '{ "__proto__": "1", "constructor": "2" }');
    file("p-nothing.json", {});
    const { learners, badFiles, notes, code } = await classJson();
    expect(code).toBe(1);
    expect(learners.map(({ name }) => name)).toEqual(["Ada (a-good.json)", "Ada (n-twice.json)", "p-nothing"]);
    expect(notes).toContain('more than one file is by "Ada"; each counts, with the name of its file');
    const reasons = new Map(badFiles.map(({ file: name, message }) => [name.slice(0, 1), message]));
    expect([...reasons.keys()].join("")).toBe("bcdefghijklmo");
    expect(reasons.get("b")).toMatch(/^b-broken\.json: line \d+, column \d+: expected /);
    expect(reasons.get("d")).toBe(
      'd-foreign.json: expected answers to questions of "Variants" (z, color), got none of them, but version, license. Take it out.',
    );
    expect(reasons.get("f")).toMatch(/expected a file of at most 1,000,000 bytes, got one of 1,100,009 bytes/);
    expect(reasons.get("g")).toMatch(/expected text in UTF-8/);
    expect(reasons.get("h")).toMatch(/got a folder/);
    expect(reasons.get("i")).toMatch(/got a link to nothing/);
    expect(reasons.get("j")).toMatch(/got a device/);
    expect(reasons.get("k")).toMatch(/got a pipe/);
    const text = await outcomeOf("check", sheet, "--class", answers);
    expect(text.code).toBe(1);
    expect(text.out).toMatch(/\nLeft out, by file\n\nb-broken\.json: line \d+, column \d+: expected /);
  });

  test.skipIf(process.getuid?.() === 0)("names a file that may not be read", async () => {
    file("a.json", { z: "6" });
    file("b.json", { z: "6" });
    chmodSync(join(answers, "b.json"), 0);
    expect((await classJson()).badFiles[0]?.message).toMatch(
      /^b\.json: expected a file to read, got no right to read it/,
    );
  });

  test("exits 2 when nobody's answers can be read, after saying why", async () => {
    file("a.json", "{");
    const { code, out, err } = await outcomeOf("check", sheet, "--class", answers);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^note: left out: a\.json: line \d+, column \d+: expected [^]*got none that can be read/);
  });

  test("sends no control character of names, files and answers to the terminal", async () => {
    file("a.json", { name: "A\u001b[2Jda\u202e", answers: { z: "\u001b[31m7", color: "x\u0007", "q\u009b2J": "1" } });
    const { out, err } = await outcomeOf("check", sheet, "--class", answers);
    expect((out + err).replaceAll("\n", "")).not.toMatch(/\p{Cc}|\u202e/u);
    expect(out).toContain("A\\u001b[2Jda\\u202e");
  });
});

describe("the gradebook", () => {
  test("has a line for each file, which another reader of CSV reads", async () => {
    file("a.json", { name: 'Ada, "the first"', seed: 1, answers: { z: "1", color: "b" } });
    file("b.json", "{");
    file("c.json", { name: "Jürgen", answers: {} });
    const path = join(folder, "book.csv");
    const { code, out } = await outcomeOf("check", sheet, "--class", answers, "--format", "csv", "--out", path);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    const [heading, ...rows] = readFileSync(path, "utf8").trimEnd().split("\n");
    expect(heading).toBe("name,file,seed,points,of,z,z verdict,z answer,color,color verdict,color answer,left out");
    expect(rows[0]).toBe('"Ada, ""the first""",a.json,1,1,2,0,wrong,1,1,correct,b,');
    expect(rows[1]).toMatch(/^,b\.json,,,2,,,,,,,"b\.json: line \d+, column \d+: expected /);
    expect(rows[2]).toBe("Jürgen,c.json,1,0,2,0,no answer,,0,no answer,,");
    const table = await readCsv(readFileSync(path, "utf8"));
    expect(table.rows).toBe(3);
  });

  test.each(["=1+1", "+1", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1", ' =HYPERLINK("x")', "x;=1+1"])(
    "gives a spreadsheet no formula: %j",
    async (text) => {
      file("a.json", { name: text, answers: { z: text, color: text } });
      const { out } = await outcomeOf("check", sheet, "--class", answers, "--format", "csv");
      const [, row = ""] = out.split("\n");
      expect(row).toContain("'");
      expect(row).not.toMatch(/(?:^|[,;\t])"?\s*[=+\-@＝]/);
    },
  );

  test("is for a class", async () => {
    file("a.json", { z: "1" });
    const { code, err } = await outcomeOf("check", sheet, "--answers", join(answers, "a.json"), "--format", "csv");
    expect(code).toBe(2);
    expect(err).toMatch(/--format: expected csv with --class, got it with --answers/);
  });
});
