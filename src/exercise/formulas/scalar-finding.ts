import { evaluate, type Formula, postorder } from "../../formula/index.ts";
import { agreeWhereOthersDiffer, type CaseVerdict, type UnequalCase } from "../../formula/equality/equal.ts";
import { withoutKnownCases } from "../../formula/equality/known-cases.ts";
import { allCases, needlessCase } from "../../formula/equality/needless-case.ts";
import { pieceOn, stretchesOf } from "../../formula/equality/pieces.ts";
import { WHOLE } from "../../formula/numeric/interval.ts";
import { indexKinds, type IndexScope } from "../indices/index-kinds.ts";
import { compareScalars, plainForm, type ScalarQuestion, TOLERANCE } from "../scalars/scalar-question.ts";
import { hasValueSomewhere } from "../scalars/scalar-values.ts";
import { askedAsEquality } from "../scalars/related-values.ts";
import type { AnswerTest } from "./answer-tests.ts";
import { caseMessage } from "./case-message.ts";
import { type Finding, notReadable, wrong } from "./finding.ts";

const noScope: IndexScope = { free: new Map(), layers: [], depth: null, chain: null };

const alone = { mayBeMutant: false, mayBeShown: false } as const;

/**
 * What is wrong with a formula in plain quantities; null where it has the value that is asked wherever it is to hold, or the value that
 * is related to that as the question's test wants it.
 */
export function comparedInSymbols(
  answer: Formula,
  about: ScalarQuestion,
  value: AnswerTest["value"] = "equal",
): Finding | null {
  if (value === "equal") return comparedAsEqual(answer, about);
  const related = askedAsEquality(answer, about, value);
  return comparedAsEqual(related?.answer ?? answer, related?.question ?? about);
}

function comparedAsEqual(answer: Formula, about: ScalarQuestion): Finding | null {
  const [problem] = indexKinds(answer, noScope).problems;
  if (problem !== undefined) return wrong({ ...alone, message: problem.message, slip: problem.slip });
  const unknown = unknownFunction(answer, about);
  if (unknown !== null) return notReadable(unknown);
  const compared = compareScalars(answer, about);
  const inCases = caseProblem(answer, about, compared);
  if (inCases !== null) return wrong({ ...alone, message: inCases, slip: "case" });
  if (compared.equal) return null;
  if (!hasValueSomewhere(answer, about)) {
    return wrong({ ...alone, message: "This has no finite value anywhere. Does it divide by 0?", slip: "undefined" });
  }
  return wrong();
}

/** A function with more arguments has no prime, and needs a formula. */
function unknownFunction(answer: Formula, { functions }: ScalarQuestion): string | null {
  for (const part of postorder(answer)) {
    if (part.kind !== "application" || functions.formula(part.name, part.primes) !== null) continue;
    if (part.name.length > 1) return `${part.name} has no derivative that is written with a prime here.`;
  }
  return null;
}

function needlessCaseIn(answer: Formula, about: ScalarQuestion, { equal, unequalOn }: CaseVerdict): Formula | null {
  // Where each case was compared by itself, all are right.
  const areCasesKnown = equal && unequalOn === null;
  const plain = withoutKnownCases(whereAsked(plainForm(answer, about), about), () => WHOLE);
  return needlessCase(
    areCasesKnown ? answer : plain,
    areCasesKnown ? ["tiny", "large"] : allCases,
    (formula) => compareScalars(formula, about).equal,
    // max(0, z) for z where another factor is 0 for z < 0: that makes no difference, and can be seen at usual values.
    (right, part, side) => part.kind !== "number" && agreeWhereOthersDiffer([plain, right], [part, side], TOLERANCE),
    plainForm(about.truth, about),
  );
}

/** A formula without the cases that the question's domain decides: one side of those may be needless and meant. */
function whereAsked(answer: Formula, { domain }: ScalarQuestion): Formula {
  const found = domain === null ? null : stretchesOf([domain]);
  if (domain === null || found === null) return answer;
  const [own, more] = found.stretches.filter((each) => evaluate(pieceOn(domain, found.name, each), {}) !== 0);
  return own === undefined || more !== undefined ? answer : pieceOn(answer, found.name, own);
}

/** What is said of a formula that is right but for a case of it; null where there is no such. */
function caseProblem(answer: Formula, about: ScalarQuestion, compared: CaseVerdict): string | null {
  const { equal, method, unequalOn } = compared;
  const mayHave = equal ? method === "sampled" : unequalOn !== undefined;
  const needless = mayHave ? needlessCaseIn(answer, about, compared) : null;
  if (needless !== null) return caseMessage(needless);
  if (equal || unequalOn === undefined || unequalOn === null) return null;
  return `This is right in some cases, and not where ${stretchText(unequalOn)}.`;
}

function stretchText({ name, low, high }: UnequalCase): string {
  if (low === high) return `${name} = ${low}`;
  if (!Number.isFinite(low)) return `${name} < ${high}`;
  return Number.isFinite(high) ? `${low} < ${name} < ${high}` : `${name} > ${low}`;
}
