import { type Finding, textbookEquations } from "../../explain/index.ts";
import type { Notation } from "../../formula/index.ts";
import { mathmlOf } from "../../formula/print/print-mathml.ts";
import { html, type Html, htmlLines } from "../../page/index.ts";
import { titles } from "../../explain/diagnosis/finding-titles.ts";
import type { RunRecord } from "../record/run-record.ts";

/** The findings of a run, or that there are none. */
export function diagnosisSection({ findings }: RunRecord): Html {
  if (findings.length > 0) return htmlLines(findings.map(findingHtml));
  return html`<p class="healthy">Nothing found. Looked at: the flow of errors through the layers, dead and saturated neurons, outputs and targets, cost, scale and copies among the inputs, balance of the classes, and the course of the cost.</p>`;
}

function findingHtml({ kind, text, why, remedies }: Finding, number: number): Html {
  const { left, relation, right } = textbookEquations[why.equation];
  const id = `finding-${number + 1}`;
  const math = (notation: Notation): Html => mathmlOf(notation, { marked: why.term });
  return html`<article class="finding" aria-labelledby="${id}">
<h3 id="${id}">${titles[kind]}</h3>
<p>${text}</p>
<div class="equation" tabindex="0" role="group"><div class="left">${math(left)}</div><div class="relation">${relation === "equals" ? "=" : "←"}</div><div class="right">${math(right)}</div></div>
<p>${why.text}</p>
<p class="soft">What to try:</p>
<ul>${remedies.map((remedy) => html`<li>${remedy}</li>`)}</ul>
</article>`;
}
