import { type Formula, number, simplify, substitute, symbolsOf } from "../../formula/index.ts";
import type { GraphReader } from "./graph-formula.ts";

/** A formula with Σ_i t_i = 1, as class labels have it; null where no such sum is in it. */
export function withTargetsThatAddUpTo1(formula: Formula, { terms }: GraphReader): Formula | null {
  const sums = symbolsOf(formula).filter((name) => {
    const term = terms.get(name);
    if (term?.kind !== "sum" || term.body.kind !== "symbol") return false;
    const summed = terms.get(term.body.name);
    return summed?.kind === "named" && summed.node.label?.symbol === "t";
  });
  if (sums.length === 0) return null;
  return simplify(substitute(formula, new Map(sums.map((name) => [name, number(1)]))));
}
