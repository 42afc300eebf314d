import { visibleLine } from "../../page/index.ts";
import { functions } from "../functions.ts";
import { greekNames } from "./greek.ts";
import type { Fenced, Notation, Scripts, SignName } from "./notation.ts";
import type { Formula } from "../tree.ts";
import { typeset } from "./typeset.ts";

/**
 * A formula in LaTeX as a textbook sets it: fractions, roots, e^u, σ(z), products without a sign, choices as cases.
 * For math mode, with amsmath.
 */
export function toLatex(formula: Formula): string {
  return notationToLatex(typeset(formula).notation);
}

/** A notation in LaTeX, for math mode, with amsmath. */
export function notationToLatex(notation: Notation): string {
  switch (notation.kind) {
    case "number":
      return notation.text;
    case "identifier":
      return identifierLatex(notation.name);
    case "sign":
      return signs[notation.sign];
    case "row":
      return notation.parts.map(notationToLatex).join("");
    case "fraction":
      return `\\frac{${notationToLatex(notation.above)}}{${notationToLatex(notation.below)}}`;
    case "scripts":
      return scriptsLatex(notation);
    case "root":
      return `\\sqrt{${notationToLatex(notation.inner)}}`;
    case "fenced":
      return fencedLatex(notation);
    case "sum": {
      const limit = notation.above === undefined ? "" : `^{${notationToLatex(notation.above)}}`;
      return `\\sum_{${notationToLatex(notation.index)}}${limit} ${notationToLatex(notation.body)}`;
    }
    case "cases": {
      const rows = notation.rows.map(([value, condition]) => {
        const when = condition === null ? "\\text{otherwise}" : `\\text{if } ${notationToLatex(condition)}`;
        return `${notationToLatex(value)} & ${when}`;
      });
      return `\\begin{cases} ${rows.join(" \\\\ ")} \\end{cases}`;
    }
    case "quantity":
      return notationToLatex(notation.inner);
    case "words":
      return `\\text{${notation.text}}`;
  }
}

const signs: Readonly<Record<SignName, string>> = {
  plus: " + ",
  minus: " - ",
  negative: "-",
  times: " ",
  dot: " \\cdot ",
  elementwise: " \\odot ",
  apply: "",
  equals: " = ",
  unequal: " \\ne ",
  less: " < ",
  lessOrEqual: " \\le ",
  greater: " > ",
  greaterOrEqual: " \\ge ",
  becomes: " \\leftarrow ",
  about: " \\approx ",
  comma: ", ",
  partial: "\\partial ",
  prime: "\\prime",
  transposed: "\\mathsf{T}",
};

function scriptsLatex({ base, below, above }: Scripts): string {
  const lower = below === null ? "" : `_{${notationToLatex(below).replaceAll(", ", ",")}}`;
  const upper = above === null ? "" : `^{${notationToLatex(above)}}`;
  return notationToLatex(base) + lower + upper;
}

/** Parentheses that grow only around what is taller than a line. */
function fencedLatex({ fence, inner }: Fenced): string {
  const latex = notationToLatex(inner);
  if (fence === "bars") return `\\left|${latex}\\right|`;
  if (fence === "brackets") return `\\left[${latex}\\right]`;
  return /\\frac|\\begin|\\sqrt|\\sum|\^/.test(latex) ? `\\left(${latex}\\right)` : `(${latex})`;
}

const greek = new Set(Object.values(greekNames));
const functionWords = new Set(
  Object.values(functions).map(({ latex }) => latex.replace(/^\\operatorname\{(.*)\}$/, "$1")),
);

/** Functions that LaTeX has a command for. */
const commands: readonly string[] = ["exp", "ln", "sin", "cos", "sinh", "cosh", "tanh", "min", "max"];

function identifierLatex(name: string): string {
  if (greek.has(name) || commands.includes(name)) return `\\${name}`;
  const safe = visibleLine(name).replace(SPECIAL, (sign) => special[sign] ?? sign);
  if (Array.from(name).length === 1) return safe;
  return functionWords.has(name) ? `\\operatorname{${name}}` : `\\mathrm{${safe}}`;
}

/** What LaTeX would read as a command; a name of somebody's own may hold anything. */
const SPECIAL = /[\\{}$&#%_^~]/g;
const special: Readonly<Record<string, string>> = {
  "\\": "\\backslash ",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "^": "\\text{\\textasciicircum}",
  "~": "\\text{\\textasciitilde}",
};
