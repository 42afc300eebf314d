import type { Span } from "../errors.ts";
import type { AnswerCheck, Verdict } from "../exercise/index.ts";
import { printable } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { wrapped } from "./wrap.ts";

/** How judgements are shown. */
export interface AnswerView {
  /** Characters in a line. */
  readonly width: number;
  readonly hasColor: boolean;
  readonly isUnicode: boolean;
}

/** As results are shown on this terminal: in lines of its width (at least 40) and in color when a person watches. */
export function answerView(terminal: Terminal): AnswerView {
  return {
    width: terminal.isOutWatched ? Math.min(110, Math.max(40, terminal.columns())) : 110,
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

/** A verdict in words, in its color where there is one: `✗ wrong`. */
export function verdictText(verdict: Verdict, { hasColor, isUnicode }: AnswerView): string {
  const { words, mark, color } = looks[verdict];
  const text = `${mark[isUnicode ? 0 : 1]} ${words}`;
  return hasColor ? `\x1b[${color}m${text}\x1b[0m` : text;
}

/**
 * A judgement as a learner reads it: the answer as it was understood, the verdict, why, the hint, and numbers that show
 * it to be wrong. Where it was not understood, the place in it is marked.
 */
export function answerText(check: AnswerCheck, typed: string, view: AnswerView): string {
  const { reading, verdict, message, hint, counterexample, span } = check;
  const lines = [
    ...(reading === null ? markedPlace(typed, span, view) : paragraph(`Read as: ${reading.text}`, view)),
    verdictText(verdict, view),
    ...(message === "" ? [] : paragraph(message, view)),
    ...(counterexample === null ? [] : paragraph(counterexample.text, view)),
    ...(hint === null ? [] : paragraph(`Hint: ${hint}`, view)),
  ];
  return `${lines.join("\n")}\n`;
}

/** A text in lines of the view's width. */
export function paragraph(text: string, { width }: AnswerView): string[] {
  return wrapped(
    printable(text)
      .split(" ")
      .filter((word) => word !== ""),
    width,
  );
}

/** The part of an answer around a place in it, with carets below the place. */
function markedPlace(typed: string, span: Span | null, { width }: AnswerView): string[] {
  if (span === null || /[\p{Cc}\p{Cs}]/u.test(typed)) return [];
  const room = width - 4;
  const from = typed.length <= room ? 0 : Math.max(0, Math.min(span.start - Math.floor(room / 3), typed.length - room));
  const shown = typed.slice(from, from + room);
  const lead = " ".repeat(Math.min(shown.length, span.start - from));
  const carets = "^".repeat(Math.max(1, Math.min(span.end - span.start, shown.length - lead.length)));
  return [`  ${printable(shown)}`, `  ${lead}${carets}`];
}
