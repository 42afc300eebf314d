import type { Sheet } from "./sheet.ts";
import type { SheetFinding } from "./verdict.ts";

/** Stand-in: finds blank keys alone. */
export function lintSheet(sheet: Sheet): readonly SheetFinding[] {
  return sheet.questions.flatMap((question) =>
    question.kind === "formula" && question.key === null
      ? [
          {
            kind: "key-blank" as const,
            question: question.id,
            line: question.line,
            column: question.column,
            message: "key: expected a formula, got none. State it.",
            suggestion: null,
          },
        ]
      : [],
  );
}
