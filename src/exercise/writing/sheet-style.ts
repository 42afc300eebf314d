/** How a sheet looks, after `pageStyle`: questions as cards, a line for each answer, and room to write when printed. */
export const sheetStyle = `li { margin: .2rem 0; }
code { background: var(--card); padding: .1em .3em; border-radius: .25rem; }
pre.scroll { padding: .75rem 1rem; border-radius: .5rem; }
pre code { padding: 0; }
blockquote { margin: .8rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--soft); }
.display.scroll { margin: 0; padding: .35rem 0; }
.question { margin: 1.5rem 0; padding: .9rem 1.1rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: .5rem; break-inside: avoid; }
.question > :is(h2, h3, h4, h5, h6) { margin: 0 0 .4rem; padding: 0; border: 0; font-size: 1rem; font-weight: 650; color: var(--ink); display: flex; justify-content: space-between; gap: 1rem; }
.points { font-weight: 400; color: var(--soft); font-size: .9rem; }
.choices { list-style: none; padding: 0; margin: .5rem 0; }
.choices li { display: grid; grid-template-columns: max-content max-content 1fr; gap: .6rem; align-items: baseline; margin: .35rem 0; }
.box { width: .85rem; height: .85rem; border: 1.5px solid var(--soft); border-radius: .15rem; align-self: center; }
.is-right .box { background: var(--accent); border-color: var(--accent); print-color-adjust: exact; }
.right-choice { color: var(--accent); }
.several { color: var(--soft); font-size: .9rem; }
.answer { display: flex; align-items: baseline; gap: .5rem; margin: .9rem 0 0; color: var(--soft); }
.answer math { color: var(--ink); }
.blank { flex: 1; min-width: 6rem; border-bottom: 1px solid var(--soft); height: 1.5rem; }
.solution.scroll { margin: .9rem 0 0; padding: .5rem .8rem; border-radius: .4rem; }
.worked { margin: .4rem 0 0; font-size: .95rem; }
.worked .equation { margin: 0; padding-block: .3rem; border-radius: 0; }
.worked .equation { --under: var(--paper); }
:is(.solution, pre).scroll { --under: var(--card); }
:is(.scroll, .equation) { scrollbar-width: thin; }
/* On a phone a drawing keeps its size, in which it can be read, and scrolls. */
@media (max-width: 40rem) {
  figure { overflow: auto hidden; scrollbar-width: thin; }
  figure svg { max-width: none; }
}
@media (max-width: 30rem) {
  caption { white-space: normal; }
}
@media print {
  body { font-size: 11pt; background: none; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  figure, .equation, table { break-inside: avoid; }
  .worked .equation { break-inside: auto; }
  :is(.scroll, .equation) { background: none; }
  .question { border-color: var(--soft); }
  .blank { height: 2.5rem; }
}`;
