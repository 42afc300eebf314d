import { childrenOf, foldFormula, type Formula, symbolsOf } from "../../formula/index.ts";
import {
  addConstants,
  asFraction,
  type Constant,
  fractionOf,
  isZero,
  multiplyConstants,
  negateConstant,
  ONE,
  PI_CONSTANT,
  powerOfConstant,
  rationalConstant,
  signOf,
  ZERO,
} from "./constant.ts";
import { CONSTANT_GROWTH, LINEAR_GROWTH } from "./growth.ts";
import { NotReached } from "./not-reached.ts";
import { growthSeries } from "./series.ts";
import { eventually } from "./series-arithmetic.ts";
import { isSteady } from "./wave.ts";

/** How a part depends on the symbol: not at all, as ω z + c, or again and again with an angular frequency; null otherwise. */
type Dependence =
  | { readonly kind: "constant" }
  | { readonly kind: "linear"; readonly slope: Constant }
  | { readonly kind: "periodic"; readonly frequency: Constant }
  | null;

/**
 * A period of a formula in one symbol, read off its form: the symbol stands in sines and cosines of ω z + c alone, with
 * frequencies of rational ratio. It may be a multiple of the smallest period. Null where the form shows none.
 */
export function periodOf(formula: Formula, by: string): Constant | null {
  try {
    const found = foldFormula<Dependence>(formula, (part, parts) => dependenceOf(part, parts, by));
    if (found?.kind !== "periodic") return null;
    return multiplyConstants(
      multiplyConstants(rationalConstant(fractionOf(2n)), PI_CONSTANT),
      inverseOf(found.frequency),
    );
  } catch (error) {
    if (error instanceof NotReached) return null;
    throw error;
  }
}

function inverseOf(value: Constant): Constant {
  return powerOfConstant(value, { above: -1n, below: 1n });
}

function dependenceOf(part: Formula, parts: readonly Dependence[], by: string): Dependence {
  if (part.kind === "symbol") return { kind: "linear", slope: ONE };
  if (parts.every((each) => each?.kind === "constant")) return { kind: "constant" };
  if (parts.every((each) => each?.kind === "constant" || each?.kind === "periodic")) {
    const frequencies = parts.flatMap((each) => (each?.kind === "periodic" ? [each.frequency] : []));
    return commonFrequency(frequencies);
  }
  const [only] = parts;
  const isWave = part.kind === "call" && (part.name === "sin" || part.name === "cos");
  if (isWave && only?.kind === "linear") {
    return { kind: "periodic", frequency: signOf(only.slope) < 0 ? negateConstant(only.slope) : only.slope };
  }
  return linearOf(part, by);
}

/** Whether a part is ω z + c, by its exact series. */
function linearOf(part: Formula, by: string): Dependence {
  if (part.kind === "call" || part.kind === "choice" || part.kind === "comparison") return null;
  if (childrenOf(part).length === 0 || !symbolsOf(part).includes(by)) return null;
  const found = eventually(part, by, growthSeries(LINEAR_GROWTH));
  if (found.kind !== "series" || found.series.rest !== null) return null;
  let slope = ZERO;
  for (const { growth, wave } of found.series.terms) {
    if (!isSteady(wave)) return null;
    if (growth.key === LINEAR_GROWTH.key) slope = addConstants(slope, wave.mean);
    else if (growth.key !== CONSTANT_GROWTH.key) return null;
  }
  return isZero(slope) ? null : { kind: "linear", slope };
}

function commonFrequency(frequencies: readonly Constant[]): Dependence {
  const [first, ...more] = frequencies;
  if (first === undefined) return null;
  let common = first;
  for (const each of more) {
    const next = commonOf(common, each);
    if (next === null) return null;
    common = next;
  }
  return { kind: "periodic", frequency: common };
}

/** The largest frequency of which both are whole multiples; null when there is none. */
function commonOf(left: Constant, right: Constant): Constant | null {
  const ratio = asFraction(multiplyConstants(left, inverseOf(right)));
  // left/right = a/b in lowest terms: left = a·g and right = b·g with g = right/b.
  return ratio === null ? null : multiplyConstants(right, rationalConstant(fractionOf(1n, ratio.below)));
}
