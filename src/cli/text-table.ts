/** Rows of cells with aligned columns: numbers to the right (`"right"`), words to the left. No spaces at line ends. */
export function textTable(rows: readonly (readonly string[])[], alignment: readonly ("left" | "right")[]): string {
  const widths = alignment.map((_, k) => rows.reduce((most, row) => Math.max(most, row[k]?.length ?? 0), 0));
  const lines = rows.map((row) =>
    row
      .map((cell, k) => (alignment[k] === "right" ? cell.padStart(widths[k] ?? 0) : cell.padEnd(widths[k] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}
