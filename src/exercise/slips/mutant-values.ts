import { childrenOf, type Formula, postorder, toText, valueFromParts } from "../../formula/index.ts";
import { appliedFunction } from "../vocabulary/applied-function.ts";

/** Enough to tell formulas apart that differ on one side of a kink only, or outside the domain of a logarithm. */
const points = 6;

/** A formula's values at the points. */
type Values = readonly number[];

/** Texts by which formulas are compared; what is known of a part is kept, as mutants share most of theirs. */
export interface MutantValues {
  /**
   * A text that formulas of the same value share, whatever way they are written: to find mutants that are none, as `(-z)^2`
   * is none of `z^2`. Quantities, `f'(z)`, `∂C/∂a` and sums get values of their own, so formulas of unequal texts may
   * still be equal in a network; those of equal texts are equal.
   */
  readonly text: (formula: Formula) => string;
}

/** Values of the mutants of one key. */
export function mutantValues(): MutantValues {
  const known = new Map<Formula, Values>();
  const text = (formula: Formula): string => {
    const values = valuesOf(formula);
    if (!values.some(Number.isFinite)) return toText(formula);
    return values.map((value) => (Math.abs(value) < 1e-12 ? "0" : value.toPrecision(9))).join(" ");
  };
  const valuesOf = (root: Formula): Values => {
    for (const part of postorder(root, (formula) => known.has(formula))) {
      if (!known.has(part)) known.set(part, valuesOfPart(part, childrenOf(part).map(valuesOf)));
    }
    return known.get(root) ?? [];
  };
  const valuesOfPart = (part: Formula, parts: readonly Values[]): Values => {
    switch (part.kind) {
      case "symbol":
      case "derivative":
        return valuesOfName(toText(part));
      case "sum": {
        const limits = [part.from, part.to].map((limit) => (limit === null ? "" : toText(limit))).join("..");
        return valuesOfName(`sum_${part.index} ${limits} ${text(part.body)}`);
      }
      case "application": {
        const { name, argument, primes } = part;
        const formula = appliedFunction(name, argument, primes);
        if (formula.kind !== "application") return valuesOf(formula);
        return valuesOfName(`${name}${"'".repeat(primes)}(${text(argument)})`);
      }
      default:
        return Array.from({ length: points }, (_, point) =>
          valueFromParts(
            part,
            parts.map((values) => values[point] ?? Number.NaN),
          ),
        );
    }
  };
  return { text };
}

/** Numbers in ±[0.4, 2.9] for a name, of another sign at every other point. */
function valuesOfName(name: string): Values {
  let hash = 2_166_136_261;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return Array.from({ length: points }, (_, point) => {
    hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519) + 374_761_393;
    const unit = ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
    return ((name.length + point) % 2 === 0 ? 1 : -1) * (0.4 + 2.5 * unit);
  });
}
