import { parseSheet } from "../reading/parse-sheet.ts";
import type { Question, Sheet } from "../sheet.ts";

const variants = new WeakMap<Sheet, Map<number, Sheet>>();

/** More variants of one sheet than a class has are not kept. */
const MOST_KEPT = 1_000;

/**
 * The same sheet with another seed: other numbers for its ranges, another order of its choices. Each is read once.
 *
 * @throws SheetError where a quantity has no finite value with this seed.
 * @throws OptionError for a seed that is no whole number from 0.
 */
export function sheetVariant(sheet: Sheet, seed: number): Sheet {
  if (seed === sheet.seed) return sheet;
  const known = variants.get(sheet) ?? new Map<number, Sheet>();
  variants.set(sheet, known);
  const before = known.get(seed);
  if (before !== undefined) return before;
  const variant = parseSheet(sheet.source, { seed });
  if (known.size >= MOST_KEPT) known.clear();
  known.set(seed, variant);
  return variant;
}

/** Whether the seed shows in this sheet: numbers were drawn, or choices stand in another order than they are written in. */
export function isVariant(sheet: Sheet): boolean {
  const isShuffled = (question: Question): boolean =>
    "choices" in question && question.choices.some(({ position }, i) => position !== i);
  return [...sheet.given.values()].some((given) => given.isVariant) || sheet.questions.some(isShuffled);
}
