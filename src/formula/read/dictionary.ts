import { greekNames, spellGreek } from "../print/greek.ts";
import { functionNamed } from "./plain-language.ts";
import type { ScriptedQuantity, Synonyms, Vocabulary } from "./vocabulary.ts";

/** A vocabulary made ready to look names up in. */
export interface Dictionary {
  readonly vocabulary: Vocabulary;
  /** Scalars by their parts, `w_1` and `w1` alike. */
  readonly scalars: ReadonlyMap<string, string>;
  /** Beginnings of scalars that need a subscript: `w`, `C`. */
  readonly stems: ReadonlySet<string>;
  /** Names that can stand without anything after them, as runs of letters spell them: `z`, `w1`, `e`. */
  readonly complete: ReadonlySet<string>;
  /** Names that need something after them: scripts, an argument. */
  readonly open: ReadonlySet<string>;
  readonly quantities: ReadonlyMap<string, ScriptedQuantity>;
  readonly widths: ReadonlySet<string>;
  readonly indices: ReadonlySet<string>;
  readonly layers: readonly string[];
  readonly functions: ReadonlySet<string>;
  readonly synonyms: Synonyms;
  /** The longest name, in characters. */
  readonly longest: number;
}

/** Words for a sum. */
export const sumWords: ReadonlySet<string> = new Set(["sum", "Sigma"]);

const noSynonyms: Synonyms = { quantities: new Map(), functions: new Map(), cost: null, costs: new Set() };

/** The dictionary of a vocabulary. */
export function dictionaryOf(vocabulary: Vocabulary): Dictionary {
  const scalars = new Map<string, string>();
  const stems = new Set<string>();
  for (const scalar of vocabulary.scalars) {
    const name = spellGreek(scalar);
    const parts = partsOf(name);
    scalars.set(parts.join("_"), name);
    for (let length = 1; length < parts.length; length += 1) stems.add(parts.slice(0, length).join("_"));
  }
  const quantities = new Map(
    vocabulary.quantities.map((quantity) => [
      spellGreek(quantity.name),
      { ...quantity, name: spellGreek(quantity.name) },
    ]),
  );
  const widths = new Set(vocabulary.widths.map(spellGreek));
  const functions = new Set([...vocabulary.functions, ...vocabulary.defined.keys()]);
  const open = new Set([
    ...[...stems].map(spelled),
    ...quantities.keys(),
    ...widths,
    ...functions,
    ...functionNamed.keys(),
    ...sumWords,
  ]);
  const complete = new Set([...[...scalars.keys()].map(spelled), "e", "pi"]);
  return {
    vocabulary,
    scalars,
    stems,
    complete,
    open,
    quantities,
    widths,
    indices: new Set(vocabulary.indices),
    layers: [...vocabulary.layers].toSorted((left, right) => right.length - left.length),
    functions,
    synonyms: vocabulary.synonyms ?? noSynonyms,
    longest: Math.max(...[...complete, ...open].map((name) => name.length)),
  };
}

/** A name in its parts: `w1` and `w_1` are `w` and `1`. */
function partsOf(name: string): readonly string[] {
  const [stem = "", ...subscripts] = name.split("_").filter((part) => part !== "");
  const [, letters = stem, digits = ""] = /^([^0-9]+)([0-9]*)$/u.exec(stem) ?? [];
  return [letters, ...(digits === "" ? [] : [digits]), ...subscripts];
}

/** A name as `scalars` and `stems` have it. */
export function keyOf(name: string): string {
  return partsOf(name).join("_");
}

/** The key of a scalar as a run of letters spells it: `w1`. */
function spelled(key: string): string {
  return key.replace(/_(?=[0-9]+$)/u, "");
}

/** Whether a word is a name of the vocabulary, or of the language. */
export function isKnown({ complete, open }: Dictionary, word: string): boolean {
  return complete.has(word) || open.has(word);
}

const greekWords: ReadonlySet<string> = new Set(Object.values(greekNames));

function isGreek(piece: string): boolean {
  return piece.length > 1 && greekWords.has(piece.replace(/[0-9]+$/u, ""));
}

/** A run of letters cut into names; `isUnique` is false where that can be done in two ways with equally few. */
export interface Cut {
  readonly pieces: readonly string[];
  readonly isUnique: boolean;
}

/**
 * Cuts a run of letters into as few names as possible: `zf` into z and f; null when that cannot be done. The name of a Greek
 * letter is never cut: `beta` is not b·eta.
 */
export function cutRun(dictionary: Dictionary, run: string): Cut | null {
  if (isKnown(dictionary, run)) return { pieces: [run], isUnique: true };
  // best[i]: the fewest names that make up the first i characters, in how many ways, and where the last of them starts.
  const best: ({ readonly count: number; readonly isUnique: boolean; readonly from: number } | null)[] = [
    { count: 0, isUnique: true, from: 0 },
  ];
  for (let end = 1; end <= run.length; end += 1) {
    let found: (typeof best)[number] = null;
    for (let from = Math.max(0, end - dictionary.longest); from < end; from += 1) {
      const before = best[from] ?? null;
      if (before === null || (found !== null && before.count + 1 > found.count)) continue;
      const piece = run.slice(from, end);
      const isLast = end === run.length;
      const isName = isGreek(piece) || (isLast ? isKnown(dictionary, piece) : dictionary.complete.has(piece));
      if (!isName) continue;
      const isTie: boolean = found !== null && found.count === before.count + 1;
      found = { count: before.count + 1, isUnique: before.isUnique && !isTie, from };
    }
    best.push(found);
  }
  const pieces: string[] = [];
  for (let end = run.length; end > 0;) {
    const last = best[end] ?? null;
    if (last === null) return null;
    const piece = run.slice(last.from, end);
    if (!isKnown(dictionary, piece)) return null;
    pieces.push(piece);
    end = last.from;
  }
  return { pieces: pieces.toReversed(), isUnique: best[run.length]?.isUnique ?? false };
}
