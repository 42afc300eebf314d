import { type Notation, notationToText } from "../../formula/index.ts";
import { visibleLine } from "../../page/index.ts";
import type { Block, EquationBlock, Page, TableBlock } from "./page.ts";

/** A page as text for a terminal: each step of an equation on a line, with the relations below each other. */
export function pageToText({ title, summary, sections }: Page): string {
  const shown = sections.filter(({ blocks }) => blocks.some((block) => block.kind !== "picture"));
  const parts = shown.map((section) => {
    const intro = section.text === null ? [] : [`  ${visibleLine(section.text)}`];
    return [visibleLine(section.title), ...intro, blocksText(section.blocks)].join("\n");
  });
  return `${[`${visibleLine(title)}\n${visibleLine(summary)}`, ...parts].join("\n\n")}\n`;
}

/** Equations of one line follow each other; longer ones, and tables, have air around them. */
function blocksText(blocks: readonly Block[]): string {
  const shown = blocks.filter((block) => block.kind !== "picture");
  const isLine = (block: Block | undefined): boolean =>
    block?.kind === "equation" && block.name === null && block.steps.length === 1;
  const isLong = (block: Block): boolean =>
    block.kind === "table" || (block.kind === "equation" && block.steps.length > 1);
  const hasLong = shown.some(isLong);
  return shown
    .map((block, i) => {
      const before = shown[i - 1];
      if (before === undefined) return blockText(block);
      const areLines = isLine(block) && (isLine(before) || before.kind === "remark");
      return (hasLong && !areLines ? "\n\n" : "\n") + blockText(block);
    })
    .join("");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "equation":
      return equationText(block);
    case "remark":
      return `  ${visibleLine(block.text)}`;
    case "picture":
      return "";
    case "table":
      return tableText(block);
  }
}

function tableText({ caption, heading, rows }: TableBlock): string {
  const lines = [heading, ...rows].map((cells) => cells.map(visibleLine));
  const widths = heading.map((_, k) => Math.max(...lines.map((cells) => Array.from(cells[k] ?? "").length)));
  const padded = (cell: string, k: number): string => {
    const space = " ".repeat((widths[k] ?? 0) - Array.from(cell).length);
    return k === 0 ? cell + space : space + cell;
  };
  const set = lines.map((cells) => `    ${cells.map(padded).join("  ")}`.trimEnd());
  return [`  ${visibleLine(caption)}`, ...set].join("\n");
}

const relations = { equals: "=", about: "≈", becomes: "←" } as const;

function equationText({ name, left, steps }: EquationBlock): string {
  const start = visibleLine(notationToText(left));
  const lines = steps.map(({ relation, right, why }, i) => {
    const lead = i === 0 ? start : " ".repeat(Array.from(start).length);
    return `  ${lead} ${relations[relation]} ${line(right)}${why === null ? "" : `   ${visibleLine(why)}`}`;
  });
  if (name === null) return lines.join("\n");
  const [only, second] = lines;
  const label = visibleLine(name);
  return second === undefined ? `${only ?? ""}   ${label}` : [`  ${label}`, ...lines].join("\n");
}

function line(notation: Notation): string {
  return visibleLine(notationToText(notation)).trim();
}
