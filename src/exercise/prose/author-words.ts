import { notationToText } from "../../formula/index.ts";
import { mathsIn } from "./markdown.ts";
import { readMaths } from "./maths.ts";
import { proseVocabularies } from "./prose-vocabulary.ts";
import type { Question, Sheet } from "../sheet.ts";

/**
 * What an author says to a learner, a hint or about a slip, as plain text: its `$maths$` as it reads, all else as it is typed,
 * since people write `2*a*b` there.
 */
export function authorWords(sheet: Sheet, question: Question, text: string): string {
  const pieces = mathsIn(text);
  if (pieces.length === 0) return text;
  const vocabularies = proseVocabularies(sheet, question);
  let words = "";
  let position = 0;
  for (const { start, end, text: maths } of pieces) {
    words += text.slice(position, start) + notationToText(readMaths(maths, vocabularies)).trim();
    position = end;
  }
  return words + text.slice(position);
}

/** A hint as plain text, the first being 0; null when there are no more. */
export function hintText(sheet: Sheet, question: Question, position: number): string | null {
  const hint = question.hints[position];
  return hint === undefined ? null : authorWords(sheet, question, hint.text);
}
