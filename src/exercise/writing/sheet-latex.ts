import { latexMaths, latexWords, unknownLetters } from "../../explain/page/latex-words.ts";
import { readDocument, type SheetWriterOptions, worthText } from "./read-document.ts";
import type { Sheet } from "../sheet.ts";
import type { DocumentBlock, DocumentTable, Inline, QuestionDocument } from "../prose/sheet-document.ts";

/** A sheet as a whole LaTeX document with amsmath and, for its drawings, tikz, for pdflatex, or lualatex. */
export function sheetToLatex(sheet: Sheet, options: SheetWriterOptions = {}): string {
  const { title, note, hasName, blocks } = readDocument(sheet, options);
  const intro = note === null ? "" : `\\noindent ${latexWords(note)}\n\n`;
  const body = `\\title{${latexWords(title)}}
\\date{}
\\begin{document}
\\maketitle

${hasName ? "\\noindent Name: \\hrulefill\n\n" : ""}${intro}${blocksLatex(blocks)}

\\end{document}
`;
  return `\\documentclass[11pt]{article}
${preamble(body)}${body}`;
}

function preamble(body: string): string {
  // pdflatex stops at a letter of another script; so it shows the letter's number.
  const numbers = unknownLetters(body).map((letter) => {
    const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `  \\DeclareUnicodeCharacter{${code}}{\\fbox{\\scriptsize ${code}}}\n`;
  });
  const advice = numbers.length === 0 ? "" : "  % These letters are not in its fonts: use lualatex.\n";
  // A package that not every installation has, for text that is struck out.
  const striking = body.includes("\\sout{")
    ? "\\IfFileExists{ulem.sty}{\\usepackage[normalem]{ulem}}{\\let\\sout\\relax}\n"
    : "";
  return `\\ifdefined\\pdftexversion
  \\usepackage[T1]{fontenc}
  \\usepackage[utf8]{inputenc}
${advice}${numbers.join("")}\\else
  \\usepackage{fontspec}
\\fi
\\usepackage{amsmath,amssymb}
\\usepackage[margin=2.5cm]{geometry}
${body.includes("\\begin{tikzpicture}") ? "\\usepackage{tikz}\n" : ""}${striking}\\usepackage{hyperref}
\\setlength{\\parindent}{0pt}
\\setlength{\\parskip}{6pt}
\\allowdisplaybreaks
`;
}

function blocksLatex(blocks: readonly DocumentBlock[]): string {
  return blocks.map(blockLatex).join("\n\n");
}

const headings = ["section", "subsection", "subsubsection", "paragraph", "subparagraph"] as const;

function headingLatex(level: number, content: string): string {
  return `\\${headings[level - 2] ?? "subparagraph"}*{${content}}`;
}

function blockLatex(block: DocumentBlock): string {
  switch (block.kind) {
    case "paragraph":
      return inlineLatex(block.parts);
    case "heading":
      return headingLatex(block.level, inlineLatex(block.parts));
    case "list": {
      const name = block.start === null ? "itemize" : "enumerate";
      const items = block.items.map((item, i) => {
        // A label of its own is right for every first number.
        const label = block.start === null ? "{}" : `[${block.start + i}.]`;
        return `\\item${label} ${blocksLatex(item)}`;
      });
      return `\\begin{${name}}\n${items.join("\n")}\n\\end{${name}}`;
    }
    case "table":
      return tableLatex(block);
    case "code":
      return codeLatex(block.text);
    case "display":
      return `\\[\n${latexMaths(block.notation)}\n\\]`;
    case "quote":
      return `\\begin{quote}\n${blocksLatex(block.blocks)}\n\\end{quote}`;
    case "rule":
      return "\\begin{center}* * *\\end{center}";
    case "picture":
      return `\\begin{center}\n${block.tikz}\n\n\\itshape ${latexWords(block.description)}\n\\end{center}`;
    case "equations": {
      const rows = block.rows.map(({ left, right, why = null, relation = "equals" }) => {
        const reason = why === null ? "" : `\\qquad\\text{\\footnotesize ${latexWords(why)}}`;
        return `  ${left === null ? "" : latexMaths(left)} &${relation === "equals" ? "=" : "\\leftarrow"} ${latexMaths(right)}${reason}`;
      });
      return `\\begin{align*}\n${rows.join(" \\\\\n")}\n\\end{align*}`;
    }
    case "question":
      return questionLatex(block);
  }
}

/** Line by line, since `verbatim` ends wherever its text says so. */
function codeLatex(text: string): string {
  const lines = text.split("\n").map((line) => `\\mbox{\\ttfamily ${latexWords(line).replaceAll(" ", "~")}}`);
  return `\\begin{quote}\n${lines.join("\\\\\n")}\n\\end{quote}`;
}

function tableLatex({ caption, heading, rows, isOfNumbers }: DocumentTable): string {
  const lines = [heading, ...rows].map((cells) => `${cells.map(inlineLatex).join(" & ")} \\\\`);
  const columns = `l${(isOfNumbers ? "r" : "l").repeat(Math.max(0, heading.length - 1))}`;
  const [head = "", ...body] = lines;
  const title = caption === null ? "" : `${latexWords(caption)}\n\n`;
  return `${title}\\begin{tabular}{${columns}}\n${[head, "\\hline", ...body].join("\n")}\n\\end{tabular}`;
}

function questionLatex(question: QuestionDocument): string {
  const { number, text, choices, hasSeveralRight } = question;
  const head = `\\textbf{Question ${number}} \\hfill (${worthText(question)})`;
  const several = hasSeveralRight ? ["Any number of these may be right."] : [];
  const list =
    choices === null
      ? []
      : [
          `\\begin{itemize}\n${choices
            .map(({ label, parts, isRight }) => {
              const box = isRight === true ? "$\\blacksquare$" : "$\\square$";
              return `\\item[${box}] ${label}) ${inlineLatex(parts)}`;
            })
            .join("\n")}\n\\end{itemize}`,
          ...several,
        ];
  // Nothing of a question is torn from the rest by the end of a page.
  const parts = [head, blocksLatex(text), ...list, ...answerLatex(question)].join("\n\n\\nopagebreak\n");
  // A derivation may be longer than a page.
  const worked = question.worked.length === 0 ? "" : `\n\n${blocksLatex(question.worked)}`;
  return `\\medskip\n\n\\begin{samepage}\n${parts}\n\\end{samepage}${worked}`;
}

function answerLatex({ asked, solution, choices }: QuestionDocument): readonly string[] {
  const lead = asked === null ? "" : `$${latexMaths(asked)} = {}$`;
  if (solution !== null) {
    return [`\\textbf{Answer:} ${lead}${inlineLatex(solution)}`];
  }
  return choices === null ? [`Answer: ${lead}\\rule{0pt}{3em}\\hrulefill`] : [];
}

function inlineLatex(parts: readonly Inline[]): string {
  return parts
    .map((part): string => {
      switch (part.kind) {
        case "text":
          return latexWords(part.text);
        case "code":
          return `\\texttt{${latexWords(part.text)}}`;
        case "maths":
          return `$${latexMaths(part.notation)}$`;
        case "break":
          return "\\newline ";
        case "strong":
          return `\\textbf{${inlineLatex(part.parts)}}`;
        case "emphasis":
          return `\\emph{${inlineLatex(part.parts)}}`;
        case "deleted":
          return `\\sout{${inlineLatex(part.parts)}}`;
        case "link":
          return `\\href{${part.href.replace(/[\\{}%#^~ ]/g, (found) => (found === "%" || found === "#" ? `\\${found}` : encodeURIComponent(found).replaceAll("%", "\\%")))}}{${inlineLatex(part.parts)}}`;
      }
    })
    .join("");
}
