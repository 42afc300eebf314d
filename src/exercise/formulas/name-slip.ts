import { withinBudget } from "../../formula/budget.ts";
import { type Formula, postorder } from "../../formula/index.ts";
import { indexKinds } from "../indices/index-kinds.ts";
import { networkCounterexample } from "../networks/network-counterexample.ts";
import type { NetworkQuestion } from "../networks/network-question.ts";
import type { Judgement } from "../judgement.ts";
import { counterexampleOperations, slipOperations } from "../operations.ts";
import { scalarCounterexample } from "../scalars/scalar-counterexample.ts";
import type { Slip } from "../slips/proportion.ts";
import { networkSlip, scalarSlip } from "../slips/slips-of-formula.ts";
import { inNetworkNames, messageInSheetNames } from "../vocabulary/network-names.ts";
import type { Finding } from "./finding.ts";
import type { FormulaSubject } from "./formula-subject.ts";

/**
 * What is told of a formula that was judged. Of a wrong one the slip is named, where one of the key's mutants has the same values, and
 * numbers that show it are looked for; each is left out where it would take more operations than it may.
 */
export function nameSlip(subject: FormulaSubject, typed: Formula, finding: Finding): Judgement {
  const { verdict, mayBeMutant, mayBeShown } = finding;
  if (verdict !== "wrong") return { verdict, ...messageOf(finding, null, null), counterexample: null, span: null };
  const { judge, networkNames } = subject.truth();
  if (judge?.kind !== "network") {
    const slip = mayBeMutant ? withinSlips(() => scalarSlipOf(subject, typed)) : null;
    const counterexample = mayBeShown ? shownIn(() => scalarPlace(subject, typed)) : null;
    return { verdict, ...messageOf(finding, slip, null), counterexample, span: null };
  }
  const { question } = judge;
  const answer = inNetworkNames(typed, networkNames);
  const slip = mayBeMutant ? withinSlips(() => networkSlipOf(subject, answer, question)) : null;
  const said = messageOf(finding, slip, unusedIndex(answer, question));
  const found = mayBeShown
    ? shownIn(() => networkCounterexample(answer, indexKinds(answer, question.scope), question))
    : null;
  const counterexample = found === null ? null : { ...found, text: messageInSheetNames(found.text, networkNames) };
  return { verdict, ...said, message: messageInSheetNames(said.message, networkNames), counterexample, span: null };
}

/** A named slip before what the judge found; of a wrong formula of which nothing was found, what else there is. */
function messageOf(
  { message, slip: own }: Finding,
  slip: Slip | null,
  otherwise: string | null,
): Pick<Judgement, "message" | "slip"> {
  if (slip === null) return { message: message ?? otherwise ?? "This is not equal to what is asked.", slip: own };
  return { message: message === null ? slip.message : `${slip.message} ${message}`, slip: slip.slip };
}

/** A slip is named where that does not take too long. */
function withinSlips(find: () => Slip | null): Slip | null {
  return withinBudget(slipOperations, find, () => null);
}

function shownIn(find: () => Judgement["counterexample"]): Judgement["counterexample"] {
  return withinBudget(counterexampleOperations, find, () => null);
}

function networkSlipOf(subject: FormulaSubject, answer: Formula, question: NetworkQuestion): Slip | null {
  const { key } = question;
  return key === null ? null : networkSlip(answer, { key, mutants: subject.mutants }, question);
}

function scalarSlipOf(subject: FormulaSubject, answer: Formula): Slip | null {
  const { judge } = subject.truth();
  return judge?.kind === "scalar" ? scalarSlip(answer, subject, judge.question) : null;
}

function scalarPlace(subject: FormulaSubject, answer: Formula): Judgement["counterexample"] {
  const { judge } = subject.truth();
  return judge?.kind === "scalar" ? scalarCounterexample(answer, judge.question, judge.derivativeOf) : null;
}

/** What the question gives and a formula does not use, in words. */
function unusedIndex(answer: Formula, { scope, key }: NetworkQuestion): string | null {
  const names = (formula: Formula): ReadonlySet<string> =>
    new Set(
      postorder(formula).flatMap((part) => {
        const symbols = part.kind === "symbol" ? [part] : part.kind === "derivative" ? [part.by] : [];
        return symbols.flatMap(({ indices }) =>
          indices.flatMap((index) => (index.kind === "symbol" ? [index.name] : [])),
        );
      }),
    );
  const used = names(answer);
  const needed = key === null ? new Set(scope.free.keys()) : names(key);
  const unused = [...scope.free.keys()].find((name) => !used.has(name) && needed.has(name));
  return unused === undefined ? null : `Nothing in this depends on ${unused}, but what is asked does.`;
}
