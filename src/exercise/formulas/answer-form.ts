import { type Formula, postorder, sameStructure } from "../../formula/index.ts";
import { answerTests } from "./answer-tests.ts";
import { type Finding, otherForm, right } from "./finding.ts";
import type { FormulaSubject } from "./formula-subject.ts";
import { outsideTerms } from "./terms.ts";

/** What is found of a formula that has the value asked for: right, or in another form than was asked for. */
export function formOf(subject: FormulaSubject, answer: Formula): Finding {
  const { asked, vocabulary, key } = subject.truth();
  const { terms, test } = subject.question;
  const outside = outsideTerms(answer, terms, vocabulary);
  if (outside === null && restates(answer, asked)) {
    return otherForm("The value is right, but this only restates what is asked. Work it out.", "restated");
  }
  if (outside === null) {
    const { form } = answerTests[test?.name ?? "equal"];
    const problem = form?.problem(answer, key) ?? null;
    return form === null || problem === null ? right : otherForm(`${form.wanted}: ${problem}`, form.slip);
  }
  const wanted = terms?.map(({ text }) => shownTerm(text)).join(", ") ?? "";
  const message = `The value is right, but ${shownTerm(outside)} is not among what it is to be written in: ${wanted}.`;
  // In other words and nothing else: that earns nothing, whatever the terms are.
  return otherForm(message, restates(answer, asked) ? "restated" : "not-in-terms");
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
