import { computeValues } from "../explain/index.ts";
import type { Question, Sheet } from "../exercise/index.ts";
import { type AnswerView, paragraph, paragraphText } from "./answer-text.ts";

/** What stands in the sheet between the question before and this one. */
export function sheetTextBefore({ blocks }: Sheet, question: Question, view: AnswerView): string {
  const at = blocks.findIndex((block) => block.kind === "question" && block.question.id === question.id);
  const before = blocks.slice(0, at).findLastIndex((block) => block.kind === "question");
  const parts = blocks.slice(before + 1, at).flatMap((block) => {
    switch (block.kind) {
      case "prose":
        return [markdownText(block.markdown, view)];
      case "given":
        return [block.given.text.trim().replace(/^/gm, "    ")];
      case "drawing":
        return [paragraph(block.caption, view).join("\n")];
      case "question":
        return [];
    }
  });
  return parts.length === 0 ? "" : `\n${parts.join("\n\n")}\n`;
}

/** The question, and its choices by letter. */
export function questionText(question: Question, view: AnswerView): string {
  const choices =
    question.kind === "choice" || question.kind === "multiple choice"
      ? question.choices.map(({ text }, i) => `  ${String.fromCodePoint(97 + i)}) ${plain(text.text)}`)
      : [];
  return `${[markdownText(question.text.text, view), ...choices].join("\n")}\n`;
}

/** Stand-in. */
export function solutionText(_sheet: Sheet, question: Question, view: AnswerView): string {
  const text =
    question.kind === "formula"
      ? (question.key?.text ?? "")
      : question.kind === "number"
        ? String(computeValues(question.given.system)[question.asks.text] ?? "")
        : question.choices.flatMap(({ isRight }, i) => (isRight ? [String.fromCodePoint(97 + i)] : [])).join(", ");
  return paragraphText(`Solution: ${text}`, view);
}

function markdownText(markdown: string, view: AnswerView): string {
  return markdown
    .trim()
    .split(/\n\s*\n/)
    .map((part) => paragraph(plain(part), view).join("\n"))
    .join("\n\n");
}

function plain(markdown: string): string {
  return markdown.replace(/\$+/g, "").replace(/\*\*/g, "");
}
