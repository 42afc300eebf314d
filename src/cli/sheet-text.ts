import { computeValues } from "../explain/index.ts";
import type { Question, Sheet, SheetBlock } from "../exercise/index.ts";
import { type AnswerView, paragraph, paragraphText } from "./answer-text.ts";

/**
 * What stands in the sheet between the question before and this one, and what this one's values are given by: blocks
 * that are not among `shown`, which are added to it.
 */
export function sheetTextBefore(
  { blocks }: Sheet,
  question: Question,
  shown: Set<SheetBlock>,
  view: AnswerView,
): string {
  const at = blocks.findIndex((block) => block.kind === "question" && block.question.id === question.id);
  const before = blocks.slice(0, at).findLastIndex((block) => block.kind === "question");
  const given = "given" in question ? question.given : null;
  const parts = blocks
    .slice(0, at)
    .filter((block, i) => !shown.has(block) && (i > before || (block.kind === "given" && block.given === given)))
    .map((block) => {
      shown.add(block);
      return blockText(block, view);
    });
  return parts.length === 0 ? "" : `\n${parts.join("\n\n")}\n`;
}

function blockText(block: SheetBlock, view: AnswerView): string {
  switch (block.kind) {
    case "prose":
      return markdownText(block.markdown, view);
    case "given":
      return block.given.text.trim().replace(/^/gm, "    ");
    case "drawing":
      return paragraph(block.caption, view).join("\n");
    case "question":
      return questionText(block.question, view);
  }
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
