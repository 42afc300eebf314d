/** What a spreadsheet takes for a formula: a text that begins so, and is more than a single sign. */
const FORMULA = /^[=+\-@\t\r]./s;

/**
 * True for a text that a spreadsheet would run as a formula when it opens the file, such as `=HYPERLINK(…)`. Numbers are
 * none, whatever their sign.
 */
export function isFormula(text: string): boolean {
  return FORMULA.test(text) && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
}

/** The same text after an apostrophe where it is a formula, as spreadsheets mark a text (OWASP, CSV injection). */
export function withoutFormula<Cell extends string | number>(cell: Cell): Cell | string {
  return typeof cell === "string" && isFormula(cell) ? `'${cell}` : cell;
}

/** A row of CSV (RFC 4180), with its line end: cells that hold a comma, a quote or a line end are quoted. */
export function csvLine(cells: readonly (string | number)[]): string {
  const texts = cells.map((cell) => {
    const text = String(cell);
    return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${texts.join(",")}\n`;
}
