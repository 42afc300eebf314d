import { printable } from "./printable.ts";
import { wrapped } from "./wrap.ts";

/** Rows of cells with aligned columns: numbers to the right (`"right"`), words to the left. No spaces at line ends. */
export function textTable(given: readonly (readonly string[])[], alignment: readonly ("left" | "right")[]): string {
  // A cell is one line, whatever others put into it; else it would make rows of its own.
  const rows = given.map((row) => row.map(printable));
  const widths = alignment.map((_, k) => rows.reduce((most, row) => Math.max(most, row[k]?.length ?? 0), 0));
  const lines = rows.map((row) =>
    row
      .map((cell, k) => (alignment[k] === "right" ? cell.padStart(widths[k] ?? 0) : cell.padEnd(widths[k] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

/**
 * The same in lines of at most `width` characters, if it is too wide for them: each row's first cell on a line of its
 * own, the others below it, without the heading (the first row).
 */
export function fittingTable(
  rows: readonly (readonly string[])[],
  alignment: readonly ("left" | "right")[],
  width: number,
): string {
  const table = textTable(rows, alignment);
  if (widest(table.split("\n")) <= width) return table;
  return rows.slice(1).map(stacked).join("");
}

/** Fewer characters than these make no column of sentences. */
const LEAST_TEXT_WIDTH = 32;

/**
 * A table whose last column holds sentences, in lines of at most `width` characters: a sentence goes on below itself,
 * or, where that leaves too little room, stands below its row.
 */
export function tableWithTexts(rows: readonly (readonly string[])[], width: number): string {
  const heads = rows.map((row) => row.slice(0, -1));
  const lines = textTable(heads, heads[0]?.map(() => "left" as const) ?? []).split("\n");
  const headWidth = widest(lines);
  const isBeside = width - headWidth - 2 >= LEAST_TEXT_WIDTH;
  const isStacked = headWidth > width;
  const shown = isStacked ? rows.slice(1) : rows;
  return shown
    .map((row, i) => {
      const head = isStacked ? stacked(row.slice(0, -1)).trimEnd() : (lines[i] ?? "");
      const words = (row.at(-1) ?? "").split(" ").filter((word) => word !== "");
      const isHeading = row === rows[0];
      if (words.length === 0 || (isHeading && !isBeside)) return `${head}\n`;
      const indent = isBeside ? headWidth + 2 : 4;
      const texts = wrapped(words, width - indent).map((text) => " ".repeat(indent) + text);
      if (!isBeside) return `${[head, ...texts].join("\n")}\n`;
      const first = texts[0]?.trimStart() ?? "";
      return `${[head.padEnd(indent) + first, ...texts.slice(1)].join("\n")}\n`;
    })
    .join("");
}

function stacked(row: readonly string[]): string {
  const [first = "", ...others] = row.map(printable);
  return `${first}\n    ${others.filter((cell) => cell !== "").join("  ")}\n`;
}

function widest(lines: readonly string[]): number {
  return lines.reduce((most, line) => Math.max(most, line.length), 0);
}
