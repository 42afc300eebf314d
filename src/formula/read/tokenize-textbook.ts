import { greekNames, spellGreek } from "../print/greek.ts";
import { latexCommands } from "./latex-commands.ts";
import { withoutWrapping } from "./latex-wrapping.ts";
import { nearestName } from "../../tree/nearest-name.ts";
import type { Token } from "./tokenize.ts";
import { failAt, plainCharacters, scriptLetters, spanOf, type TypedText } from "./typed-characters.ts";

const letter = `(?![${Object.keys(greekNames).join("")}${scriptLetters}])\\p{L}`;
const patterns = {
  /** Also what LaTeX leaves: empty groups, scripts with nothing in them. */
  blank: /(?:[\s~]|\\[,;:!> ]|[_^]?\{\s*\})+/uy,
  wrapped:
    /\\(?:mathrm|mathit|mathsf|mathbf|mathcal|mathscr|mathnormal|boldsymbol|bm|operatorname\*?|text|textrm|textit|mbox)\s*\{\s*\\?([A-Za-z][A-Za-z0-9]*)\s*\}/uy,
  /** A name in braces of its own before its scripts: `{\delta}_j`. */
  grouped: /\{\s*\\?([A-Za-z]+|[Α-Ωα-ω])\s*\}(?=\s*[_^])/uy,
  nothing: /\\(?:left|right)\s*\./uy,
  /** The one of an indicator: `\mathbb{1}`. */
  one: /\\(?:mathbb|mathbbm|mathds|mathbf|mathrm|boldsymbol|bm|bf)\s*(?:1|\{\s*[1I]\s*\})|\\(?:mathbb|mathbbm|mathds)\s*I(?![A-Za-z])/uy,
  /** What has a sign above it: `\hat{y}`, `\vec{a}`. */
  accented: /\\(hat|widehat|vec|overrightarrow|bar)\s*(?:\{\s*\\?([A-Za-z]+)\s*\}|([A-Za-z]))/uy,
  /** A transposition as programs write it, `W.T`, after a name or a bracket. */
  transposed: /\.T(?![\p{L}0-9])/uy,
  environment: /\\(begin|end)\s*\{\s*([a-z]*)\*?\s*\}/uy,
  newRow: /\\\\(?:\s*\[[^\]]*\])?/uy,
  command: /\\([A-Za-z]+)/uy,
  escaped: /\\[{}|]/uy,
  digit: /[0-9]/uy,
  digits: /[0-9]+/uy,
  numeral: /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/uy,
  commaNumeral: /[0-9]+(?:,|\{,\})[0-9]+(?:[eE][+-]?[0-9]+)?/uy,
  /** Where no number or name stands before it. */
  bareCommaNumeral: /,[0-9]+(?:[eE][+-]?[0-9]+)?/uy,
  /** A letter where a digit should be: `O.288`, `l,5`. */
  mistypedNumeral: /[OolI][.,][0-9]+/uy,
  greek: new RegExp(`[${Object.keys(greekNames).join("")}][0-9]*`, "uy"),
  name: new RegExp(`(?:${letter})(?:${letter}|[0-9])*`, "uy"),
  script: new RegExp(`(?:${letter}|[0-9])+`, "uy"),
  operator: /\*\*|<=|>=|==|!=|[-+*/^_()[\]{}<>,?:'|=∂∑√≤≥≠⊙∇▒&;]/uy,
} as const;

const spellings: Readonly<Record<string, string>> = {
  "[": "(",
  "{": "(",
  "]": ")",
  "}": ")",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
};

/** Words of a formula by cases that are no names: `1 if z > 0; 0 otherwise`. */
export const caseWords: ReadonlySet<string> = new Set(["if", "when", "for", "where", "otherwise", "else"]);

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

interface Lexer {
  readonly text: TypedText;
  readonly tokens: Token[];
  readonly names: TypedNames;
  /** The brackets that are open. */
  readonly brackets: { readonly closer: string; readonly separates: boolean }[];
  at: number;
  /** How many single digits a `\frac` still takes. */
  fracDigits: number;
}

/** What has to be known of names. */
export interface TypedNames {
  /** Functions of several arguments: in their parentheses a comma separates. */
  readonly severalArguments: readonly string[];
  /** Names of the vocabulary, for "did you mean". */
  readonly known: readonly string[];
}

/**
 * Cuts a text in the textbook's notation into tokens, with an `end` token last. Beside the operators of the plain notation
 * there are `_`, `'`, `|`, `=`, `∂`, `∑`, `√`, `∇`, `⊙`, `frac`, `cases` and `**`; every bracket is a parenthesis. A run of letters is one name,
 * to be cut where it is read; after `_` it may start with digits.
 * @throws FormulaError at what belongs to nothing, at a command of LaTeX that is not known, and at a bracket closed by another.
 */
export function tokenizeTextbook(typed: string, names: TypedNames): Token[] {
  const text = { ...plainCharacters(withoutWrapping(typed)), typed };
  const begin = /^\s*/u.exec(text.plain)?.[0].length ?? 0;
  const end = endOfMathematics(text.plain, begin);
  const lexer: Lexer = { text, tokens: [], names, brackets: [], at: begin, fracDigits: 0 };
  const inner: TypedText = { ...text, plain: text.plain.slice(0, end) };
  while (lexer.at < end) readToken({ lexer, text: inner });
  lexer.tokens.push({ kind: "end", text: "the end", start: typed.length, end: typed.length });
  return lexer.tokens;
}

/** Where the stop of a sentence and the blanks at the end begin. */
function endOfMathematics(plain: string, begin: number): number {
  let end = plain.length;
  for (;;) {
    const rest = plain.slice(begin, end);
    const closer = /(?<=[\p{L})\]}'])[.,;]$/u.exec(rest)?.[0];
    if (closer !== undefined) end -= closer.length;
    else if (/\s$/u.test(rest)) end -= 1;
    else return end;
  }
}

function readToken({ lexer, text }: { lexer: Lexer; text: TypedText }): void {
  const start = lexer.at;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = start;
    const found = pattern.exec(text.plain);
    if (found !== null) lexer.at = start + found[0].length;
    return found;
  };
  const push = (kind: Token["kind"], word: string, from = start, to = lexer.at): void => {
    lexer.tokens.push({ kind, text: word, ...spanOf(text, from, to) });
  };

  if (take(patterns.blank) !== null) return;
  const grouped = take(patterns.grouped);
  if (grouped !== null) {
    push("name", spellGreek(grouped[1] ?? ""));
    return;
  }
  if (lexer.tokens.length > 0 && take(patterns.transposed) !== null) {
    push("operator", "^");
    push("name", "T");
    return;
  }
  if (text.plain[start] === "\\") {
    readCommand({ lexer, text }, take, push);
    return;
  }
  if (take(patterns.mistypedNumeral) !== null) {
    throw failAt(text, start, lexer.at, (got) => {
      const meant = (/^[Oo]/u.test(got) ? "0" : "1") + got.slice(1);
      return { expected: "a number", got: `"${got}"`, advice: `Did you mean ${meant}, with a digit in front?` };
    });
  }
  const previous = lexer.tokens.at(-1);
  const follows = (operator: string): boolean => previous?.kind === "operator" && previous.text === operator;
  const run = take(follows("_") ? patterns.script : patterns.name) ?? take(patterns.greek);
  if (run !== null) {
    pushName(spellGreek(run[0]), start, push);
    return;
  }
  const numeral = takeNumeral(lexer, take);
  if (numeral !== null) {
    if (!Number.isFinite(Number(numeral))) {
      throw failAt(text, start, lexer.at, (got) => ({
        expected: "a number up to 1.8e308",
        got,
        advice: "Use a smaller one.",
      }));
    }
    push("number", numeral);
    return;
  }
  const operator = take(patterns.operator)?.[0];
  if (operator === undefined) throw strangeCharacter(text, start);
  takeBracket({ lexer, text }, operator, start);
  // A quotient, as some write it; there is no choice without its question mark.
  const isQuotient = operator === ":" && !text.plain.includes("?");
  push("operator", isQuotient ? "/" : (spellings[operator] ?? operator));
}

type Take = (pattern: RegExp) => RegExpExecArray | null;
type Push = (kind: Token["kind"], word: string, from?: number, to?: number) => void;

/** A run of letters as a name; the word `partial` in it is the sign ∂. */
function pushName(run: string, start: number, push: Push): void {
  const isAsTyped = run.includes("partial");
  let at = start;
  for (const piece of run.split(/(partial)/u)) {
    if (piece === "") continue;
    const isSign = piece === "partial";
    if (isAsTyped) push(isSign ? "operator" : "name", isSign ? "∂" : piece, at, at + piece.length);
    else push("name", piece);
    at += piece.length;
  }
}

function takeNumeral(lexer: Lexer, take: Take): string | null {
  if (lexer.fracDigits > 0) {
    const digit = take(patterns.digit)?.[0];
    lexer.fracDigits -= digit === undefined ? lexer.fracDigits : 1;
    if (digit !== undefined) return digit;
  }
  const separates = lexer.brackets.at(-1)?.separates ?? false;
  const previous = lexer.tokens.at(-1);
  const isStart = previous === undefined || (previous.kind === "operator" && /^[-+*/(^]$/u.test(previous.text));
  const decimal = separates
    ? null
    : (take(patterns.commaNumeral) ?? (isStart ? take(patterns.bareCommaNumeral) : null));
  return decimal === null ? (take(patterns.numeral)?.[0] ?? null) : decimal[0].replace(/\{?,\}?/u, ".");
}

function readCommand({ lexer, text }: { lexer: Lexer; text: TypedText }, take: Take, push: Push): void {
  const start = lexer.at;
  if (take(patterns.newRow) !== null) {
    push("operator", ";");
    return;
  }
  if (take(patterns.one) !== null) {
    push("number", "1");
    return;
  }
  const accented = take(patterns.accented);
  if (accented !== null) {
    const letter = accented[2] ?? accented[3] ?? "";
    push("name", accented[1]?.endsWith("hat") === true ? `${letter}hat` : letter);
    return;
  }
  const wrapped = take(patterns.wrapped);
  if (wrapped !== null) {
    push("name", wrapped[1] ?? "");
    return;
  }
  const environment = take(patterns.environment);
  if (environment !== null) {
    readEnvironment({ lexer, text }, environment, push, start);
    return;
  }
  if (take(patterns.nothing) !== null) return;
  const escaped = take(patterns.escaped)?.[0].slice(1);
  if (escaped !== undefined) {
    takeBracket({ lexer, text }, escaped, start);
    push("operator", spellings[escaped] ?? escaped);
    return;
  }
  const name = take(patterns.command)?.[1];
  if (name === undefined) throw strangeCharacter(text, start);
  const meaning = latexCommands.get(name);
  if (meaning === undefined) {
    const nearest = nearestName(name, [
      ...lexer.names.known.filter((each) => latexCommands.has(each)),
      ...latexCommands.keys(),
    ]);
    const advice = nearest === null ? "Write it without LaTeX." : `Did you mean \\${nearest}?`;
    throw failAt(text, start, lexer.at, (got) => ({ expected: "a known command of LaTeX", got, advice }));
  }
  if (meaning === null) return;
  if (meaning.kind === "name") {
    const digits = /^[0-9]*/u.exec(text.plain.slice(lexer.at))?.[0] ?? "";
    lexer.at += digits.length;
    push("name", meaning.text + digits);
    return;
  }
  if (meaning.text === "(" || meaning.text === ")") takeBracket({ lexer, text }, `\\${name}`, start);
  if (meaning.text === "frac") lexer.fracDigits = 2;
  push("operator", meaning.text);
}

/** `\begin{cases}` and its end are operators; no other environment has a meaning within a formula. */
function readEnvironment(
  { lexer, text }: { lexer: Lexer; text: TypedText },
  [, which, name = ""]: RegExpExecArray,
  push: Push,
  start: number,
): void {
  if (!/^[dr]?cases$/u.test(name)) {
    const advice = "Write it without this environment.";
    throw failAt(text, start, lexer.at, (got) => ({ expected: "a formula", got, advice }));
  }
  push("operator", which === "begin" ? "cases" : "endcases");
}

const commandClosers: Readonly<Record<string, string>> = {
  "\\lbrace": "\\rbrace",
  "\\lbrack": "\\rbrack",
  "\\lparen": "\\rparen",
};

/** Keeps account of brackets, so that each is closed by its own kind. */
function takeBracket({ lexer, text }: { lexer: Lexer; text: TypedText }, bracket: string, start: number): void {
  const closer = closers[bracket] ?? commandClosers[bracket];
  if (closer !== undefined) {
    const before = lexer.tokens.at(-1);
    const isScript = before?.kind === "operator" && before.text === "_";
    const isCall = before?.kind === "name" && lexer.names.severalArguments.some((name) => before.text.endsWith(name));
    lexer.brackets.push({ closer, separates: isScript || isCall });
    return;
  }
  if (!/[)\]}]|^\\r/u.test(bracket)) return;
  const open = lexer.brackets.pop();
  if (open === undefined || open.closer === bracket) return;
  const advice = "Close each bracket by one of its own kind.";
  throw failAt(text, start, lexer.at, (got) => ({ expected: `"${open.closer}"`, got: `"${got}"`, advice }));
}

function strangeCharacter(text: TypedText, start: number): Error {
  const expected = "a number, a name or an operator";
  return failAt(text, start, start + 1, (got) => ({ expected, got: JSON.stringify(got), advice: "Remove it." }));
}
