import { computeValues, deriveSystem } from "../explain/index.ts";
import type { NumberQuestion } from "./sheet.ts";

/** The number that a question asks for, from what is given; null where it asks for no quantity of it. */
export function askedValue({ asks, given }: NumberQuestion): number | null {
  const { system } = given;
  const values = computeValues(system);
  const names = new Map(Object.keys(values).map((name) => [plain(name), name]));
  const nameOf = (text: string): string | null => names.get(plain(text)) ?? null;
  const slope = (by: string | null): number | null =>
    by === null ? null : (deriveSystem(system, [by]).derivatives[0]?.value ?? null);
  const [, of, by] = /^\(?(?:d|∂|partial)([^/]+?)\)?\/\(?(?:d|∂|partial)([^/]+?)\)?$/.exec(asks.text) ?? [];
  if (of !== undefined && by !== undefined) return nameOf(of) === system.cost ? slope(nameOf(by)) : null;
  if (asks.text.startsWith("delta_")) return slope(nameOf(`z${asks.text.slice("delta".length)}`));
  const name = nameOf(asks.text);
  return name === null ? null : (values[name] ?? null);
}

/** A name without the signs of its scripts, which can be written in several ways. */
function plain(name: string): string {
  return name.replace(/[_(){} ]/g, "");
}
