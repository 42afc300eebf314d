import { wrapped } from "./wrap.ts";

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

/** Fewer characters than these make no column of sentences. */
const LEAST_TEXT_WIDTH = 32;

/**
 * A table whose last column holds sentences, in lines of at most `width` characters: a sentence goes on below itself,
 * or, where that leaves too little room, stands below its row, which is then without heading.
 */
export function tableWithTexts(rows: readonly (readonly string[])[], width: number): string {
  const heads = rows.map((row) => row.slice(0, -1));
  const lines = textTable(heads, rows[0]?.slice(0, -1).map(() => "left" as const) ?? []).split("\n");
  const headWidth = Math.max(...lines.map((line) => line.length));
  const isBeside = width - headWidth - 2 >= LEAST_TEXT_WIDTH;
  return rows
    .map((row, i) => {
      const line = lines[i] ?? "";
      const words = (row.at(-1) ?? "").split(" ").filter((word) => word !== "");
      if (words.length === 0 || (i === 0 && !isBeside)) return `${line}\n`;
      const indent = isBeside ? headWidth + 2 : 4;
      const texts = wrapped(words, width - indent).map((text) => " ".repeat(indent) + text);
      const first = texts[0]?.trimStart() ?? "";
      const all = isBeside ? [line.padEnd(indent) + first, ...texts.slice(1)] : [line, ...texts];
      return `${all.join("\n")}\n`;
    })
    .join("");
}
