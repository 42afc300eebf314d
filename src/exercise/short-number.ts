/** A number for a sentence: without zeros at the end, with a true minus sign. `digits`: significant ones. */
export function shortNumber(value: number, digits = 6): string {
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

/**
 * Relative differences that can be seen, with the digits it takes to see them: the plain ones first, then those of a formula that
 * is only nearly right.
 */
export const visibleDifferences: readonly { readonly least: number; readonly digits: number }[] = [
  { least: 1e-3, digits: 6 },
  { least: 1e-10, digits: 14 },
];
