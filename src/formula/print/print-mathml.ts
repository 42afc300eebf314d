import { html, type Html } from "../../page/index.ts";
import { greekLetters } from "./greek.ts";
import { type Cases, type Fenced, leading, type Notation, type Scripts, type SignName, type Sum } from "./notation.ts";
import type { Formula } from "../tree.ts";
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
  /** The quantity whose places get the class `term`, for a page to stress them. */
  readonly marked?: string;
}

/**
 * A formula as one `<math>` element of MathML Core, which browsers set without any library. A named quantity carries its
 * name, `data-quantity="w1"`, so that a page can find all its places.
 */
export function toMathml(formula: Formula, options: MathmlOptions = {}): string {
  return mathmlOf(typeset(formula).notation, options).markup;
}

/** A notation as one `<math>` element of MathML Core. */
export function notationToMathml(notation: Notation, options: MathmlOptions = {}): string {
  return mathmlOf(notation, options).markup;
}

/** The same as a piece of a page. */
export function mathmlOf(notation: Notation, options: MathmlOptions = {}): Html {
  let count = 0;
  const { idPrefix } = options;
  const nextId = (): Html | null => {
    count += 1;
    return idPrefix === undefined ? null : html` id="${idPrefix}-${count}"`;
  };
  const display = options.isBlock === true ? html` display="block"` : null;
  return html`<math xmlns="http://www.w3.org/1998/Math/MathML"${display}>${write(notation, nextId, options.marked)}</math>`;
}

/** Gives the attribute `id` of the next part, or nothing. */
type NextId = () => Html | null;

function write(notation: Notation, nextId: NextId, marked: string | undefined): Html {
  if (notation.kind === "sign") return signs[notation.sign];
  const id = nextId();
  const inner = (part: Notation): Html => write(part, nextId, marked);
  switch (notation.kind) {
    case "number":
      return html`<mn${id}>${notation.text}</mn>`;
    case "identifier":
      return identifierMathml(greekLetters.get(notation.name) ?? notation.name, id);
    case "row":
      return html`<mrow${id}>${notation.parts.map((part, i) => rowPart(part, notation.parts[i + 1], inner))}</mrow>`;
    case "fraction":
      return html`<mfrac${id}>${inner(notation.above)}${inner(notation.below)}</mfrac>`;
    case "scripts":
      return scriptsMathml(notation, id, inner);
    case "root":
      return html`<msqrt${id}>${inner(notation.inner)}</msqrt>`;
    case "fenced":
      return fencedMathml(notation, id, inner);
    case "sum":
      return html`<mrow${id}>${sigma(notation, inner)}${inner(notation.body)}</mrow>`;
    case "cases":
      return casesMathml(notation, id, inner);
    case "quantity":
      return html`<mrow${id} data-quantity="${notation.plain}"${notation.plain === marked ? html` class="term"` : null}>${inner(notation.inner)}</mrow>`;
    case "words":
      // Browsers leave out a space at either end.
      return html`<mtext${id}>${notation.text.replace(/^ | $/g, "\u00A0")}</mtext>`;
  }
}

/** A letter, or a word: that in a box of its own, as Firefox adds a space before `(` after a bare word. */
function identifierMathml(shown: string, id: Html | null): Html {
  const element = html`<mi${id}>${shown}</mi>`;
  return shown.length > 1 ? html`<mpadded>${element}</mpadded>` : element;
}

/** A part of a row. A product with a function's word after it, `z tanh(z)`, has a thin space between the two, as in print. */
function rowPart(part: Notation, next: Notation | undefined, inner: (part: Notation) => Html): Html {
  const isProduct = part.kind === "sign" && part.sign === "times";
  return isProduct && next !== undefined && isWord(leading(next)) ? WIDE_TIMES : inner(part);
}

const WIDE_TIMES: Html = html`<mo lspace="0" rspace="0.1667em">&#x2062;</mo>`;

/** A name of several letters: `tanh`, not `σ`. */
function isWord(notation: Notation): boolean {
  if (notation.kind !== "identifier") return false;
  return (greekLetters.get(notation.name) ?? notation.name).length > 1;
}

const signs: Readonly<Record<SignName, Html>> = {
  plus: html`<mo>+</mo>`,
  minus: html`<mo>−</mo>`,
  negative: html`<mo form="prefix">−</mo>`,
  times: html`<mo>&#x2062;</mo>`,
  dot: html`<mo>·</mo>`,
  elementwise: html`<mo>⊙</mo>`,
  apply: html`<mo lspace="0" rspace="0">&#x2061;</mo>`,
  equals: html`<mo>=</mo>`,
  unequal: html`<mo>≠</mo>`,
  less: html`<mo>${"<"}</mo>`,
  lessOrEqual: html`<mo>≤</mo>`,
  greater: html`<mo>${">"}</mo>`,
  greaterOrEqual: html`<mo>≥</mo>`,
  becomes: html`<mo>←</mo>`,
  about: html`<mo>≈</mo>`,
  comma: html`<mo>,</mo>`,
  partial: html`<mi mathvariant="normal">∂</mi>`,
  prime: html`<mo form="postfix" lspace="0" rspace="0">′</mo>`,
  transposed: html`<mi mathvariant="normal">T</mi>`,
};

function scriptsMathml({ base, below, above }: Scripts, id: Html | null, inner: (part: Notation) => Html): Html {
  if (below === null && above === null) return inner(base);
  // A prime is a raised sign already; as a script it would be raised twice, and so small that few fonts show it.
  if (below === null && above !== null && isPrimes(above)) return html`<mrow${id}>${inner(base)}${inner(above)}</mrow>`;
  if (below === null) return html`<msup${id}>${inner(base)}${above === null ? null : inner(above)}</msup>`;
  if (above === null) return html`<msub${id}>${inner(base)}${inner(below)}</msub>`;
  return html`<msubsup${id}>${inner(base)}${inner(below)}${inner(above)}</msubsup>`;
}

function isPrimes(notation: Notation): boolean {
  if (notation.kind === "row") return notation.parts.length > 0 && notation.parts.every(isPrimes);
  return notation.kind === "sign" && notation.sign === "prime";
}

function sigma({ index, above }: Sum, inner: (part: Notation) => Html): Html {
  const sign = html`<mo movablelimits="false">∑</mo>`;
  if (above === undefined) return html`<munder>${sign}${inner(index)}</munder>`;
  return html`<munderover>${sign}${inner(index)}${inner(above)}</munderover>`;
}

const fences = { parentheses: ["(", ")"], bars: ["|", "|"], brackets: ["[", "]"] } as const;

function fencedMathml({ fence, inner: content }: Fenced, id: Html | null, inner: (part: Notation) => Html): Html {
  const [open, close] = fences[fence];
  const isTall = hasTall(content);
  const mark = (form: string, text: string): Html =>
    html`<mo fence="true" form="${form}"${isTall ? null : html` stretchy="false"`}>${text}</mo>`;
  return html`<mrow${id}>${mark("prefix", open)}${inner(content)}${mark("postfix", close)}</mrow>`;
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

function casesMathml({ rows }: Cases, id: Html | null, inner: (part: Notation) => Html): Html {
  const cells = rows.map(([value, condition]) => {
    const when =
      condition === null
        ? html`<mtext>otherwise</mtext>`
        : html`<mrow><mtext>if&#xA0;</mtext>${inner(condition)}</mrow>`;
    return html`<mtr><mtd>${inner(value)}</mtd><mtd>${when}</mtd></mtr>`;
  });
  return html`<mrow${id}><mo fence="true" form="prefix" stretchy="true">{</mo><mtable>${cells}</mtable></mrow>`;
}
