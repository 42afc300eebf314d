import type { Notation } from "../../formula/index.ts";
import type { Html } from "../../page/index.ts";

/**
 * A derivation as it is to be read, whatever it is written in: `pageToText`, `pageToLatex` and `pageToHtml` are three
 * writers of this one structure.
 */
export interface Page {
  readonly title: string;
  /** A sentence or two on what is shown. */
  readonly summary: string;
  readonly sections: readonly Section[];
}

/** A part of a page under its heading. */
export interface Section {
  readonly title: string;
  /** What the section does and why; null when its heading says it. */
  readonly text: string | null;
  readonly blocks: readonly Block[];
}

/** A piece of a section: equations that are read together, a sentence, a picture or a table. */
export type Block = EquationBlock | Remark | Picture | TableBlock;

/** `left = right₁ = right₂ …`, a line each. */
export interface EquationBlock {
  readonly kind: "equation";
  /** What the step is called: "output layer, BP1". Null for none. */
  readonly name: string | null;
  readonly left: Notation;
  readonly steps: readonly Step[];
}

/** One line of an equation after its left side. */
export interface Step {
  readonly relation: "equals" | "about" | "becomes";
  readonly right: Notation;
  /** Why it is so, or what it is: "by the chain rule". Null when it is plain. */
  readonly why: string | null;
}

/** A sentence. */
export interface Remark {
  readonly kind: "remark";
  readonly text: string;
}

/** An SVG, with what it shows in words. */
export interface Picture {
  readonly kind: "picture";
  readonly svg: Html;
  readonly description: string;
}

/** Rows of cells under a heading; the first column names what its row is of, the others hold numbers. */
export interface TableBlock {
  readonly kind: "table";
  /** What it shows. */
  readonly caption: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A step of an equation; `why` may be left out. */
export function step(right: Notation, why: string | null = null, relation: Step["relation"] = "equals"): Step {
  return { relation, right, why };
}
