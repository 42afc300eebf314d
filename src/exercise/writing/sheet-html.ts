import { mathmlOf } from "../../formula/print/print-mathml.ts";
import { html, type Html, htmlDocument, htmlLines, pageStyle, tableHtml } from "../../page/index.ts";
import { readDocument, type SheetWriterOptions, worthText } from "./read-document.ts";
import type { Sheet } from "../sheet.ts";
import type { DocumentBlock, DocumentTable, Inline, QuestionDocument } from "../prose/sheet-document.ts";
import { sheetStyle } from "./sheet-style.ts";

/**
 * A sheet as one HTML file that needs nothing from outside: MathML, which browsers set themselves, in the reader's light or
 * dark theme; printed, it has room for the answers. What the sheet's author wrote is shown, never run.
 */
export function sheetToHtml(sheet: Sheet, options: SheetWriterOptions = {}): string {
  const { title, note, hasName, blocks } = readDocument(sheet, options);
  const summary = note === null ? null : html`\n<p class="summary">${note}</p>`;
  const name = hasName ? html`\n<p class="answer">Name: <span class="blank"></span></p>` : null;
  const body = html`<main>
<h1>${title}</h1>${summary}${name}
${blocksHtml(blocks)}
</main>`;
  return htmlDocument({ title, style: `${pageStyle}\n${sheetStyle}`, body });
}

/** Blocks of a document below each other. */
function blocksHtml(blocks: readonly DocumentBlock[]): Html {
  return htmlLines(blocks.map(blockHtml));
}

function blockHtml(block: DocumentBlock): Html {
  switch (block.kind) {
    case "paragraph":
      return html`<p>${inlineHtml(block.parts)}</p>`;
    case "heading":
      return html`<h${block.level}>${inlineHtml(block.parts)}</h${block.level}>`;
    case "list":
      return listHtml(block);
    case "table":
      return documentTable(block);
    case "code":
      return html`<pre class="scroll" tabindex="0"><code>${block.text}</code></pre>`;
    case "display":
      return html`<div class="display scroll" tabindex="0">${mathmlOf(block.notation, { isBlock: true })}</div>`;
    case "quote":
      return html`<blockquote>\n${blocksHtml(block.blocks)}\n</blockquote>`;
    case "rule":
      return html`<hr>`;
    case "picture":
      return html`<figure tabindex="0">\n${block.svg}<figcaption>${block.description}</figcaption>\n</figure>`;
    case "equations": {
      const rows = block.rows.map(
        ({ left, right, why = null, relation = "equals" }) =>
          html`<div class="left">${left === null ? null : mathmlOf(left)}</div><div class="relation">${relation === "equals" ? "=" : "←"}</div><div class="right">${mathmlOf(right)}${why === null ? null : html`<span class="why">${why}</span>`}</div>`,
      );
      return html`<div class="equation" tabindex="0" role="group">\n${htmlLines(rows)}\n</div>`;
    }
    case "question":
      return questionHtml(block);
  }
}

function listHtml({ start, items }: Extract<DocumentBlock, { kind: "list" }>): Html {
  const content = items.map((item) => {
    const [only, second] = item;
    const isLine = only?.kind === "paragraph" && second === undefined;
    return html`<li>${isLine ? inlineHtml(only.parts) : blocksHtml(item)}</li>`;
  });
  if (start === null) return html`<ul>\n${htmlLines(content)}\n</ul>`;
  return html`<ol${start === 1 ? null : html` start="${start}"`}>\n${htmlLines(content)}\n</ol>`;
}

function documentTable({ caption, heading, rows, isOfNumbers }: DocumentTable): Html {
  return tableHtml({
    caption,
    heading: heading.map(inlineHtml),
    rows: rows.map((cells) => cells.map(inlineHtml)),
    style: isOfNumbers ? "numbers" : "prose",
    hasRowNames: isOfNumbers,
  });
}

function questionHtml(question: QuestionDocument): Html {
  const { number, id, level, text, choices, hasSeveralRight } = question;
  const place = `question-${id}`;
  const worth = html`<span class="points">${worthText(question)}</span>`;
  const several = hasSeveralRight ? html`<p class="several">Any number of these may be right.</p>` : null;
  return html`<section class="question" id="${place}" aria-labelledby="${place}-heading">
<h${level} id="${place}-heading">Question ${number} ${worth}</h${level}>
${blocksHtml(text)}${choices === null ? null : html`\n${choicesHtml(choices)}${several}`}
${answerHtml(question)}
</section>`;
}

function choicesHtml(choices: NonNullable<QuestionDocument["choices"]>): Html {
  const items = choices.map(({ label, parts, isRight }) => {
    const mark = isRight === true ? html`<strong class="right-choice">right</strong> ` : null;
    return html`<li${isRight === true ? html` class="is-right"` : null}><span class="box" aria-hidden="true"></span><span>${label})</span> <span>${mark}${inlineHtml(parts)}</span></li>`;
  });
  return html`<ul class="choices">\n${htmlLines(items)}\n</ul>`;
}

function answerHtml({ asked, solution, choices, worked }: QuestionDocument): Html {
  const lead = asked === null ? null : html`${mathmlOf(asked)} <span class="equals">=</span> `;
  if (solution !== null) {
    const steps = worked.length === 0 ? null : html`\n<div class="worked">\n${blocksHtml(worked)}\n</div>`;
    return html`<p class="solution scroll"><strong>Answer:</strong> ${lead}${inlineHtml(solution)}</p>${steps}`;
  }
  if (choices !== null) return html``;
  return html`<p class="answer">Answer: ${lead}<span class="blank"></span></p>`;
}

function inlineHtml(parts: readonly Inline[]): Html {
  const pieces = parts.map((part): Html => {
    switch (part.kind) {
      case "text":
        return html`${part.text}`;
      case "code":
        return html`<code>${part.text}</code>`;
      case "maths":
        return mathmlOf(part.notation);
      case "break":
        return html`<br>`;
      case "strong":
        return html`<strong>${inlineHtml(part.parts)}</strong>`;
      case "emphasis":
        return html`<em>${inlineHtml(part.parts)}</em>`;
      case "deleted":
        return html`<del>${inlineHtml(part.parts)}</del>`;
      case "link":
        return html`<a href="${part.href}">${inlineHtml(part.parts)}</a>`;
    }
  });
  return html`${pieces}`;
}
