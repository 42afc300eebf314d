import { childrenOf, type Formula, literalValue, toText } from "../../formula/index.ts";
import { fractionOf, termsOf } from "../../formula/rewrite/flatten.ts";

/** What keeps a formula from being multiplied out: a product or a whole power of a sum, or terms that differ by a number. Null for nothing. */
export function expandedProblem(answer: Formula): string | null {
  return bracketsIn(answer) ?? (answer.kind === "sum" ? expandedProblem(answer.body) : alikeTerms(answer));
}

/** A sum that is multiplied, divided, subtracted as a whole, or raised to a whole power. Arguments of functions are left alone. */
function bracketsIn(formula: Formula): string | null {
  switch (formula.kind) {
    case "negate":
      return isSum(formula.operand)
        ? `a minus stands before ${bracketed(formula.operand)}.`
        : bracketsIn(formula.operand);
    case "sum":
      return bracketsIn(formula.body);
    case "operation": {
      const { operator, left, right } = formula;
      const exponent = literalValue(right);
      const isPower = operator === "^" && exponent !== null && Number.isInteger(exponent) && exponent > 1;
      if (isPower && isSum(left)) return `${toText(formula)} is a power of a sum.`;
      if (operator === "^") return null;
      if (operator === "*" && (isSum(left) || isSum(right))) return `${toText(formula)} is a product with a sum in it.`;
      if (operator === "/" && isSum(left)) return `${toText(formula)} divides a sum.`;
      if (operator === "-" && isSum(right)) return `a minus stands before ${bracketed(right)}.`;
      // What stands below a fraction line is left alone.
      const parts = operator === "/" ? [left] : childrenOf(formula);
      return parts.map(bracketsIn).find((each) => each !== null) ?? null;
    }
    default:
      return null;
  }
}

function isSum(formula: Formula): boolean {
  return termsOf(formula).length > 1;
}

function bracketed(formula: Formula): string {
  return `(${toText(formula)})`;
}

/** Terms that are one, as 2 z and 3 z are. */
function alikeTerms(formula: Formula): string | null {
  const known = new Map<string, Formula>();
  for (const { term } of termsOf(formula)) {
    const { above, below } = fractionOf(term);
    const [over, under] = [above, below].map((factors) =>
      factors
        .filter((factor) => literalValue(factor) === null)
        .map(toText)
        .sort()
        .join(" * "),
    );
    const text = `${over ?? ""} / ${under ?? ""}`;
    const before = known.get(text);
    if (before !== undefined) return `${toText(before)} and ${toText(term)} are one term.`;
    known.set(text, term);
  }
  return null;
}
