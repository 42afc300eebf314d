import { describe, expect, test } from "vitest";
import { OptionError } from "../../errors.ts";
import { parseArguments } from "./arguments.ts";
import type { CommandDefinition } from "./definition.ts";

const command: CommandDefinition = {
  name: "bake",
  operands: [{ name: "CAKE", description: "What to bake" }],
  options: [
    { name: "minutes", value: "COUNT", description: "How long", default: "30" },
    { name: "oven", value: "NAME", description: "Where", default: "gas" },
    { name: "oven-heat", value: "NUMBER", description: "How hot", default: "180" },
    { name: "quiet", value: null, description: "Say nothing", default: null },
  ],
};

function messageOf(...words: string[]): string {
  try {
    parseArguments(command, words);
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return error instanceof Error ? error.message : "";
  }
  return "";
}

describe("parseArguments", () => {
  test("reads operand, values in both spellings, and flags, in any order", () => {
    const args = parseArguments(command, ["--minutes", "5", "tart", "--oven=wood", "--quiet"]);
    expect(args.operand).toBe("tart");
    expect(args.wholeNumber("minutes", 1)).toBe(5);
    expect(args.choice("oven", ["gas", "wood"])).toBe("wood");
    expect(args.flag("quiet")).toBe(true);
    expect(args.flag("debug")).toBe(false);
  });

  test("uses the default of an option that is not given", () => {
    expect(parseArguments(command, ["tart"]).wholeNumber("minutes", 1)).toBe(30);
  });

  test("lets the last of repeated options count", () => {
    expect(parseArguments(command, ["tart", "--oven", "gas", "--oven", "wood"]).text("oven")).toBe("wood");
  });

  test("needs no operand for help", () => {
    expect(parseArguments(command, ["-h"]).flag("help")).toBe(true);
    expect(parseArguments(command, ["--help"]).flag("help")).toBe(true);
  });

  test("names the nearest option for an unknown one", () => {
    expect(messageOf("tart", "--minuts", "5")).toBe(
      'bake: expected a known option, got --minuts. Did you mean "--minutes"?',
    );
    expect(messageOf("tart", "--min", "5")).toContain('Did you mean "--minutes"?');
    expect(messageOf("tart", "--zzz")).toBe("bake: expected a known option, got --zzz. Run: backpass bake --help");
    expect(messageOf("tart", "-x")).toContain("got -x.");
  });

  test("refuses a missing value, and a flag where a value belongs", () => {
    expect(messageOf("tart", "--minutes")).toBe(
      "--minutes: expected COUNT, got nothing. Write --minutes COUNT to how long.",
    );
    expect(messageOf("tart", "--minutes", "--quiet")).toContain("expected COUNT, got nothing");
  });

  test("refuses a value for a flag", () => {
    expect(messageOf("tart", "--quiet=yes")).toBe('--quiet: expected no value, got "yes". Write --quiet alone.');
  });

  test("refuses too few and too many operands", () => {
    expect(messageOf()).toBe("bake: expected CAKE, got nothing. Run: backpass bake --help");
    expect(messageOf("tart", "bread")).toBe(
      'bake: expected one CAKE, got also "bread". If they are one path or formula with spaces in it, put quotes around it: "tart bread". Run: backpass bake --help',
    );
  });
});

test("a command without an operand takes options only", () => {
  const command: CommandDefinition = { name: "wait", operands: [], options: [] };
  expect(parseArguments(command, []).operand).toBe("");
  expect(() => parseArguments(command, ["long"])).toThrow(
    'wait: expected options only, got "long". Run: backpass wait --help',
  );
});

describe("the values of options", () => {
  const number = (text: string): number =>
    parseArguments(command, ["tart", "--oven-heat", text]).number("oven-heat", "a number above 0", (x) => x > 0);

  test.each(["1", "0.5", ".5", "2.", "1e-3", "+4", "1E3"])("accept %s as a number", (text) => {
    expect(number(text)).toBe(Number(text));
  });

  test.each(["", " ", "0", "-1", "1,5", "0x10", "1e999", "NaN", "Infinity", "1_000", "ten", "1 2"])(
    "refuse %j as a number above 0",
    (text) => {
      expect(() => number(text)).toThrow(`--oven-heat: expected a number above 0, got "${text}". Give such a number.`);
    },
  );

  test.each(["1.5", "0", "9007199254740993"])("refuse %s as a whole number from 1 up", (text) => {
    const args = parseArguments(command, ["tart", "--minutes", text]);
    expect(() => args.wholeNumber("minutes", 1)).toThrow(OptionError);
  });

  test("list the choices, and the nearest", () => {
    const args = parseArguments(command, ["tart", "--oven", "wod"]);
    expect(() => args.choice("oven", ["gas", "wood"])).toThrow(
      '--oven: expected gas, wood, got "wod". Did you mean "wood"?',
    );
  });
});
