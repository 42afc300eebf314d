import { type Finding, type FindingKind, textbookEquations } from "../explain/index.ts";
import { notationToMathml } from "../formula/index.ts";
import { escapedHtml } from "./report-figures.ts";
import type { RunRecord } from "./run-record.ts";

/** What a kind of finding is called. */
export const titles: Readonly<Record<FindingKind, string>> = {
  notFinite: "Numbers that are none",
  unreachableTargets: "Targets out of reach",
  unfitCost: "A cost that does not fit",
  constantTargets: "Targets all alike",
  classImbalance: "A rare class",
  unscaledInputs: "Unscaled inputs",
  duplicateColumns: "Columns that say the same",
  leakingColumn: "A column that gives the answer away",
  identicalNeurons: "Neurons all alike",
  deadNeurons: "Dead neurons",
  saturatedNeurons: "Saturated neurons",
  saturatedOutputs: "Saturated outputs",
  vanishingError: "The error vanishes",
  explodingError: "The error explodes",
  learningRateTooLarge: "Learning rate too large",
  learningRateTooSmall: "Learning rate too small",
};

/** The findings of a run, or that there are none. */
export function diagnosisSection({ findings }: RunRecord): string {
  if (findings.length > 0) return findings.map(findingHtml).join("\n");
  return `<p class="healthy">Nothing found. Looked at: the flow of errors through the layers, dead and saturated neurons, outputs and targets, cost, scale and copies among the inputs, balance of the classes, and the course of the cost.</p>`;
}

function findingHtml({ kind, text, why, remedies }: Finding, number: number): string {
  const { left, relation, right } = textbookEquations[why.equation];
  const id = `finding-${number + 1}`;
  const marked = (mathml: string): string =>
    mathml.replaceAll(
      `data-quantity="${escapedHtml(why.term)}"`,
      `data-quantity="${escapedHtml(why.term)}" class="term"`,
    );
  return `<article class="finding" aria-labelledby="${id}">
<h3 id="${id}">${escapedHtml(titles[kind])}</h3>
<p>${escapedHtml(text)}</p>
<div class="equation" tabindex="0" role="group"><div class="left">${marked(notationToMathml(left))}</div><div class="relation">${relation === "equals" ? "=" : "←"}</div><div class="right">${marked(notationToMathml(right))}</div></div>
<p>${escapedHtml(why.text)}</p>
<p class="soft">What to try:</p>
<ul>${remedies.map((remedy) => `<li>${escapedHtml(remedy)}</li>`).join("")}</ul>
</article>`;
}
