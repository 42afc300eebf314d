import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordingTerminal } from "../../../../test/recording-terminal.ts";
import { slopesSheet } from "../../../../test/slopes-sheet.ts";
import { run } from "../../run.ts";

let folder: string;
let sheet: string;

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function outcomeOf(
  words: readonly string[],
  settings: Parameters<typeof recordingTerminal>[0] = {},
): Promise<Outcome> {
  const { terminal, written } = recordingTerminal(settings);
  const code = await run(["check", sheet, ...words], terminal);
  return { code, ...written };
}

/** Writes a file into the folder of this test. @returns its path. */
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-check-"));
  sheet = file("slopes.md", slopesSheet);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("backpass check, one answer", () => {
  test("shows how it was read, then the verdict, and exits 0 when it is correct", async () => {
    const { code, out, err } = await outcomeOf(["--question", "slope", "--answer", "2*z"]);
    expect(out).toMatch(/^Read as: .*z\n✓ correct\n/);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("exits 1 with a message and the hint of the attempt when it is wrong", async () => {
    const words = ["--question", "slope", "--answer", "z"];
    const first = await outcomeOf(words);
    expect(first.code).toBe(1);
    expect(first.out).toMatch(/^Read as: z\n✗ wrong\n.+\n/);
    expect(first.out).toContain("Hint: What is the exponent?\n");
    const second = await outcomeOf([...words, "--attempts", "1"]);
    expect(second.out).toContain("Hint: It comes down.\n");
  });

  test("marks the place that an unreadable answer stumbles over", async () => {
    const { code, out } = await outcomeOf(["--question", "slope", "--answer", "2*(z"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^ {2}2\*\(z\n {2} *\^+\n\? not understood\n/);
  });

  test("takes an answer that begins with a minus", async () => {
    const { out } = await outcomeOf(["--question", "weighted-input", "--answer", "-1.5"]);
    expect(out).toMatch(/✗ wrong/);
  });

  test("prints exactly the documented keys with --json", async () => {
    const { code, out } = await outcomeOf(["--question", "slope", "--answer", "z", "--json"]);
    expect(code).toBe(1);
    const json = JSON.parse(out);
    expect(Object.keys(json)).toEqual(["question", "verdict", "reading", "message", "hint", "counterexample"]);
    expect(json).toMatchObject({ question: "slope", verdict: "wrong", reading: "z", hint: "What is the exponent?" });
    const unreadable = JSON.parse((await outcomeOf(["--question", "slope", "--answer", "(", "--json"])).out);
    expect(unreadable).toMatchObject({ verdict: "unreadable", reading: null, hint: null, counterexample: null });
  });

  test("has colors where a person watches, and ASCII marks where there is nothing else", async () => {
    const words = ["--question", "slope", "--answer", "2*z"];
    const colored = await outcomeOf(words, { isOutWatched: true, hasColor: true });
    expect(colored.out).toContain("\u001b[32m✓ correct\u001b[0m\n");
    const plain = await outcomeOf(words, { isOutWatched: false, hasColor: true, isUnicode: false });
    expect(plain.out).toContain("\n+ correct\n");
  });

  test("stays inside 40 columns", async () => {
    const { out } = await outcomeOf(["--question", "slope", "--answer", "z"], { isOutWatched: true, columns: 40 });
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });

  test("writes the network that shows a formula to be wrong, as explain opens it", async () => {
    const path = join(folder, "shown.json");
    const { terminal, written } = recordingTerminal();
    const words = ["--question", "gradient-weight", "--answer", "a_k^l*delta_j^l", "--network", path];
    expect(await run(["check", "backpropagation", ...words], terminal)).toBe(1);
    expect(written.err).toBe("");
    expect(written.out).toMatch(/your formula gives \S+\s+backpropagation gives \S+ and a central difference/);
    const explained = recordingTerminal();
    expect(await run(["explain", path], explained.terminal)).toBe(0);
    expect(explained.written.out).toContain("∂C/∂w_11^1");
  });

  test("says when no network is needed to judge", async () => {
    const path = join(folder, "none.json");
    const { err } = await outcomeOf(["--question", "slope", "--answer", "2*z", "--network", path]);
    expect(err).toMatch(/^note: no network is needed .* is not written\n$/);
  });

  test.each([
    ["10,000 characters", "z+".repeat(5000)],
    ["NUL bytes and escapes", "2*\u0000z\u001b[2J"],
    ["10,000 parentheses", "(".repeat(10_000)],
  ])("survives %s, and lets no control character through", async (_, answer) => {
    const { code, out, err } = await outcomeOf(["--question", "slope", `--answer=${answer}`]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(out.length).toBeLessThan(5_000);
  });

  test.each([
    [["--question", "slopes", "--answer", "z"], /got "slopes"\. Did you mean "slope"\?/],
    [["--answer", "z"], /--question: expected a question of the sheet \(slope, weighted-input, sign\), got none/],
    [["--question", "slope", "--answer", " "], /--answer: expected an answer to slope, got nothing/],
    [["--question", "slope"], /expected --question ID with --answer TEXT, --answers FILE or --class FOLDER/],
    [["--question", "slope", "--answer", "z", "--answers", "a"], /expected one of .*, got --answer and --answers/],
    [["--question", "slope", "--answers", "a.json"], /--question: expected it with --answer, got it with --answers/],
    [["--question", "slope", "--answer", "z", "--attempts", "-1"], /--attempts: expected a whole number/],
  ])("exits 2 with one line for %j", async (words, message) => {
    const { code, out, err } = await outcomeOf(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("backpass check --answers", () => {
  test("lists every question with verdict and points, and their sum", async () => {
    const path = file("ada.json", { name: "Ada", answers: { slope: "2*z", "weighted-input": "1.503" } });
    const { code, out, err } = await outcomeOf(["--answers", path]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toMatch(/^Ada: Slopes\n\nquestion +verdict +points +message\n/);
    expect(out).toMatch(/^slope +correct +2\/2/m);
    expect(out).toMatch(/^weighted-input +close +0\.5\/1 +\S/m);
    expect(out).toMatch(/^sign +no answer +0\/1$/m);
    expect(out).toMatch(/\n2\.5 of 4 points\n$/);
  });

  test("exits 0 when all is correct, and takes plain answers, named after the file", async () => {
    const path = file("ben.json", { slope: "2*z", "weighted-input": "1,5", sign: "b" });
    const { code, out } = await outcomeOf(["--answers", path]);
    expect(code).toBe(0);
    expect(out).toMatch(/^ben: Slopes\n/);
    expect(out).toMatch(/\n4 of 4 points\n$/);
  });

  test("prints one object with --json", async () => {
    const path = file("cleo.json", { slope: "z", sing: "b" });
    const { code, out, err } = await outcomeOf(["--answers", path, "--json"]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(JSON.parse(out)).toMatchObject({
      name: "cleo",
      checks: [{ question: "slope", verdict: "wrong", points: 0 }],
      unanswered: ["weighted-input", "sign"],
      unknown: ["sing"],
      points: 0,
      most: 4,
    });
  });

  test("names what is no question of the sheet", async () => {
    const path = file("dan.json", { sing: "b", "\u001b[2J": "1" });
    const { err } = await outcomeOf(["--answers", path]);
    expect(err).toContain('"sing" is no question of the sheet. Did you mean "sign"?\n');
    expect(err).toContain('"\\u001b[2J" is no question');
  });

  test("puts messages below their row in a narrow terminal", async () => {
    const path = file("eve.json", { slope: "z" });
    const { out } = await outcomeOf(["--answers", path], { isOutWatched: true, columns: 40 });
    expect(out).toMatch(/^slope +wrong +0\/2\n {4}\S/m);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });

  test.each([
    ["broken.json", "{ slope: 2 }", /broken\.json: line \d+, column \d+: expected /],
    ["list.json", "[1]", /list\.json: expected answers by question, .*, got a list/],
    ["comma.json", '{ "slope": "z",\n "sign" }', /comma\.json: line 2, column 9: expected ":" after a name, got "}"/],
    ["object.json", '{ "slope": {} }', /object\.json: "slope": expected the answer as a text, got an object\./],
    ["true.json", '{ "slope": true }', /true\.json: "slope": expected the answer as a text, got true\./],
    ["name.json", '{ "name": 3, "answers": {} }', /name\.json: name: expected a text, got 3/],
    ["inner.json", '{ "answers": [] }', /inner\.json: answers: expected answers by question, .*, got an empty list/],
  ])("exits 2 with one line for %s", async (name, content, message) => {
    const { code, err } = await outcomeOf(["--answers", file(name, content)]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  test("takes numbers with the digits that they are written with, lists of choices, and null for no answer", async () => {
    const path = file("fay.json", '{ "answers": { "weighted-input": 1.500, "sign": ["b"], "slope": null } }');
    const { out } = await outcomeOf(["--answers", path]);
    expect(out).toMatch(/^slope +no answer/m);
    expect(out).toMatch(/^weighted-input +correct/m);
    expect(out).toMatch(/^sign +correct/m);
  });

  test("exits 2 for a file in another encoding, with the line", async () => {
    const path = join(folder, "windows.json");
    writeFileSync(path, Buffer.from('{ "name":\n "J\xfcrgen", "slope": "z" }', "latin1"));
    const { code, err } = await outcomeOf(["--answers", path]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /expected text in UTF-8, got bytes that are not, first in line 2 \(in old Windows files, "ü"\)/,
    );
  });

  test("exits 2 when there is no such file", async () => {
    const { code, err } = await outcomeOf(["--answers", join(folder, "nobody.json")]);
    expect(code).toBe(2);
    expect(err).toMatch(/there is no file ".*nobody\.json"/);
  });
});

describe("backpass check --class", () => {
  let classFolder: string;

  beforeAll(() => {
    classFolder = join(folder, "class");
    mkdirSync(classFolder);
    file("class/ada.json", { name: "Ada", answers: { slope: "3*z", sign: "b" } });
    file("class/ben.json", { slope: "z*3", sign: "a", slop: "1" });
    file("class/cleo.json", { slope: "z/2" });
    file("class/dan.json", { slope: "2*z" });
    file("class/readme.txt", "no answers");
  });

  test("counts verdicts by question, and shows equal wrong answers together, the most common first", async () => {
    const { code, out, err } = await outcomeOf(["--class", classFolder]);
    expect(code).toBe(0);
    expect(err).toBe(
      'note: "slop" is no question of the sheet; answered by ben\nnote: not read, as they are not *.json: readme.txt\n',
    );
    expect(out).toMatch(/^Slopes: 4 learners, median 0\.5 of 4 points\n/);
    expect(out).toMatch(/^no\. {2}question +answered +correct +form +close +wrong +unreadable$/m);
    expect(out).toMatch(/^ {2}1 {2}slope +4 +1 +0 +0 +3 +0$/m);
    expect(out).toMatch(/^slope\n {3}2 × {2}(3\*z|z\*3)\n( {8}.*\n)+ {3}1 × {2}z\/2\n/m);
    expect(out).toContain("        Ada, ben\n");
    expect(out).toMatch(/\nlearner +points +1-3\nAda +1 +✗·✓\nben +0 +✗·✗\ncleo +0 +✗··\ndan +2 +✓··\n$/);
  });

  test("prints one object with --json", async () => {
    const { out } = await outcomeOf(["--class", classFolder, "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      title: "Slopes",
      questions: [
        { question: "slope", answered: 4, groups: [{ count: 2, names: ["Ada", "ben"] }, { count: 1 }] },
        {},
        {},
      ],
      learners: [
        { name: "Ada", points: 1 },
        { name: "ben", points: 0 },
        { name: "cleo", points: 0 },
        { name: "dan", points: 2 },
      ],
      most: 4,
      unknown: [{ id: "slop", names: ["ben"] }],
      badFiles: [],
    });
  });

  test("names a bad file, goes on with the rest, and exits 1", async () => {
    const mixed = join(folder, "mixed");
    mkdirSync(mixed);
    file("mixed/bad.json", "{");
    file("mixed/good.json", { slope: "2*z" });
    const { code, out, err } = await outcomeOf(["--class", mixed]);
    expect(code).toBe(1);
    expect(err).toMatch(/^note: left out: .*bad\.json: line \d+, column \d+: expected /);
    expect(out).toMatch(/^Slopes: 1 learner, /);
  });

  test("stays inside 40 columns", async () => {
    const { out } = await outcomeOf(["--class", classFolder], { isOutWatched: true, columns: 40 });
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
    expect(out).toContain("1. slope: 4 answered, 1 correct, 3 wrong\n");
  });

  test("exits 2 for a folder without answers, a file, and nothing", async () => {
    mkdirSync(join(folder, "empty"));
    const empty = await outcomeOf(["--class", join(folder, "empty")]);
    expect(empty.code).toBe(2);
    expect(empty.err).toMatch(/expected \*\.json files with answers, got a folder without any/);
    const noFolder = await outcomeOf(["--class", sheet]);
    expect(noFolder.err).toMatch(/expected a folder with answers, got a file/);
    const nothing = await outcomeOf(["--class", join(folder, "nowhere")]);
    expect(nothing.err).toMatch(/expected a folder with answers, got no such folder/);
  });
});
