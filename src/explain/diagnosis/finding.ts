import type { EquationName } from "./textbook-equations.ts";

/** What can be found. */
export type FindingKind =
  | "notFinite"
  | "unreachableTargets"
  | "unfitCost"
  | "constantTargets"
  | "classImbalance"
  | "unscaledInputs"
  | "duplicateColumns"
  | "leakingColumn"
  | "identifyingColumn"
  | "scaleOfFewCells"
  | "noBetterThanBaseline"
  | "identicalNeurons"
  | "deadNeurons"
  | "saturatedNeurons"
  | "saturatedOutputs"
  | "vanishingError"
  | "explodingError"
  | "learningRateTooLarge"
  | "learningRateTooSmall";

/** The place a finding speaks of; null where it speaks of no single one. */
export interface Place {
  /** 1 … L. */
  readonly layer: number | null;
  /** Neurons j of that layer, or outputs, from 1. */
  readonly neurons: readonly number[] | null;
  /** Inputs by name: `a_k^0`. */
  readonly columns: readonly string[] | null;
}

/** Why it does harm: the term of an equation of the textbook that is too small or too large. */
export interface Reason {
  readonly equation: EquationName;
  /** A quantity of that equation, by its plain name: `f′(z_j^l)`, `a_k^(l-1)`. */
  readonly term: string;
  /** What the term does there, a sentence. */
  readonly text: string;
}

/** Something that keeps a network from learning, or makes its figures worth less than they seem. */
export interface Finding {
  readonly kind: FindingKind;
  readonly where: Place;
  /** What was measured, and the bounds it is beyond; every number finite, NaN or infinite as it was found. */
  readonly evidence: Readonly<Record<string, number>>;
  /** What was found, a sentence with the numbers. */
  readonly text: string;
  readonly why: Reason;
  /** What to try, the first thing first. */
  readonly remedies: readonly string[];
}

/** A place of which little is to be said. */
export function place(where: Partial<Place> = {}): Place {
  return { layer: null, neurons: null, columns: null, ...where };
}

/** A number in a sentence, with three digits. */
export function shown(value: number): string {
  if (!Number.isFinite(value) || value === 0) return String(value);
  const magnitude = Math.abs(value);
  if (magnitude < 1e-3 || magnitude >= 1e5) return value.toExponential(1).replace(/\.0(?=e)/, "");
  return String(Number(value.toPrecision(3)));
}

/** A share in a sentence. */
export function percent(share: number): string {
  return `${shown(100 * share)} %`;
}

/** The first few, and how many more. */
export function listed(items: readonly (string | number)[], most = 5): string {
  const rest = items.length - most;
  return rest > 0 ? `${items.slice(0, most).join(", ")} and ${rest} more` : items.join(", ");
}
