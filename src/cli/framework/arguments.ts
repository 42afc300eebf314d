import { parseArgs } from "node:util";
import { OptionError } from "../../errors.ts";
import { nearest } from "../../network/nearest.ts";
import { oneOf, readNumber } from "../../tree/typed-value.ts";
import { readConfig } from "./config-file.ts";
import { AUTO } from "../../defaults/option.ts";
import { type CommandDefinition, globalOptions, type OptionDefinition } from "./definition.ts";

/** A command line, read: the operands and the value of each option. */
export interface Arguments {
  /** In the order of the command's operands; fewer when optional ones are not given. */
  readonly operands: readonly string[];
  /** The first operand. */
  readonly operand: string;
  /** True when the flag was given. */
  flag(name: string): boolean;
  /** The value given, else the default. */
  text(name: string): string;
  /** The value given; null when there is none, or it is `auto`. */
  given(name: string): string | null;
  /** The value given, as it was typed; null when there is none. */
  readonly typed: (name: string) => string | null;
  /** What messages blame for an option's value: `--epochs`, or the key of a configuration file. */
  readonly where: (name: string) => string;
  /** @throws OptionError unless the value is one of `choices`. */
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice;
  /** A finite number that `isAllowed`. @throws OptionError that says it expected `expected`. */
  number(name: string, expected: string, isAllowed: (value: number) => boolean): number;
  /** A whole number from `least` up. @throws OptionError */
  wholeNumber(name: string, least: number): number;
}

/**
 * Reads what follows the name of a command. Where the command has `--config FILE`, options that are not typed come from
 * that file.
 *
 * @throws OptionError for an unknown option (naming the nearest known one), a value that is missing or not wanted, an
 * operand too few or too many.
 * @throws DataError when the configuration cannot be read.
 */
export function parseArguments(command: CommandDefinition, words: readonly string[]): Arguments {
  const definitions = [...command.options, ...globalOptions];
  const { values, operands } = readTokens(command, definitions, words);
  if (!values.has("help")) checkOperands(command, operands);
  const configPath = values.get("config");
  const config = configPath === undefined || values.has("help") ? null : readConfig(configPath, command.options);
  const where = (name: string): string =>
    !values.has(name) && config?.has(name) === true ? `${configPath ?? ""}: ${name}` : `--${name}`;
  const valueOf = (name: string): string | undefined => values.get(name) ?? config?.get(name);
  const isFormat = (name: string): boolean =>
    formatFlags.includes(name) && ["format", name].every((each) => definitions.some((one) => one.name === each));
  for (const { name, choices } of definitions) {
    const value = valueOf(name);
    if (choices !== undefined && value !== undefined) oneOf(where(name), value, choices);
  }
  for (const name of formatFlags) {
    const [flag, format] = [valueOf(name), valueOf("format")];
    if (!isFormat(name) || flag === undefined || format === undefined || format === name) continue;
    throw new OptionError({
      where: "--format",
      expected: `no --${name} beside it`,
      got: `${format} and --${name}`,
      advice: "Keep one of the two.",
    });
  }
  const text = (name: string): string => {
    const value = valueOf(name) ?? definitions.find((definition) => definition.name === name)?.default;
    if (value !== undefined && value !== null) return value;
    throw new OptionError({
      where: `--${name}`,
      expected: "a value",
      got: "none",
      advice: `Run: backpass ${command.name} --help`,
    });
  };
  return {
    operands,
    operand: operands[0] ?? "",
    flag: (name) => valueOf(name) !== undefined || (isFormat(name) && valueOf("format") === name),
    text,
    typed: (name) => valueOf(name) ?? null,
    given: (name) => {
      const value = valueOf(name);
      return value === undefined || value === AUTO ? null : value;
    },
    where,
    choice: (name, choices) => oneOf(where(name), text(name), choices),
    number: (name, expected, isAllowed) => readNumber(where(name), text(name), { expected, isAllowed }),
    wholeNumber: (name, least) =>
      readNumber(where(name), text(name), {
        expected: `a whole number from ${least} up`,
        isAllowed: (value) => Number.isSafeInteger(value) && value >= least,
      }),
  };
}

/** Flags that are short for `--format NAME`, where a command has both. */
const formatFlags: readonly string[] = ["json", "csv"];

function checkOperands(command: CommandDefinition, operands: readonly string[]): void {
  const help = `Run: backpass ${command.name} --help`;
  const expected = command.operands.map(({ name }) => name).join(" and ");
  const least = command.operands.filter(({ isOptional }) => isOptional !== true).length;
  if (operands.length < least) {
    const needed = command.operands.slice(0, least).map(({ name }) => name);
    const got = operands.length === 0 ? "nothing" : `only "${operands.join('", "')}"`;
    throw new OptionError({ where: command.name, expected: needed.join(" and "), got, advice: help });
  }
  const extra = operands[command.operands.length];
  if (extra === undefined) return;
  if (command.operands.length === 0) {
    throw new OptionError({ where: command.name, expected: "options only", got: `"${extra}"`, advice: help });
  }
  const only = command.operands.length === 1 ? "one " : "";
  const together = operands.slice(command.operands.length - 1).join(" ");
  throw new OptionError({
    where: command.name,
    expected: `${only}${expected}`,
    got: `also "${extra}"`,
    advice: `If they are one path or formula with spaces in it, put quotes around it: "${together}". ${help}`,
  });
}

/** Splits words into options and operands; what `parseArgs` leaves unchecked when not strict is checked here. */
function readTokens(
  command: CommandDefinition,
  definitions: readonly OptionDefinition[],
  words: readonly string[],
): { values: Map<string, string>; operands: string[] } {
  const types = definitions.map(({ name, value }) => [name, { type: value === null ? "boolean" : "string" }] as const);
  const { tokens } = parseArgs({
    args: [...words],
    options: { ...Object.fromEntries(types), help: { type: "boolean", short: "h" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const definition = definitions.find(({ name }) => name === token.name);
    if (definition === undefined) throw unknownOption(command, token.rawName, definitions);
    if (definition.value === null && token.value !== undefined) {
      throw new OptionError({
        where: `--${token.name}`,
        expected: "no value",
        got: `"${token.value}"`,
        advice: `Write --${token.name} alone.`,
      });
    }
    const isMissing = token.value === undefined || (!token.inlineValue && token.value.startsWith("--"));
    if (definition.value !== null && isMissing) {
      const { value, description } = definition;
      const purpose = description.charAt(0).toLowerCase() + description.slice(1);
      throw new OptionError({
        where: `--${token.name}`,
        expected: value,
        got: "nothing",
        advice: `Write --${token.name} ${value} to ${purpose}.`,
      });
    }
    const before = definition.isList === true ? values.get(token.name) : undefined;
    values.set(token.name, before === undefined ? (token.value ?? "") : `${before},${token.value ?? ""}`);
  }
  return { values, operands };
}

function unknownOption(
  command: CommandDefinition,
  typed: string,
  definitions: readonly OptionDefinition[],
): OptionError {
  const names = definitions.map(({ name }) => `--${name}`);
  const completed = typed.length > 3 ? names.find((name) => name.startsWith(typed)) : undefined;
  if (/^-?-o(utput)?(-?(file|dir|folder))?$/.test(typed) && names.includes("--out")) {
    return new OptionError({
      where: command.name,
      expected: "a known option",
      got: typed,
      advice: 'Did you mean "--out"?',
    });
  }
  const advice = completed === undefined ? nearest(typed, names) : ` Did you mean "${completed}"?`;
  return new OptionError({
    where: command.name,
    expected: "a known option",
    got: typed,
    advice: advice || ` Run: backpass ${command.name} --help`,
  });
}
