import { html, Html, htmlLines } from "../../page/index.ts";
import { printedFormula } from "../../page/minus-signs.ts";

/**
 * A number of the record as a report shows it: with every digit beside what is read, and the path it has in `run.json`,
 * so that each can be checked against it. A dash for a number that there is none of.
 */
export function figureHtml(path: string, value: number | null | undefined, format: (value: number) => string): Html {
  if (value === null || value === undefined || !Number.isFinite(value)) return html`–`;
  return html`<data value="${value}" data-path="${path}">${printedFormula(format(value))}</data>`;
}

/** A table with a caption, column heads and row heads. Texts are escaped. */
export function tableHtml(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  style = "",
): Html {
  const heads = head.map((each) => (each === "" ? html`<td></td>` : html`<th scope="col">${each}</th>`));
  const body = rows.map(
    ([first = "", ...cells]) =>
      html`<tr><th scope="row">${first instanceof Html || typeof first === "string" ? first : first.whole}</th>${cells.map(cellHtml)}</tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table class="${style}"><caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${htmlLines(body)}
</tbody></table></div>`;
}

/** What stands in a cell, or the cell itself. */
export type Cell = Html | string | { readonly whole: Html };

function cellHtml(cell: Cell): Html {
  return typeof cell === "string" || cell instanceof Html ? html`<td>${cell}</td>` : cell.whole;
}
