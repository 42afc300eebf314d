import { type Formula, notationToLatex, notationToMathml, notationToText, typeset } from "../../formula/index.ts";
import type { Reading } from "../verdict.ts";

/** A formula as it was understood, laid out once and written three ways. */
export function readingOf(formula: Formula): Reading {
  const { notation } = typeset(formula);
  return { text: notationToText(notation), latex: notationToLatex(notation), mathml: notationToMathml(notation) };
}
