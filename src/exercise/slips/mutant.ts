import {
  childrenOf,
  type Formula,
  postorder,
  rewriteFormula,
  sameStructure,
  type SymbolFormula,
  toText,
  withChildren,
} from "../../formula/index.ts";

/** A wrong formula that someone who makes one slip would write instead of the key. */
export interface Mutant {
  /** A stable name: `sign`, `factor-missing`, `transposed` …; of two slips at once, both: `factor-missing+sign`. */
  readonly slip: string;
  readonly formula: Formula;
  /** The slip in one or two short sentences to the learner. Never the right answer. */
  readonly message: string;
}

/** What is known of a question beside its key. */
export interface AboutKey {
  /** The quantity that is asked: `delta_j^l`, `(partialC)/(partialw_jk^l)`, `sigma'(z)`. Null: the key alone says it. */
  readonly asked: Formula | null;
  /** The key written in other ways, in which other slips can be made: `sigma(z)*(1 - sigma(z))`. Default none. */
  readonly forms?: readonly Formula[];
  /** Names of the plain symbols that the question has: `w_1`, `w_2`. Default: those of the key, and for `w_1` also `w_2`. */
  readonly symbols?: readonly string[];
}

/** Makes the mutants of one kind of slip: of the key, then of each of its other forms. */
export type MutantRule = (formula: Formula, about: AboutKey) => Iterable<Mutant>;

/** All ways to change one part: `change` gives what may stand in a part's place, the part here, then each part below. */
export function* changedOnce(formula: Formula, change: (part: Formula) => Iterable<Mutant>): Iterable<Mutant> {
  yield* change(formula);
  const children = childrenOf(formula);
  for (const [position, child] of children.entries()) {
    for (const mutant of changedOnce(child, change)) {
      yield { ...mutant, formula: withChildren(formula, children.with(position, mutant.formula)) };
    }
  }
}

/** A quantity of the network: a symbol with an index or a layer. */
export function isQuantity(formula: Formula): formula is SymbolFormula {
  return formula.kind === "symbol" && (formula.indices.length > 0 || formula.layer !== null);
}

/** The quantities of a formula, each once, in order; also those below a ∂. */
export function quantitiesOf(formula: Formula): readonly SymbolFormula[] {
  const found: SymbolFormula[] = [];
  for (const part of postorder(formula)) {
    const symbols = part.kind === "symbol" ? [part] : part.kind === "derivative" ? [part.of, part.by] : [];
    for (const symbol of symbols) {
      if (isQuantity(symbol) && !found.some((known) => sameStructure(known, symbol))) found.push(symbol);
    }
  }
  return found;
}

/** Replaces quantities wherever they stand, also below a ∂. */
export function replaceQuantities(formula: Formula, replace: (quantity: SymbolFormula) => SymbolFormula): Formula {
  const replaced = (symbol: SymbolFormula): SymbolFormula => (isQuantity(symbol) ? replace(symbol) : symbol);
  return rewriteFormula(formula, (part) => {
    if (part.kind === "symbol") return replaced(part);
    if (part.kind === "derivative") return { ...part, of: replaced(part.of), by: replaced(part.by) };
    return part;
  });
}

/** Names of the indices of a quantity; an index that is a number or a sum of some has none. */
export function indexNames(quantity: SymbolFormula): readonly string[] {
  return quantity.indices.flatMap((index) => (index.kind === "symbol" ? [index.name] : []));
}

/** A formula as a learner types it: `f'(z_j^l)`, `w_kj^(l+1)`. */
export function typed(formula: Formula): string {
  return toText(formula)
    .replaceAll(" ", "")
    .replace(/\^\((\w+)\)/gu, "^$1");
}
