import { html, Html, htmlLines } from "./html.ts";

/** What stands in a cell, or the cell itself. */
export type TableCell = Html | string | { readonly whole: Html };

/** A table of a page. */
export interface HtmlTable {
  /** Null for none. */
  readonly caption: string | null;
  readonly heading: readonly (Html | string)[];
  readonly rows: readonly (readonly TableCell[])[];
  /** "numbers": right-aligned. "words": left-aligned. "prose": left-aligned, in lines. "matrix": in the middle. Default "numbers". */
  readonly style?: "numbers" | "words" | "prose" | "matrix";
  /** Whether the first cell of a row names it. Default true. */
  readonly hasRowNames?: boolean;
}

/** A table, which scrolls by itself where it is wider than the page. */
export function tableHtml({ caption, heading, rows, style = "numbers", hasRowNames = true }: HtmlTable): Html {
  const heads = heading.map((each) => (each === "" ? html`<td></td>` : html`<th scope="col">${each}</th>`));
  const body = rows.map((cells) => {
    const written = cells.map((cell, i) => {
      if (!(cell instanceof Html) && typeof cell !== "string") return cell.whole;
      return hasRowNames && i === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`;
    });
    return html`<tr>${written}</tr>`;
  });
  const label = caption === null ? null : html` role="group" aria-label="${caption}"`;
  const title = caption === null ? null : html`<caption>${caption}</caption>`;
  return html`<div class="scroll" tabindex="0"${label}><table class="${style}">${title}
<thead><tr>${heads}</tr></thead>
<tbody>
${htmlLines(body)}
</tbody></table></div>`;
}

/** CSS of tables. */
export const tableStyle: string = `table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .95rem; }
caption { text-align: left; color: var(--soft); font-size: .9rem; padding-bottom: .35rem; white-space: nowrap; }
th, td { padding: .28rem .8rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; }
thead th { color: var(--soft); font-weight: 500; font-size: .88rem; }
:is(th, td):first-child { text-align: left; padding-left: 0; }
table:is(.words, .prose) :is(td, thead th) { text-align: left; }
table.prose :is(th, td) { white-space: normal; }
table.matrix :is(td, thead th) { text-align: center; }`;
