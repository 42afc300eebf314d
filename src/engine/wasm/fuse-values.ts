import type { ComputedValue, MapValues, Value } from "./map-values.ts";
import * as code from "./opcodes.ts";

/**
 * Joins operations into those that do two or three at once (`a·b + c`, `a·(1 − a)·g` …), and drops what nobody uses.
 * Only a value with one use is absorbed; each product is still rounded on its own, so the bits stay the same.
 */
export function fuseValues({ computed, outputs }: MapValues): MapValues {
  const uses = countUses({ computed, outputs });
  const replaced = new Map<Value, Value>();
  const current = (value: Value): Value => replaced.get(value) ?? value;
  const fused: ComputedValue[] = [];
  for (const value of computed) {
    if ((uses.get(value) ?? 0) === 0) continue;
    const isAbsorbable = (part: Value): boolean => uses.get(part) === 1 && part.isUniform === value.isUniform;
    const renewed: ComputedValue = { ...value, arguments: value.arguments.map(current) };
    const result = fuse(renewed, (position) => isAbsorbable(value.arguments[position]!), isAbsorbable);
    replaced.set(value, result);
    // What `fuse` looks at are renewed objects; their uses are those of the originals.
    uses.set(result, uses.get(value) ?? 0);
    fused.push(result);
  }
  const renewedOutputs = outputs.map(({ offset, value }) => ({ offset, value: current(value) }));
  const live = countUses({ computed: fused, outputs: renewedOutputs });
  return { computed: fused.filter((value) => (live.get(value) ?? 0) > 0), outputs: renewedOutputs };
}

/** How often each live value is an argument or an output. */
function countUses({ computed, outputs }: MapValues): Map<Value, number> {
  const uses = new Map<Value, number>();
  const use = (value: Value): void => void uses.set(value, (uses.get(value) ?? 0) + 1);
  for (const { value } of outputs) use(value);
  for (const value of computed.toReversed()) {
    if (uses.has(value)) for (const each of value.arguments) use(each);
  }
  return uses;
}

/** The factors of a product, or null. */
function factorsOf(value: Value | undefined): readonly [Value, Value] | null {
  if (value?.kind !== "computed") return null;
  const [left, right] = value.arguments;
  if (value.code === code.SQUARE) return [left!, left!];
  return value.code === code.MULTIPLIED ? [left!, right!] : null;
}

/** a of `a·(1 − a)`, written either way round, or null. */
function logisticOf(value: Value | undefined, isAbsorbable: (part: Value) => boolean): Value | null {
  const factors = factorsOf(value);
  if (factors === null) return null;
  for (const [a, rest] of [factors, factors.toReversed()]) {
    if (rest?.kind !== "computed" || rest.code !== code.SUBTRACT || !isAbsorbable(rest)) continue;
    const [one, subtracted] = rest.arguments;
    if (one?.kind === "constant" && one.value === 1 && subtracted === a) return a;
  }
  return null;
}

function fuse(
  value: ComputedValue,
  isArgumentAbsorbable: (position: number) => boolean,
  isAbsorbable: (part: Value) => boolean,
): ComputedValue {
  const [left, right] = value.arguments;
  const make = (operation: number, ...parts: readonly Value[]): ComputedValue => ({
    ...value,
    code: operation,
    arguments: parts,
  });
  const leftFactors = isArgumentAbsorbable(0) ? factorsOf(left) : null;
  const rightFactors = value.arguments.length > 1 && isArgumentAbsorbable(1) ? factorsOf(right) : null;
  switch (value.code) {
    case code.ADD:
      if (leftFactors !== null && rightFactors !== null) {
        return make(code.SUM_OF_PRODUCTS, ...leftFactors, ...rightFactors);
      }
      if (leftFactors !== null) return make(code.MULTIPLY_ADD, ...leftFactors, right!);
      return rightFactors === null ? value : make(code.MULTIPLY_ADD, ...rightFactors, left!);
    case code.SUBTRACT:
      if (rightFactors !== null) return make(code.SUBTRACT_PRODUCT, ...rightFactors, left!);
      return leftFactors === null ? value : make(code.MULTIPLY_SUBTRACT, ...leftFactors, right!);
    case code.MULTIPLIED: {
      const leftLogistic = leftFactors === null ? null : logisticOf(left, isAbsorbable);
      if (leftLogistic !== null) return make(code.LOGISTIC_SLOPE, leftLogistic, right!);
      const rightLogistic = rightFactors === null ? null : logisticOf(right, isAbsorbable);
      return rightLogistic === null ? value : make(code.LOGISTIC_SLOPE, rightLogistic, left!);
    }
    default:
      return value;
  }
}
