import type { Formula } from "../../formula/index.ts";
import {
  bracketsMissing,
  exponentWrong,
  factorMissing,
  offByTwo,
  operatorWrong,
  signWrong,
  termMissing,
  termSignWrong,
} from "./algebra-mutants.ts";
import {
  caseWrong,
  derivativeNotTaken,
  differentiatedTwice,
  functionMissing,
  innerDerivativeMissing,
  oneMinusFunction,
  primesWrong,
  valueAtZero,
} from "./function-mutants.ts";
import { indexWrong, sumMissing, sumNeedless, transposed } from "./index-mutants.ts";
import type { AboutKey, Mutant, MutantRule } from "./mutant.ts";
import { mutantValues } from "./mutant-values.ts";
import { constantTyped, factorNeedless, parameterForFactor } from "./needless-mutants.ts";
import { derivativeMissing, layerBracketsMissing, layerWrong, letterWrong } from "./quantity-mutants.ts";
import { rightInSpecialCase } from "./special-case-mutants.ts";
import { otherNumber, updateWrong } from "./update-mutants.ts";

export type { AboutKey, Mutant } from "./mutant.ts";

/** A judge evaluates each mutant at every point of a wrong answer, so their number bounds its time. */
const mostMutants = 150;
/** Two slips at once are tried with the likeliest single ones only. */
const mostCombined = 24;

/**
 * The wrong formulas that one slip makes of a key, the likeliest first, at most 150. None equals the key, no two are
 * equal, as far as algebra tells; where an answer equals one of them, its message says what went wrong.
 *
 * Some leave what a network allows (an index over the wrong layer, `a^(L+1)`): those have no value there and match
 * nothing. The same key gives the same list.
 */
export function mutantsOf(key: Formula, about: AboutKey): readonly Mutant[] {
  const found = newCollection();
  const forms = [key, ...(about.forms ?? [])];
  for (const form of forms) found.exclude(form);
  for (const rule of orderOfSlips) {
    for (const form of forms) for (const mutant of rule(form, about)) found.add(mutant);
  }
  for (const mutant of twoSlips(found.mutants.slice(0, mostCombined), about)) found.add(mutant);
  return found.mutants;
}

/**
 * The kinds of slips in the order in which their messages are tried.
 *
 * First what has a name of its own and would otherwise be told in general words: `1 - sigma(z)` is also "a factor is
 * missing", uphill is also "plus for minus", and 0 is `sigma(z)*1 - sigma(z)`. Then by how often they are made in backpropagation: a sign, a forgotten
 * factor (most of all f′), f for f′, the transposed weight, the forgotten sum, what is right in a special case only, z for a,
 * layers and indices. Last what are slips of typing and of algebra: brackets, exponents, operators, terms. A slip that
 * changes one thing comes before one that changes several, since of two explanations the simpler is likelier.
 */
const orderOfSlips: readonly MutantRule[] = [
  derivativeNotTaken,
  oneMinusFunction,
  updateWrong,
  otherNumber,
  constantTyped,
  signWrong,
  differentiatedTwice,
  primesWrong,
  factorMissing,
  transposed,
  sumMissing,
  rightInSpecialCase,
  offByTwo,
  letterWrong,
  parameterForFactor,
  factorNeedless,
  caseWrong,
  innerDerivativeMissing,
  exponentWrong,
  functionMissing,
  termSignWrong,
  termMissing,
  layerBracketsMissing,
  bracketsMissing,
  derivativeMissing,
  layerWrong,
  indexWrong,
  sumNeedless,
  operatorWrong,
  valueAtZero,
];

/** Of the likeliest mutants, those with a second slip. */
function* twoSlips(mutants: readonly Mutant[], about: AboutKey): Iterable<Mutant> {
  for (const second of secondSlips) {
    for (const first of mutants) {
      if (!combined.has(first.slip)) continue;
      for (const mutant of second(first.formula, about)) {
        if (!combined.has(mutant.slip) && mutant.slip !== "sign" && first.slip !== "only-quadratic-cost") continue;
        const isTwice = mutant.slip === first.slip;
        const message = isTwice ? "Two factors are missing." : `Two slips at once. ${first.message} ${mutant.message}`;
        yield { slip: `${first.slip}+${mutant.slip}`, formula: mutant.formula, message };
      }
    }
  }
}

const secondSlips: readonly MutantRule[] = [signWrong, primesWrong, factorMissing, transposed, sumMissing, offByTwo];

/** What goes with any other; of the others two at once explain less than they hide. */
const combined: ReadonlySet<string> = new Set([
  "factor-missing",
  "function-for-derivative",
  "transposed",
  "sum-missing",
  "only-quadratic-cost",
  "one-minus-function",
]);

interface Collection {
  readonly mutants: Mutant[];
  /** Keeps what has this formula's value out. */
  readonly exclude: (formula: Formula) => void;
  /** Takes a mutant, unless it is one already or the list is full. */
  readonly add: (mutant: Mutant) => void;
}

function newCollection(): Collection {
  const mutants: Mutant[] = [];
  const values = new Set<string>();
  const { text: textOf } = mutantValues();
  const isNew = (formula: Formula): boolean => {
    const text = textOf(formula);
    if (values.has(text)) return false;
    values.add(text);
    return true;
  };
  return {
    mutants,
    exclude: (formula) => void isNew(formula),
    add: (mutant) => {
      if (mutants.length < mostMutants && isNew(mutant.formula)) mutants.push(mutant);
    },
  };
}
