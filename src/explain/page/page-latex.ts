import { notationToLatex } from "../../formula/index.ts";
import { visibleLine } from "../../page/index.ts";
import { latexWords } from "./latex-words.ts";
import type { Block, EquationBlock, Page, TableBlock } from "./page.ts";

/** A page as a whole LaTeX document, for pdflatex with amsmath. Pictures are left out. */
export function pageToLatex({ title, summary, sections }: Page): string {
  const shown = sections.filter(({ blocks }) => blocks.some((block) => block.kind !== "picture"));
  const body = shown.map((section) =>
    [
      `\\section*{${words(section.title)}}`,
      ...(section.text === null ? [] : [words(section.text)]),
      ...section.blocks.map(blockLatex).filter((text) => text !== ""),
    ].join("\n\n"),
  );
  return `\\documentclass{article}
\\usepackage[T1]{fontenc}
\\usepackage[utf8]{inputenc}
\\usepackage{amsmath,amssymb}
\\title{${words(title)}}
\\date{}
\\begin{document}
\\maketitle

${words(summary)}

${body.join("\n\n")}

\\end{document}
`;
}

function blockLatex(block: Block): string {
  switch (block.kind) {
    case "equation":
      return equationLatex(block);
    case "remark":
      return words(block.text);
    case "picture":
      return "";
    case "table":
      return tableLatex(block);
  }
}

function tableLatex({ caption, heading, rows }: TableBlock): string {
  const lines = [heading, ...rows].map((cells) => `${cells.map(words).join(" & ")} \\\\`);
  const columns = `l${"r".repeat(heading.length - 1)}`;
  return `\\noindent ${words(caption)}\n\n\\begin{tabular}{${columns}}\n${lines.join("\n")}\n\\end{tabular}`;
}

const relations = { equals: "=", about: "\\approx", becomes: "\\leftarrow" } as const;

function equationLatex({ name, left, steps }: EquationBlock): string {
  const lines = steps.map(({ relation, right, why }, i) => {
    const lead = i === 0 ? notationToLatex(left) : "";
    const reason = why === null ? "" : ` && \\text{${words(why)}}`;
    return `  ${lead} &${relations[relation]} ${notationToLatex(right).trim()}${reason}`;
  });
  const heading = name === null ? "" : `\\noindent ${words(name)}\n`;
  return `${heading}\\begin{align*}\n${lines.join(" \\\\\n")}\n\\end{align*}`;
}

/** The words of a line, safe in LaTeX. */
function words(text: string): string {
  return latexWords(visibleLine(text));
}
