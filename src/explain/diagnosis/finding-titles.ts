import type { FindingKind } from "../index.ts";

/** What a kind of finding is called. */
export const titles: Readonly<Record<FindingKind, string>> = {
  notFinite: "NaN or infinite numbers",
  unreachableTargets: "Targets out of reach",
  unfitCost: "A cost that does not fit",
  constantTargets: "Targets all alike",
  classImbalance: "A rare class",
  unscaledInputs: "Unscaled inputs",
  duplicateColumns: "Columns that hold the same",
  leakingColumn: "A column that gives the answer away",
  identifyingColumn: "A column that identifies the row",
  scaleOfFewCells: "A scale set by a few cells",
  noBetterThanBaseline: "No better than one answer for all",
  identicalNeurons: "Neurons all alike",
  deadNeurons: "Dead neurons",
  saturatedNeurons: "Saturated neurons",
  saturatedOutputs: "Saturated outputs",
  vanishingError: "The error vanishes",
  explodingError: "The error explodes",
  learningRateTooLarge: "Learning rate too large",
  learningRateTooSmall: "Learning rate too small",
};
