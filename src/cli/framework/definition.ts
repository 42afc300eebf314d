import { AUTO } from "../../defaults/option.ts";
import { settingsOptions } from "../../defaults/settings-options.ts";

/** One `--option` of a command; parsing, help, configuration files and suggestions all read this. */
export interface OptionDefinition {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for the value in the help, or null for a flag. */
  readonly value: string | null;
  readonly description: string;
  /** The values there are; others are refused, with the nearest named. Default: any. */
  readonly choices?: readonly string[];
  /** The value when the option is not given, as one would type it; null: none. */
  readonly default: string | null;
  /** True when it may be given several times, which makes one list of all. */
  readonly isList?: boolean;
}

/** A word after the name of the command. */
export interface OperandDefinition {
  /** As shown in the help. */
  readonly name: string;
  readonly description: string;
  /** True when the command does something without it, too. Such a one comes last. */
  readonly isOptional?: boolean;
}

/** What a command takes: operands, in this order, and options. */
export interface CommandDefinition {
  readonly name: string;
  readonly operands: readonly OperandDefinition[];
  readonly options: readonly OptionDefinition[];
}

/** `--engine`, the same for every command that computes. */
export const engineOption: OptionDefinition = settingsOptions.engine;

/** `--fast`, short for `--engine fast`. */
export const fastOption: OptionDefinition = {
  name: "fast",
  value: null,
  description: "Compute with the engine fast: relaxed SIMD where Node has it; the last bits differ by machine",
  default: null,
};

/** How to read CSV, the same for every command that reads it; what is not given is found out. */
export const csvOptions: readonly OptionDefinition[] = [
  { name: "header", value: null, description: "Take row 1 for the names of the columns", default: null },
  { name: "no-header", value: null, description: "Take row 1 for data, and not for names", default: null },
  {
    name: "delimiter",
    value: "CHARACTER",
    description: "Expect this character between two cells; tab and space are written as words",
    default: AUTO,
  },
  {
    name: "decimal",
    value: "SIGN",
    description: "Read numbers with this decimal sign, . or ,; the other one groups digits",
    default: AUTO,
  },
  {
    name: "encoding",
    value: "NAME",
    description: "Read the file in this encoding, such as windows-1252",
    default: "utf-8",
  },
  {
    name: "missing",
    value: "TEXTS",
    description:
      "Take these texts, too, for a missing value, such as -99,unknown; =-99 takes these alone, --missing= none",
    default: null,
    isList: true,
  },
  {
    name: "columns",
    value: "NAME=KIND,…",
    description: "Read columns as number, category, date or ignored",
    default: null,
    isList: true,
  },
  {
    name: "ignore",
    value: "NAMES",
    description: "Leave out these columns, by name or number",
    default: null,
    isList: true,
  },
];

/**
 * `--out`, the same for every command that prints: what would go to standard output goes into a file, once all of it is
 * there. Commands that have it need not know.
 */
export const outOption: OptionDefinition = {
  name: "out",
  value: "FILE",
  description: "Write what would be printed into this file; - is standard output",
  default: "-",
};

/** `--format`, for what a command can print beside text. */
export function formatOption(formats: readonly string[], more = ""): OptionDefinition {
  return {
    name: "format",
    value: "NAME",
    choices: formats,
    description: `Print it as ${listed(formats)}${more === "" ? "" : `; ${more}`}`,
    default: "text",
  };
}

/** Flags that are short for `--format NAME`. */
export function formatFlag(name: "json" | "csv", description: string): OptionDefinition {
  return { name, value: null, description: `Short for --format ${name}: ${description}`, default: null };
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

/** DATA, as every command takes it. */
export const dataOperand: OperandDefinition = {
  name: "DATA",
  description: "A CSV or TSV file (also .gz; - for standard input), a folder with IDX files, or a bundled name",
};

/** Options that every command has, beside its own. */
export const globalOptions: readonly OptionDefinition[] = [
  { name: "help", value: null, description: "Show this help", default: null },
  { name: "debug", value: null, description: "Show where in the program an error arose", default: null },
];
