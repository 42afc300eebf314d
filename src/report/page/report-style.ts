import { chartStyle, legendStyle } from "../../page/index.ts";

/** What a report adds to the style of pages: cards, charts, tables, and one column that can be printed. */
export const reportStyle: string = `${chartStyle}
${legendStyle}
main { max-width: 58rem; }
header { margin-bottom: 1.5rem; }
h4 { font-size: .95rem; font-weight: 600; color: var(--soft); margin: 1.25rem 0 .4rem; }
h2 + h3 { margin-top: .75rem; }
#equations h3 { font-size: 1.05rem; color: var(--ink); margin-top: 2rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; }
.card { background: var(--card); border-radius: .6rem; padding: .85rem 1rem; margin: 0; }
.card dt { color: var(--soft); font-size: .88rem; }
.card dd { margin: 0; }
.card .large { font-size: 1.75rem; font-weight: 650; line-height: 1.25; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.card .beside { color: var(--soft); font-size: .88rem; }
.good .large { color: var(--good); } .warn .large { color: var(--warn); }
.chart { display: block; width: 100%; height: auto; }
@media (max-width: 40rem) { .chart { min-width: 34rem; } .chart text { font-size: 15px; } }
table.matrix td { min-width: 2.6rem; border: 1px solid var(--paper); background: color-mix(in srgb, var(--tone) calc(var(--heat) * 1%), var(--card)); }
table.matrix td.right { --tone: var(--good); } table.matrix td.wrong { --tone: var(--bad); } table.matrix td.none { color: transparent; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: .75rem; padding: 0; list-style: none; }
.mistakes figure { margin: 0; background: var(--card); border-radius: .6rem; padding: .7rem; text-align: center; }
.mistakes img { width: 100%; max-width: 7rem; aspect-ratio: 1; image-rendering: pixelated; border-radius: .25rem; }
.mistakes figcaption { font-size: .88rem; line-height: 1.4; margin-top: .35rem; }
.mistakes strong { color: var(--ink); }
.finding { background: var(--card); border-left: .25rem solid var(--warn); border-radius: .4rem; padding: .8rem 1.1rem; margin: .9rem 0; }
.finding h3 { margin: 0 0 .3rem; color: var(--ink); font-size: 1.02rem; }
.finding .equation { --under: var(--paper); margin: .6rem 0; }
.finding ul { margin: .3rem 0 0; padding-left: 1.2rem; }
.healthy { background: var(--card); border-left: .25rem solid var(--good); border-radius: .4rem; padding: .8rem 1.1rem; }
.term { color: var(--warn); }
@media print { :root { color-scheme: light; } body { font-size: 10.5pt; } main { max-width: none; padding: 0; } .card, .finding, .healthy, figure, tr, .chart { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } .scroll { overflow: visible; } * { print-color-adjust: exact; } }`;
