/** What a report adds to the style of pages: cards, charts, tables, and one column that can be printed. */
export const reportStyle = `:root { --good: #1a7f37; --warn: #9a5b00; --bad: #b3261e; --s1: #0a58b5; --s2: #bc4c00; --s3: #1a7f37; --s4: #8250df; --s5: #a0680a; --s6: #0b7285; }
@media (prefers-color-scheme: dark) { :root { --good: #56d364; --warn: #e3b341; --bad: #ff7b72; --s1: #6cb0ff; --s2: #f0883e; --s3: #56d364; --s4: #c297ff; --s5: #e3b341; --s6: #4fd1e0; } }
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
.chart text { font: 12.5px system-ui, sans-serif; fill: var(--soft); font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) { .chart { min-width: 34rem; } .chart text { font-size: 15px; } }
.grid { stroke: var(--line); }
.curve { fill: none; stroke: var(--color); stroke-width: 2.25; stroke-linejoin: round; }
.dot { fill: var(--color, var(--accent)); fill-opacity: .6; }
.mark { stroke: var(--soft); stroke-dasharray: 3 4; }
.series-1 { --color: var(--s1); } .series-2 { --color: var(--s2); } .series-3 { --color: var(--s3); }
.series-4 { --color: var(--s4); } .series-5 { --color: var(--s5); } .series-6 { --color: var(--s6); }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; list-style: none; margin: .4rem 0 0; padding: 0; color: var(--soft); font-size: .9rem; }
.swatch { display: inline-block; width: 1.4rem; height: 0; border-top: .19rem solid var(--color); margin-right: .45rem; vertical-align: middle; }
.swatch.dashed { border-top: .12rem dashed var(--soft); }
.scroll { overflow-x: auto; margin: .75rem 0; --under: var(--paper); }
.scroll:focus-visible { outline: 2px solid var(--accent); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .95rem; }
caption { white-space: nowrap; text-align: left; color: var(--soft); font-size: .9rem; padding-bottom: .35rem; }
th, td { padding: .32rem .75rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; } thead th { color: var(--soft); font-weight: 500; font-size: .88rem; }
th[scope="row"], thead td, thead th:first-child { text-align: left; }
table.words td, table.words thead th { text-align: left; }
table.matrix td { text-align: center; min-width: 2.6rem; border: 1px solid var(--paper); background: color-mix(in srgb, var(--tone) calc(var(--heat) * 1%), var(--card)); }
table.matrix thead th { text-align: center; }
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
.soft { color: var(--soft); }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
@media print { :root { color-scheme: light; } body { font-size: 10.5pt; } main { max-width: none; padding: 0; } .card, .finding, .healthy, figure, tr, .chart { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } .scroll { overflow: visible; } * { print-color-adjust: exact; } }`;
