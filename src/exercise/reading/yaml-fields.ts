import { SheetError } from "../../errors.ts";
import { didYouMean } from "../../tree/nearest-name.ts";
import type { DeclaredSymbol, Located } from "../sheet.ts";
import type { YamlMap, YamlText, YamlTree } from "./yaml-tree.ts";

/** The fields of a map whose names are known. */
export type Fields<Name extends string> = Readonly<Partial<Record<Name, YamlTree>>>;

/**
 * The fields of a map by name.
 *
 * @throws SheetError for a name that is none of `known`, with the nearest.
 */
export function fieldsOf<Name extends string>(map: YamlMap, known: readonly Name[], of: string): Fields<Name> {
  for (const { key } of map.fields) {
    if (known.some((name) => name === key.text)) continue;
    const advice = didYouMean(key.text, known, "Choose one of these.");
    throw new SheetError({
      expected: `for ${of} one of ${known.join(", ")}`,
      got: `"${key.text}"`,
      advice,
      place: key,
    });
  }
  // Every key was found among the known names.
  return Object.fromEntries(map.fields.map(({ key, value }) => [key.text, value])) as Fields<Name>;
}

/** A text. @throws SheetError when it is a list or a map, or nothing. */
export function readText(tree: YamlTree, what: string): YamlText {
  if (tree.kind === "text" && tree.text.trim() !== "") return tree;
  const advice = tree.kind === "map" ? 'A text with ": " in it goes into single quotes.' : "Write it after the colon.";
  throw new SheetError({ expected: what, got: described(tree), advice, place: tree });
}

/** A text, or null when there is none. @throws SheetError when it is a list or a map. */
export function readOptionalText(tree: YamlTree | undefined, what: string): Located | null {
  if (tree === undefined || (tree.kind === "text" && tree.text.trim() === "")) return null;
  return located(readText(tree, what));
}

/** The items of a list; a single text is a list of itself, and nothing an empty one. @throws SheetError for a map. */
export function readList(tree: YamlTree | undefined, what: string): readonly YamlTree[] {
  if (tree === undefined || (tree.kind === "text" && tree.text.trim() === "")) return [];
  if (tree.kind === "text") return [tree];
  if (tree.kind === "list") return tree.items;
  throw new SheetError({
    expected: `${what} as a list`,
    got: described(tree),
    advice: 'Write "- " before each.',
    place: tree,
  });
}

/** A list of texts. @throws SheetError when one is something else. */
export function readTexts(tree: YamlTree | undefined, what: string): readonly Located[] {
  return readList(tree, what).map((item) => located(readText(item, what)));
}

/** @throws SheetError when it is no such number. */
export function readNumber(
  tree: YamlTree,
  rule: { readonly expected: string; readonly isAllowed: (value: number) => boolean },
): number {
  const text = tree.kind === "text" ? tree.text.trim() : "";
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value) && rule.isAllowed(value)) return value;
  throw new SheetError({ expected: rule.expected, got: described(tree), advice: "Give such a number.", place: tree });
}

/** Decimals of numeric answers. */
export const decimalsRule: Parameters<typeof readNumber>[1] = {
  expected: "decimals, a whole number from 0 to 12",
  isAllowed: (value) => Number.isInteger(value) && value >= 0 && value <= 12,
};

/** `true` or `false`. @throws SheetError for anything else. */
export function readBoolean(tree: YamlTree): boolean {
  const text = tree.kind === "text" ? tree.text : "";
  if (text === "true" || text === "false") return text === "true";
  throw new SheetError({
    expected: "true or false",
    got: described(tree),
    advice: "Write one of the two.",
    place: tree,
  });
}

/** One of some names. @throws SheetError that names the nearest. */
export function readName<Name extends string>(tree: YamlTree, known: readonly Name[], what: string): Name {
  const text = tree.kind === "text" ? tree.text : "";
  const found = known.find((name) => name === text);
  if (found !== undefined) return found;
  const advice = didYouMean(text, known, "Choose one of these.");
  throw new SheetError({ expected: `${what}, one of ${known.join(", ")}`, got: described(tree), advice, place: tree });
}

/**
 * Symbols as they are declared: a map from pattern to meaning, or a list of patterns.
 *
 * @throws SheetError when it is neither.
 */
export function readSymbols(tree: YamlTree): readonly DeclaredSymbol[] {
  if (tree.kind !== "map") {
    return readTexts(tree, "symbols such as w_jk^l").map((pattern) => ({ ...pattern, meaning: "" }));
  }
  return tree.fields.map(({ key, value }) => ({
    ...located(key),
    meaning: readOptionalText(value, `the meaning of ${key.text}`)?.text ?? "",
  }));
}

/** The text and its place alone. */
export function located({ text, line, column }: Located): Located {
  return { text, line, column };
}

/** What stands there, for a message. */
function described(tree: YamlTree): string {
  if (tree.kind !== "text") return tree.kind === "list" ? "a list" : 'a map ("name: value")';
  const text = tree.text.length > 40 ? `${tree.text.slice(0, 40)}…` : tree.text;
  return text.trim() === "" ? "nothing" : JSON.stringify(text);
}
