import { coordinate, html, type Html, textWidth } from "../../page/index.ts";
import type { NetworkDrawing } from "./drawing.ts";
import { type Layout, sizes } from "./drawing-layout.ts";
import { text } from "./drawing-text.ts";

/** Below the drawing: what colors, widths and numbers mean. */
export function legend(
  drawing: NetworkDrawing,
  layout: Layout,
  width: number,
): { readonly marks: Html; readonly bottom: number } {
  const { view, chain } = drawing;
  const symbol = view === "forward" ? "w" : "∂C/∂w";
  const isTall = layout.isSmall && view === "forward" && chain.some(({ hasBias }) => hasBias);
  const top = layout.bottom + (isTall ? 36 : layout.isSmall ? 28 : 34);
  const items = [
    sample("plus", `${symbol} > 0`),
    sample("minus", `${symbol} < 0`),
    words(`width of a line: size of its ${symbol}, beside the largest ${layout.isSmall ? "of all" : "of the layer"}`),
    words(neuronWords(drawing, layout)),
    ...(layout.columns.some(({ hasTiles }) => hasTiles)
      ? [words(`small images: ${symbol} of the neuron at each pixel, by color and strength`)]
      : []),
    ...(layout.columns.some(({ folded }) => folded > 0) ? [words(foldedWords(view))] : []),
  ];
  let x: number = sizes.margin;
  let y = top + 24;
  const placed = items.map((item) => {
    if (x > sizes.margin && x + item.width > width - sizes.margin) {
      x = sizes.margin;
      y += 20;
    }
    const mark = item.at(x, y);
    x += item.width + 28;
    return mark;
  });
  const rule = html`<line class="zero" x1="${sizes.margin}" x2="${coordinate(width - sizes.margin)}" y1="${coordinate(top)}" y2="${coordinate(top)}"/>`;
  return { marks: html`<g class="legend">${rule}${placed}</g>`, bottom: y + 8 };
}

interface LegendItem {
  readonly width: number;
  readonly at: (x: number, y: number) => Html;
}

function sample(sign: "plus" | "minus", content: string): LegendItem {
  return {
    width: 36 + textWidth(content),
    at: (x, y) =>
      html`<line class="sample ${sign}" x1="${coordinate(x)}" x2="${coordinate(x + 28)}" y1="${coordinate(y - 4)}" y2="${coordinate(y - 4)}" stroke-width="4"/>${text(x + 36, y, content, { style: "soft" })}`,
  };
}

function words(content: string): LegendItem {
  return { width: textWidth(content), at: (x, y) => text(x, y, content, { style: "soft" }) };
}

function neuronWords({ view, chain }: NetworkDrawing, { isSmall }: Layout): string {
  const [first, second] = view === "forward" ? ["activation a", "error δ"] : ["error δ", "activation a"];
  if (!isSmall) return `in a row: number of the neuron, ${first} (bold), ${second}`;
  const hasBias = view === "forward" && chain.some(({ hasBias }) => hasBias);
  return `in a neuron: ${first} (bold), below it ${second}${hasBias ? "; b: its bias" : ""}`;
}

function foldedWords(view: NetworkDrawing["view"]): string {
  const which = view === "forward" ? "the most active neurons" : "the neurons with the largest δ";
  return `of wide layers, ${which} are shown`;
}
