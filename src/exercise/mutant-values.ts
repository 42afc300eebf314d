import {
  compileFormula,
  type Formula,
  formulaKey,
  rewriteFormula,
  symbol,
  symbolsOf,
  toText,
} from "../formula/index.ts";

/** Enough to tell formulas apart that differ on one side of a kink only, or outside the domain of a logarithm. */
const points = 6;

/**
 * A text that formulas of the same value share, whatever way they are written: to find mutants that are none, as `(-z)^2`
 * is none of `z^2`. Quantities, `f'(z)` and `∂C/∂a` count as symbols of their own, so formulas of unequal texts may
 * still be equal in a network; those of equal texts are equal.
 */
export function valuesText(formula: Formula): string {
  const scalar = withFreshSymbols(formula);
  const names = symbolsOf(scalar);
  const valueAt = compileFormula(scalar, names);
  const values: number[] = [];
  for (let point = 0; point < points; point += 1) values.push(valueAt(names.map((name) => valueOfName(name, point))));
  if (!values.some(Number.isFinite)) return `structure ${formulaKey(formula)}`;
  return values.map((value) => (Math.abs(value) < 1e-12 ? "0" : value.toPrecision(9))).join(" ");
}

/** A formula of plain symbols: one for every quantity, derivative, sum and applied function. */
export function withFreshSymbols(formula: Formula): Formula {
  return rewriteFormula(formula, (part) => {
    switch (part.kind) {
      case "symbol":
      case "derivative":
        return symbol(toText(part));
      case "application":
        return symbol(`${part.name}${"'".repeat(part.primes)}(${valuesText(part.argument)})`);
      case "sum": {
        const limits = [part.from, part.to].map((limit) => (limit === null ? "" : toText(limit))).join("..");
        return symbol(`sum_${part.index} ${limits} ${valuesText(part.body)}`);
      }
      default:
        return part;
    }
  });
}

/** A number in ±[0.4, 2.9] for a name, of another sign at every other point. */
function valueOfName(name: string, point: number): number {
  let hash = 2_166_136_261 + point * 374_761_393;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519);
  const unit = ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
  const isNegative = (name.length + point) % 2 === 1;
  return (isNegative ? -1 : 1) * (0.4 + 2.5 * unit);
}
