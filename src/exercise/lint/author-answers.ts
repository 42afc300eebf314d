import type { Question } from "../sheet.ts";
import type { SheetFinding, Verdict } from "../verdict.ts";

/**
 * Looks at the wrong answers that an author expects: each has to be one that can be read, and wrong.
 *
 * @param judge gives an answer's verdict, and why it cannot be read where it cannot
 */
export function questionChecks(
  question: Question,
  judge: (answer: string) => { readonly verdict: Verdict; readonly message: string },
): readonly SheetFinding[] {
  return question.slips.flatMap(({ answer }): readonly SheetFinding[] => {
    const { verdict, message: reason } = judge(answer.text);
    const { line, column } = answer;
    const about = { question: question.id, line, column, suggestion: null };
    switch (verdict) {
      case "wrong":
      case "close":
        return [];
      case "correct":
      case "form": {
        const message = `expected a wrong answer under slips, got ${answer.text}, which is right. Take it out, or correct it.`;
        return [{ kind: "slip-right", ...about, message }];
      }
      case "unreadable": {
        const message = `expected a wrong answer that can be read under slips, got ${answer.text}: ${reason} Correct it.`;
        return [{ kind: "maths-unreadable", ...about, message }];
      }
    }
  });
}
