import {
  type Derivative,
  type Formula,
  rewriteFormula,
  simplify,
  substitute,
  symbol,
  toText,
} from "../../formula/index.ts";
import { type CaseVerdict, equalByCases } from "../../formula/equality/equal.ts";
import { once } from "../once.ts";
import type { FunctionTable } from "../vocabulary/function-table.ts";

/** A question about a formula in plain quantities, for the judge. */
export interface ScalarQuestion {
  /** What is true, in plain formulas: functions that have one are written out. */
  readonly truth: Formula;
  /**
   * The author's formula, null where there is none. Where it is right and rational it stands for the truth, so that equality is
   * exact: `1` for the slope of max(0, z) where z > 0.
   */
  readonly key: Formula | null;
  /** Where it is to hold; null: everywhere. */
  readonly domain: Formula | null;
  readonly functions: FunctionTable;
  /** Quantities that are given by others, `z1 = w1 x`, each in terms of those before; empty for most. */
  readonly definitions: ReadonlyMap<string, Formula>;
  /** Derivatives of those by each other; null for one that is none of them, which stands for itself. */
  readonly derivativeOf: (derivative: Derivative) => Formula | null;
  /** Whether there is a key, and it has the value of the truth. */
  readonly isKeyRight: () => boolean;
}

/** A question with its key compared with the truth once, when that is first needed. */
export function scalarQuestion(about: Omit<ScalarQuestion, "isKeyRight">): ScalarQuestion {
  const { key, truth } = about;
  const question: ScalarQuestion = {
    ...about,
    isKeyRight: once(() => key !== null && comparedWith(key, truth, question).equal),
  };
  return question;
}

/** A formula in nothing but what is given: functions written out, quantities and derivatives replaced by what they are. */
export function plainForm(formula: Formula, { functions, definitions, derivativeOf }: ScalarQuestion): Formula {
  const known = rewriteFormula(formula, (part) => (part.kind === "derivative" ? (derivativeOf(part) ?? part) : part));
  return unfolded(writtenOut(known, functions), definitions);
}

/** A name is read by the formula language, or by the sheet; a function of neither stands for itself. */
export function writtenOut(formula: Formula, functions: FunctionTable): Formula {
  return rewriteFormula(formula, (part) => {
    if (part.kind === "derivative") return symbol(toText(part));
    if (part.kind === "symbol") return symbol(toText(part));
    if (part.kind !== "application") return part;
    const known = functions.formula(part.name, part.primes);
    if (known !== null) return substitute(known, new Map([["z", part.argument]]));
    // A function of which nothing is known: equal arguments, equal values.
    return symbol(`${part.name}${"'".repeat(part.primes)} of ${toText(simplify(part.argument))}`);
  });
}

/** Relative, beside what rounding may have cost: an exponent of 2.0000000001 is not 2. */
export const TOLERANCE = 1e-11;

/** Whether a formula has the value that the question asks for, wherever it is to hold. */
export function compareScalars(answer: Formula, question: ScalarQuestion): CaseVerdict {
  const compared = comparedWith(answer, question.truth, question);
  if (!compared.equal || compared.method === "exact" || question.key === null || !question.isKeyRight())
    return compared;
  const withKey = comparedWith(answer, question.key, question);
  return withKey.method === "exact" ? withKey : compared;
}

function comparedWith(answer: Formula, other: Formula, question: ScalarQuestion): CaseVerdict {
  const { functions, domain } = question;
  const where = domain === null ? {} : { domain: writtenOut(domain, functions) };
  return equalByCases(plainForm(answer, question), plainForm(other, question), {
    ...where,
    tolerance: TOLERANCE,
    mayFillJumps: true,
  });
}

/** Quantities that others give are replaced by what gives them, down to those that are given. */
function unfolded(formula: Formula, definitions: ReadonlyMap<string, Formula>): Formula {
  let result = formula;
  // In the order of computation: from the last to the first each is replaced once.
  for (const [name, definition] of [...definitions].toReversed()) {
    result = substitute(result, new Map([[name, definition]]));
  }
  return result;
}
