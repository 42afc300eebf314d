import { greekLetters } from "./greek.ts";
import { type Cases, type Fenced, leading, type Notation, type Scripts, type SignName, type Sum } from "./notation.ts";
import type { Formula } from "./tree.ts";
import { typeset } from "./typeset.ts";

/** How MathML is to be written. */
export interface MathmlOptions {
  /** True to set the formula on a line of its own. Default false. */
  readonly isBlock?: boolean;
  /**
   * When given, every part gets an id, this with a number from 1 in reading order: `eq1-1`, `eq1-2` …, so that a page can
   * light parts up.
   */
  readonly idPrefix?: string;
}

/**
 * A formula as one `<math>` element of MathML Core, which browsers set without any library. A named quantity carries its
 * name, `data-quantity="w1"`, so that a page can find all its places.
 */
export function toMathml(formula: Formula, options: MathmlOptions = {}): string {
  return notationToMathml(typeset(formula).notation, options);
}

/** A notation as one `<math>` element of MathML Core. */
export function notationToMathml(notation: Notation, options: MathmlOptions = {}): string {
  let count = 0;
  const { idPrefix } = options;
  const nextId = (): string => {
    count += 1;
    return idPrefix === undefined ? "" : ` id="${escaped(idPrefix)}-${count}"`;
  };
  const display = options.isBlock === true ? ' display="block"' : "";
  return `<math xmlns="http://www.w3.org/1998/Math/MathML"${display}>${write(notation, nextId)}</math>`;
}

/** Gives the attribute `id` of the next part, or nothing. */
type NextId = () => string;

function write(notation: Notation, nextId: NextId): string {
  if (notation.kind === "sign") return signs[notation.sign];
  const id = nextId();
  const inner = (part: Notation): string => write(part, nextId);
  switch (notation.kind) {
    case "number":
      return `<mn${id}>${notation.text}</mn>`;
    case "identifier":
      return `<mi${id}>${escaped(greekLetters.get(notation.name) ?? notation.name)}</mi>`;
    case "row":
      return `<mrow${id}>${notation.parts.map((part, i) => rowPart(part, notation.parts[i + 1], inner)).join("")}</mrow>`;
    case "fraction":
      return `<mfrac${id}>${inner(notation.above)}${inner(notation.below)}</mfrac>`;
    case "scripts":
      return scriptsMathml(notation, id, inner);
    case "root":
      return `<msqrt${id}>${inner(notation.inner)}</msqrt>`;
    case "fenced":
      return fencedMathml(notation, id, inner);
    case "sum":
      return `<mrow${id}>${sigma(notation, inner)}${inner(notation.body)}</mrow>`;
    case "cases":
      return casesMathml(notation, id, inner);
    case "quantity":
      return `<mrow${id} data-quantity="${escaped(notation.plain)}">${inner(notation.inner)}</mrow>`;
    case "words":
      // Browsers leave out a space at either end.
      return `<mtext${id}>${escaped(notation.text).replace(/^ | $/g, "\u00A0")}</mtext>`;
  }
}

/** A part of a row. A product with a function's word after it, `z tanh(z)`, has a thin space between the two, as in print. */
function rowPart(part: Notation, next: Notation | undefined, inner: (part: Notation) => string): string {
  const isProduct = part.kind === "sign" && part.sign === "times";
  return isProduct && next !== undefined && isWord(leading(next)) ? WIDE_TIMES : inner(part);
}

const WIDE_TIMES = '<mo lspace="0" rspace="0.1667em">&#x2062;</mo>';

/** A name of several letters: `tanh`, not `σ`. */
function isWord(notation: Notation): boolean {
  if (notation.kind !== "identifier") return false;
  return (greekLetters.get(notation.name) ?? notation.name).length > 1;
}

const signs: Readonly<Record<SignName, string>> = {
  plus: "<mo>+</mo>",
  minus: "<mo>−</mo>",
  negative: '<mo form="prefix">−</mo>',
  times: "<mo>&#x2062;</mo>",
  dot: "<mo>·</mo>",
  elementwise: "<mo>⊙</mo>",
  apply: "<mo>&#x2061;</mo>",
  equals: "<mo>=</mo>",
  unequal: "<mo>≠</mo>",
  less: "<mo>&lt;</mo>",
  lessOrEqual: "<mo>≤</mo>",
  greater: "<mo>&gt;</mo>",
  greaterOrEqual: "<mo>≥</mo>",
  becomes: "<mo>←</mo>",
  about: "<mo>≈</mo>",
  comma: "<mo>,</mo>",
  partial: '<mi mathvariant="normal">∂</mi>',
  prime: '<mo form="postfix" lspace="0" rspace="0">′</mo>',
  transposed: '<mi mathvariant="normal">T</mi>',
};

function scriptsMathml({ base, below, above }: Scripts, id: string, inner: (part: Notation) => string): string {
  if (below === null && above === null) return inner(base);
  // A prime is a raised sign already; as a script it would be raised twice, and so small that few fonts show it.
  if (below === null && above !== null && isPrimes(above)) return `<mrow${id}>${inner(base)}${inner(above)}</mrow>`;
  if (below === null) return `<msup${id}>${inner(base)}${above === null ? "" : inner(above)}</msup>`;
  if (above === null) return `<msub${id}>${inner(base)}${inner(below)}</msub>`;
  return `<msubsup${id}>${inner(base)}${inner(below)}${inner(above)}</msubsup>`;
}

function isPrimes(notation: Notation): boolean {
  if (notation.kind === "row") return notation.parts.length > 0 && notation.parts.every(isPrimes);
  return notation.kind === "sign" && notation.sign === "prime";
}

function sigma({ index, above }: Sum, inner: (part: Notation) => string): string {
  const sign = '<mo movablelimits="false">∑</mo>';
  if (above === undefined) return `<munder>${sign}${inner(index)}</munder>`;
  return `<munderover>${sign}${inner(index)}${inner(above)}</munderover>`;
}

const fences = { parentheses: ["(", ")"], bars: ["|", "|"], brackets: ["[", "]"] } as const;

function fencedMathml({ fence, inner: content }: Fenced, id: string, inner: (part: Notation) => string): string {
  const [open, close] = fences[fence];
  const isTall = hasTall(content);
  const mark = (form: string, text: string): string =>
    `<mo fence="true" form="${form}"${isTall ? "" : ' stretchy="false"'}>${text}</mo>`;
  return `<mrow${id}>${mark("prefix", open)}${inner(content)}${mark("postfix", close)}</mrow>`;
}

/** Whether something is taller than a line, so that what encloses it has to grow. */
function hasTall(notation: Notation): boolean {
  switch (notation.kind) {
    case "fraction":
    case "root":
    case "sum":
    case "cases":
      return true;
    case "row":
      return notation.parts.some(hasTall);
    case "scripts":
      return hasTall(notation.base);
    case "fenced":
    case "quantity":
      return hasTall(notation.inner);
    default:
      return false;
  }
}

function casesMathml({ rows }: Cases, id: string, inner: (part: Notation) => string): string {
  const cells = rows.map(([value, condition]) => {
    const when =
      condition === null ? "<mtext>otherwise</mtext>" : `<mrow><mtext>if&#xA0;</mtext>${inner(condition)}</mrow>`;
    return `<mtr><mtd>${inner(value)}</mtd><mtd>${when}</mtd></mtr>`;
  });
  return `<mrow${id}><mo fence="true" form="prefix" stretchy="true">{</mo><mtable>${cells.join("")}</mtable></mrow>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
