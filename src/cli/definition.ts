/** One `--option` of a command; parsing, help, configuration files and suggestions all read this. */
export interface OptionDefinition {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for the value in the help, or null for a flag. */
  readonly value: string | null;
  readonly description: string;
  /** The value when the option is not given, as one would type it; null: none. */
  readonly default: string | null;
  /** True when it may be given several times, which makes one list of all. */
  readonly isList?: boolean;
  /** True when `--name=` with nothing behind it says something. */
  readonly mayBeEmpty?: boolean;
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

/** The value of an option that stands for "as the data ask for it". */
export const AUTO = "auto";

/** `--engine`, the same for every command that computes. */
export const engineOption: OptionDefinition = {
  name: "engine",
  value: "NAME",
  description:
    "wasm (float32), fast, blas (native), reference (float64), or auto: wasm, or blas if BACKPASS_BLAS is set",
  default: AUTO,
};

/** `--fast`, short for `--engine fast`. */
export const fastOption: OptionDefinition = {
  name: "fast",
  value: null,
  description: "Engine fast: relaxed SIMD where Node has it; the last bits differ by machine",
  default: null,
};

/** How to read CSV, the same for every command that reads it; what is not given is found out. */
export const csvOptions: readonly OptionDefinition[] = [
  { name: "header", value: null, description: "Row 1 names the columns", default: null },
  { name: "no-header", value: null, description: "Row 1 is data, not names", default: null },
  { name: "delimiter", value: "CHARACTER", description: "Between two cells; tab and space by name", default: AUTO },
  { name: "decimal", value: "SIGN", description: "Of numbers: . or , (the other one groups digits)", default: AUTO },
  { name: "encoding", value: "NAME", description: "Of the file, such as windows-1252", default: "utf-8" },
  {
    name: "missing",
    value: "TEXTS",
    description: "More texts for a missing value: -99,unknown; =-99 these alone; --missing= none",
    default: null,
    isList: true,
    mayBeEmpty: true,
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
    description: "Columns to leave out, by name or number",
    default: null,
    isList: true,
  },
];

/** DATA, as every command takes it. */
export const dataOperand: OperandDefinition = {
  name: "DATA",
  description: "CSV or TSV file (also .gz; - for standard input), folder with IDX files, or bundled name",
};

/** Options that every command has, beside its own. */
export const globalOptions: readonly OptionDefinition[] = [
  { name: "help", value: null, description: "Show this help", default: null },
  { name: "debug", value: null, description: "Show where in the program an error arose", default: null },
];
