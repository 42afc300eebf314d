import { OptionError } from "../errors.ts";
import { didYouMean } from "./nearest-name.ts";
import { isInRange, type NumberRange, rangeWords } from "./number-range.ts";

/**
 * `value`, when it is among `choices`.
 *
 * @throws OptionError that lists them, and names the nearest.
 */
export function oneOf<Choice extends string>(where: string, value: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new OptionError({
    where,
    expected: choices.join(", "),
    got: `"${value}"`,
    advice: didYouMean(value, choices, "Choose one of these."),
  });
}

/**
 * A decimal number such as `0.1`, `30` or `1e-3`, as it was typed.
 *
 * @throws OptionError when `text` is anything else, or not allowed.
 */
export function readNumber(
  where: string,
  text: string,
  rule: { readonly expected: string; readonly isAllowed: (value: number) => boolean },
): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (Number.isFinite(value) && rule.isAllowed(value)) return value;
  throw new OptionError({ where, expected: rule.expected, got: `"${text}"`, advice: "Give such a number." });
}

/** A typed number of a range. @throws OptionError for any other text. */
export function readNumberIn(where: string, text: string, range: NumberRange): number {
  return readNumber(where, text, { expected: rangeWords(range), isAllowed: (value) => isInRange(value, range) });
}
