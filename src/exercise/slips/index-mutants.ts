import {
  type Formula,
  postorder,
  rewriteFormula,
  sameStructure,
  summation,
  symbol,
  type SymbolFormula,
} from "../../formula/index.ts";
import {
  type AboutKey,
  changedOnce,
  indexNames,
  type Mutant,
  quantitiesOf,
  replaceQuantities,
  typed,
} from "./mutant.ts";

/** The two indices of a weight exchanged. */
export function* transposed(formula: Formula): Iterable<Mutant> {
  for (const quantity of quantitiesOf(formula)) {
    const [first, second] = quantity.indices;
    if (quantity.indices.length !== 2 || first === undefined || second === undefined) continue;
    const swapped = { ...quantity, indices: [second, first] };
    const { name } = quantity;
    yield {
      slip: "transposed",
      formula: replaceQuantities(formula, (each) => (sameStructure(each, quantity) ? swapped : each)),
      message:
        `The indices of ${name} are swapped` +
        (name === "w" ? ": w_jk^l leads from neuron k of layer l-1 to neuron j of layer l." : "."),
    };
  }
}

/** A sum forgotten: its body alone, whose index stays free. */
export function sumMissing(formula: Formula): Iterable<Mutant> {
  return changedOnce(formula, (part) =>
    part.kind === "sum"
      ? [{ slip: "sum-missing", formula: part.body, message: `The sum over ${part.index} is missing.` }]
      : [],
  );
}

/** A sum over an index that the answer is asked for. */
export function* sumNeedless(formula: Formula): Iterable<Mutant> {
  const bound = boundIndices(formula);
  for (const index of indicesIn(formula).filter((name) => !bound.has(name))) {
    const message = `There is no sum over ${index}: one neuron ${index} is asked.`;
    yield { slip: "sum-needless", formula: summation(index, formula), message };
  }
}

/** Two indices exchanged, one in place of another, a sum over another. */
export function* indexWrong(formula: Formula, about: AboutKey): Iterable<Mutant> {
  const names = [...new Set([...indicesIn(formula), ...(about.asked === null ? [] : indicesIn(about.asked))])];
  const pairs = names.flatMap((name, position) => names.slice(position + 1).map((other) => [name, other] as const));
  for (const [one, other] of pairs) {
    const message = `The indices ${one} and ${other} are exchanged.`;
    yield { slip: "indices-exchanged", formula: exchanged(formula, one, other, false), message };
    yield { slip: "indices-exchanged", formula: exchanged(formula, one, other, true), message };
  }
  for (const quantity of quantitiesOf(formula)) yield* oneIndexWrong(formula, quantity, names);
  yield* changedOnce(formula, (part) =>
    part.kind !== "sum"
      ? []
      : names
          .filter((name) => name !== part.index)
          .map((index) => ({
            slip: "sum-index",
            formula: { ...part, index },
            message: "The sum runs over the wrong index.",
          })),
  );
  for (const name of names) {
    for (const other of ["i", "j", "k"].filter((letter) => !names.includes(letter))) {
      const message = `The indices do not fit the question, which has ${name}, not ${other}.`;
      yield { slip: "index-renamed", formula: exchanged(formula, name, other, false), message };
    }
  }
}

function* oneIndexWrong(formula: Formula, quantity: SymbolFormula, names: readonly string[]): Iterable<Mutant> {
  for (const [position, index] of quantity.indices.entries()) {
    for (const name of names) {
      if (index.kind !== "symbol" || index.name === name) continue;
      const changed = { ...quantity, indices: quantity.indices.with(position, symbol(name)) };
      yield {
        slip: "index",
        formula: replaceQuantities(formula, (each) => (sameStructure(each, quantity) ? changed : each)),
        message: `The index of ${typed(changed)} is wrong: which layer's neurons does ${name} count?`,
      };
    }
  }
}

function boundIndices(formula: Formula): ReadonlySet<string> {
  return new Set(postorder(formula).flatMap((part) => (part.kind === "sum" ? [part.index] : [])));
}

function indicesIn(formula: Formula): readonly string[] {
  return [...new Set(quantitiesOf(formula).flatMap(indexNames))];
}

/** Exchanges two index names in all scripts; in the sums too, where `withSums`. */
function exchanged(formula: Formula, one: string, other: string, withSums: boolean): Formula {
  const nameFor = (name: string): string => (name === one ? other : name === other ? one : name);
  const inScripts = replaceQuantities(formula, (quantity) => ({
    ...quantity,
    indices: quantity.indices.map((index) => (index.kind === "symbol" ? symbol(nameFor(index.name)) : index)),
  }));
  if (!withSums) return inScripts;
  return rewriteFormula(inScripts, (part) => (part.kind === "sum" ? { ...part, index: nameFor(part.index) } : part));
}
