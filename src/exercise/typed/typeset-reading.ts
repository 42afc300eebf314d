import {
  type Formula,
  type Notation,
  notationToLatex,
  notationToMathml,
  notationToText,
  typeset,
} from "../../formula/index.ts";
import type { Reading } from "../verdict.ts";

/** A formula as it was understood, laid out once and written three ways. */
export function readingOf(formula: Formula): Reading {
  return readingOfNotation(typeset(formula).notation);
}

/** A formula that is laid out already. */
export function readingOfNotation(notation: Notation): Reading {
  return { text: notationToText(notation), latex: notationToLatex(notation), mathml: notationToMathml(notation) };
}
