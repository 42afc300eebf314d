import { chartStyle, html, legendMarks, legendOf, lineMarks, svgPicture } from "../../page/index.ts";
import type { RunRecord } from "../record/run-record.ts";
import { learningCurves } from "./epoch-charts.ts";

const WIDTH = 720;
const HEAD = 40;
const CHART_HEIGHT = 240;

/** The learning curves of a run as an SVG file, one chart below the other over the same epochs. It needs nothing from outside. */
export function curvesSvg(record: Pick<RunRecord, "figures" | "history">): string {
  const charts = learningCurves(record);
  const title = `Training on ${record.figures.data}`;
  const drawn = charts.flatMap(({ title: name, chart }, i) => {
    const top = HEAD + i * CHART_HEIGHT;
    const area = { left: 72, right: WIDTH - 16, top: top + 44, bottom: top + CHART_HEIGHT - 36 };
    return [
      html`<text class="name" x="16" y="${top + 18}">${name}</text>`,
      ...legendMarks(legendOf(chart), area.right, top + 18),
      ...lineMarks(chart, area),
    ];
  });
  return svgPicture({
    width: WIDTH,
    height: HEAD + charts.length * CHART_HEIGHT,
    name: "chart",
    description: title,
    style: chartStyle,
    marks: [html`<text class="title" x="16" y="26">${title}</text>`, ...drawn],
  }).markup;
}
