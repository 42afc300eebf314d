/**
 * Mathematics as it is to look, whatever it is written in: `toLatex`, `toMathml` and `toReadableText` are three writers of
 * this one tree, so that what is laid out once (where parentheses stand, what becomes a fraction) looks the same in all.
 */
export type Notation =
  | NumberNotation
  | Identifier
  | Sign
  | Row
  | Fraction
  | Scripts
  | Root
  | Fenced
  | Sum
  | Cases
  | Quantity
  | Words;

/** A numeral. */
export interface NumberNotation {
  readonly kind: "number";
  readonly text: string;
}

/** A letter, set in italics, or a word, set upright. Greek letters are their names, as in formulas. */
export interface Identifier {
  readonly kind: "identifier";
  readonly name: string;
}

/** An operator or relation. `times` and `apply` are not seen, but spoken. */
export interface Sign {
  readonly kind: "sign";
  readonly sign: SignName;
}

/** The signs of formulas by name: operators, relations, the comma, ∂, ′ and ᵀ. */
export type SignName =
  | "plus"
  | "minus"
  | "negative"
  | "times"
  | "dot"
  | "elementwise"
  | "apply"
  | "equals"
  | "unequal"
  | "less"
  | "lessOrEqual"
  | "greater"
  | "greaterOrEqual"
  | "becomes"
  | "about"
  | "comma"
  | "partial"
  | "prime"
  | "transposed";

/** One after the other. */
export interface Row {
  readonly kind: "row";
  readonly parts: readonly Notation[];
}

/** `above` over `below`. */
export interface Fraction {
  readonly kind: "fraction";
  readonly above: Notation;
  readonly below: Notation;
}

/** A base with what stands below and above to its right. */
export interface Scripts {
  readonly kind: "scripts";
  readonly base: Notation;
  readonly below: Notation | null;
  readonly above: Notation | null;
}

/** A square root. */
export interface Root {
  readonly kind: "root";
  readonly inner: Notation;
}

/** Something in parentheses, bars (a magnitude) or brackets (1 where it holds, else 0). */
export interface Fenced {
  readonly kind: "fenced";
  readonly fence: "parentheses" | "bars" | "brackets";
  readonly inner: Notation;
}

/** Σ over an index, up to `above` where that is said; it reaches to the end of `body`. */
export interface Sum {
  readonly kind: "sum";
  readonly index: Notation;
  readonly above?: Notation;
  readonly body: Notation;
}

/** Values by condition; null stands for "otherwise". */
export interface Cases {
  readonly kind: "cases";
  readonly rows: readonly (readonly [value: Notation, condition: Notation | null])[];
}

/** A named quantity. `plain` is what it is called in text: `w1`, `a_k^(l-1)`. */
export interface Quantity {
  readonly kind: "quantity";
  readonly plain: string;
  readonly inner: Notation;
}

/** Words in between. */
export interface Words {
  readonly kind: "words";
  readonly text: string;
}

/** An operator or relation. */
export function sign(name: SignName): Sign {
  return { kind: "sign", sign: name };
}

/** Parts one after the other; a row within becomes part of this one, and a single part stays itself. */
export function row(...parts: readonly Notation[]): Notation {
  const flat = parts.flatMap((part) => (part.kind === "row" ? part.parts : [part]));
  const [only, second] = flat;
  return only !== undefined && second === undefined ? only : { kind: "row", parts: flat };
}

/** A letter or a word. */
export function identifier(name: string): Identifier {
  return { kind: "identifier", name };
}

/** A base with scripts; the base alone when there are none. */
export function scripts(base: Notation, below: Notation | null, above: Notation | null): Notation {
  return below === null && above === null ? base : { kind: "scripts", base, below, above };
}

/** `above` over `below`. */
export function fraction(above: Notation, below: Notation): Fraction {
  return { kind: "fraction", above, below };
}

/** In parentheses. */
export function parenthesized(inner: Notation): Fenced {
  return { kind: "fenced", fence: "parentheses", inner };
}

/** The first thing one reads of it. */
export function leading(notation: Notation): Notation {
  const [first] = notation.kind === "row" ? notation.parts : [];
  if (first !== undefined) return leading(first);
  if (notation.kind === "quantity") return leading(notation.inner);
  return notation.kind === "scripts" ? leading(notation.base) : notation;
}

/** The last thing one reads of it. */
export function trailing(notation: Notation): Notation {
  const last = notation.kind === "row" ? notation.parts.at(-1) : undefined;
  if (last !== undefined) return trailing(last);
  return notation.kind === "quantity" ? trailing(notation.inner) : notation;
}
