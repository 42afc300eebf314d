/** A row of CSV (RFC 4180), with its line end: cells that hold a comma, a quote or a line end are quoted. */
export function csvLine(cells: readonly (string | number)[]): string {
  const texts = cells.map((cell) => {
    const text = String(cell);
    return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${texts.join(",")}\n`;
}
