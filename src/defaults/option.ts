import { oneOf } from "../tree/typed-value.ts";

/** The value of an option that stands for "as the data ask for it". */
export const AUTO = "auto";

/** An option of a training run: all that the command line, a configuration file, a report and a page say of it. */
export interface RunOption<Value> {
  /** As it is typed after the dashes, and in configuration files. */
  readonly name: string;
  /** What stands for the value in a help. */
  readonly value: string;
  /** What it does, as an instruction. */
  readonly description: string;
  /** As one would type it; `auto` where the data decide; null where there is none. */
  readonly default: string | null;
  /** True where the library has this default itself, so that a value not given stays null. Default false. */
  readonly isLibraryDefault?: boolean;
  /** What a report calls it. */
  readonly label: string;
  /** A typed value. @throws OptionError that blames `where`. */
  readonly read: (where: string, text: string) => Value;
}

/** An option for each field of `Values`, in the order of the help. */
export type OptionTable<Values> = { readonly [Name in keyof Values]: RunOption<NonNullable<Values[Name]>> };

/** `on` or `off`. */
export function readSwitch(where: string, text: string): boolean {
  return oneOf(where, text, ["on", "off"]) === "on";
}

/**
 * The values of a table of options: those given, else the defaults; null where the data decide, or there is none.
 *
 * @param given the typed value by the option's name; null where none is.
 * @param where what messages blame for an option.
 * @throws OptionError when a value is out of its range.
 */
export function readOptions<Values>(
  table: OptionTable<Values>,
  given: (name: string) => string | null,
  where: (name: string) => string,
): { readonly [Name in keyof Values]: Values[Name] | null } {
  const read = (option: RunOption<unknown>): unknown => {
    const text = given(option.name) ?? (option.isLibraryDefault === true ? null : option.default);
    const isLeftOpen = text === null || (text === AUTO && (option.default === AUTO || option.default === null));
    return isLeftOpen ? null : option.read(where(option.name), text);
  };
  const entries = Object.entries<RunOption<unknown>>(table).map(([key, option]) => [key, read(option)]);
  // as: an entry for each key of the table, read by its own option
  return Object.fromEntries(entries) as { readonly [Name in keyof Values]: Values[Name] | null };
}
