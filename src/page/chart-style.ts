import { SERIES_COLORS } from "./palette.ts";

/** CSS of everything inside of a chart: an element of class `chart`. Colors are those of the palette. */
export const chartStyle: string = `.chart text { font: 12.5px system-ui, sans-serif; fill: var(--soft); font-variant-numeric: tabular-nums; }
.chart .title { font-size: 16px; font-weight: 600; fill: var(--ink); }
.chart .name { font-size: 13px; font-weight: 600; fill: var(--ink); }
.chart .grid { stroke: var(--line); }
.chart .axis { stroke: var(--soft); }
.chart .curve { fill: none; stroke: var(--color); stroke-width: 2.25; stroke-linejoin: round; }
.chart .curve.dashed { stroke-dasharray: 7 4; }
.chart .dot { fill: var(--color, var(--accent)); fill-opacity: .6; }
.chart .mark { stroke: var(--soft); stroke-dasharray: 3 4; }
${Array.from({ length: SERIES_COLORS }, (_, i) => `.series-${i + 1} { --color: var(--series-${i + 1}); }`).join(" ")}`;
