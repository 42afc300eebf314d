import { BackpassError, type Span } from "../errors.ts";
import { OverBudget } from "../formula/budget.ts";
import type { AnswerCheck } from "./verdict.ts";

/** What a judge of one kind of question says; the question, the reading and the hint are added by `checkAnswer`. */
export type Judgement = Pick<AnswerCheck, "verdict" | "message" | "slip" | "counterexample" | "span">;

/** A judgement with the answer as it was understood. */
export interface Judged {
  readonly reading: AnswerCheck["reading"];
  readonly judgement: Judgement;
}

/** A right answer. */
export function correct(message: string = "Right."): Judgement {
  return { verdict: "correct", message, slip: null, counterexample: null, span: null };
}

/** An answer that was read and is not (quite) right, with its slip if one was found. */
export function notRight(verdict: "form" | "close" | "wrong", message: string, slip: string | null = null): Judgement {
  return { verdict, message, slip, counterexample: null, span: null };
}

/** An answer that cannot be judged; costs no attempt. */
export function unreadable(message: string, span: Span | null = null): Judgement {
  return { verdict: "unreadable", message, slip: null, counterexample: null, span };
}

/** An answer whose judging ended in an error; costs no attempt. */
export function notJudged(error: unknown): Judgement {
  if (error instanceof OverBudget) {
    const message = "This takes more work to judge than an answer and its question may. Write it shorter.";
    return { ...unreadable(message), slip: "too-large" };
  }
  const isKnown = error instanceof BackpassError && error.code !== "internal";
  const reason = error instanceof Error ? error.message : String(error);
  const why = isKnown ? `what it asks cannot be worked out: ${reason}` : `the judge failed: ${reason}`;
  const message = `This could not be judged, and that is no mistake of yours; ${why.replace(/\.$/u, "")}. Tell whoever gave you the sheet.`;
  return { ...unreadable(message), slip: "not-judged" };
}
