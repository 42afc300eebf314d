import { printable } from "../framework/printable.ts";

/**
 * A text of others as a cell of a spreadsheet that stays a text: one that begins with a sign that spreadsheets take for the start of
 * a formula (`=`, `+`, `-`, `@`, also in full width) gets an apostrophe before it, as OWASP's guidance on CSV injection says. So does
 * what stands after a semicolon, which separates cells where the comma is a decimal sign. Line breaks and tabs become spaces, control
 * characters are written out.
 */
export function spreadsheetCell(text: string): string {
  return printable(text).replace(/(^|;)(?=\s*[=+\-@＝＋－＠])/gu, "$1'");
}
