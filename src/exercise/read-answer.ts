import { FormulaError, type Span } from "../errors.ts";
import { type Formula, parseTextbook, sameStructure, toText, type Vocabulary } from "../formula/index.ts";

/** An answer that was understood, or why it was not. */
export type AnswerReading =
  | { readonly kind: "read"; readonly formula: Formula }
  | { readonly kind: "unreadable"; readonly message: string; readonly span: Span | null };

/**
 * Reads a typed answer. What is asked may be restated before an `=`: `delta_j^l = …`, `next w1 = …`.
 *
 * @param asked what the question asks for, and how that may be called
 */
export function readAnswer(
  text: string,
  vocabulary: Vocabulary,
  asked: { readonly formula: Formula | null; readonly names: readonly string[] },
): AnswerReading {
  if (text.trim() === "") return { kind: "unreadable", message: "There is no answer yet.", span: null };
  const cut = cutLeftSide(text);
  try {
    if (cut !== null) {
      const problem = leftSideProblem(cut.left, vocabulary, asked);
      if (problem !== null) {
        return { kind: "unreadable", message: problem, span: { start: 0, end: cut.left.length } };
      }
    }
    return { kind: "read", formula: parseTextbook(cut?.right ?? text, vocabulary) };
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

/** The two sides of the first `=`, `:=`, `≡` or `←` that is part of no comparison and in no brackets. */
function cutLeftSide(text: string): { readonly left: string; readonly right: string } | null {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth -= 1;
    if (depth !== 0) continue;
    const isEqual = character === "=" && !"<>!=".includes(text.charAt(i - 1) || " ") && text.charAt(i + 1) !== "=";
    if (!isEqual && !"≡←≔".includes(character)) continue;
    const end = character === "=" && text.charAt(i - 1) === ":" ? i - 1 : i;
    return { left: text.slice(0, end), right: text.slice(i + 1) };
  }
  return null;
}

/** Null when the left side restates what is asked. @throws FormulaError when it cannot be read. */
function leftSideProblem(
  left: string,
  vocabulary: Vocabulary,
  asked: { readonly formula: Formula | null; readonly names: readonly string[] },
): string | null {
  const plain = (text: string): string => text.replaceAll(/[\s_$\\*(){}]/g, "").toLowerCase();
  if (asked.names.some((name) => plain(name) === plain(left))) return null;
  const expected = asked.names[0];
  const hint = expected === undefined ? "Leave the left side out." : `Leave it out, or write ${expected} there.`;
  const message = `Expected an answer for ${expected ?? "what is asked"}, got one for ${left.trim()}. ${hint}`;
  if (asked.formula === null) return message;
  return sameStructure(parseTextbook(left, vocabulary), asked.formula) ? null : message;
}

/** What a quantity that is asked for may be called before an `=`. */
export function namesOfAsked(text: string | null, formula: Formula | null): readonly string[] {
  const names = text === null ? [] : [text];
  return formula === null ? names : [...names, toText(formula)];
}
