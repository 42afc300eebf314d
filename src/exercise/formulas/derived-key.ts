import { derivativeInOwnTerms } from "../../explain/function/own-form.ts";
import {
  application,
  differentiate,
  type Formula,
  functions,
  number,
  parseTextbook,
  rewriteFormula,
  scripted,
  simplify,
  substitute,
  symbol,
  toText,
} from "../../formula/index.ts";
import { cost } from "../../network/index.ts";
import { inSheetNames } from "../vocabulary/network-names.ts";
import type { FormulaQuestion } from "../sheet.ts";
import type { FormulaSubject } from "./formula-subject.ts";
import { judgeFormula } from "./judge-formula.ts";
import { textbookVocabulary } from "../vocabulary/textbook-vocabulary.ts";

/** The four equations of backpropagation and the two of the forward pass, from the most special to the most general. */
const equations: readonly string[] = [
  "a_j^L - t_j",
  "(partialC)/(partiala_j^L)*f'(z_j^L)",
  "sum_k w_kj^(l+1)*delta_k^(l+1)*f'(z_j^l)",
  "sum_k w_kj^(l+1)*delta_k^(l+1)",
  "sum_j w_jk^l*delta_j^l",
  "sum_j w_jk^L*delta_j^L",
  "a_k^(l-1)*delta_j^l",
  "a_k^(L-1)*delta_j^L",
  "delta_j^l",
  "delta_j^L",
  "sum_k w_jk^l*a_k^(l-1) + b_j^l",
  "f(z_j^l)",
];

/**
 * A key for a formula question that has none: what differentiation, the update rule or backpropagation's equations give, in the
 * form that the question asks for. Each candidate is read and judged as an answer is, so what is returned is proved, and can be typed.
 * Null when none fits.
 *
 * @throws OverBudget where it takes more than a part of a sheet may.
 */
export function deriveKey(subject: FormulaSubject): Formula | null {
  const withoutKey = subject.changed({ key: null });
  let best: { readonly formula: Formula; readonly rank: number } | null = null;
  for (const candidate of candidates(subject)) {
    const formula = asTyped(subject, candidate);
    if (formula === null) continue;
    const everywhere = judgeFormula(withoutKey, formula).verdict;
    const { line, column } = subject.question;
    const withKey = subject.changed({ key: { text: toText(formula), line, column } });
    const somewhere = judgeFormula(withKey, formula).verdict;
    const rank = [
      everywhere === "correct",
      somewhere === "correct",
      everywhere === "form",
      somewhere === "form",
    ].indexOf(true);
    if (rank === 0) return formula;
    if (rank > 0 && (best === null || rank < best.rank)) best = { formula, rank };
  }
  return best?.formula ?? null;
}

/** A candidate as it is read with the question's vocabulary; null where it cannot be typed there. */
function asTyped(subject: FormulaSubject, candidate: Formula): Formula | null {
  const read = subject.read(toText(inSheetNames(candidate, subject.truth().networkNames)));
  return read.kind === "read" ? read.formula : null;
}

function candidates({ truth: truthOf, question, functions: table }: FormulaSubject): readonly Formula[] {
  const { judge, asked } = truthOf();
  if (judge === null) return [];
  if (judge.kind === "network") {
    const general = equations.map((text) => parseTextbook(text, textbookVocabulary));
    return [...general, ...general.flatMap((formula) => specialized(formula, question))];
  }
  const { truth } = judge.question;
  if (asked?.kind !== "application") return [truth];
  const derived = table.formula(asked.name, asked.primes);
  const whole = table.formula(asked.name, 0);
  if (derived === null || whole === null) return [truth];
  const argument = asked.argument;
  const own = asked.primes === 1 ? derivativeInOwnTerms(whole, "z", "own") : null;
  const called = application(asked.name, symbol("z"));
  const inOwn =
    own === null ? [] : [substitute(own, new Map([["own", called]])), substitute(own, new Map([["own", whole]]))];
  const forms = [derived, simplify(differentiate(whole, "z")), withoutCalls(derived), ...inOwn].map(simplify);
  // Where the question is about a part of the line, one branch may be all of the answer.
  const written = forms.map(writtenAsChoices);
  const branches = question.domain === null ? [] : written.flatMap(branchesOf);
  return [...branches, ...written].map((formula) => substitute(formula, new Map([["z", argument]])));
}

/** `z > 0` as a factor or alone is 1 or 0; people write the choice. */
function writtenAsChoices(formula: Formula): Formula {
  const written = new Set<Formula>();
  return rewriteFormula(formula, (part) => {
    if (part.kind === "comparison") {
      const choice: Formula = { kind: "choice", condition: part, then: number(1), otherwise: number(0) };
      written.add(choice);
      return choice;
    }
    // The condition of a choice stays one.
    const isChanged = part.kind === "choice" && part.condition.kind === "choice" && written.has(part.condition);
    return isChanged ? { ...part, condition: part.condition.condition } : part;
  });
}

/** What a formula comes to where its conditions hold, and where they do not. */
function branchesOf(formula: Formula): readonly Formula[] {
  if (formula.kind !== "choice") return [];
  return [formula.then, formula.otherwise].flatMap((branch) => [branch, ...branchesOf(branch)]);
}

/** Functions that are made of simpler ones, written out: σ and tanh by e. */
function withoutCalls(formula: Formula): Formula {
  return rewriteFormula(formula, (part) => {
    if (part.kind !== "call") return part;
    const { definition } = functions[part.name];
    const [u] = part.arguments;
    return definition === null || u === undefined ? part : definition(u);
  });
}

/** With the slope of the question's own cost in place of ∂C/∂a. */
function specialized(formula: Formula, question: FormulaQuestion): readonly Formula[] {
  if (question.cost === "general") return [];
  const { formula: c, over } = cost(question.cost);
  if (over === "mean") return [];
  const layer = symbol("L");
  const indices = [symbol("j")];
  const quantities = new Map([
    ["a", scripted("a", indices, layer)],
    ["t", scripted("t", indices, null)],
  ]);
  const slope = substitute(simplify(differentiate(c, "a")), quantities);
  const changed = rewriteFormula(formula, (part) => (part.kind === "derivative" ? slope : part));
  return toText(changed) === toText(formula) ? [] : [changed];
}
