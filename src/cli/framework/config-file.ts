import { DataError, OptionError } from "../../errors.ts";
import { nearest } from "../../network/nearest.ts";
import type { OptionDefinition } from "./definition.ts";
import { readJsonFile } from "./read-file.ts";

/** Options about the command line itself; a file of settings cannot have them. */
const ONLY_TYPED: readonly string[] = ["config", "help", "debug"];

/**
 * The options in a JSON file, `{ "hidden": [64, 32], "learning-rate": 0.01, "no-header": true }`, as one would type
 * them: numbers and texts as they are, lists joined by commas, `true` for a flag.
 *
 * @throws DataError when the file cannot be read or holds no object.
 * @throws OptionError for a key that is no option of the command (naming the nearest), or a value of another kind.
 */
export function readConfig(path: string, options: readonly OptionDefinition[]): ReadonlyMap<string, string> {
  const json = readJsonFile(path);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new DataError(`${path}: expected an object of options, got ${kindOf(json)}. Write { "epochs": 30 }.`);
  }
  const known = options.filter(({ name }) => !ONLY_TYPED.includes(name));
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(json)) {
    const option = known.find((each) => each.name === name);
    if (option === undefined) {
      // Names as code has them (learningRate) are near to those typed (learning-rate).
      const typed = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const names = known.map((each) => each.name);
      const advice = nearest(typed, names) || ` The options are ${names.join(", ")}.`;
      throw new OptionError(`${path}: expected options of the command, got "${name}".${advice}`);
    }
    const text = textOf(`${path}: ${name}`, value, option);
    if (text !== null) values.set(name, text);
  }
  return values;
}

/** The value as typed; null for a flag that is not set. */
function textOf(where: string, value: unknown, option: OptionDefinition): string | null {
  if (option.value === null) {
    if (typeof value === "boolean") return value ? "" : null;
    throw new OptionError(`${where}: expected true or false, got ${kindOf(value)}. Write true to set it.`);
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isPlain = items.length > 0 && items.every((each) => typeof each === "number" || typeof each === "string");
  if (isPlain) return items.join(",");
  throw new OptionError(`${where}: expected a number, a text or a list of these, got ${kindOf(value)}. Write one.`);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : JSON.stringify(value);
}
