import { notationToMathml } from "../formula/index.ts";
import type { Block, EquationBlock, Page, Picture, Section, TableBlock } from "./page.ts";
import { pageScript, pageStyle } from "./page-style.ts";

/**
 * A page as one HTML file that needs nothing from outside: MathML, which browsers set themselves, in the reader's light
 * or dark theme. Every part of an equation has an id; pointing at a quantity lights up all its places.
 */
export function pageToHtml({ title, summary, sections }: Page): string {
  const contents = sections.map((section, i) => `<li><a href="#section-${i + 1}">${escaped(section.title)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>
${pageStyle}
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="summary">${escaped(summary)}</p>
<nav aria-label="Contents"><ol>${contents.join("")}</ol></nav>
${sections.map((section, i) => sectionHtml(section, i + 1)).join("\n")}
</main>
<script>
${pageScript}
</script>
</body>
</html>
`;
}

/** A section for a page of your own, with `pageStyle`. `level`: of its heading; `number`: its own, for its ids. */
export function sectionHtml({ title, text, blocks }: Section, number: number, level: 2 | 3 = 2): string {
  const intro = text === null ? "" : `\n<p>${escaped(text)}</p>`;
  const content: string[] = [];
  let lines: string[] = [];
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
  return `<section id="section-${number}" aria-labelledby="heading-${number}">
<h${level} id="heading-${number}">${escaped(title)}</h${level}>${intro}
${content.join("\n")}
</section>`;
}

function blockHtml(block: Block, id: string, level: 2 | 3): string {
  switch (block.kind) {
    case "equation":
      return equationHtml(block, id, level);
    case "remark":
      return `<p>${escaped(block.text)}</p>`;
    case "picture":
      return pictureHtml(block);
    case "table":
      return tableHtml(block);
  }
}

/** A picture wider than the text may use the whole window; in a narrow one it scrolls alone. */
function pictureHtml({ svg, description }: Picture): string {
  const width = Number(/<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1] ?? 0);
  const opening = width > 820 ? '<figure class="wide" tabindex="0">' : "<figure>";
  return `${opening}\n${svg}<figcaption>${escaped(description)}</figcaption>\n</figure>`;
}

/** It scrolls alone where it is wider than the page. */
function tableHtml({ caption, heading, rows }: TableBlock): string {
  const head = heading.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join("");
  const body = rows.map(([name = "", ...cells]) => {
    const numbers = cells.map((cell) => `<td>${escaped(cell)}</td>`).join("");
    return `<tr><th scope="row">${escaped(name)}</th>${numbers}</tr>`;
  });
  return `<div class="numbers" tabindex="0" role="group" aria-label="${escaped(caption)}">
<table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead>
<tbody>${body.join("\n")}</tbody></table>
</div>`;
}

const relations = { equals: "=", about: "≈", becomes: "←" } as const;

function equationHtml(block: EquationBlock, id: string, level: 2 | 3): string {
  const heading = block.name === null ? "" : `<h${level + 1}>${escaped(block.name)}</h${level + 1}>\n`;
  return heading + box(id, equationRows(block, id));
}

/** A grid of three columns, left side, relation, right side: equations line up, and long ones scroll alone. */
function box(id: string, rows: readonly string[]): string {
  return `<div class="equation" id="${id}" tabindex="0" role="group">\n${rows.join("\n")}\n</div>`;
}

function equationRows({ left, steps }: EquationBlock, id: string): readonly string[] {
  return steps.map(({ relation, right, why }, i) => {
    const lead = i === 0 ? notationToMathml(left, { idPrefix: `${id}-left` }) : "";
    const reason = why === null ? "" : `<span class="why">${escaped(why)}</span>`;
    return `<div class="left">${lead}</div><div class="relation">${relations[relation]}</div><div class="right">${notationToMathml(right, { idPrefix: `${id}-${i + 1}` })}${reason}</div>`;
  });
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
