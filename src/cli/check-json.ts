import type { AnswerCheck } from "../exercise/index.ts";

/** A judgement for programs. */
export function answerJson({ question, verdict, reading, message, hint, counterexample }: AnswerCheck): object {
  return { question, verdict, reading: reading?.text ?? null, message, hint, counterexample };
}
