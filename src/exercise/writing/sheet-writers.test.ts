import { describe, expect, test } from "vitest";
import { bundledSheets } from "../bundled-sheets.ts";
import { parseSheet } from "../reading/parse-sheet.ts";
import { sheetToHtml } from "./sheet-html.ts";
import { sheetToLatex } from "./sheet-latex.ts";
import { sheetToText } from "./sheet-text.ts";

function bundled(name: string): string {
  return bundledSheets.find((each) => each.name === name)?.text ?? "";
}

const hostile = `---
title: <img src=x onerror=alert(1)> \\input{x} $&%
---
<script>alert(1)</script> & "quotes" \\input{/etc/passwd} 100% #1 a_b ~ ^ {x}

$<script>$ and $\\input{x}$ and [link](javascript:alert(1)) and [ok](https://example.org/?a=1&b="%7E#_{x})

\`\`\`html
<script>alert(1)</script> \\end{verbatim}
\`\`\`

\`\`\`drawing
widths: [1, 1]
caption: </svg><script>alert(1)</script>
\`\`\`

\`\`\`question q
kind: choice
text: <script>alert(1)</script> $</math><script>$
choices: ['<script>', '\\end{itemize}']
\`\`\`
`;

/** Environments that are opened and not closed in order, and braces that are not. */
function unbalanced(latex: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, escaped, word, name] of latex.matchAll(/(\\[\\{}$])|\\(begin|end)\{([^}]*)\}|[{}]/g)) {
    if (escaped !== undefined) continue;
    if (word === "begin") open.push(name ?? "");
    else if (word === "end" && open.pop() !== name) wrong.push(name ?? "");
  }
  const bare = latex.replace(/\\\\|\\[{}]/g, "");
  let depth = 0;
  for (const character of bare) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (depth < 0) wrong.push("}");
  }
  return [...wrong, ...open, ...(depth === 0 ? [] : ["{"])];
}

describe("sheetToText", () => {
  test("numbers the questions, with points, ids and room for the answer", () => {
    const text = sheetToText(parseSheet(bundled("backpropagation")));
    expect(text).toMatch(/^Backpropagation\n===============\n\n/);
    expect(text).toContain("2. (2 points, delta-hidden)\n   What is δ_j^");
    expect(text).toContain("   Answer: C = ____________\n");
    expect(text).toContain("   [ ] b) Its magnitude becomes small.\n");
    expect(text).toContain(
      "    z1 = w1 x\n    a1 = ReLU(z1)\n    z2 = w2 a1 + b\n     y = σ(z2)\n     C = 1/2 (y - t)^2\n",
    );
    expect(text).not.toContain("[x]");
  });

  test("shows keys, computed numbers with two decimals more, and right choices as solutions", () => {
    const text = sheetToText(parseSheet(bundled("backpropagation")), { solutions: true });
    expect(text).toContain("Answer: C = 0.28843\n");
    expect(text).toContain("Answer: ∂C/∂w_2 = -0.00416\n");
    expect(text).toContain("Answer: σ′(z) = e^(-z)/(1 + e^(-z))^2\n");
    expect(text).toContain("[x] b) Its magnitude becomes small.");
  });

  test("shows what is right in place of a key that is wrong", () => {
    const body = "```question q\nkind: formula\ntext: T\nasks: tanh'(z)\nsymbols: [z]\nkey: 1 - tanh(z)\n```\n";
    const text = sheetToText(parseSheet(`---\ntitle: T\n---\n${body}`), { solutions: true });
    expect(text).not.toContain("= 1 - tanh(z)\n");
  });

  test("derives a key that is left blank", () => {
    const body = "```question q\nkind: formula\ntext: T\nasks: tanh'(z)\nsymbols: [z]\nkey:\n```\n";
    const text = sheetToText(parseSheet(`---\ntitle: T\n---\n${body}`), { solutions: true });
    expect(text).toMatch(/Answer: tanh′\(z\) = .*z/);
  });

  test.each([40, 80])("keeps lines of words to %i characters", (width) => {
    const lines = sheetToText(parseSheet(bundled("backpropagation")), { width }).split("\n");
    const isOfWords = (line: string): boolean => !/[_^=`]/.test(line);
    expect(Math.max(...lines.filter(isOfWords).map((line) => line.length))).toBeLessThanOrEqual(width);
  });

  test("says which variant it is, and shows its numbers but none that are asked for", () => {
    const text = sheetToText(parseSheet(bundled("two-three-two"), { seed: 7 }));
    expect(text).toContain("\nVariant 7\n");
    expect(text).toMatch(/neuron {2}from 1 {2}from 2/);
    expect(text).toMatch(/The example: x_1 = [\d.]+, x_2 = [\d.]+, t_1 = 1 and t_2 = 0\./);
  });
});

describe("sheetToHtml", () => {
  test.each(bundledSheets)("of $name has headings in order, and a description for every picture", ({ text }) => {
    for (const solutions of [false, true]) {
      const html = sheetToHtml(parseSheet(text), { solutions });
      const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
      expect(levels[0]).toBe(1);
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
      for (const [tag] of html.matchAll(/<svg[^>]*>/g)) expect(tag).toMatch(/role="img" aria-label(ledby)?="[^"]+"/);
      expect(html).toMatch(/<html lang="en">/);
    }
  });

  test.each(bundledSheets)("of $name gives each id once, and needs nothing from outside", ({ text }) => {
    const html = sheetToHtml(parseSheet(text), { solutions: true });
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(html.replaceAll(/xmlns="[^"]*"/g, "")).not.toMatch(/https?:|<script|<link|@import/);
  });

  test("does not give away what is asked in the drawing of a given network", () => {
    const sheet = parseSheet(bundled("two-three-two"));
    expect(sheetToHtml(sheet)).not.toContain("cost C =");
    expect(sheetToHtml(sheet, { solutions: true })).toContain("cost C =");
  });

  test("shows what an author wrote, and runs nothing of it", () => {
    const html = sheetToHtml(parseSheet(hostile), { solutions: true });
    expect(html).not.toMatch(/<script|<img|<b>|javascript:alert\(1\)"/);
    expect(html.match(/<\/math>/g)?.length).toBe(html.match(/<math/g)?.length);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;");
    expect(html).toContain('<a href="https://example.org/?a=1&amp;b=');
  });
});

describe("sheetToLatex", () => {
  test.each(bundledSheets)("of $name closes every brace and environment", ({ text }) => {
    for (const solutions of [false, true]) {
      const latex = sheetToLatex(parseSheet(text), { solutions });
      expect(unbalanced(latex)).toEqual([]);
      expect((latex.replace(/\\\$/g, "").match(/\$/g)?.length ?? 0) % 2).toBe(0);
      expect(latex).toMatch(/^\\documentclass[\s\S]*\\begin\{document\}[\s\S]*\\end\{document\}\n$/);
    }
  });

  test("has only characters that pdflatex reads", () => {
    for (const { text } of bundledSheets) {
      const latex = sheetToLatex(parseSheet(text), { solutions: true });
      expect(latex.match(/[^\n -\u00FF‘’“”–—]/gu) ?? []).toEqual([]);
    }
  });

  test("sets signs of mathematics, and lets pdflatex show the number of a letter that it has not", () => {
    const latex = sheetToLatex(parseSheet("---\ntitle: Год ½ ℝ²\n---\n\na ⇒ b, x⁻¹, a₁, ~~no~~, wörd\n"));
    expect(latex).toContain("\\ensuremath{\\mathbb{R}}²");
    expect(latex).toContain("a \\ensuremath{\\Rightarrow} b, x\\ensuremath{^{\\ensuremath{-}}}¹, a\\ensuremath{_{1}}");
    expect([...latex.matchAll(/DeclareUnicodeCharacter\{(\w+)\}/g)].map(([, code]) => code)).toEqual([
      "0413",
      "043E",
      "0434",
    ]);
    expect(latex).toContain("ulem");
    expect(sheetToLatex(parseSheet(bundled("backpropagation")))).not.toMatch(/ulem|DeclareUnicode/);
  });

  test("keeps a question on one page, and says its decimals", () => {
    const latex = sheetToLatex(parseSheet(bundled("backpropagation")));
    expect(latex.match(/\\begin\{samepage\}\n\\textbf\{Question/g)).toHaveLength(13);
    expect(latex).toContain("(1 point, 3 decimals)");
  });

  test("makes what an author wrote safe", () => {
    const latex = sheetToLatex(parseSheet(hostile), { solutions: true });
    expect(unbalanced(latex)).toEqual([]);
    expect(latex).not.toMatch(/\\input|\\end\{verbatim\}/);
    expect(latex).toContain("100\\% \\#1 a\\_b");
  });
});
