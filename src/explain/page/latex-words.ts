import { type Notation, notationToLatex, spellGreek } from "../../formula/index.ts";
import { visibleInPage } from "../../page/visible-text.ts";

const commands: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "…": "\\ldots{}",
};

/** Signs of mathematics, with what sets them (amssymb). */
const signs: Readonly<Record<string, string>> = {
  "∂": "\\partial",
  "∇": "\\nabla",
  "∑": "\\sum",
  "∏": "\\prod",
  "∫": "\\int",
  "∞": "\\infty",
  "′": "'",
  "″": "''",
  "−": "-",
  "→": "\\to",
  "←": "\\leftarrow",
  "↔": "\\leftrightarrow",
  "↦": "\\mapsto",
  "⇒": "\\Rightarrow",
  "⇐": "\\Leftarrow",
  "⇔": "\\Leftrightarrow",
  "≈": "\\approx",
  "≃": "\\simeq",
  "≅": "\\cong",
  "∼": "\\sim",
  "∝": "\\propto",
  "≡": "\\equiv",
  "≠": "\\ne",
  "≤": "\\le",
  "≥": "\\ge",
  "≪": "\\ll",
  "≫": "\\gg",
  "∈": "\\in",
  "∉": "\\notin",
  "⊂": "\\subset",
  "⊆": "\\subseteq",
  "∪": "\\cup",
  "∩": "\\cap",
  "∅": "\\emptyset",
  "∀": "\\forall",
  "∃": "\\exists",
  "¬": "\\neg",
  "∧": "\\wedge",
  "∨": "\\vee",
  "⊙": "\\odot",
  "⊗": "\\otimes",
  "⊕": "\\oplus",
  "·": "\\cdot",
  "⋅": "\\cdot",
  "∘": "\\circ",
  "∗": "\\ast",
  "×": "\\times",
  "√": "\\surd",
  "∣": "\\mid",
  "‖": "\\|",
  "∥": "\\|",
  "⊤": "\\top",
  "⊥": "\\bot",
  "⟨": "\\langle",
  "⟩": "\\rangle",
  "⌊": "\\lfloor",
  "⌋": "\\rfloor",
  "⌈": "\\lceil",
  "⌉": "\\rceil",
  ℓ: "\\ell",
  ħ: "\\hbar",
  "✓": "\\checkmark",
  "✔": "\\checkmark",
  "✗": "\\times",
  "●": "\\bullet",
  "■": "\\blacksquare",
  "□": "\\square",
};

/** Written in one of these scripts, `⁻¹` and `₁`, a sign is the one it comes from, raised or lowered. */
const RAISED = /[\u{2070}-\u{207F}\u{1D2C}-\u{1D61}]/u;
const LOWERED = /[\u{2080}-\u{209C}\u{1D62}-\u{1D6A}]/u;

/** Letters and signs that pdflatex sets as they are, with the fonts of T1 and TS1. */
const KNOWN =
  /[\n -~\u{A0}-\u{125}\u{128}-\u{137}\u{139}-\u{13E}\u{141}-\u{148}\u{14A}-\u{165}\u{168}-\u{17E}\u{218}-\u{21B}\u{2010}-\u{2015}\u{2018}-\u{201A}\u{201C}-\u{201E}\u{2020}-\u{2022}\u{2026}\u{2030}\u{2039}\u{203A}\u{20AC}\u{2116}\u{2122}]/u;

/** Words with what LaTeX would read as commands made safe, and the signs and Greek letters of mathematics in maths. */
export function latexWords(text: string): string {
  // Of what is not seen, marks that stand in texts are left out; what commands is written out.
  return Array.from(visibleInPage(text.normalize("NFC")), letterLatex).join("");
}

function letterLatex(letter: string): string {
  const command = commands[letter];
  if (command !== undefined) return command;
  const sign = signs[letter];
  if (sign !== undefined) return `\\ensuremath{${sign}}`;
  if (/[\u{370}-\u{3FF}]/u.test(letter)) return greekLatex(letter);
  // Spaces without width, and marks of the order of writing.
  if (/\p{Cf}|\u{FE0E}|\u{FE0F}/u.test(letter)) return "";
  const plain = letter.normalize("NFKC");
  if (RAISED.test(letter) && plain !== letter) return `\\ensuremath{^{${latexWords(plain)}}}`;
  if (LOWERED.test(letter) && plain !== letter) return `\\ensuremath{_{${latexWords(plain)}}}`;
  if (/[ℂℕℙℚℝℤ]/u.test(letter)) return `\\ensuremath{\\mathbb{${plain}}}`;
  return letter;
}

/** Letters of a document in LaTeX that pdflatex does not know, each once. */
export function unknownLetters(latex: string): readonly string[] {
  return [...new Set(latex)].filter((letter) => !KNOWN.test(letter));
}

/** A letter that has no name of its own in LaTeX, such as a capital that looks Latin, is left as it is. */
function greekLatex(letter: string): string {
  const name = spellGreek(letter);
  return name === letter ? letter : `\\ensuremath{\\${name}}`;
}

/** A notation in LaTeX, with its words made safe. */
export function latexMaths(notation: Notation): string {
  return notationToLatex(withSafeWords(notation)).trim();
}

function withSafeWords(notation: Notation): Notation {
  switch (notation.kind) {
    case "words":
      return { kind: "words", text: latexWords(notation.text) };
    case "row":
      return { kind: "row", parts: notation.parts.map(withSafeWords) };
    default:
      // `readMaths` puts words between formulas, never into them.
      return notation;
  }
}
