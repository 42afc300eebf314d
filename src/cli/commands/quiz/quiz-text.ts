import { blockDocument, inlineText, questionDocument } from "../../../exercise/writing/read-document.ts";
import { blocksToText } from "../../../exercise/writing/sheet-text.ts";
import { prepare, type Question, type Sheet, type SheetBlock } from "../../../exercise/index.ts";
import type { DocumentBlock } from "../../../exercise/prose/sheet-document.ts";
import { type AnswerView, paragraph, paragraphText } from "../sheets/answer-text.ts";
import { printedMinus } from "../../../page/minus-signs.ts";
import { printable } from "../../framework/printable.ts";

/**
 * What stands in the sheet between the question before and this one, and what this one's values are given by: blocks
 * that are not among `shown`, which are added to it.
 */
export function sheetTextBefore(sheet: Sheet, question: Question, shown: Set<SheetBlock>, view: AnswerView): string {
  const { blocks } = sheet;
  const at = blocks.findIndex((block) => block.kind === "question" && block.question.id === question.id);
  const before = blocks.slice(0, at).findLastIndex((block) => block.kind === "question");
  const given = "given" in question ? question.given : null;
  const isWanted = (block: SheetBlock, i: number): boolean =>
    !shown.has(block) && (i > before || (block.kind === "given" && block.given === given));
  return blocksText(sheet, blocks.slice(0, at).filter(isWanted), shown, view);
}

/** What stands in the sheet after the last question, and is not among `shown`. */
export function sheetTextAfter(sheet: Sheet, shown: Set<SheetBlock>, view: AnswerView): string {
  const last = sheet.blocks.findLastIndex((block) => block.kind === "question");
  const rest = sheet.blocks.slice(last + 1).filter((block) => !shown.has(block));
  return blocksText(sheet, rest, shown, view);
}

function blocksText(sheet: Sheet, blocks: readonly SheetBlock[], shown: Set<SheetBlock>, view: AnswerView): string {
  const parts = blocks.flatMap((block) => {
    shown.add(block);
    return block.kind === "question" ? [] : [documentText(blockDocument(sheet, block, false), view)];
  });
  return parts.length === 0 ? "" : `\n${parts.join("\n\n")}\n`;
}

/** A sheet is the text of others, too: no line of it commands the terminal. */
function documentText(blocks: readonly DocumentBlock[], { width }: AnswerView): string {
  return blocksToText(blocks, width)
    .split("\n")
    .map((line) => printedMinus(printable(line)))
    .join("\n");
}

/** The question, and its choices by letter. */
export function questionText(sheet: Sheet, question: Question, view: AnswerView): string {
  // Number and level are those of a heading, which is not used here.
  const { text, choices } = questionDocument(sheet, question, { number: 1, level: 2, solutions: false });
  const lines = (choices ?? []).flatMap(({ label, parts }) => {
    const [first = "", ...rest] = paragraph(printedMinus(inlineText(parts)), { ...view, width: view.width - 5 });
    return [`  ${label}) ${first}`, ...rest.map((line) => `     ${line}`)];
  });
  const several =
    question.kind === "multiple choice"
      ? ["Any number of these may be right. Type them as in: a, c; or type none."]
      : [];
  return `${[documentText(text, view), ...lines, ...several].join("\n")}\n`;
}

/** What the answer is, and how it follows. */
export function solutionLines(sheet: Sheet, question: Question, view: AnswerView): string {
  const solution = prepare(sheet).question(question.id).solution();
  if (solution === null) return "No solution is known.\n";
  // Number and level are those of a heading, which is not used here.
  const { worked } = questionDocument(sheet, question, { number: 1, level: 2, solutions: true });
  const steps = worked.length === 0 ? "" : `\n${documentText(worked, view)}\n`;
  return paragraphText(printedMinus(`Solution: ${solution}`), view) + steps;
}
