import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../src/cli/run.ts";
import { recordingTerminal } from "./recording-terminal.ts";

/** A name that clears the screen, turns the direction of writing, sets the title, and makes a line of its own. */
const name = "n\u001b[2J\u202e\u009b\u001b]0;x\u0007\r\nfalse row\u2028false row\u0085false row";
const quoted = (text: string): string => `"${text}"`;

let folder: string;
const file = (own: string, text: string): string => {
  const path = join(folder, own);
  writeFileSync(path, text);
  return path;
};

/** What the terminal got of a command line. */
async function shownBy(words: readonly string[]): Promise<string> {
  const { terminal, written } = recordingTerminal();
  await run(words, terminal);
  return written.out + written.err;
}

function expectHarmless(shown: string): void {
  expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  expect(shown).not.toMatch(/^\s*false row/m);
  expect(shown).not.toMatch(/\binternal: /);
}

let classes: string;
let amounts: string;
let network: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "backpass-shown-"));
  const rows = Array.from({ length: 60 }, (_, i) => {
    const [a, b] = [((i * 7) % 13) / 13, ((i * 5) % 11) / 11];
    const category = quoted(["u", "v", "w"][i % 3] + name);
    return { numbers: `${a},${b},${category}`, kind: quoted((a > b ? "yes" : "no") + name), amount: a - 2 * b };
  });
  const heading = `${quoted(`a${name}`)},b,${quoted(`c${name}`)}`;
  classes = file(
    "classes.csv",
    `${heading},${quoted(`kind${name}`)}\n${rows.map(({ numbers, kind }) => `${numbers},${kind}`).join("\n")}\n`,
  );
  amounts = file(
    "amounts.csv",
    `${heading},${quoted(`amount${name}`)}\n${rows.map(({ numbers, amount }) => `${numbers},${amount}`).join("\n")}\n`,
  );
  network = file(
    "network.json",
    JSON.stringify({
      inputs: 2,
      cost: { name: `c${name}`, formula: "(a - t)^2" },
      layers: [
        { units: 2, activation: { name: `f${name}`, formula: "2z + k", parameters: { k: 1 } } },
        { units: 1, activation: "sigmoid" },
      ],
      examples: { inputs: [[1, 2]], targets: [[1]] },
    }),
  );
  for (const [data, out] of [
    [classes, "classes"],
    [amounts, "amounts"],
  ] as const) {
    const words = ["train", data, "--epochs", "2", "--hidden", "3", "--out", join(folder, out)];
    expectHarmless(await shownBy(words));
  }
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("what others wrote is shown, never sent, and makes no lines of its own", () => {
  test.each([["classes"], ["amounts"]])("by the commands that use a model of %s", async (kind) => {
    const data = kind === "classes" ? classes : amounts;
    const model = join(folder, kind, "model.safetensors");
    for (const words of [
      ["predict", model, data],
      ["predict", model, data, "--json"],
      ["evaluate", model, data],
      ["explain", model, data],
      ["explain", model, data, "--layer", "1", "--neuron", "1"],
      ["diagnose", join(folder, kind)],
      ["report", join(folder, kind)],
    ]) {
      const shown = await shownBy(words);
      expect(shown, words[0]).not.toBe("");
      expectHarmless(shown);
    }
  });

  test("in predictions as CSV the names stay as they are", async () => {
    const shown = await shownBy(["predict", join(folder, "classes", "model.safetensors"), classes, "--csv"]);
    expect(shown).toContain("\u001b[2J");
  });

  test.each([["gradient"], ["derive"], ["explain"], ["gradcheck"], ["diagnose"], ["profile"]])(
    "by %s of a network with functions of its own",
    async (command) => {
      expectHarmless(await shownBy([command, network]));
    },
  );

  test.each([
    [[name]],
    [[`--${name}`]],
    [["train", name]],
    [["train", "iris", `--${name}`, "1"]],
    [["train", "iris", "--optimizer", name]],
    [["train", "iris", "--target", name]],
    [["derive", `z + ${name}`]],
    [["derive", "z^2", "--by", name]],
    [["predict", name, name]],
    [["lint", name]],
    [["train", "iris", "--config", name]],
  ])("in the errors of %j", async (words) => {
    const shown = await shownBy(words);
    expect(shown).not.toBe("");
    expectHarmless(shown);
  });

  test("of a sheet: title, prose, choices, hints, ids and what is wrong in it", async () => {
    const yaml = JSON.stringify(name);
    const sheet = file(
      "sheet.md",
      `---\ntitle: ${yaml}\n---\n\nText \u001b[2J\u202e \`code\u009b\` [link\u0007](https://a.b/\u001b) ![image\u001b](https://a.b/c.png)\n\n` +
        `| a\u001b | b |\n|--|--|\n| c\u202e | d |\n\n\`\`\`question one\nkind: single choice\ntext: ${yaml}\n` +
        `choices:\n  - ${yaml}\n  - right: ${yaml}\nhints:\n  - ${yaml}\n\`\`\`\n`,
    );
    for (const words of [
      ["sheet", sheet],
      ["sheet", sheet, "--json"],
      ["lint", sheet],
      ["check", sheet, "--question", name, "--answer", "a"],
      ["check", sheet, "--question", "one", "--answer", name],
    ]) {
      const shown = await shownBy(words);
      expect(shown, words[0]).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(shown, words[0]).not.toMatch(/\binternal: /);
    }
    const { terminal, written } = recordingTerminal({ lines: ["hint", name, "show", "quit"] });
    await run(["quiz", sheet, "--progress", join(folder, "progress.json")], terminal);
    expect(written.out + written.err).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  });
});
