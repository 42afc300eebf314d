import { pageStyle } from "../../explain/index.ts";
import { notationToMathml } from "../../formula/index.ts";
import { readDocument, type SheetWriterOptions, worthText } from "./read-document.ts";
import type { Sheet } from "../sheet.ts";
import type { DocumentBlock, DocumentTable, Inline, QuestionDocument } from "./sheet-document.ts";
import { sheetStyle } from "./sheet-style.ts";

/**
 * A sheet as one HTML file that needs nothing from outside: MathML, which browsers set themselves, in the reader's light or
 * dark theme; printed, it has room for the answers. What the sheet's author wrote is shown, never run.
 */
export function sheetToHtml(sheet: Sheet, options: SheetWriterOptions = {}): string {
  const { title, note, hasName, blocks } = readDocument(sheet, options);
  const summary = note === null ? "" : `\n<p class="summary">${escaped(note)}</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>
${pageStyle}
${sheetStyle}
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>${summary}${hasName ? '\n<p class="answer">Name: <span class="blank"></span></p>' : ""}
${blocksHtml(blocks)}
</main>
</body>
</html>
`;
}

/** Blocks of a document below each other. */
function blocksHtml(blocks: readonly DocumentBlock[]): string {
  return blocks.map(blockHtml).join("\n");
}

function blockHtml(block: DocumentBlock): string {
  switch (block.kind) {
    case "paragraph":
      return `<p>${inlineHtml(block.parts)}</p>`;
    case "heading":
      return `<h${block.level}>${inlineHtml(block.parts)}</h${block.level}>`;
    case "list":
      return listHtml(block);
    case "table":
      return tableHtml(block);
    case "code":
      return `<pre tabindex="0"><code>${escaped(block.text)}</code></pre>`;
    case "display":
      return `<div class="display" tabindex="0">${notationToMathml(block.notation, { isBlock: true })}</div>`;
    case "quote":
      return `<blockquote>\n${blocksHtml(block.blocks)}\n</blockquote>`;
    case "rule":
      return "<hr>";
    case "picture":
      return `<figure tabindex="0">\n${block.svg}<figcaption>${escaped(block.description)}</figcaption>\n</figure>`;
    case "equations": {
      const rows = block.rows.map(
        ({ left, right, why = null, relation = "equals" }) =>
          `<div class="left">${left === null ? "" : notationToMathml(left)}</div><div class="relation">${relation === "equals" ? "=" : "←"}</div><div class="right">${notationToMathml(right)}${why === null ? "" : `<span class="why">${escaped(why)}</span>`}</div>`,
      );
      return `<div class="equation" tabindex="0" role="group">\n${rows.join("\n")}\n</div>`;
    }
    case "question":
      return questionHtml(block);
  }
}

function listHtml({ start, items }: Extract<DocumentBlock, { kind: "list" }>): string {
  const content = items.map((item) => {
    const [only, second] = item;
    const isLine = only?.kind === "paragraph" && second === undefined;
    return `<li>${isLine ? inlineHtml(only.parts) : blocksHtml(item)}</li>`;
  });
  const [name, first] = start === null ? ["ul", ""] : ["ol", start === 1 ? "" : ` start="${start}"`];
  return `<${name}${first}>\n${content.join("\n")}\n</${name}>`;
}

/** It scrolls alone where it is wider than the page. */
function tableHtml({ caption, heading, rows, isOfNumbers }: DocumentTable): string {
  const head = heading.map((cell) => `<th scope="col">${inlineHtml(cell)}</th>`).join("");
  const body = rows.map((cells) => {
    const written = cells.map((cell, k) =>
      isOfNumbers && k === 0 ? `<th scope="row">${inlineHtml(cell)}</th>` : `<td>${inlineHtml(cell)}</td>`,
    );
    return `<tr>${written.join("")}</tr>`;
  });
  const title = caption === null ? "" : `<caption>${escaped(caption)}</caption>`;
  const label = caption === null ? "" : ` role="group" aria-label="${escaped(caption)}"`;
  return `<div class="${isOfNumbers ? "numbers" : "cells"}" tabindex="0"${label}>
<table>${title}<thead><tr>${head}</tr></thead>
<tbody>${body.join("\n")}</tbody></table>
</div>`;
}

function questionHtml(question: QuestionDocument): string {
  const { number, id, level, text, choices, hasSeveralRight } = question;
  const place = `question-${escaped(id)}`;
  const worth = `<span class="points">${worthText(question)}</span>`;
  const several = hasSeveralRight ? '<p class="several">Any number of these may be right.</p>' : "";
  return `<section class="question" id="${place}" aria-labelledby="${place}-heading">
<h${level} id="${place}-heading">Question ${number} ${worth}</h${level}>
${blocksHtml(text)}${choices === null ? "" : `\n${choicesHtml(choices)}${several}`}
${answerHtml(question)}
</section>`;
}

function choicesHtml(choices: NonNullable<QuestionDocument["choices"]>): string {
  const items = choices.map(({ label, parts, isRight }) => {
    const mark = isRight === true ? '<strong class="right-choice">right</strong> ' : "";
    return `<li${isRight === true ? ' class="is-right"' : ""}><span class="box" aria-hidden="true"></span><span>${label})</span> <span>${mark}${inlineHtml(parts)}</span></li>`;
  });
  return `<ul class="choices">\n${items.join("\n")}\n</ul>`;
}

function answerHtml({ asked, solution, choices, worked }: QuestionDocument): string {
  const lead = asked === null ? "" : `${notationToMathml(asked)} <span class="equals">=</span> `;
  if (solution !== null) {
    const steps = worked.length === 0 ? "" : `\n<div class="worked">\n${blocksHtml(worked)}\n</div>`;
    return `<p class="solution"><strong>Answer:</strong> ${lead}${inlineHtml(solution)}</p>${steps}`;
  }
  if (choices !== null) return "";
  return `<p class="answer">Answer: ${lead}<span class="blank"></span></p>`;
}

function inlineHtml(parts: readonly Inline[]): string {
  return parts
    .map((part): string => {
      switch (part.kind) {
        case "text":
          return escaped(part.text);
        case "code":
          return `<code>${escaped(part.text)}</code>`;
        case "maths":
          return notationToMathml(part.notation);
        case "break":
          return "<br>";
        case "strong":
          return `<strong>${inlineHtml(part.parts)}</strong>`;
        case "emphasis":
          return `<em>${inlineHtml(part.parts)}</em>`;
        case "deleted":
          return `<del>${inlineHtml(part.parts)}</del>`;
        case "link":
          return `<a href="${escaped(part.href)}">${inlineHtml(part.parts)}</a>`;
      }
    })
    .join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
