/**
 * How a drawing of a network looks, in the viewer's light or dark theme. Blue and orange are told apart by nearly every
 * eye (Okabe and Ito, "Color Universal Design", 2002), and numbers carry their signs.
 */
export const drawingStyle = `
  .network { --paper: #ffffff; --ink: #1c2128; --soft: #57606a; --faint: #d0d7de; --card: #f6f8fa; --plus: #0072b2; --minus: #d55e00; }
  @media (prefers-color-scheme: dark) {
    .network { --paper: #0d1117; --ink: #e6edf3; --soft: #9aa4af; --faint: #3d444d; --card: #161b22; --plus: #56b4e9; --minus: #f0883e; }
  }
  .network text { font: 12px system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
  .network .paper { fill: var(--paper); }
  .network .title { font-size: 19px; font-weight: 600; }
  .network .head { font-size: 14px; font-weight: 600; }
  .network .soft { fill: var(--soft); }
  .network .small { font-size: 11px; }
  .network .main { font-size: 13px; font-weight: 600; }
  .network .label { font-size: 11px; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }
  .network .weight { stroke-linecap: butt; }
  .network .plus { stroke: var(--plus); }
  .network .minus { stroke: var(--minus); }
  .network .zero, .network .wire { stroke: var(--faint); fill: none; }
  .network .tip.plus { fill: var(--plus); stroke: none; }
  .network .tip.minus { fill: var(--minus); stroke: none; }
  .network .tip.zero { fill: var(--faint); stroke: none; }
  .network .flow { stroke: var(--soft); stroke-width: 1.5; fill: none; }
  .network .flow.tip { fill: var(--soft); stroke: none; }
  .network .shape { fill: var(--paper); stroke: var(--soft); stroke-width: 1.25; }
  .network .shape.opened { stroke: var(--ink); stroke-width: 3; }
  .network .card { fill: var(--card); stroke: var(--faint); }
  .network .tint.plus, .network .pixels.plus { fill: var(--plus); stroke: none; }
  .network .tint.minus, .network .pixels.minus { fill: var(--minus); stroke: none; }
  .network .pixels { fill: var(--ink); shape-rendering: crispEdges; }
  .network .faded { opacity: 0.22; }
`;
