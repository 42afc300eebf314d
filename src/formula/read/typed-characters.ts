import { type Expectation, FormulaError } from "../../errors.ts";

/** A text in the few characters that the notation is read from, each with its place in what was typed. */
export interface TypedText {
  readonly typed: string;
  /** One unit for every entry of `starts` and `ends`. */
  readonly plain: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Characters in the place of others. */
const replacements: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "-": "−–‐‑‒—﹣",
    "*": "·⋅∗×•∙⁎",
    "/": "÷∕⁄",
    "'": "’‘′´ʹ`",
    "''": '″“”"',
    "|": "∣ǀ",
    " ": "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff",
    "(1/2)": "½",
    "(1/4)": "¼",
    // The brackets that Word's linear format hides.
    "(": "〖",
    ")": "〗",
    // The double-struck italic d and e of differentials and powers.
    "⊙": "⊙∘◦",
    T: "⊤",
    yhat: "ŷŶ",
    hat: "\u0302",
    d: "ⅆ",
    e: "ⅇ",
  }).flatMap(([plain, typed]) => Array.from(typed, (character): [string, string] => [character, plain])),
);

const raised: ReadonlyMap<string, string> = paired(
  "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴸᵀᴺᴹ",
  "0123456789+-()abcdefghijklmnoprstuvwxyzLTNM",
);
const lowered: ReadonlyMap<string, string> = paired(
  "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
  "0123456789+-=()aehijklmnoprstuvx",
);

/** Letters that stand above or below the line, and are no letters of a name. */
export const scriptLetters: string = [...raised.keys(), ...lowered.keys()].join("");

function paired(typed: string, plain: string): ReadonlyMap<string, string> {
  const letters = Array.from(plain);
  return new Map(Array.from(typed, (character, i) => [character, letters[i] ?? ""]));
}

/** Letters and signs in other dress: of mathematical alphabets (𝛿), of full width (＋), ℓ and their like. */
function undressed(character: string): string {
  const isDressed = /[\u{1d400}-\u{1d7ff}\uff01-\uff5e\u2102-\u213f]/u.test(character);
  const plain = isDressed ? character.normalize("NFKC") : character;
  return plain.length === 1 ? plain : "\ufffd";
}

/**
 * What a text says in plain characters: one sign for each operation, `^(l-1)` for `ˡ⁻¹`, `_(jk)` for `ⱼₖ`, a blank for what
 * cannot be seen. Characters that belong to nothing stay, for whoever reads on to refuse.
 */
export function plainCharacters(typed: string): TypedText {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  let script: ReadonlyMap<string, string> | null = null;
  const put = (plain: string, start: number, end: number): void => {
    for (const unit of plain) {
      units.push(unit);
      starts.push(start);
      ends.push(end);
    }
  };
  for (const character of typed) {
    const end = at + character.length;
    const table = raised.has(character) ? raised : lowered.has(character) ? lowered : null;
    if (script !== null && table !== script) put(")", at, at);
    if (table !== null && table !== script) put(table === raised ? "^(" : "_(", at, end);
    script = table;
    put(table?.get(character) ?? replacements.get(character) ?? undressed(character), at, end);
    at = end;
  }
  if (script !== null) put(")", at, at);
  return { typed, plain: units.join(""), starts, ends };
}

/** An error at characters `start` up to `end` of the plain text. */
export function failAt(text: TypedText, start: number, end: number, about: (got: string) => Expectation): FormulaError {
  const span = spanOf(text, start, end);
  return new FormulaError({ where: "formula", ...about(text.typed.slice(span.start, span.end)) }, text.typed, span);
}

/** The span as typed of characters `start` up to `end` of the plain text. */
export function spanOf(
  { typed, starts, ends }: TypedText,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  const first = starts[start] ?? typed.length;
  return { start: first, end: Math.max(first, ends[end - 1] ?? typed.length) };
}
