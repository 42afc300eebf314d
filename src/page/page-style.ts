import { paletteStyle } from "./palette.ts";
import { tableStyle } from "./table.ts";

/** How a page looks: one column, the reader's theme, what is too wide scrolls by itself, and a plain print. */
export const pageStyle: string = `:root { color-scheme: light dark; }
${paletteStyle(":root")}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin: 2.75rem 0 .5rem; padding-top: .9rem; border-top: 1px solid var(--line); }
h3 { font-size: .95rem; font-weight: 600; color: var(--soft); margin: 1.5rem 0 .4rem; }
p { margin: .4rem 0 .8rem; }
code { font: .92em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.summary { color: var(--soft); font-size: 1.1rem; }
.soft { color: var(--soft); }
nav ol { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; margin: 1rem 0 0; }
a { color: var(--accent); }
/* A shadow at an edge shows that there is more beyond it. */
:is(.equation, .scroll, figure) { --under: var(--paper); overflow: auto hidden; background: linear-gradient(to right, var(--under) 60%, transparent) left / 2.5rem 102% no-repeat local, linear-gradient(to left, var(--under) 60%, transparent) right / 2.5rem 102% no-repeat local, linear-gradient(to right, var(--shade), transparent) left / 1rem 100% no-repeat scroll, linear-gradient(to left, var(--shade), transparent) right / 1rem 100% no-repeat scroll, var(--under); }
:is(.equation, .scroll):focus-visible { outline: 2px solid var(--accent); }
.scroll { margin: .75rem 0; }
.equation { --under: var(--card); display: grid; grid-template-columns: max-content max-content 1fr; gap: .3rem .6rem; align-items: center; margin: .5rem 0; padding: .75rem 1rem; border-radius: .5rem; }
.left, .right { white-space: nowrap; padding-block: .2rem; }
.why { color: var(--soft); font-size: .9rem; margin-left: 1.75rem; }
math { font-family: "STIX Two Math", "STIX Math", "XITS Math", "Latin Modern Math", "Cambria Math", math; font-size: 1.15rem; math-style: normal; }
mfrac { padding-inline: .1em; }
[data-quantity] { border-radius: .2rem; }
[data-quantity].lit { background: var(--lit); }
${tableStyle}
figure { margin: 1rem 0; }
figure svg { max-width: 100%; height: auto; border-radius: .5rem; }
figure.wide { width: min(94vw, 92rem); margin-inline: calc(50% - min(47vw, 46rem)); }
figure.wide svg { min-width: 52rem; }
figcaption { color: var(--soft); font-size: .9rem; }
@media (max-width: 40rem) { figure svg { min-width: 34rem; } main { padding-top: 1.5rem; } .equation { padding: .6rem .7rem; } }
@media print { :root { color-scheme: light; } nav { display: none; } .equation { background: none; padding: .25rem 0; } :is(.equation, .scroll, figure) { overflow: visible; } }`;

/** Lights up every place of the quantity that is pointed at. The page says the same without it. */
export const pageScript: string = `const places = new Map();
for (const each of document.querySelectorAll("[data-quantity]")) {
  const name = each.getAttribute("data-quantity");
  places.set(name, [...(places.get(name) ?? []), each]);
}
let lit = [];
document.addEventListener("pointerover", ({ target }) => {
  const quantity = target instanceof Element ? target.closest("[data-quantity]") : null;
  for (const each of lit) each.classList.remove("lit");
  lit = quantity === null ? [] : places.get(quantity.getAttribute("data-quantity"));
  for (const each of lit) each.classList.add("lit");
});`;
