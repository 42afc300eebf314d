import { FormulaError, type Span } from "../../errors.ts";
import {
  type Formula,
  parseTextbook,
  sameStructure,
  spellGreek,
  toText,
  type Vocabulary,
} from "../../formula/index.ts";
import { plainCharacters } from "../../formula/typed-characters.ts";

/** An answer that was understood, or why it was not. */
export type AnswerReading =
  | { readonly kind: "read"; readonly formula: Formula }
  | { readonly kind: "unreadable"; readonly message: string; readonly span: Span | null };

/**
 * Reads a typed answer. What is asked may be restated before an `=`: `delta_j^l = …`, `next w1 = …`.
 *
 * @param asked what the question asks for, and how that may be called
 */
export function readAnswer(text: string, vocabulary: Vocabulary, asked: Asked): AnswerReading {
  if (text.trim() === "") return { kind: "unreadable", message: "There is no answer yet.", span: null };
  const cut = cutLeftSide(text, (left) => isAsked(left, vocabulary, asked));
  try {
    if (cut !== null && /(?:sum|[∑Σ])\s*_?\s*\p{L}\s*$/u.test(cut.left)) {
      const message =
        "Expected the limits of a sum in brackets, got none around them. Write sum_(k=1)^(n_l), or sum_k.";
      return { kind: "unreadable", message, span: { start: 0, end: cut.left.length } };
    }
    if (cut !== null && cut.left.trim() !== "") {
      const problem = leftSideProblem(cut.left, vocabulary, asked);
      if (problem !== null) {
        return { kind: "unreadable", message: problem, span: { start: 0, end: cut.left.length } };
      }
    }
    const rest = cut?.right ?? text;
    if (cut !== null && cutLeftSide(rest, () => false) !== null) {
      const message = "Expected one formula, got several with = between them. Give the last one alone.";
      return { kind: "unreadable", message, span: { start: text.length - rest.length, end: text.length } };
    }
    return { kind: "read", formula: parseTextbook(rest, vocabulary) };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const offset = cut === null ? 0 : text.length - cut.right.length;
    const span = { start: error.span.start + offset, end: error.span.end + offset };
    return { kind: "unreadable", message: error.message.replace(/^formula: /, "").replace(/^./, upper), span };
  }
}

function upper(letter: string): string {
  return letter.toUpperCase();
}

/** What stands between what is asked and an answer. */
const equals = /:=|\\(?:leftarrow|gets|coloneqq|approx|equiv|simeq)(?![A-Za-z])|[=≡←≔≈≃]/uy;
/** What means something else but after what is asked. */
const arrows = /->|<-|[→↦:]|\\(?:to|rightarrow|mapsto)(?![A-Za-z])/uy;

/** The two sides of the first of the signs above that is part of no comparison and in no brackets. */
function cutLeftSide(
  text: string,
  isWhatIsAsked: (left: string) => boolean,
): { readonly left: string; readonly right: string } | null {
  let depth = 0;
  let mayBeArrow = true;
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    // The delimiters of LaTeX's mathematics are no brackets.
    const isBracket = text.charAt(i - 1) !== "\\";
    if (isBracket && "([{".includes(character)) depth += 1;
    else if (isBracket && ")]}".includes(character)) depth -= 1;
    if (depth !== 0) continue;
    const left = text.slice(0, i);
    const arrow = mayBeArrow ? signAt(arrows, text, i) : null;
    const isArrow = arrow !== null && isWhatIsAsked(left);
    // Only the first can follow what is asked.
    if (arrow !== null) mayBeArrow = false;
    const sign = signAt(equals, text, i) ?? (isArrow ? arrow : null);
    const isComparison = sign === "=" && (/[<>!=]$/u.test(left) || text.charAt(i + 1) === "=");
    // The && of aligned equations.
    if (sign !== null && !isComparison) return { left: left.replace(/&\s*$/u, ""), right: text.slice(i + sign.length) };
  }
  return null;
}

function signAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** Whether a text is one of some names, however it is typed: `w₁`, `w_{1}` and `w1`. */
function isName(text: string, names: readonly string[]): boolean {
  const plain = (each: string): string =>
    spellGreek(plainCharacters(each).plain)
      .replaceAll(/[_^]?\{\s*\}/gu, "")
      .replaceAll(/[\s_$\\*(){}[\]]/gu, "")
      .toLowerCase();
  return names.some((name) => plain(name) === plain(text));
}

/** What the question asks for: a formula, and names before an `=`. */
interface Asked {
  readonly formula: Formula | null;
  readonly names: readonly string[];
}

/** @throws FormulaError when it cannot be read */
function restatesAsked(left: string, vocabulary: Vocabulary, asked: Asked): boolean {
  if (isName(left, asked.names)) return true;
  return asked.formula !== null && sameStructure(parseTextbook(left, vocabulary), asked.formula);
}

function isAsked(left: string, vocabulary: Vocabulary, asked: Asked): boolean {
  try {
    return restatesAsked(left, vocabulary, asked);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return false;
  }
}

/** Null when the left side restates what is asked. @throws FormulaError when it cannot be read. */
function leftSideProblem(left: string, vocabulary: Vocabulary, asked: Asked): string | null {
  if (restatesAsked(left, vocabulary, asked)) return null;
  const [expected] = asked.names;
  const hint = expected === undefined ? "Leave the left side out." : `Leave it out, or write ${expected} there.`;
  return `Expected an answer for ${expected ?? "what is asked"}, got one for ${left.trim()}. ${hint}`;
}

/** What a quantity that is asked for may be called before an `=`. */
export function namesOfAsked(text: string | null, formula: Formula | null): readonly string[] {
  const names = text === null ? [] : [text];
  return formula === null ? names : [...names, toText(formula)];
}
