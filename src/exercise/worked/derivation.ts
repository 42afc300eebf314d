import { type Formula, fraction, type Notation, row, sign, symbol, typeset } from "../../formula/index.ts";
import type { EquationRow } from "../prose/sheet-document.ts";
import { readMaths } from "../prose/maths.ts";
import { textbookVocabularies } from "../prose/prose-vocabulary.ts";

/** A derivation, and what it ends with, for the judge to prove; null where there is nothing to be shown. */
export interface Derived {
  readonly rows: readonly EquationRow[];
  readonly result: Formula;
}

/** `left = right`; without a left side it goes on from the row above. */
export function equationRow(left: Notation | null, right: Notation, why: string | null = null): EquationRow {
  return { left, right, why };
}

/** A quantity by the name that its system gives it, which may have scripts: `z1`, `w_12^1`. */
export function quantityNotation(name: string): Notation {
  return /[_^]/.test(name) ? readMaths(name, textbookVocabularies) : typeset(symbol(name)).notation;
}

/** `∂of/∂by` */
export function partialNotation(of: Notation, by: Notation): Notation {
  return fraction(row(sign("partial"), of), row(sign("partial"), by));
}

/** `a = b = c` on one line. */
export function chained(...parts: readonly Notation[]): Notation {
  return row(...parts.flatMap((part, i) => (i === 0 ? [part] : [sign("equals"), part])));
}
