import { notationToText } from "../../formula/index.ts";
import { visibleLine } from "../../page/index.ts";
import { inlineText, readDocument, type SheetWriterOptions, worthText } from "./read-document.ts";
import type { Sheet } from "../sheet.ts";
import type { DocumentBlock, DocumentTable, Inline, QuestionDocument } from "../prose/sheet-document.ts";

/** How a sheet is written as text. */
export interface SheetTextOptions extends SheetWriterOptions {
  /** Characters of a line, if a word or formula does not take more. Default 80. */
  readonly width?: number;
}

/** A sheet as plain text, questions numbered, with lines for the answers. Pictures are told in a sentence. */
export function sheetToText(sheet: Sheet, { width = 80, ...options }: SheetTextOptions = {}): string {
  const { title: given, note, hasName, blocks } = readDocument(sheet, options);
  const title = visibleLine(given);
  const head = [title, "=".repeat(lengthOf(title)), ...(note === null ? [] : [note])].join("\n");
  const name = hasName ? ["Name: ____________________"] : [];
  return `${[head, ...name, blocksToText(blocks, width)].join("\n\n")}\n`;
}

/** Blocks of a document as plain text, with an empty line between them. */
export function blocksToText(blocks: readonly DocumentBlock[], width: number): string {
  return blocks.map((block) => blockText(block, width)).join("\n\n");
}

function blockText(block: DocumentBlock, width: number): string {
  switch (block.kind) {
    case "paragraph":
      return wrapped(block.parts, width);
    case "heading": {
      const text = inlineText(block.parts);
      return block.level === 2 ? `${text}\n${"-".repeat(lengthOf(text))}` : text;
    }
    case "list":
      return block.items
        .map((item, i) => {
          const mark = block.start === null ? "- " : `${block.start + i}. `;
          return hanging(mark, blocksTight(item, width - mark.length));
        })
        .join("\n");
    case "table":
      return tableText(block);
    case "code":
      return indented(block.text, 4);
    case "display":
      return indented(notationToText(block.notation).trim(), 4);
    case "quote":
      return hangingEach("> ", blocksToText(block.blocks, width - 2));
    case "rule":
      return "* * *";
    case "picture":
      return wrapped([{ kind: "text", text: `[Drawing: ${visibleLine(block.description)}]` }], width);
    case "equations": {
      const lefts = block.rows.map(({ left }) => (left === null ? "" : notationToText(left).trim()));
      const longest = Math.max(0, ...lefts.map(lengthOf));
      const lines = block.rows.map(({ right, why = null, relation = "equals" }, i) => {
        const left = lefts[i] ?? "";
        const reason = why === null ? "" : `   ${why}`;
        return `    ${" ".repeat(longest - lengthOf(left))}${left} ${relation === "equals" ? "=" : "←"} ${notationToText(right).trim()}${reason}`;
      });
      return lines.join("\n");
    }
    case "question":
      return questionText(block, width);
  }
}

/** The blocks of a list's item: a single paragraph, and lists in it, without air. */
function blocksTight(blocks: readonly DocumentBlock[], width: number): string {
  return blocks.map((block) => blockText(block, width)).join("\n");
}

function questionText(question: QuestionDocument, width: number): string {
  const { number, text, choices, hasSeveralRight, solution, worked } = question;
  const head = `${number}. (${worthText(question)}, ${question.id})`;
  const lines = (choices ?? []).map(({ label, parts, isRight }) =>
    hanging(`${isRight === true ? "[x]" : "[ ]"} ${label}) `, wrapped(parts, width - 10)),
  );
  const several = hasSeveralRight ? ["(Any number of these may be right.)"] : [];
  const body = [blocksToText(text, width - 3), ...(lines.length === 0 ? [] : [[...lines, ...several].join("\n")])];
  const answer =
    solution === null
      ? choices === null
        ? `Answer: ${leadText(question)}____________`
        : null
      : `Answer: ${leadText(question)}${inlineText(solution)}`;
  const steps = worked.length === 0 ? [] : [blocksToText(worked, width - 3)];
  return [head, indented([...body, ...(answer === null ? [] : [answer]), ...steps].join("\n\n"), 3)].join("\n");
}

function leadText({ asked }: QuestionDocument): string {
  return asked === null ? "" : `${notationToText(asked).trim()} = `;
}

function tableText({ caption, heading, rows, isOfNumbers }: DocumentTable): string {
  const lines = [heading, ...rows].map((cells) => cells.map((cell) => visibleLine(inlineText(cell))));
  const widths = heading.map((_, k) => Math.max(...lines.map((cells) => lengthOf(cells[k] ?? ""))));
  const padded = (cell: string, k: number): string => {
    const space = " ".repeat(Math.max(0, (widths[k] ?? 0) - lengthOf(cell)));
    return isOfNumbers && k > 0 ? space + cell : cell + space;
  };
  const set = lines.map((cells) => `    ${cells.map(padded).join("  ")}`.trimEnd());
  return [...(caption === null ? [] : [`  ${visibleLine(caption)}`]), ...set].join("\n");
}

/** Words and formulas, which are not broken, on lines of at most `width` characters. */
function wrapped(parts: readonly Inline[], width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of wordsOf(parts)) {
    const isNew = word === "\n";
    if (isNew || (line !== "" && lengthOf(line) + 1 + lengthOf(word) > width)) {
      lines.push(line);
      line = isNew ? "" : word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}

/** A no-break space within a formula, until the lines are made. */
const HELD = "\u{E000}";

function wordsOf(parts: readonly Inline[]): readonly string[] {
  const held = (inlines: readonly Inline[]): string =>
    inlines
      .map((part): string => {
        switch (part.kind) {
          case "maths":
            return notationToText(part.notation).trim().replaceAll(" ", HELD);
          case "break":
            return " \n ";
          case "code":
            return `\`${part.text}\``.replaceAll(" ", HELD);
          case "text":
            return part.text;
          case "link": {
            const text = held(part.parts);
            return text === part.href ? text : `${text} (${part.href})`;
          }
          default:
            return held(part.parts);
        }
      })
      .join("");
  const words = held(parts).split(/[ \t]+|(?<=\n)|(?=\n)/);
  return words.filter((word) => word !== "").map((word) => word.replaceAll(HELD, " "));
}

function hanging(mark: string, text: string): string {
  return mark + text.replaceAll("\n", `\n${" ".repeat(mark.length)}`);
}

function hangingEach(mark: string, text: string): string {
  return mark + text.replaceAll("\n", `\n${mark}`);
}

function indented(text: string, spaces: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(spaces));
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
