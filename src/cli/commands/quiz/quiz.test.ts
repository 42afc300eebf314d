import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { slopesSheet } from "../../../../test/slopes-sheet.ts";
import { run } from "../../run.ts";

const folder = mkdtempSync(join(tmpdir(), "backpass-quiz-"));
const sheet = join(folder, "slopes.md");
const progress = join(folder, "progress.json");

beforeEach(() => {
  writeFileSync(sheet, slopesSheet);
  rmSync(progress, { force: true });
  rmSync(`${progress}.old`, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function outcomeOf(
  lines: readonly string[],
  words: readonly string[] = [],
  settings: Parameters<typeof recordingTerminal>[0] = {},
): Promise<Outcome> {
  const { terminal, written } = recordingTerminal({ ...settings, lines });
  const code = await run(["quiz", sheet, "--progress", progress, ...words], terminal);
  return { code, ...written };
}

describe("backpass quiz", () => {
  test("goes from the first question to the last, with the sheet's text between them, and tells the points", async () => {
    const { code, out, err } = await outcomeOf(["2*z", "1.5", "b"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const parts = ["Slopes\n", "Some prose about", "Question 1 of 3: slope (2 points)", "✓ correct", "Now in numbers."];
    const later = ["Question 2 of 3", "✓ correct", "Question 3 of 3", "b) Where z is below 0.", "✓ correct"];
    let at = 0;
    for (const part of [...parts, ...later]) {
      const found = out.indexOf(part, at);
      expect({ part, isFound: found >= at }).toEqual({ part, isFound: true });
      at = found + part.length;
    }
    expect(out).toMatch(/^slope +correct +1 answer +2\/2$/m);
    expect(out).toContain("\n4 of 4 points\n");
    expect(out).not.toContain("> ");
  });

  test("prompts where a person types", async () => {
    const { out } = await outcomeOf(["2*z"], [], { isTyped: true });
    expect(out).toContain("\n> Read as: ");
  });

  test("lets a wrong answer be tried again, with the next hint each time", async () => {
    const { out } = await outcomeOf(["z", "z/2", "2*z"]);
    expect(out).toMatch(/✗ wrong\n[^✗]*Hint: What is the exponent\?\n[^✗]*✗ wrong\n[^✗]*Hint: It comes down\.\n/);
    expect(out).toMatch(/^slope +correct +3 answers +2\/2$/m);
  });

  test("gives the next hint when asked, and says when there is none left", async () => {
    const { out } = await outcomeOf(["hint", "z", "HINT"]);
    expect(out).toMatch(/Hint: What is the exponent\?\n[^]*Hint: It comes down\.\n[^]*There is no other hint\.\n/);
  });

  test("never counts what cannot be read", async () => {
    const { out } = await outcomeOf(["2*(z", ")", "show"]);
    expect(out).toContain("? not understood\n");
    expect(out).toContain("The solution is shown after 2 more answers of yours.");
    expect(out).toMatch(/^slope +open +0\/2$/m);
  });

  test("never counts a wrong answer again, however it is typed, also after an interruption", async () => {
    const { out } = await outcomeOf(["3*z", "z*3", "z + 2z", "show", "quit"]);
    const again = "You gave this answer before; it does not count again. Try again, or type";
    expect(out.replaceAll("\n", " ").split(again)).toHaveLength(3);
    expect(out).toContain("The solution is shown after 1 more answer of yours.");
    expect(out).toMatch(/^slope +wrong +1 answer +0\/2$/m);
    const later = await outcomeOf(["3z", "z", "quit"]);
    expect(later.out).toContain("it does not count again.");
    expect(later.out).toMatch(/^slope +wrong +2 answers +0\/2$/m);
  });

  test("goes on with the wrong answer that was typed last, also where it was typed before", async () => {
    await outcomeOf(["3*z", "z", "3*z", "quit"]);
    const kept = JSON.parse(readFileSync(progress, "utf8")) as { questions: { slope: { answer: string } } };
    expect(kept.questions.slope.answer).toBe("3*z");
  });

  test("writes every minus in the same way", async () => {
    const { out } = await outcomeOf(["-2*z - 1", "skip", "-4", "-4.5"]);
    expect(out).toContain("Read as: −2 z − 1\n");
    expect(out.split("\n").filter((line) => /(?:^|[\s(=])-[0-9\p{L}]|\S - \S/u.test(line))).toEqual([]);
  });

  test("shows the solution after two misses, goes on, and gives no points for it", async () => {
    const { out } = await outcomeOf(["z", "show", "3*z", "show", "back", "2*z", "quit"]);
    expect(out).toContain("The solution is shown after 1 more answer of yours.");
    expect(out).toMatch(/Solution: .*2.*z\n[^]*Question 2 of 3/);
    expect(out).toContain("Question 1 of 3: slope (2 points, solution shown)");
    expect(out).toContain("✓ correct\nThe solution was shown, so this earns nothing.\n");
    expect(out).toMatch(/^slope +solution shown +2 answers +0\/2$/m);
  });

  test("gives half the points for a close number until it is corrected", async () => {
    const half = await outcomeOf(["skip", "1.503"]);
    expect(half.out).toContain("Half the points are yours. Try again, or type skip.");
    expect(half.out).toMatch(/^weighted-input +close +1 answer +0\.5\/1$/m);
    const full = await outcomeOf(["1.5"]);
    expect(full.out).toMatch(/^weighted-input +correct +2 answers +1\/1$/m);
  });

  test("keeps the better verdict when a worse answer follows", async () => {
    const { out } = await outcomeOf(["skip", "1.503", "7"]);
    expect(out).toMatch(/^weighted-input +close +2 answers +0\.5\/1$/m);
  });

  test("comes back to what was skipped when started anew, and ends at once when all is answered", async () => {
    await outcomeOf(["skip", "1.5", "b"]);
    const second = await outcomeOf(["2*z"]);
    expect(second.out).toMatch(/^Slopes\nYou go on where you left off/);
    expect(second.out).toContain("Question 1 of 3");
    expect(second.out).toContain("4 of 4 points");
    const third = await outcomeOf(["nobody reads this"]);
    expect(third.code).toBe(0);
    expect(third.out).toMatch(/4 of 4 points\nEvery question is answered\. --restart begins anew\.\n$/);
  });

  test("goes on where it was left by quit, and by the end of what was piped in", async () => {
    const first = await outcomeOf(["2*z", "quit", "1.5"]);
    expect(first.code).toBe(0);
    expect(first.out).toContain(`Progress is kept in ${progress}; the same command goes on.\n`);
    const second = await outcomeOf([]);
    expect(second.out).toContain("Question 2 of 3");
    expect(second.out).not.toContain("Question 1 of 3");
  });

  test("shows what the values are given by once, also when it goes on after it", async () => {
    const whole = await outcomeOf(["skip", "skip"]);
    expect(whole.out.split("w = 0.5")).toHaveLength(2);
    await outcomeOf(["2*z"], ["--restart"]);
    const resumed = await outcomeOf([]);
    expect(resumed.out).toMatch(/w = 0\.5[^]*Question 2 of 3/);
    expect(resumed.out).not.toContain("Some prose");
  });

  test("refuses a sheet without questions", async () => {
    writeFileSync(sheet, "---\ntitle: Prose\n---\n\nNothing is asked.\n");
    const { code, err } = await outcomeOf([]);
    expect(code).toBe(2);
    expect(err).toMatch(/slopes\.md: expected a sheet with questions, got one without any\. .*\n$/);
  });

  test("goes on from a solved question that one went back to", async () => {
    const { out } = await outcomeOf(["2*z", "back", "z", "skip", "1.5"]);
    expect(out).toMatch(/slope \(2 points, solved\)\n[^]*You are done with it; skip goes on\.\n[^]*✗ wrong/);
    expect(out).toMatch(/^slope +correct +1 answer +2\/2$/m);
    expect(out).toMatch(/^weighted-input +correct/m);
  });

  test("stays at the first question when there is none before it", async () => {
    const { out } = await outcomeOf(["back", "2*z"]);
    expect(out).toContain("This is the first question.\n");
    expect(out).toContain("✓ correct");
  });

  test("lists its commands", async () => {
    const { out } = await outcomeOf(["help"]);
    for (const word of ["hint", "skip", "back", "show", "quit", "help"])
      expect(out).toMatch(new RegExp(`^  ${word}  `, "m"));
  });

  test("ends in order at Ctrl-C, with exit 130 and the progress kept", async () => {
    const interruption = new AbortController();
    interruption.abort();
    const { code, out } = await outcomeOf([], [], { signal: interruption.signal });
    expect(code).toBe(130);
    expect(out).toContain("Progress is kept in ");
    expect(existsSync(progress)).toBe(true);
  });

  test("stays inside 40 columns", async () => {
    const { out } = await outcomeOf(["help", "z", "hint", "skip"], [], { isOutWatched: true, columns: 40 });
    const own = out.split("\n").filter((line) => !line.includes(progress));
    for (const line of own) expect({ line, isInside: line.length <= 40 }).toEqual({ line, isInside: true });
  });

  test("lets no control character of a sheet through", async () => {
    writeFileSync(sheet, slopesSheet.replace("Some prose", "Some \u009b2J prose").replace("exponent?", "exp\u200f?"));
    const { out } = await outcomeOf(["z", "hint"]);
    expect(out.replaceAll("\n", "")).not.toMatch(/\p{Cc}|\u200f/u);
  });

  test("lets no control character of an answer through", async () => {
    const { out } = await outcomeOf(["z\u001b[2J\u0000", "x".repeat(10_000)]);
    expect(out.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });
});

describe("the progress of a quiz", () => {
  test("starts over when the sheet has changed, and sets the old aside", async () => {
    await outcomeOf(["2*z"]);
    const old = readFileSync(progress, "utf8");
    writeFileSync(sheet, slopesSheet.replace("Some prose", "Other prose"));
    const { out, err } = await outcomeOf([]);
    expect(err).toMatch(
      /^note: the sheet has changed since: the quiz starts over; what was kept before is in .*\.old\n$/,
    );
    expect(out).toContain("Question 1 of 3");
    expect(readFileSync(`${progress}.old`, "utf8")).toBe(old);
  });

  test("of another sheet is said to be that, and set aside", async () => {
    await outcomeOf(["2*z"]);
    writeFileSync(sheet, slopesSheet.replace("title: Slopes", "title: Hills"));
    const { code, err } = await outcomeOf([]);
    expect(code).toBe(0);
    expect(err).toMatch(
      /^note: \S*progress\.json is the progress of another sheet, "Slopes"; it is now in \S*\.old, and this quiz begins\n$/,
    );
    expect(readFileSync(`${progress}.old`, "utf8")).toContain('"sheet": "Slopes"');
  });

  test("has the learner's name, once it was given", async () => {
    await outcomeOf(["2*z", "quit"], ["--name", "Ada"]);
    await outcomeOf(["quit"]);
    expect(JSON.parse(readFileSync(progress, "utf8"))).toMatchObject({ name: "Ada", sheet: "Slopes" });
  });

  test("starts over with --restart, and sets the old aside", async () => {
    await outcomeOf(["2*z"]);
    const { out, err } = await outcomeOf([], ["--restart"]);
    expect(err).toMatch(/^note: what was kept before is in .*\.old\n$/);
    expect(out).toContain("Question 1 of 3");
  });

  test("remembers the seed, and starts over with another", async () => {
    await outcomeOf(["2*z"], ["--seed", "7"]);
    expect(JSON.parse(readFileSync(progress, "utf8"))).toMatchObject({ seed: 7 });
    expect((await outcomeOf([])).out).toContain("Question 2 of 3");
    const { out, err } = await outcomeOf([], ["--seed", "8"]);
    expect(err).toMatch(/^note: kept progress has seed 7, not 8: the quiz starts over/);
    expect(out).toContain("Question 1 of 3");
  });

  test.each([
    ["no JSON", "{"],
    ["other JSON", '{ "weights": [1] }'],
    ["a list", "[]"],
    ["too little", '{ "format": "backpass quiz 1", "hash": "HASH", "seed": 1, "questions": { "slope": {} } }'],
  ])("refuses a file with %s, and leaves it as it is", async (_, content) => {
    await outcomeOf([]);
    const { hash } = JSON.parse(readFileSync(progress, "utf8")) as { hash: string };
    const text = content.replace("HASH", hash);
    writeFileSync(progress, text);
    const { code, out, err } = await outcomeOf(["2*z"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/progress\.json: expected the progress of a quiz, got something else\. .*--restart\.\n$/);
    expect(readFileSync(progress, "utf8")).toBe(text);
  });

  test("is not needed: where it cannot be kept, the quiz says so once and goes on", async () => {
    const { terminal, written } = recordingTerminal({ lines: ["2*z", "1.5", "b"] });
    const code = await run(["quiz", sheet, "--progress", join(sheet, "progress.json")], terminal);
    expect(code).toBe(0);
    expect(written.err).toMatch(/^note: progress is not kept: .*\n$/);
    expect(written.out).toContain("4 of 4 points");
    expect(written.out).not.toContain("Progress is kept");
  });
});
