import { html, type Html } from "../../page/index.ts";
import { printedFormula } from "../../page/minus-signs.ts";

/**
 * A number of the record as a report shows it: with every digit beside what is read, and the path it has in `run.json`,
 * so that each can be checked against it. A dash for a number that there is none of.
 */
export function figureHtml(path: string, value: number | null | undefined, format: (value: number) => string): Html {
  if (value === null || value === undefined || !Number.isFinite(value)) return html`–`;
  return html`<data value="${value}" data-path="${path}">${printedFormula(format(value))}</data>`;
}
