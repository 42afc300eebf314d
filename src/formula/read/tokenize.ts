import { FormulaError } from "../../errors.ts";
import { spellGreek } from "../print/greek.ts";

/** A piece of a formula's text. `text` is normalized (`**` is `^`, `−` is `-`, `η` is `eta`); the span is as typed. */
export interface Token {
  readonly kind: "number" | "name" | "operator" | "end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Other ways to type an operator. */
const spellings: Readonly<Record<string, string>> = {
  "**": "^",
  "−": "-",
  "–": "-",
  "·": "*",
  "⋅": "*",
  "∗": "*",
  "×": "*",
  "÷": "/",
  "∕": "/",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
};

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const space = /[\s\u200b]+/uy;
const numeral = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/uy;
const name = /\p{L}[\p{L}0-9_]*/uy;
const operator = /\*\*|<=|>=|==|!=|[-+*/^()<>,?:−–·⋅∗×÷∕≤≥≠]/uy;
const superscript = /[⁰¹²³⁴⁵⁶⁷⁸⁹]+/uy;

/**
 * Cuts a text into numbers, names and operators, with an `end` token last. A number takes an exponent when digits follow
 * the `e` (`2e3` is 2000, `2e` is 2·e); superscript digits become `^` and a number.
 * @throws FormulaError at the first character that belongs to nothing, and at a number too large for float64.
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let start = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = start;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (start < text.length) {
    const blank = take(space);
    if (blank !== null) {
      start += blank.length;
      continue;
    }
    const found = tokensAt(text, start, take);
    tokens.push(...found);
    start = found.at(-1)?.end ?? text.length;
  }
  tokens.push({ kind: "end", text: "the end", start, end: start });
  return tokens;
}

function tokensAt(text: string, start: number, take: (pattern: RegExp) => string | null): readonly Token[] {
  const number = take(numeral);
  if (number !== null) {
    const end = start + number.length;
    if (Number.isFinite(Number(number))) return [{ kind: "number", text: number, start, end }];
    throw new FormulaError(
      { where: "formula", expected: "a number up to 1.8e308", got: number, advice: "Use a smaller one." },
      text,
      { start, end },
    );
  }
  const word = take(name);
  if (word !== null) return [{ kind: "name", text: spellGreek(word), start, end: start + word.length }];
  const sign = take(operator);
  if (sign !== null) {
    return [{ kind: "operator", text: spellings[sign] ?? sign, start, end: start + sign.length }];
  }
  const raised = take(superscript);
  if (raised !== null) {
    const end = start + raised.length;
    const digits = Array.from(raised, (digit) => superscripts.indexOf(digit)).join("");
    if (!Number.isFinite(Number(digits))) {
      throw new FormulaError(
        { where: "formula", expected: "an exponent up to 1.8e308", got: "a larger one", advice: "Use a smaller one." },
        text,
        {
          start,
          end,
        },
      );
    }
    return [
      { kind: "operator", text: "^", start, end },
      { kind: "number", text: digits, start, end },
    ];
  }
  throw strangeCharacter(text, start);
}

function strangeCharacter(text: string, start: number): FormulaError {
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const hint = character === "=" ? "Write == to compare, and only the right side of an equation." : "Remove it.";
  return new FormulaError(
    { where: "formula", expected: "a number, a name or an operator", got: JSON.stringify(character), advice: hint },
    text,
    { start, end: start + character.length },
  );
}
