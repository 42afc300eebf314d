import { greekLetters } from "./greek.ts";
import type { Cases, Fraction, Notation, Row, Scripts, SignName } from "./notation.ts";
import type { Formula } from "../tree.ts";
import { typeset } from "./typeset.ts";

/**
 * A formula on one line for people: `(y - t) y (1 - y) w2`, `σ(z)`, `Σ_k w_kj^(l+1) δ_k^(l+1)`. What `parseFormula`
 * reads, it reads back to an equal formula; brackets, cases and Σ are for people only.
 */
export function toReadableText(formula: Formula): string {
  return notationToText(typeset(formula).notation);
}

/** A notation on one line, with Unicode for Greek letters and signs. */
export function notationToText(notation: Notation): string {
  switch (notation.kind) {
    case "number":
    case "words":
      return notation.text;
    case "identifier":
      return greekLetters.get(notation.name) ?? notation.name;
    case "sign":
      return signs[notation.sign];
    case "row":
      return rowText(notation);
    case "fraction":
      return fractionText(notation);
    case "scripts":
      return scriptsText(notation);
    case "root":
      return `√(${notationToText(notation.inner)})`;
    case "fenced": {
      const [open, close] = fences[notation.fence];
      return open + notationToText(notation.inner) + close;
    }
    case "sum":
      return `Σ_${tight(notation.index)}${notation.above === undefined ? "" : `^${tight(notation.above)}`} ${notationToText(notation.body)}`;
    case "cases":
      return casesText(notation);
    case "quantity":
      return quantityText(notation.plain);
  }
}

const fences = { parentheses: ["(", ")"], bars: ["|", "|"], brackets: ["[", "]"] } as const;

const signs: Readonly<Record<SignName, string>> = {
  plus: " + ",
  minus: " - ",
  negative: "-",
  times: " ",
  dot: " · ",
  elementwise: " ⊙ ",
  apply: "",
  equals: " = ",
  unequal: " ≠ ",
  less: " < ",
  lessOrEqual: " ≤ ",
  greater: " > ",
  greaterOrEqual: " ≥ ",
  becomes: " ← ",
  about: " ≈ ",
  comma: ", ",
  partial: "∂",
  prime: "′",
  transposed: "ᵀ",
};

/** A factor that starts with a number would not be seen as one on a line: `e · 1/2`. */
function rowText({ parts }: Row): string {
  const texts = parts.map(notationToText);
  const isTimes = (part: Notation): boolean => part.kind === "sign" && part.sign === "times";
  return parts.map((part, i) => (isTimes(part) && /^[0-9]/.test(texts[i + 1] ?? "") ? signs.dot : texts[i])).join("");
}

function quantityText(plain: string): string {
  return plain.replaceAll(" ", "").replace(/^[A-Za-z]+/, (name) => greekLetters.get(name) ?? name);
}

function fractionText({ above, below }: Fraction): string {
  return `${inParentheses(above, isSumOrSigned(above))}/${inParentheses(below, isProductOrSum(below))}`;
}

function inParentheses(notation: Notation, isNeeded: boolean): string {
  const text = notationToText(notation);
  return isNeeded ? `(${text})` : text;
}

function hasSign(notation: Notation, names: readonly SignName[]): boolean {
  return notation.kind === "row" && notation.parts.some((part) => part.kind === "sign" && names.includes(part.sign));
}

function isSumOrSigned(notation: Notation): boolean {
  return hasSign(notation, ["plus", "minus", "negative"]) || notation.kind === "cases" || notation.kind === "sum";
}

function isProductOrSum(notation: Notation): boolean {
  return isSumOrSigned(notation) || hasSign(notation, ["times", "dot", "elementwise"]) || notation.kind === "fraction";
}

function scriptsText({ base, below, above }: Scripts): string {
  const lower = below === null ? "" : `_${tight(below)}`;
  const marks = above?.kind === "row" ? above.parts : above === null ? [] : [above];
  if (above !== null && marks.every((mark) => mark.kind === "sign")) {
    return notationToText(base) + lower + marks.map(notationToText).join("");
  }
  // A fraction under a power needs no parentheses in print, but on a line.
  const isOpen = base.kind === "fraction" || base.kind === "row";
  return (
    (isOpen ? `(${notationToText(base)})` : notationToText(base)) + lower + (above === null ? "" : `^${tight(above)}`)
  );
}

/** A script: without spaces, in parentheses when it is more than a word. */
function tight(notation: Notation): string {
  const text = notationToText(notation).replace(/ ([-+=]) /g, "$1");
  return /^[\p{L}\p{N}.]+$/u.test(text) ? text : `(${text})`;
}

function casesText({ rows }: Cases): string {
  const texts = rows.map(([value, condition]) => {
    const when = condition === null ? "otherwise" : `if ${notationToText(condition)}`;
    return `${notationToText(value)} ${when}`;
  });
  return `{ ${texts.join("; ")} }`;
}
