import { type Formula, toLatex, toMathml, toReadableText } from "../formula/index.ts";
import type { Reading } from "./verdict.ts";

/** A formula as it was understood, three ways. */
export function readingOf(formula: Formula): Reading {
  return { text: toReadableText(formula), latex: toLatex(formula), mathml: toMathml(formula) };
}
