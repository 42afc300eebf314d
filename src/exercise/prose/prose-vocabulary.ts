import type { ScriptedQuantity, Vocabulary } from "../../formula/index.ts";
import { activationFunctions } from "../vocabulary/question-vocabulary.ts";
import { indexLetters, layerLetters } from "../vocabulary/textbook-vocabulary.ts";
import type { Given, Question, Sheet } from "../sheet.ts";

/** The textbook's quantities, which every sheet's text may speak of. */
const textbook: readonly ScriptedQuantity[] = [
  { name: "w", indices: 2, hasLayer: true },
  ...["b", "z", "a", "delta"].map((name) => ({ name, indices: 1, hasLayer: true })),
  ...["t", "x", "y"].map((name) => ({ name, indices: 1, hasLayer: false })),
];

/** What a text's mathematics may be written with: the first vocabulary that can read it is right. */
export type ProseVocabularies = readonly Vocabulary[];

/**
 * Vocabularies for the text of a sheet, or of one of its questions: what is declared and given there, with the textbook's
 * quantities; then every letter, and what is given anywhere, as a plain quantity. It is for people to read; answers are read with the
 * declared names alone.
 */
export function proseVocabularies(
  sheet: Pick<Sheet, "symbols" | "functions" | "given">,
  question?: Question,
): ProseVocabularies {
  const given = question !== undefined && "given" in question ? question.given : null;
  const own = question?.kind === "formula" ? (question.symbols ?? []).map(({ text }) => text) : [];
  const patterns = [...own, ...sheet.symbols.map(({ text }) => text)];
  const functions = sheet.functions.flatMap(({ text }) => /^\s*(\p{L}+)\s*\(/u.exec(text)?.[1] ?? []);
  const scalars = [...scalarsOf(own), ...(given === null ? [] : namesOf(given))];
  const everywhere = [...letters, ...[...sheet.given.values()].flatMap(namesOf)];
  return [
    vocabularyOf(patterns, scalars, functions),
    { ...vocabularyOf(patterns, everywhere, functions), quantities: [] },
  ];
}

/** Scalars come before quantities of the same name. */
function vocabularyOf(
  patterns: readonly string[],
  scalars: readonly string[],
  functions: readonly string[],
): Vocabulary {
  const all = [...new Set([...scalars, ...scalarsOf(patterns), ...plain])];
  const declared = patterns.flatMap((pattern) => quantityOf(pattern) ?? []);
  const names = new Set(declared.map(({ name }) => name));
  const quantities = [...declared, ...textbook.filter(({ name }) => !names.has(name))];
  const applied = patterns.flatMap((pattern) => /^(\p{L}+)\(/u.exec(pattern)?.[1] ?? []);
  return {
    scalars: all,
    quantities: quantities.filter(({ name }) => !all.includes(name)),
    widths: all.includes("n") ? [] : ["n"],
    indices: indexLetters,
    layers: layerLetters,
    functions: [...new Set(["f", ...applied, ...functions, ...activationFunctions])].filter(
      (name) => !all.includes(name),
    ),
    defined: new Map(),
  };
}

/** Names that mean a number wherever they occur. */
const plain = ["C", "eta", "mu", "lambda", "epsilon", "theta", "beta1", "beta2"] as const;

const greek = [
  "alpha",
  "beta",
  "gamma",
  "delta",
  "epsilon",
  "theta",
  "kappa",
  "lambda",
  "mu",
  "rho",
  "tau",
  "phi",
] as const;
const letters: readonly string[] = [...Array.from("abcdghmnopqrstuvwxyzABDEFGHKMNPQRSTUVWXYZ"), ...greek];

/** `w_jk^l` has two indices and a layer, `t_j` one index; null for anything else. */
function quantityOf(pattern: string): ScriptedQuantity | null {
  const [, name, below, above] = /^(\p{L}+)_\(?([a-z,]+)\)?(\^\S+)?$/u.exec(pattern) ?? [];
  if (name === undefined || below === undefined || below === "l") return null;
  const isIndexed = Array.from(below).every((letter) => letter === "," || indexLetters.includes(letter));
  return isIndexed ? { name, indices: below.replaceAll(",", "").length, hasLayer: above !== undefined } : null;
}

/** Patterns without scripts that run: `z`, `eta`, `w_1`. */
function scalarsOf(patterns: readonly string[]): readonly string[] {
  return patterns.filter((pattern) => /^\p{L}+(_?[0-9]+)?$/u.test(pattern));
}

/** Of a system of equations; a network's own names have scripts, which the textbook's quantities cover. */
function namesOf({ system }: Given): readonly string[] {
  const names = [
    ...Object.keys(system.given),
    ...Object.keys(system.parameters),
    ...system.equations.map(({ name }) => name),
  ];
  return names
    .filter((name) => /^\p{L}+(_?[0-9]+)?$/u.test(name))
    .map((name) => name.replace(/(?<=\p{L})(?=[0-9])/u, "_"));
}

/** For mathematics of the textbook alone, without declarations. */
export const textbookVocabularies: ProseVocabularies = proseVocabularies({
  symbols: [],
  functions: [],
  given: new Map(),
});
