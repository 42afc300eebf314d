import type { Span } from "../errors.ts";
import type { AnswerCheck } from "./verdict.ts";

/** What a judge of one kind of question says; the question, the reading and the hint are added by `checkAnswer`. */
export type Judgement = Pick<AnswerCheck, "verdict" | "message" | "slip" | "counterexample" | "span">;

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
