import { numberIn } from "./cell.ts";
import { categoryText } from "./text-codes.ts";

/** Where a name stands among those that training knew, or null. */
export type FindName = (name: string) => number | null;

/**
 * Finds names among those of training: by their text (accents composed); a number also by its value, where that belongs to
 * one of them alone, as another program may write 1 as 1.0.
 */
export function nameFinder(names: readonly string[]): FindName {
  const byText = new Map(names.map((name, at) => [categoryText(name), at]));
  const byValue = new Map<number, number | null>();
  for (const [at, name] of names.entries()) {
    const value = numberIn(name);
    if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER)
      byValue.set(value, byValue.has(value) ? null : at);
  }
  return (name) => {
    const text = categoryText(name);
    const at = byText.get(text);
    if (at !== undefined) return at;
    const value = numberIn(text);
    return Number.isFinite(value) ? (byValue.get(value) ?? null) : null;
  };
}

/** The name that differs from `name` in the case of its letters alone, if there is one. */
export function sameButCase(name: string, names: readonly string[]): string | null {
  const folded = categoryText(name).toLowerCase();
  return names.find((other) => categoryText(other).toLowerCase() === folded) ?? null;
}

/** Names that differ in the case of their letters alone, or are the same number, or in spaces and characters that are not seen, in groups: perhaps one and the same. */
export function lookAlikes(names: readonly string[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const value = numberIn(name);
    const key =
      Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
        ? String(value)
        : name
            .toLowerCase()
            .replace(/\p{Cf}/gu, "")
            .replace(/\s+/g, " ")
            .trim();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [name]);
    else group.push(name);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
