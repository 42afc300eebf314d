import { type Formula, simplify } from "../../formula/index.ts";
import type { Parameters } from "../../network/index.ts";

/** As it was written; with values for parameters put in, simplified: 1·(e^z − 1) is e^z − 1. */
export function plainly(definition: {
  readonly kind?: "elementwise";
  readonly formula: Formula;
  readonly parameters: Parameters;
}): Formula {
  const { formula, parameters } = definition;
  return Object.keys(parameters).length === 0 ? formula : simplify(formula);
}
