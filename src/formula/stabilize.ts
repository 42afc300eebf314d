import type { Formula } from "./tree.ts";

/** Not yet: returns the formula as it is. */
export function stabilize(formula: Formula): Formula {
  return formula;
}
