import { derivativeInOwnTerms } from "../../explain/function/own-form.ts";
import { withinBudget } from "../../formula/budget.ts";
import {
  application,
  evaluate,
  type Formula,
  postorder,
  sameStructure,
  substitute,
  symbol,
  toText,
} from "../../formula/index.ts";
import { agreeWhereOthersDiffer, type CaseVerdict, type UnequalCase } from "../../formula/equality/equal.ts";
import { WHOLE } from "../../formula/numeric/interval.ts";
import { withoutKnownCases } from "../../formula/equality/known-cases.ts";
import { pieceOn, stretchesOf } from "../../formula/equality/pieces.ts";
import { formulaTruth, type FormulaTruth } from "./formula-truth.ts";
import { functionFormula } from "../vocabulary/function-by-name.ts";
import { keptFor } from "../kept-for.ts";
import { indexKinds, type IndexScope } from "../networks/index-kinds.ts";
import { correct, type Judgement, notRight, unreadable } from "../judgement.ts";
import { compareOnNetworks } from "../networks/judge-network.ts";
import { networkCounterexample } from "../networks/network-counterexample.ts";
import { allCases, needlessCase } from "../../formula/equality/needless-case.ts";
import { inNetworkNames, messageInSheetNames } from "../vocabulary/network-names.ts";
import type { NetworkQuestion } from "../networks/network-question.ts";
import { scalarCounterexample } from "../scalars/scalar-counterexample.ts";
import { hasValueSomewhere } from "../scalars/scalar-values.ts";
import { compareScalars, plainForm, type ScalarQuestion, TOLERANCE } from "../scalars/scalar-question.ts";
import { whyNoTruth } from "../networks/true-values.ts";
import { counterexampleOperations, slipOperations } from "../operations.ts";
import type { FormulaQuestion, Sheet } from "../sheet.ts";
import type { Slip } from "../slips/proportion.ts";
import { networkSlip, scalarSlip } from "../slips/slips-of-formula.ts";
import { outsideTerms } from "./terms.ts";

const noScope: IndexScope = { free: new Map(), layers: [], depth: null, chain: null };

/**
 * Judges a formula that was read with the question's vocabulary: index kinds first, then equality, then the terms.
 *
 * @throws OverBudget where that takes more than is left of the budget, or the question itself more than a sheet's part may.
 */
export function judgeFormula(sheet: Sheet, question: FormulaQuestion, answer: Formula): Judgement {
  return judgedWith(sheet, question, answer, { isVerdictOnly: false });
}

/** The verdict alone, without looking for what is wrong. @throws OverBudget */
export function verdictOf(sheet: Sheet, question: FormulaQuestion, answer: Formula): Judgement["verdict"] {
  return judgedWith(sheet, question, answer, { isVerdictOnly: true }).verdict;
}

interface Looking {
  /** Whether slips and counterexamples are not looked for. */
  readonly isVerdictOnly: boolean;
}

function judgedWith(sheet: Sheet, question: FormulaQuestion, answer: Formula, looking: Looking): Judgement {
  const truth = formulaTruth(sheet, question);
  const { asked, judge, networkNames } = truth;
  if (asked?.kind === "symbol" && postorder(answer).some((part) => sameStructure(part, asked))) {
    return unreadable(`${toText(asked)} is what is asked. Write it in other terms.`);
  }
  if (answer.kind === "comparison") {
    return unreadable("This is a comparison, which is true or false. Write what is asked, without a condition.");
  }
  if (judge === null) return unreadable("This question has no key yet, and cannot be judged.");
  if (judge.kind === "scalar") return inPlainQuantities(answer, question, truth, { ...judge, ...looking });
  const problem = whyNoTruth(judge.question);
  if (problem !== null) return unreadable(`This question cannot be judged: what is asked has no value, ${problem}.`);
  const named = { answer: inNetworkNames(answer, networkNames), typed: answer };
  const own = onNetworks(named, question, truth, { about: judge.question, ...looking });
  const { counterexample } = own;
  return {
    ...own,
    message: messageInSheetNames(own.message, networkNames),
    counterexample:
      counterexample === null
        ? null
        : { ...counterexample, text: messageInSheetNames(counterexample.text, networkNames) },
  };
}

function inTerms(answer: Formula, question: FormulaQuestion, { asked, vocabulary }: FormulaTruth): Judgement {
  const outside = outsideTerms(answer, question.terms, vocabulary);
  if (outside === null && restates(answer, asked)) {
    return notRight("form", "The value is right, but this only restates what is asked. Work it out.", "restated");
  }
  if (outside === null) return correct();
  const wanted = question.terms?.map(({ text }) => shownTerm(text)).join(", ") ?? "";
  const message = `The value is right, but ${shownTerm(outside)} is not among what it is to be written in: ${wanted}.`;
  // In other words and nothing else: that earns nothing, whatever the terms are.
  return notRight("form", message, restates(answer, asked) ? "restated" : "not-in-terms");
}

/** A term as it is shown: `∂C/∂a_j^L`. */
function shownTerm(text: string): string {
  return text.replaceAll("$", "").replace(/\(partial\s*(\w+)\)\/\(partial\s*([^\s]+)\)$/, "∂$1/∂$2");
}

/** Whether what is asked stands in a formula: `tanh'(z)`, or `tanh'` of anything, for `tanh'(z)`; `∂C/∂z_j^l` for `delta_j^l`. */
function restates(answer: Formula, asked: Formula | null): boolean {
  if (asked === null) return false;
  return postorder(answer).some((part) => {
    if (part.kind === "derivative" && asked.kind === "symbol" && asked.name === "delta") {
      return sameStructure({ ...part.by, name: "delta" }, asked) && part.by.name === "z";
    }
    if (part.kind !== "application" || asked.kind !== "application") return sameStructure(part, asked);
    return part.name === asked.name && part.primes === asked.primes;
  });
}

/** An answer in the network's names, and as it was typed. */
interface NamedAnswer {
  readonly answer: Formula;
  readonly typed: Formula;
}

function onNetworks(
  { answer, typed }: NamedAnswer,
  question: FormulaQuestion,
  truth: FormulaTruth,
  { about, isVerdictOnly }: Looking & { readonly about: NetworkQuestion },
): Judgement {
  const kinds = indexKinds(answer, about.scope);
  const { key } = about;
  const slipFound = (): Slip | null =>
    key === null || isVerdictOnly ? null : withinSlips(() => networkSlip(answer, key, about));
  const counterexample = (): Judgement["counterexample"] =>
    isVerdictOnly
      ? null
      : withinBudget(
          counterexampleOperations,
          () => networkCounterexample(answer, kinds, about),
          () => null,
        );
  const [problem] = kinds.problems;
  if (problem !== undefined) {
    const slip = slipFound();
    // A sum that is missing, or a layer that is off by one, says more than that indices do not fit.
    const message = slip === null ? problem.message : `${slip.message} ${problem.message}`;
    return wrong(message, slip?.slip ?? problem.slip, counterexample);
  }
  const compared = compareOnNetworks(answer, kinds, about);
  if (compared.isEqual) return inTerms(typed, question, truth);
  if (compared.needlessCase !== null) return wrong(caseMessage(compared.needlessCase), "case", counterexample);
  const slip = slipFound();
  if (compared.undefinedBecause !== null) {
    const reason = `This has no value everywhere: ${compared.undefinedBecause}.`;
    return wrong(slip === null ? reason : `${slip.message} ${reason}`, slip?.slip ?? "undefined", counterexample);
  }
  return wrong(
    slip?.message ?? unusedIndex(answer, about) ?? "This is not equal to what is asked.",
    slip?.slip ?? null,
    counterexample,
  );
}

/** A slip is named where that does not take too long. */
function withinSlips(find: () => Slip | null): Slip | null {
  return withinBudget(slipOperations, find, () => null);
}

function needlessCaseIn(answer: Formula, about: ScalarQuestion, { equal, unequalOn }: CaseVerdict): Formula | null {
  // Where each case was compared by itself, all are right.
  const areCasesKnown = equal && unequalOn === null;
  const plain = withoutKnownCases(whereAsked(plainForm(answer, about), about), () => WHOLE);
  return needlessCase(
    areCasesKnown ? answer : plain,
    areCasesKnown ? ["tiny"] : allCases,
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

function caseMessage(part: Formula): string {
  if (part.kind === "number") return `That is nearly equal, not equal: ${toText(part)} does not belong there.`;
  if (part.kind === "call" && (part.name === "min" || part.name === "max")) {
    return `What is asked has no such bound as ${toText(part)}.`;
  }
  if (part.kind === "call" || part.kind === "operation") {
    return `What is asked does not change where the sign of what is in ${toText(part)} does.`;
  }
  const condition = part.kind === "choice" ? part.condition : part;
  return `What is asked does not depend on whether ${toText(condition)}, and one of the two cases is wrong.`;
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

function wrong(message: string, slip: string | null, counterexample: () => Judgement["counterexample"]): Judgement {
  return { ...notRight("wrong", message, slip), counterexample: counterexample() };
}

function inPlainQuantities(
  answer: Formula,
  question: FormulaQuestion,
  truth: FormulaTruth,
  judge: Looking & { readonly question: ScalarQuestion; readonly derivativeOf: string | null },
): Judgement {
  const about = judge.question;
  const [problem] = indexKinds(answer, noScope).problems;
  if (problem !== undefined) return wrong(problem.message, problem.slip, () => null);
  const unknown = unknownFunction(answer, about);
  if (unknown !== null) return unreadable(unknown);
  const compared = compareScalars(answer, about);
  const problemOfCases = caseProblem(answer, about, compared);
  if (problemOfCases !== null) return wrong(problemOfCases, "case", () => null);
  if (compared.equal) return inTerms(answer, question, truth);
  if (!hasValueSomewhere(answer, about)) {
    return wrong("This has no finite value anywhere. Does it divide by 0?", "undefined", () => null);
  }
  if (judge.isVerdictOnly) return notRight("wrong", "");
  const slip = withinSlips(() => slipOf(answer, truth, judge));
  return wrong(slip?.message ?? "This is not equal to what is asked.", slip?.slip ?? null, () =>
    withinBudget(
      counterexampleOperations,
      () => scalarCounterexample(answer, about, judge.derivativeOf),
      () => null,
    ),
  );
}

/** A function with more arguments has no prime, and needs a formula. */
function unknownFunction(answer: Formula, { functions }: ScalarQuestion): string | null {
  for (const part of postorder(answer)) {
    if (part.kind !== "application" || functionFormula(part.name, part.primes, functions) !== null) continue;
    if (part.name.length > 1) return `${part.name} has no derivative that is written with a prime here.`;
  }
  return null;
}

function slipOf(
  answer: Formula,
  truth: FormulaTruth,
  judge: { readonly question: ScalarQuestion; readonly derivativeOf: string | null },
): Slip | null {
  const { question, derivativeOf } = judge;
  const key = truth.key ?? question.truth;
  return scalarSlip(answer, key, question, { asked: truth.asked, forms: formsOf(derivativeOf, question) });
}

/** A derivative in other forms, in which other slips are made: as differentiation leaves it, and by the function itself. */
function formsOf(derivativeOf: string | null, question: ScalarQuestion): readonly Formula[] {
  return keptForms(question, "", () => newForms(derivativeOf, question));
}

const keptForms = keptFor<readonly Formula[]>();

function newForms(derivativeOf: string | null, { functions }: ScalarQuestion): readonly Formula[] {
  if (derivativeOf === null) return [];
  const formula = functionFormula(derivativeOf, 0, functions);
  const derived = functionFormula(derivativeOf, 1, functions);
  if (formula === null || derived === null) return [];
  const own = derivativeInOwnTerms(formula, "z", "own");
  const called = application(derivativeOf, symbol("z"));
  return [derived, ...(own === null ? [] : [substitute(own, new Map([["own", called]]))])];
}
