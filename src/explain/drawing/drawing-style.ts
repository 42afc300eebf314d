/** How a drawing of a network looks, in the colors of the palette. Numbers carry their signs, for whom colors say nothing. */
export const drawingStyle: string = `.network text { font: 12px system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
.network .title { font-size: 19px; font-weight: 600; }
.network .head { font-size: 14px; font-weight: 600; }
.network .soft { fill: var(--soft); }
.network .small { font-size: 11px; }
.network .main { font-size: 13px; font-weight: 600; }
.network .label { font-size: 11px; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }
.network .weight { stroke-linecap: butt; }
.network .plus { stroke: var(--plus); }
.network .minus { stroke: var(--minus); }
.network .zero, .network .wire { stroke: var(--wire); fill: none; }
.network .tip.plus { fill: var(--plus); stroke: none; }
.network .tip.minus { fill: var(--minus); stroke: none; }
.network .tip.zero { fill: var(--wire); stroke: none; }
.network .flow { stroke: var(--soft); stroke-width: 1.5; fill: none; }
.network .flow.tip { fill: var(--soft); stroke: none; }
.network .shape { fill: var(--paper); stroke: var(--soft); stroke-width: 1.25; }
.network .shape.opened { stroke: var(--ink); stroke-width: 3; }
.network .card { fill: var(--card); stroke: var(--line); }
.network .tint.plus, .network .pixels.plus { fill: var(--plus); stroke: none; }
.network .tint.minus, .network .pixels.minus { fill: var(--minus); stroke: none; }
.network .pixels { fill: var(--ink); shape-rendering: crispEdges; }
.network .faded { opacity: 0.22; }`;
