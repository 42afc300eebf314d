import type { Formula } from "./tree.ts";

/**
 * How tightly each construct holds together; the parser reads by these levels and every printer puts parentheses by
 * them. A minus sign holds looser than a product: `-a*b` is −(a·b), and `-z^2` is −(z²). `Σ` takes in the product after it, so it
 * ends where one ends, and needs no parentheses after another sign.
 */
export const level = {
  choice: 1,
  comparison: 2,
  sum: 3,
  negation: 4,
  summation: 5,
  product: 6,
  power: 7,
  atom: 8,
} as const;

/** The level of a formula's outermost construct. */
export function levelOf(formula: Formula): number {
  switch (formula.kind) {
    case "choice":
      return level.choice;
    case "comparison":
      return level.comparison;
    case "negate":
      return level.negation;
    case "sum":
      return level.summation;
    // A quotient of two quantities by its looks, which nothing but a power can tear apart.
    case "derivative":
      return level.power;
    case "operation":
      if (formula.operator === "^") return level.power;
      return formula.operator === "*" || formula.operator === "/" ? level.product : level.sum;
    default:
      return level.atom;
  }
}

/**
 * The lowest level that may stand at each part (in the order of `childrenOf`) without parentheses. Sums and products
 * group from the left, powers from the right; branches of a choice may chain only at its end.
 */
export function partLevels(formula: Formula): readonly number[] {
  switch (formula.kind) {
    case "choice":
      return [level.comparison, level.comparison, level.choice];
    case "comparison":
      return [level.sum, level.sum];
    case "negate":
    case "sum":
      return [level.summation];
    case "operation":
      if (formula.operator === "^") return [level.atom, level.power];
      if (formula.operator === "*" || formula.operator === "/") return [level.product, level.power];
      return [level.sum, level.summation];
    default:
      return [];
  }
}
