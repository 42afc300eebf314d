import { intervalFunction } from "../numeric/interval-arithmetic.ts";
import { type Interval, interval } from "../numeric/interval.ts";
import { subtract, symbol } from "../build.ts";
import { substitute, symbolsOf } from "../structure.ts";
import type { Formula } from "../tree.ts";
import { postorder, rewriteFormula } from "../walk.ts";

/** One name for all symbols: an interval that holds the values of each, holds those of the formula. */
const anySymbol = symbol("u");

/**
 * A formula without the cases that are always the same, whatever its symbols are: |e^z| is e^z, and max(0, z²) is z². Found by interval
 * arithmetic, so that what is left out is proved.
 *
 * @param rangeOf what the values of a symbol lie in, by its text
 */
export function withoutKnownCases(formula: Formula, rangeOf: (name: string) => Interval): Formula {
  return rewriteFormula(formula, (part) => {
    if (part.kind === "choice" && part.condition.kind === "number") {
      return part.condition.value === 0 ? part.otherwise : part.then;
    }
    if (part.kind === "comparison") {
      const known = rangeOfFormula(subtract(part.left, part.right), rangeOf);
      const isStrict = part.relation === "<" || part.relation === ">";
      const [isAbove, isBelow] = [known !== null && known.low > 0, known !== null && known.high < 0];
      if (known?.coverage !== 3 || (!isAbove && !isBelow)) return part;
      if (!isStrict && (part.relation === "==" || part.relation === "!=")) return truth(part.relation === "!=");
      return truth(part.relation.startsWith(">") ? isAbove : isBelow);
    }
    return part.kind === "call" ? (sideOf(part.name, part.arguments, rangeOf) ?? part) : part;
  });
}

/** What rounding outward may leave of 0. */
const rounded = 2 ** -1060;

function truth(holds: boolean): Formula {
  return { kind: "number", value: holds ? 1 : 0 };
}

function sideOf(
  name: string,
  [first, second]: readonly Formula[],
  rangeOf: (name: string) => Interval,
): Formula | null {
  if (first === undefined || !["abs", "relu", "sign", "min", "max"].includes(name)) return null;
  const known = rangeOfFormula(second === undefined ? first : subtract(first, second), rangeOf);
  if (known === null || known.coverage === 0) return null;
  const [isAbove, isBelow] = [known.low >= -rounded, known.high <= rounded];
  if (!isAbove && !isBelow) return null;
  switch (name) {
    case "abs":
      return isAbove ? first : { kind: "negate", operand: first };
    case "relu":
      return isAbove ? first : truth(false);
    case "sign":
      if (known.low <= 0 && known.high >= 0) return null;
      return isAbove ? truth(true) : { kind: "negate", operand: truth(true) };
    case "max":
      return isAbove ? first : (second ?? null);
    default:
      return isAbove ? (second ?? null) : first;
  }
}

/** What the values of a formula lie in; null of one that is not written in plain symbols. */
function rangeOfFormula(formula: Formula, rangeOf: (name: string) => Interval): Interval | null {
  if (postorder(formula).some(({ kind }) => ["application", "derivative", "sum"].includes(kind))) return null;
  const names = symbolsOf(formula);
  const ranges = names.map(rangeOf);
  const low = Math.min(...ranges.map((each) => each.low));
  const high = Math.max(...ranges.map((each) => each.high));
  const plain = substitute(formula, new Map(names.map((name) => [name, anySymbol])));
  return intervalFunction(plain, "u")(names.length === 0 ? interval(0, 0) : interval(low, high));
}
