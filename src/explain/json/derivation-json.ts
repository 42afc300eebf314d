import {
  foldFormula,
  type Formula,
  type Notation,
  notationToLatex,
  notationToText,
  symbol,
  substitute,
  toText,
} from "../../formula/index.ts";
import type { Claim, FunctionDerivation, Page, SystemDerivation } from "../index.ts";

/** A formula of more parts would fill a screen many times; it is left out, and its number stands alone. */
const MOST_PARTS = 20_000;

/** A system's derivatives for programs; numbers that JSON has no sign for are null. */
export function systemJson(
  { system, values, derivatives }: SystemDerivation,
  learningRate: number | undefined,
): unknown {
  const entries = derivatives.map(({ by, symbolic, value, numeric }) => [
    by,
    { symbolic: textOf(symbolic), value, numeric },
  ]);
  const updated =
    learningRate === undefined
      ? null
      : Object.fromEntries(
          derivatives
            .filter(({ by }) => Object.hasOwn(system.parameters, by))
            .map(({ by, value }) => [by, (values[by] ?? Number.NaN) - learningRate * value]),
        );
  return { values, derivatives: Object.fromEntries(entries), updated };
}

/**
 * A function's derivative for programs. `claims` has everything that is known, with its basis; infinite numbers are the
 * texts "Infinity" and "-Infinity".
 */
export function functionJson({ name, by, formula, derivative, inOwnTerms, claims }: FunctionDerivation): unknown {
  return {
    name,
    by,
    formula: textOf(formula),
    derivative: textOf(derivative),
    inOwnTerms: inOwnTerms === null ? null : toText(substitute(inOwnTerms, new Map([["the function", symbol("f")]]))),
    claims: claims === null ? null : claims.map(claimJson),
  };
}

/** The equations of a page for programs: each step as text and as LaTeX. */
export function pageJson({ title, sections }: Page): unknown {
  return {
    title,
    sections: sections.map((section) => ({
      title: section.title,
      equations: section.blocks
        .filter((block) => block.kind === "equation")
        .map(({ name, left, steps }) => ({
          name,
          left: bothForms(left),
          steps: steps.map(({ relation, right, why }) => ({ relation, ...bothForms(right), why })),
        })),
    })),
  };
}

function bothForms(notation: Notation): { readonly text: string; readonly latex: string } {
  return { text: notationToText(notation), latex: notationToLatex(notation) };
}

function claimJson(claim: Claim): unknown {
  const text = JSON.stringify(claim, (_, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
  return JSON.parse(text);
}

function textOf(formula: Formula): string | null {
  const parts = foldFormula<number>(formula, (_, sizes) => sizes.reduce((sum, each) => sum + each, 1));
  return parts <= MOST_PARTS ? toText(formula) : null;
}
