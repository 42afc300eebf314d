import { mathsIn } from "../prose/markdown.ts";
import { unreadMaths } from "../prose/maths.ts";
import { type ProseVocabularies, proseVocabularies } from "../prose/prose-vocabulary.ts";
import type { Located, Question, Sheet } from "../sheet.ts";
import type { SheetFinding } from "../verdict.ts";

/** Finds mathematics in the text of a sheet that cannot be read, and so would be shown as it is typed. */
export function lintMaths(sheet: Sheet): readonly SheetFinding[] {
  return sheet.blocks.flatMap((block): readonly SheetFinding[] => {
    if (block.kind === "prose") {
      const text = { text: block.markdown, line: block.line, column: 1 };
      return lintText(text, null, proseVocabularies(sheet));
    }
    if (block.kind !== "question") return [];
    const { question } = block;
    return textsOf(question).flatMap((text) => lintText(text, question.id, proseVocabularies(sheet, question)));
  });
}

function textsOf(question: Question): readonly Located[] {
  const choices = "choices" in question ? question.choices.map(({ text }) => text) : [];
  // Where a message stands is not kept; its answer is above it.
  const messages = question.slips.map(({ answer: { line, column }, message }) => ({ text: message, line, column }));
  return [question.text, ...question.hints, ...choices, ...messages];
}

function lintText(
  { text, line, column }: Located,
  question: string | null,
  vocabularies: ProseVocabularies,
): readonly SheetFinding[] {
  return mathsIn(text).flatMap((maths) =>
    unreadMaths(maths.text, vocabularies).map(({ piece, reason }): SheetFinding => {
      const before = text.slice(0, maths.start).split("\n");
      const place = { line: line + before.length - 1, column: column + (before.at(-1)?.length ?? 0) };
      const why = reason === "" ? "" : ` (${reason.replace(/\.\s.*$/s, "")})`;
      const message = `expected mathematics that can be set, got ${piece}${why}. Correct it, or it is shown as it is typed.`;
      return { kind: "maths-unreadable", question, ...place, message, suggestion: null };
    }),
  );
}
