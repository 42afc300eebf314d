/** A text in HTML, also in an attribute. */
export function escapedHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/**
 * A number of the record as a report shows it: with every digit beside what is read, and the path it has in `run.json`,
 * so that each can be checked against it. A dash for a number that there is none of.
 */
export function figureHtml(path: string, value: number | null | undefined, format: (value: number) => string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return `<data value="${value}" data-path="${escapedHtml(path)}">${escapedHtml(format(value))}</data>`;
}

/** A table with a caption, column heads and row heads. Cells are HTML. */
export function tableHtml(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style = "",
): string {
  const heads = head.map((each) => (each === "" ? "<td></td>" : `<th scope="col">${each}</th>`)).join("");
  const body = rows.map(
    ([first = "", ...cells]) => `<tr><th scope="row">${first}</th>${cells.map(cellHtml).join("")}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapedHtml(caption)}"><table class="${style}"><caption>${escapedHtml(caption)}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>`;
}

/** A cell that is whole (a heat map's) stays as it is. */
function cellHtml(cell: string): string {
  return cell.startsWith("<td") ? cell : `<td>${cell}</td>`;
}
