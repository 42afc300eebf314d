import {
  childrenOf,
  compileFormula,
  differentiate,
  evaluate,
  type Formula,
  formulaKey,
  postorder,
  symbol,
  symbolText,
  withChildren,
} from "../../formula/index.ts";

/** Stand for the parts of a construct, in order; none has more than three. */
const names = ["u", "v", "w"];

type Evaluator = (parts: ArrayLike<number>) => number;

/** One construct as a function of its parts. */
interface Construct {
  readonly value: Evaluator;
  /** By each part; null where that is a constant. */
  readonly partials: readonly (Evaluator | null)[];
}

/**
 * `∂formula/∂s` for every symbol s in it, in float64, by reverse accumulation over its parts: one pass, however many symbols
 * there are. What a construct passes on to each of its parts is what `differentiate` says of it over plain symbols; a constant stays
 * what it is, as it decides the slope at a kink (`max(0, z)`).
 *
 * @param values of every symbol in it.
 * @param constructs what is known of constructs from formulas before. Default nothing
 */
export function localSlopes(
  formula: Formula,
  values: Readonly<Record<string, number>>,
  constructs: Constructs = newConstructs(),
): ReadonlyMap<string, number> {
  const parts = postorder(formula);
  const numbers = new Map<Formula, number>();
  const variable = new Set<Formula>();
  const inputsOf = (part: Formula): number[] => childrenOf(part).map((child) => numbers.get(child) ?? Number.NaN);
  for (const part of parts) {
    const children = childrenOf(part);
    if (part.kind === "symbol" || children.some((child) => variable.has(child))) variable.add(part);
    const isLeaf = children.length === 0;
    numbers.set(part, isLeaf ? evaluate(part, values) : constructOf(part, variable, constructs).value(inputsOf(part)));
  }
  const slopes = new Map<Formula, number>([[formula, 1]]);
  const found = new Map<string, number>();
  for (const part of parts.toReversed()) {
    const slope = slopes.get(part) ?? 0;
    if (part.kind === "symbol") found.set(symbolText(part), (found.get(symbolText(part)) ?? 0) + slope);
    // Nothing comes of a part that is not used, were its own slope infinite: the branch of a choice that is not taken.
    if (slope === 0 || part.kind === "symbol" || !variable.has(part)) continue;
    const inputs = inputsOf(part);
    const { partials } = constructOf(part, variable, constructs);
    for (const [i, child] of childrenOf(part).entries()) {
      const share = partials[i]?.(inputs) ?? 0;
      if (share !== 0) slopes.set(child, (slopes.get(child) ?? 0) + slope * share);
    }
  }
  return found;
}

/** Constructs that were made for a system: a network repeats a few of them, and is looked at with many values. */
export interface Constructs {
  readonly byPart: Map<Formula, Construct>;
  readonly byForm: Map<number, Construct>;
}

/** None yet. */
export function newConstructs(): Constructs {
  return { byPart: new Map(), byForm: new Map() };
}

function constructOf(part: Formula, variable: ReadonlySet<Formula>, { byPart, byForm }: Constructs): Construct {
  const known = byPart.get(part);
  if (known !== undefined) return known;
  const children = childrenOf(part);
  const form = withChildren(
    part,
    children.map((child, i) => (variable.has(child) ? symbol(names[i] ?? "u") : child)),
  );
  const key = formulaKey(form);
  const made = byForm.get(key) ?? {
    value: compileFormula(form, names),
    partials: children.map((child, i) =>
      variable.has(child) ? compileFormula(differentiate(form, names[i] ?? "u"), names) : null,
    ),
  };
  byForm.set(key, made);
  byPart.set(part, made);
  return made;
}
