import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { repository } from "./installed-package.ts";

const folder = join(repository, "examples");

/** What each says in the end; figures that may move with the code are left open. */
const expected: Readonly<Record<string, RegExp>> = {
  "digits.js": /validation accuracy 0\.9[5-9][\s\S]*dC\/db of the last layer: /,
  "csv.js": /accuracy 1, baseline 0\.5\napple, banana\n$/,
  "regression.js": /R² 0\.[45]\d\d, baseline -?0\.0/,
  "custom.js": /gradients agree: true [\s\S]*validation accuracy (1|0\.9)/,
  "own-engine.js": /calls \d{3,}, the same weights: true\n0 xor 1: \[ 0\.0\d+, 0\.9\d+ \]/,
  "own-equations.js": /cost \[ 0\.65073[\s\S]*byInputs \[ -2\.9074/,
  "resumed.js":
    /10: true\nepoch 3 to 10: true\n.*: true\ntrain: from: expected seed 1, which the state was made with, got 2\. /,
  "sheet.js":
    /findings 0\ncorrect: Right\.\nwrong: The indices of w are swapped: [\s\S]*Did you mean delta\?\nwrong \{ w: 0\.4 \}\n$/,
  "own-loop.js": /steps; the center is inside: (1\.000|0\.[5-9])/,
};

describe("the examples", () => {
  test("are those that are tried here", () => {
    const programs = readdirSync(folder).filter((name) => name.endsWith(".js"));
    expect(programs.sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(Object.entries(expected))(
    "%s has at most 40 lines, runs as it is, and says what it should",
    (name, said) => {
      const lines = readFileSync(join(folder, name), "utf8").trimEnd().split("\n");
      expect(lines.length).toBeLessThanOrEqual(40);
      // They import the package by its name, which here is what has been built.
      expect(execFileSync(process.execPath, [join(folder, name)], { encoding: "utf8" })).toMatch(said);
    },
  );

  test("have no error of types", () => {
    const flags = "--ignoreConfig --allowJs --checkJs --strict --noEmit --target es2023 --module nodenext --types node";
    const files = Object.keys(expected).map((name) => join("examples", name));
    const compiler = join(repository, "node_modules", ".bin", "tsc");
    expect(execFileSync(compiler, [...flags.split(" "), ...files], { cwd: repository, encoding: "utf8" })).toBe("");
  });
});
