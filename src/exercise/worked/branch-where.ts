import { type Comparison, type Formula, literalValue, negate, rewriteFormula } from "../../formula/index.ts";

/** A stretch of the line: from `low` to `high`, whether or not the ends belong to it. */
interface Stretch {
  readonly low: number;
  readonly high: number;
}

/**
 * What a formula in one letter comes to where a domain such as `z > 0` holds: of a choice, a maximum, a minimum and a magnitude that
 * one of their branches. What the domain does not decide stays as it is.
 */
export function branchWhere(formula: Formula, domain: Formula): Formula {
  const stretch = domain.kind === "comparison" ? stretchOf(domain) : null;
  if (stretch === null) return formula;
  return rewriteFormula(formula, (part) => {
    if (part.kind === "choice" && part.condition.kind === "comparison") {
      const holds = decided(part.condition, stretch);
      return holds === null ? part : holds ? part.then : part.otherwise;
    }
    if (part.kind !== "call") return part;
    const [first, second] = part.arguments;
    if (part.name === "relu" && first?.kind === "symbol") return stretch.low >= 0 ? first : part;
    if (part.name === "abs" && first?.kind === "symbol") {
      return stretch.low >= 0 ? first : stretch.high <= 0 ? negate(first) : part;
    }
    if (part.name !== "max" && part.name !== "min") return part;
    const letter = first?.kind === "symbol" ? first : second;
    const other = letter === first ? second : first;
    const bound = other === undefined ? null : literalValue(other);
    if (letter?.kind !== "symbol" || other === undefined || bound === null) return part;
    if (stretch.low >= bound) return part.name === "max" ? letter : other;
    return stretch.high <= bound ? (part.name === "max" ? other : letter) : part;
  });
}

/** Null for a comparison of another form than a letter with a number. */
function stretchOf({ relation, left, right }: Comparison): Stretch | null {
  const [number, isLetterLeft] = left.kind === "symbol" ? [literalValue(right), true] : [literalValue(left), false];
  if (number === null || (isLetterLeft ? left : right).kind !== "symbol") return null;
  const isAbove = isLetterLeft === (relation === ">" || relation === ">=");
  if (![">", ">=", "<", "<="].includes(relation)) return null;
  return isAbove ? { low: number, high: Infinity } : { low: -Infinity, high: number };
}

/** Whether a condition holds in the whole inside of a stretch; null where it does in a part of it only. */
function decided(condition: Comparison, { low, high }: Stretch): boolean | null {
  const own = stretchOf(condition);
  if (own === null) return null;
  if (own.low <= low && own.high >= high) return true;
  return own.high <= low || own.low >= high ? false : null;
}
