/** A text for programs: U+2212, the minus that is printed, becomes the hyphen that JSON and program text write. */
export function asciiMinus(text: string): string {
  return text.replaceAll("−", "-");
}

/**
 * A text for people, in which every minus is the one that is printed (U+2212): a hyphen before a number or a formula, or between
 * them with spaces, `(1 - a)`, `e^(-z)`; not one within a word, nor in what is to be typed.
 */
export function printedMinus(text: string): string {
  return text.replace(/(^|[\s(=,^/·[|])-(?=[\p{L}\p{N}.(∂√|])|(?<=\S )-(?= \S)/gu, "$1−");
}

/** A formula as it was read, in which every hyphen is a minus. */
export function printedFormula(text: string): string {
  return text.replaceAll("-", "−");
}
