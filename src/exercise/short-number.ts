/** A number for a sentence: six significant digits, no zeros at the end, a true minus sign. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}
