import type { Notation } from "../../formula/index.ts";
import type { Html } from "../../page/index.ts";

/**
 * A sheet as it is to be read, whatever it is written in: `sheetToText`, `sheetToHtml` and `sheetToLatex` are three writers
 * of this one structure.
 */
export interface SheetDocument {
  readonly title: string;
  /** Whether there is a line for the learner's name; not where solutions are shown. */
  readonly hasName: boolean;
  /** What is to be said below the title: that the numbers were drawn. Null for nothing. */
  readonly note: string | null;
  readonly blocks: readonly DocumentBlock[];
}

/** A piece of a line. */
export type Inline =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "strong" | "emphasis" | "deleted"; readonly parts: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly parts: readonly Inline[] }
  | { readonly kind: "maths"; readonly notation: Notation }
  | { readonly kind: "break" };

/** What stands below each other. */
export type DocumentBlock =
  | { readonly kind: "paragraph"; readonly parts: readonly Inline[] }
  /** `level` from 2; the title has 1, and no level is left out. */
  | { readonly kind: "heading"; readonly level: number; readonly parts: readonly Inline[] }
  | {
      readonly kind: "list";
      /** The first number; null for a list without numbers. */
      readonly start: number | null;
      readonly items: readonly (readonly DocumentBlock[])[];
    }
  | DocumentTable
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "display"; readonly notation: Notation }
  | { readonly kind: "quote"; readonly blocks: readonly DocumentBlock[] }
  | { readonly kind: "rule" }
  /** `tikz` is the same picture, or one as good in print, for LaTeX. */
  | { readonly kind: "picture"; readonly svg: Html; readonly tikz: string; readonly description: string }
  /** Equations below each other, with their relations in line. */
  | { readonly kind: "equations"; readonly rows: readonly EquationRow[] }
  | QuestionDocument;

/** A table; a cell is a line. */
export interface DocumentTable {
  readonly kind: "table";
  /** Null for none. */
  readonly caption: string | null;
  readonly heading: readonly (readonly Inline[])[];
  readonly rows: readonly (readonly (readonly Inline[])[])[];
  /** True where the first column names its row, and the others are numbers. */
  readonly isOfNumbers: boolean;
}

/** `left = right` */
export interface EquationRow {
  /** Null: it goes on from the row above. */
  readonly left: Notation | null;
  readonly right: Notation;
  /** Why it is so; null or left out where it is plain. */
  readonly why?: string | null;
  /** `left ← right` for a new value. Default `equals`. */
  readonly relation?: "equals" | "becomes";
}

/** A question with room for its answer. */
export interface QuestionDocument {
  readonly kind: "question";
  /** From 1. */
  readonly number: number;
  readonly id: string;
  /** Of its heading. */
  readonly level: number;
  readonly points: number;
  readonly text: readonly DocumentBlock[];
  /** What the answer is to be equal to, before the line for it; null where that is not said. */
  readonly asked: Notation | null;
  /** How exact a number is to be; null where none is asked. */
  readonly decimals: number | null;
  /** Null where there is nothing to choose from. */
  readonly choices: readonly ChoiceDocument[] | null;
  /** True where any number of the choices may be right. */
  readonly hasSeveralRight: boolean;
  /** What the answer is; null when solutions are not shown. */
  readonly solution: readonly Inline[] | null;
  /** How the answer follows from what is given; empty when solutions are not shown, and where there is nothing it follows from. */
  readonly worked: readonly DocumentBlock[];
}

export interface ChoiceDocument {
  /** a, b, c … */
  readonly label: string;
  readonly parts: readonly Inline[];
  /** Null when solutions are not shown. */
  readonly isRight: boolean | null;
}
