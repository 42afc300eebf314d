import type { Span } from "../../../errors.ts";
import type { AnswerCheck, Verdict } from "../../../exercise/index.ts";
import { printedFormula, printedMinus } from "../../../page/minus-signs.ts";
import { printable, shortened } from "../../framework/printable.ts";
import { joinedText, type Shown, styled, type StyledText } from "../../framework/styled-text.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { wrapped } from "../../framework/wrap.ts";

/** How judgements are shown. */
export interface AnswerView {
  /** Characters in a line. */
  readonly width: number;
  readonly hasColor: boolean;
  readonly isUnicode: boolean;
}

/** Longer lines are hard to read. */
const WIDEST = 100;
/** In fewer columns, a terminal breaks lines by itself. */
const NARROWEST = 40;

/** As results are shown on this terminal: in lines of its width, and in color, when a person watches. */
export function answerView(terminal: Terminal): AnswerView {
  return {
    width: terminal.isOutWatched ? Math.min(WIDEST, Math.max(NARROWEST, terminal.columns())) : WIDEST,
    hasColor: terminal.isOutWatched && terminal.hasColor,
    isUnicode: terminal.isUnicode,
  };
}

interface VerdictLook {
  readonly words: string;
  readonly mark: readonly [unicode: string, ascii: string];
  /** SGR code. */
  readonly color: number;
}

const looks: Readonly<Record<Verdict, VerdictLook>> = {
  correct: { words: "correct", mark: ["✓", "+"], color: 32 },
  form: { words: "right value, not in the asked terms", mark: ["≈", "~"], color: 33 },
  close: { words: "close", mark: ["≈", "~"], color: 33 },
  wrong: { words: "wrong", mark: ["✗", "x"], color: 31 },
  unreadable: { words: "not understood", mark: ["?", "?"], color: 36 },
};

/** The sign of a verdict alone, without color. */
export function verdictMark(verdict: Verdict, { isUnicode }: AnswerView): string {
  return looks[verdict].mark[isUnicode ? 0 : 1];
}

/** A verdict in words, in its color where there is one: `✗ wrong`. */
function verdictText(verdict: Verdict, { hasColor, isUnicode }: AnswerView): Shown {
  const { words, mark, color } = looks[verdict];
  const text = `${mark[isUnicode ? 0 : 1]} ${words}`;
  return hasColor ? styled(color, text) : text;
}

/**
 * A judgement as a learner reads it: the answer as it was understood, the verdict, why, the hint, and numbers that show
 * it to be wrong. Where it was not understood, the place in it is marked.
 */
export function answerText(check: AnswerCheck, typed: string, view: AnswerView): StyledText {
  const { reading, verdict, message, hint, counterexample, span } = check;
  const lines: readonly Shown[] = [
    ...(reading === null
      ? markedPlace(typed, span, view)
      : paragraph(`Read as: ${printedFormula(shortened(reading.text, MOST_SHOWN))}`, view)),
    verdictText(verdict, view),
    ...(message === "" || message === NOTHING_MORE ? [] : paragraph(printedMinus(message), view)),
    ...(counterexample === null ? [] : paragraph(printedMinus(counterexample.text), view)),
    ...(hint === null ? [] : paragraph(printedMinus(`Hint: ${hint}`), view)),
  ];
  return joinedText([...lines, ""], "\n");
}

/** The message that says no more than the verdict does. */
const NOTHING_MORE = "Right.";

/** Of a formula, in characters. */
const MOST_SHOWN = 1000;

/** A text in lines of the view's width. */
export function paragraph(text: string, { width }: AnswerView): string[] {
  return wrapped(
    printable(text)
      .split(" ")
      .filter((word) => word !== ""),
    width,
  );
}

/** The same as one text, which ends its last line. */
export function paragraphText(text: string, view: AnswerView): string {
  return `${paragraph(text, view).join("\n")}\n`;
}

/** The part of an answer around a place in it, with carets below the place. */
function markedPlace(typed: string, span: Span | null, { width }: AnswerView): string[] {
  // Where a character takes more than one column, or none, there is no telling what stands above a caret.
  if (span === null || /[\p{Cc}\p{Cs}\p{M}]/u.test(typed)) return [];
  const room = width - 4;
  const characters = Array.from(typed);
  const start = Array.from(typed.slice(0, span.start)).length;
  const length = Array.from(typed.slice(span.start, span.end)).length;
  const from = Math.max(0, Math.min(start - Math.floor(room / 2), characters.length - room + 1));
  const shown = characters.slice(from, from + room);
  const carets = "^".repeat(Math.max(1, Math.min(length, room - (start - from))));
  return [`  ${printable(shown.join(""))}`, `  ${" ".repeat(start - from)}${carets}`];
}
