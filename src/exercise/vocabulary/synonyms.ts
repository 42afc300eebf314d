import type { Synonyms, Vocabulary } from "../../formula/index.ts";

/** Other names of an activation function, for a vocabulary that has one. */
const activations: readonly string[] = ["f", "g", "h", "phi", "varphi", "psi", "act"];

/** Other names of the cost, for a vocabulary that has one. The L of ∂L/∂w is no layer. */
const costs: readonly string[] = ["C", "E", "J", "L", "l", "Loss", "loss", "Cost", "cost"];

/** Names that stand for one quantity in some books and for another in others: only where the vocabulary has the second alone. */
const quantities: readonly (readonly [name: string, meant: string, layer: "L" | null])[] = [
  ["y", "t", null],
  ["Y", "t", null],
  ["yhat", "a", "L"],
  ["Yhat", "a", "L"],
];

/** Quantities of a layer by the capital that they have as matrices. */
const capitals: readonly string[] = ["w", "b", "z", "a"];

/**
 * A vocabulary with the names that other books have for the quantities in it: `W` for `w`, `y` for the target `t`, `ŷ` for the output
 * `a^L`, `g` for `f`, `∂E` for `∂C`. What a name means follows from what is declared: a name that the vocabulary has is never
 * another's, and one that could stand for two of its names stands for none.
 */
export function withSynonyms(vocabulary: Vocabulary): Vocabulary {
  return { ...vocabulary, synonyms: synonymsOf(vocabulary) };
}

function synonymsOf({ scalars, quantities: declared, functions, defined, widths }: Vocabulary): Synonyms {
  const names = new Set([...scalars, ...declared.map(({ name }) => name), ...widths, ...functions, ...defined.keys()]);
  const layered = new Set(declared.filter(({ hasLayer }) => hasLayer).map(({ name }) => name));
  const has = (meant: string): boolean => (meant === "t" ? names.has("t") && !layered.has("t") : layered.has(meant));
  const isFree = (name: string): boolean => !names.has(name) && !scalars.some((each) => each.startsWith(`${name}_`));
  const [activation, second] = functions;
  const cost = costs.filter((name) => scalars.includes(name));
  return {
    quantities: new Map(
      [...quantities, ...capitals.map((name) => [name.toUpperCase(), name, null] as const)]
        .filter(([name, meant]) => isFree(name) && has(meant))
        .map(([name, meant, layer]) => [name, { name: meant, layer }]),
    ),
    functions: new Map(
      activation === undefined || second !== undefined || !activations.includes(activation)
        ? []
        : activations.filter(isFree).map((name) => [name, activation]),
    ),
    cost: cost.length === 1 ? (cost[0] ?? null) : null,
    costs: new Set(cost.length === 1 ? costs.filter(isFree) : []),
  };
}
