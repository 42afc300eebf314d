import type { AnswerCheck } from "../index.ts";
import { asciiMinus } from "../../page/minus-signs.ts";

/** A judgement for programs, with hyphens for minus signs. */
export function answerJson({ question, verdict, reading, message, hint, counterexample }: AnswerCheck): object {
  const shown = counterexample === null ? null : { ...counterexample, text: asciiMinus(counterexample.text) };
  return {
    question,
    verdict,
    reading: reading === null ? null : asciiMinus(reading.text),
    message: asciiMinus(message),
    hint: hint === null ? null : asciiMinus(hint),
    counterexample: shown,
  };
}
