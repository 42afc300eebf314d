import { html, type Html } from "./html.ts";
import { coordinate, textWidth } from "./svg.ts";

/** A line of a chart, by name. */
export interface LegendEntry {
  readonly name: string;
  /** Classes of its line (see `chartStyle`); null for a value that is not drawn. */
  readonly style: string | null;
}

/** A legend below a chart in a page: it can be selected, and wraps where it is narrow. */
export function legendList(entries: readonly LegendEntry[]): Html {
  const items = entries.map(({ name, style }) => {
    const swatch = style === null ? null : html`<span class="swatch ${style}"></span>`;
    return html`<li>${swatch}${name}</li>`;
  });
  return html`<ul class="legend">${items}</ul>`;
}

/** Pixels of a line in a legend, of the gap after it, and between two entries. */
const SAMPLE = 22;
const GAP = 6;
const BETWEEN = 22;

/** A legend in the picture itself, on one line that ends at `right`. */
export function legendMarks(entries: readonly LegendEntry[], right: number, y: number): readonly Html[] {
  let end = right;
  return entries.toReversed().map(({ name, style }) => {
    const start = end - textWidth(name, 13.5);
    const from = start - GAP - SAMPLE;
    const level = coordinate(y - 4);
    const sample =
      style === null
        ? null
        : html`<line class="${style}" x1="${coordinate(from)}" x2="${coordinate(from + SAMPLE)}" y1="${level}" y2="${level}"/>`;
    end = (style === null ? start : from) - BETWEEN;
    return html`${sample}<text x="${coordinate(start)}" y="${coordinate(y)}">${name}</text>`;
  });
}

/** CSS of `legendList`, beside `chartStyle`. */
export const legendStyle: string = `.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; list-style: none; margin: .4rem 0 0; padding: 0; color: var(--soft); font-size: .9rem; }
.swatch { display: inline-block; width: 1.4rem; height: 0; border-top: .19rem solid var(--color); margin-right: .45rem; vertical-align: middle; }
.swatch.mark { border-top: .12rem dashed var(--soft); }
.swatch.curve.dashed { border-top-style: dashed; }`;
