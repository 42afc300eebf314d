import { type Notation, notationToLatex, spellGreek } from "../formula/index.ts";

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

const signs: Readonly<Record<string, string>> = {
  "∂": "\\partial",
  "∑": "\\sum",
  "∞": "\\infty",
  "′": "'",
  "−": "-",
  "→": "\\to",
  "←": "\\leftarrow",
  "≈": "\\approx",
  "≡": "\\equiv",
  "≠": "\\ne",
  "≤": "\\le",
  "≥": "\\ge",
  "∈": "\\in",
  "⊙": "\\odot",
  "·": "\\cdot",
  "×": "\\times",
  "√": "\\surd",
};

/** Words with what LaTeX would read as commands made safe, and the signs and Greek letters of mathematics in maths. */
export function latexWords(text: string): string {
  const safe = /[\\{}$&#%_^~<>…∂∑∞′−→←≈≡≠≤≥∈⊙·×√\u{370}-\u{3FF}]/gu;
  return text.replace(safe, (found) => {
    const sign = signs[found];
    if (sign !== undefined) return `\\ensuremath{${sign}}`;
    return commands[found] ?? greekLatex(found);
  });
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
