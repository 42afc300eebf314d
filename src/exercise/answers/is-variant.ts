import type { Question, Sheet } from "../sheet.ts";

/** Whether the seed shows in this sheet: numbers were drawn, or choices stand in another order than they are written in. */
export function isVariant(sheet: Sheet): boolean {
  const isShuffled = (question: Question): boolean =>
    "choices" in question && question.choices.some(({ position }, i) => position !== i);
  return [...sheet.given.values()].some((given) => given.isVariant) || sheet.questions.some(isShuffled);
}
