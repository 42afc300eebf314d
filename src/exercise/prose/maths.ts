import { FormulaError } from "../../errors.ts";
import {
  type Formula,
  identifier,
  type Notation,
  parseFormula,
  parseTextbook,
  row,
  scripts,
  sign,
  typeset,
} from "../../formula/index.ts";
import type { ProseVocabularies } from "./prose-vocabulary.ts";

/** A sign that formulas do not have, or that stands between two of them, by how it may be typed. */
interface Separator {
  readonly typed: RegExp;
  readonly notation: Notation;
}

const words = (text: string): Notation => ({ kind: "words", text });

/** Signs at which mathematics is always cut. */
const outer: readonly Separator[] = [
  { typed: /^(?:←|\\leftarrow\b|\\gets\b|:=)/, notation: sign("becomes") },
  { typed: /^(?:→|\\to\b|\\rightarrow\b)/, notation: words(" → ") },
  { typed: /^(?:≈|\\approx\b)/, notation: sign("about") },
  { typed: /^(?:≡|\\equiv\b)/, notation: words(" ≡ ") },
  { typed: /^(?:∈|\\in\b)/, notation: words(" ∈ ") },
  { typed: /^(?:…|\.\.\.|\\[lc]?dots\b)/, notation: words("…") },
  { typed: /^=/, notation: sign("equals") },
  { typed: /^,/, notation: sign("comma") },
];

/** Signs that formulas have too, in conditions: cut only what cannot be read as a whole. */
const inner: readonly Separator[] = [
  { typed: /^(?:!=|≠|\\neq?\b)/, notation: sign("unequal") },
  { typed: /^(?:<=|≤|\\leq?\b)/, notation: sign("lessOrEqual") },
  { typed: /^(?:>=|≥|\\geq?\b)/, notation: sign("greaterOrEqual") },
  { typed: /^(?:<|\\lt\b)/, notation: sign("less") },
  { typed: /^(?:>|\\gt\b)/, notation: sign("greater") },
];

/** What may be between two dollar signs; more is no formula. */
const MOST_CHARACTERS = 2_000;

/**
 * Mathematics of a sheet's text as it is to look: formulas, in the sheet's notation or LaTeX, with relations and commas between
 * them: `a_j^l = f(z_j^l)`, `l = 1, …, L`, `z ≠ 0`. A piece that cannot be read as a formula is set as words, so there
 * is no text without a look.
 *
 * @param vocabularies `proseVocabularies` of where the text stands.
 */
export function readMaths(text: string, vocabularies: ProseVocabularies): Notation {
  return readNoting(text, vocabularies, () => {});
}

/** Pieces of such a text that look like a formula and cannot be read as one, each with the reason. */
export function unreadMaths(
  text: string,
  vocabularies: ProseVocabularies,
): readonly { readonly piece: string; readonly reason: string }[] {
  const unread: { piece: string; reason: string }[] = [];
  readNoting(text, vocabularies, (piece) => {
    // Other words, `[0, 1]` among them, look as they are typed.
    if (!/[\\_^*/+=−-]/.test(piece) && isBalanced(piece)) return;
    const [vocabulary] = vocabularies;
    const reason = reasonAgainst(() =>
      vocabulary === undefined ? parseFormula(piece) : parseTextbook(piece, vocabulary),
    );
    unread.push({ piece, reason });
  });
  return unread;
}

function isBalanced(text: string): boolean {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(/[([{]/g) === count(/[)\]}]/g);
}

/** @param note is called with every piece that is set as words. */
function readNoting(text: string, vocabularies: ProseVocabularies, note: (piece: string) => void): Notation {
  const asWords = (piece: string): Notation => {
    note(piece);
    return words(piece);
  };
  if (text.length > MOST_CHARACTERS) return asWords(text.trim());
  const readPiece = (piece: string): Notation => readFormula(piece, vocabularies) ?? asWords(piece);
  return cutAndRead(text, outer, (piece) => readFormula(piece, vocabularies) ?? cutAndRead(piece, inner, readPiece));
}

/** Cuts at the separators that are in no brackets, and reads what is between them. */
function cutAndRead(text: string, separators: readonly Separator[], read: (piece: string) => Notation): Notation {
  const parts: Notation[] = [];
  let start = 0;
  let depth = 0;
  const endPiece = (end: number): void => {
    const piece = text.slice(start, end).trim();
    if (piece !== "") parts.push(read(piece));
  };
  for (let i = 0; i < text.length;) {
    const character = text[i] ?? "";
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    const found = depth === 0 ? separatorAt(text, i, separators) : null;
    if (found === null) {
      i += 1;
      continue;
    }
    endPiece(i);
    parts.push(found.notation);
    i += found.length;
    start = i;
  }
  endPiece(text.length);
  return row(...parts);
}

function separatorAt(
  text: string,
  position: number,
  separators: readonly Separator[],
): { readonly notation: Notation; readonly length: number } | null {
  const rest = text.slice(position, position + 12);
  const isInOther = rest.startsWith("=") && (/[=<>!]/.test(text[position - 1] ?? "") || rest[1] === "=");
  const isDecimalComma = /^,\d/.test(rest) && /\d/.test(text[position - 1] ?? "");
  if (isInOther || isDecimalComma) return null;
  for (const { typed, notation } of separators) {
    const [found] = typed.exec(rest) ?? [];
    if (found !== undefined) return { notation, length: found.length };
  }
  return null;
}

/** Null when it is no formula. */
function readFormula(piece: string, vocabularies: ProseVocabularies): Notation | null {
  const [, primed] = /^(\p{L}+)['′’]$/u.exec(piece) ?? [];
  if (primed !== undefined) return scripts(identifier(primed), null, sign("prime"));
  // Vectors and matrices, `w^l`, are no quantities of a vocabulary, but read as powers they look right.
  const readings = [
    ...vocabularies.map((vocabulary) => () => parseTextbook(piece, vocabulary)),
    () => parseFormula(piece),
  ];
  for (const read of readings) {
    const formula = formulaOrNull(read);
    // A condition on its own is a relation, and cut as one; within a choice it is part of the formula.
    if (formula !== null) return formula.kind === "comparison" ? null : typeset(formula).notation;
  }
  return null;
}

function formulaOrNull(read: () => Formula): Formula | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}

/** What the parser has against a piece; "" when it has nothing. */
function reasonAgainst(read: () => Formula): string {
  try {
    read();
    return "";
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return error.reason;
  }
}
