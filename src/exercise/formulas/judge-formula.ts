import { type Formula, postorder, sameStructure, toText } from "../../formula/index.ts";
import { inNetworkNames } from "../vocabulary/network-names.ts";
import { formOf } from "./answer-form.ts";
import { answerTests } from "./answer-tests.ts";
import { type Finding, notReadable } from "./finding.ts";
import type { FormulaSubject } from "./formula-subject.ts";
import { comparedOnNetworks } from "./network-finding.ts";
import { comparedInSymbols } from "./scalar-finding.ts";

/**
 * Judges a formula that was read with the question's vocabulary: whether it has the value that is asked, then whether it has the form.
 *
 * @throws OverBudget where that takes more than is left of the budget, or the question itself more than a sheet's part may.
 */
export function judgeFormula(subject: FormulaSubject, answer: Formula): Finding {
  const { asked, judge, networkNames } = subject.truth();
  if (asked?.kind === "symbol" && postorder(answer).some((part) => sameStructure(part, asked))) {
    return notReadable(`${toText(asked)} is what is asked. Write it in other terms.`);
  }
  if (answer.kind === "comparison") {
    return notReadable("This is a comparison, which is true or false. Write what is asked, without a condition.");
  }
  if (judge === null) return notReadable("This question has no key yet, and cannot be judged.");
  const { value, unequal } = answerTests[subject.question.test?.name ?? "equal"];
  const found =
    judge.kind === "network"
      ? comparedOnNetworks(inNetworkNames(answer, networkNames), judge.question, value)
      : comparedInSymbols(answer, judge.question, value);
  if (found === null) return formOf(subject, answer);
  // A place where the values differ shows nothing where they may.
  const isRelated = value !== "equal" && found.verdict === "wrong";
  return isRelated ? { ...found, message: found.message ?? unequal, mayBeShown: false } : found;
}
