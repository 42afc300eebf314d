import { mathmlOf } from "../../formula/print/print-mathml.ts";
import { html, type Html, htmlDocument, htmlLines, pageScript, pageStyle, tableHtml } from "../../page/index.ts";
import type { Block, EquationBlock, Page, Picture, Section } from "./page.ts";

/**
 * A page as one HTML file that needs nothing from outside: MathML, which browsers set themselves, in the reader's light
 * or dark theme. Every part of an equation has an id; pointing at a quantity lights up all its places.
 */
export function pageToHtml({ title, summary, sections }: Page): string {
  const contents = sections.map((section, i) => html`<li><a href="#section-${i + 1}">${section.title}</a></li>`);
  const body = html`<main>
<h1>${title}</h1>
<p class="summary">${summary}</p>
<nav aria-label="Contents"><ol>${contents}</ol></nav>
${htmlLines(sections.map((section, i) => sectionMarkup(section, i + 1)))}
</main>`;
  return htmlDocument({ title, style: pageStyle, body, script: pageScript });
}

/** A section for a page of your own, with `pageStyle`. `level`: of its heading; `number`: its own, for its ids. */
export function sectionHtml(section: Section, number: number, level: 2 | 3 = 2): string {
  return sectionMarkup(section, number, level).markup;
}

/** The same as a piece of a page. */
export function sectionMarkup({ title, text, blocks }: Section, number: number, level: 2 | 3 = 2): Html {
  const intro = text === null ? null : html`\n<p>${text}</p>`;
  const content: Html[] = [];
  let lines: Html[] = [];
  // Equations of one line without a name follow each other in one box, with their relations below each other.
  const endBox = (id: string): void => {
    if (lines.length > 0) content.push(box(id, lines));
    lines = [];
  };
  for (const [i, block] of blocks.entries()) {
    const id = `equation-${number}-${i + 1}`;
    const isLine = block.kind === "equation" && block.name === null && block.steps.length === 1;
    if (isLine) lines.push(...equationRows(block, id));
    else {
      endBox(`${id}-before`);
      content.push(blockHtml(block, id, level));
    }
  }
  endBox(`equation-${number}-end`);
  return html`<section id="section-${number}" aria-labelledby="heading-${number}">
<h${level} id="heading-${number}">${title}</h${level}>${intro}
${htmlLines(content)}
</section>`;
}

function blockHtml(block: Block, id: string, level: 2 | 3): Html {
  switch (block.kind) {
    case "equation":
      return equationHtml(block, id, level);
    case "remark":
      return html`<p>${block.text}</p>`;
    case "picture":
      return pictureHtml(block);
    case "table":
      return tableHtml(block);
  }
}

/** A picture wider than the text may use the whole window; in a narrow one it scrolls alone. */
function pictureHtml({ svg, description }: Picture): Html {
  const width = Number(/<svg[^>]* width="([\d.]+)"/.exec(svg.markup)?.[1] ?? 0);
  const opening = width > 820 ? html`<figure class="wide" tabindex="0">` : html`<figure>`;
  return html`${opening}\n${svg}<figcaption>${description}</figcaption>\n</figure>`;
}

const relations = { equals: "=", about: "≈", becomes: "←" } as const;

function equationHtml(block: EquationBlock, id: string, level: 2 | 3): Html {
  const heading = block.name === null ? null : html`<h${level + 1}>${block.name}</h${level + 1}>\n`;
  return html`${heading}${box(id, equationRows(block, id))}`;
}

/** A grid of three columns, left side, relation, right side: equations line up, and long ones scroll alone. */
function box(id: string, rows: readonly Html[]): Html {
  return html`<div class="equation" id="${id}" tabindex="0" role="group">\n${htmlLines(rows)}\n</div>`;
}

function equationRows({ left, steps }: EquationBlock, id: string): readonly Html[] {
  return steps.map(({ relation, right, why }, i) => {
    const lead = i === 0 ? mathmlOf(left, { idPrefix: `${id}-left` }) : null;
    const reason = why === null ? null : html`<span class="why">${why}</span>`;
    return html`<div class="left">${lead}</div><div class="relation">${relations[relation]}</div><div class="right">${mathmlOf(right, { idPrefix: `${id}-${i + 1}` })}${reason}</div>`;
  });
}
