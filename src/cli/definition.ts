/** One `--option` of a command; parsing, help and suggestions all read this. */
export interface OptionDefinition {
  /** Without the dashes. */
  readonly name: string;
  /** What stands for the value in the help, or null for a flag. */
  readonly value: string | null;
  readonly description: string;
  /** The value when the option is not given, as one would type it; null: none. */
  readonly default: string | null;
}

/** A word after the name of the command. */
export interface OperandDefinition {
  /** As shown in the help. */
  readonly name: string;
  readonly description: string;
}

/** What a command takes: one operand, or none (`null`), and options. */
export interface CommandDefinition {
  readonly name: string;
  readonly operand: OperandDefinition | null;
  readonly options: readonly OptionDefinition[];
}

/** `--engine`, the same for every command that computes. */
export const engineOption: OptionDefinition = {
  name: "engine",
  value: "NAME",
  description: "wasm (float32), blas (native), reference (float64), or auto: wasm, or blas where BACKPASS_BLAS is set",
  default: "auto",
};

/** Options that every command has, beside its own. */
export const globalOptions: readonly OptionDefinition[] = [
  { name: "help", value: null, description: "Show this help", default: null },
  { name: "debug", value: null, description: "Show where in the program an error arose", default: null },
];
