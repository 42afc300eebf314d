import { notationToMathml } from "../formula/index.ts";
import type { Block, EquationBlock, Page, Section } from "./page.ts";
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

function sectionHtml({ title, text, blocks }: Section, number: number): string {
  const intro = text === null ? "" : `\n<p>${escaped(text)}</p>`;
  const content = blocks.map((block, i) => blockHtml(block, `equation-${number}-${i + 1}`));
  return `<section id="section-${number}" aria-labelledby="heading-${number}">
<h2 id="heading-${number}">${escaped(title)}</h2>${intro}
${content.join("\n")}
</section>`;
}

function blockHtml(block: Block, id: string): string {
  switch (block.kind) {
    case "equation":
      return equationHtml(block, id);
    case "remark":
      return `<p>${escaped(block.text)}</p>`;
    case "picture":
      return `<figure>\n${block.svg}<figcaption>${escaped(block.description)}</figcaption>\n</figure>`;
  }
}

const relations = { equals: "=", about: "≈", becomes: "←" } as const;

/** A table of three columns, left side, relation, right side: equations line up, and long ones scroll alone. */
function equationHtml({ name, left, steps }: EquationBlock, id: string): string {
  const rows = steps.map(({ relation, right, why }, i) => {
    const lead = i === 0 ? notationToMathml(left, { idPrefix: `${id}-left` }) : "";
    const reason = why === null ? "" : `<span class="why">${escaped(why)}</span>`;
    return `<div class="left">${lead}</div><div class="relation">${relations[relation]}</div><div class="right">${notationToMathml(right, { idPrefix: `${id}-${i + 1}` })}${reason}</div>`;
  });
  const heading = name === null ? "" : `<h3>${escaped(name)}</h3>\n`;
  return `${heading}<div class="equation" id="${id}" tabindex="0" role="group">\n${rows.join("\n")}\n</div>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
