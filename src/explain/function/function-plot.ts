import { compileFormula, symbol, toReadableText } from "../../formula/index.ts";
import { html, type Html, htmlLines } from "../../page/index.ts";
import type { FunctionDerivation } from "./derive-function.ts";

const WIDTH = 640;
const HEIGHT = 360;
const LEFT = 48;
const RIGHT = 20;
const TOP = 48;
const BOTTOM = 36;
const REACH = 6;
const POINTS = 481;

/**
 * A function and its derivative from −6 to 6, as an SVG. It needs nothing from outside and follows the viewer's light or
 * dark theme. Null when the function has no values to plot.
 */
export function functionPlot(derivation: FunctionDerivation): string | null {
  const plot = plotOf(derivation);
  return plot === null ? null : plot.markup;
}

/** The same as a piece of a page. */
export function plotOf({ by, name, stable }: FunctionDerivation): Html | null {
  if (stable === null) return null;
  const f = sampled(compileFormula(stable.formula, [by]));
  const slope = sampled(compileFormula(stable.derivative, [by]));
  const finite = [...f, ...slope].map(({ y }) => y).filter((y) => Math.abs(y) < 1e3);
  if (finite.length === 0) return null;
  // A function that runs away is cut, so that what happens near 0 is still seen.
  const least = Math.max(-6, Math.min(0, ...finite));
  const most = Math.min(6, Math.max(0, ...finite));
  const space = most - least || 1;
  const [low, high] = [least - 0.05 * space, most + 0.05 * space];
  const px = (z: number): number => LEFT + ((z + REACH) / (2 * REACH)) * (WIDTH - LEFT - RIGHT);
  const py = (y: number): number => TOP + ((high - y) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const label = toReadableText(symbol(name));
  const description = `${label}(${by}) and its derivative for ${by} from −${REACH} to ${REACH}`;
  const grid = ticksBetween(low, high).map(
    (y) =>
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(py(y))}" y2="${fixed(py(y))}"/><text x="${LEFT - 8}" y="${fixed(py(y) + 4)}" text-anchor="end">${String(y).replace("-", "−")}</text>`,
  );
  const marks = [-6, -4, -2, 0, 2, 4, 6].map(
    (z) =>
      html`<text x="${fixed(px(z))}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${String(z).replace("-", "−")}</text>`,
  );
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${description}">
<style>
  .plot { --paper: #ffffff; --ink: #1c2128; --faint: #d8dee4; --soft: #57606a; --function: #0969da; --slope: #bc4c00; }
  @media (prefers-color-scheme: dark) {
    .plot { --paper: #0d1117; --ink: #e6edf3; --faint: #30363d; --soft: #8d96a0; --function: #58a6ff; --slope: #f0883e; }
  }
  .plot text { font: 13px system-ui, sans-serif; fill: var(--soft); }
  .plot .paper { fill: var(--paper); }
  .plot .grid { stroke: var(--faint); }
  .plot .axis { stroke: var(--soft); }
  .plot .curve { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
  .plot .function { stroke: var(--function); }
  .plot .slope { stroke: var(--slope); stroke-dasharray: 7 4; }
</style>
<g class="plot">
<rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>
${htmlLines(grid)}
${htmlLines(marks)}
<line class="axis" x1="${fixed(px(0))}" x2="${fixed(px(0))}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/>
<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(py(0))}" y2="${fixed(py(0))}"/>
${curve(f, "function", px, py, [low, high])}
${curve(slope, "slope", px, py, [low, high])}
<line class="curve function" x1="${LEFT}" x2="${LEFT + 28}" y1="24" y2="24"/>
<text x="${LEFT + 36}" y="28">${label}(${by})</text>
<line class="curve slope" x1="${LEFT + 160}" x2="${LEFT + 188}" y1="24" y2="24"/>
<text x="${LEFT + 196}" y="28">${label}′(${by})</text>
</g>
</svg>
`;
}

interface Point {
  readonly z: number;
  readonly y: number;
}

function sampled(f: (values: readonly number[]) => number): readonly Point[] {
  return Array.from({ length: POINTS }, (_, i) => {
    const z = -REACH + (2 * REACH * i) / (POINTS - 1);
    return { z, y: f([z]) };
  });
}

/** A curve in pieces: a gap where it has no value, leaves the plot or jumps by more than its slope explains. */
function curve(
  points: readonly Point[],
  style: string,
  px: (z: number) => number,
  py: (y: number) => number,
  [low, high]: readonly [number, number],
): Html {
  const pieces: string[][] = [[]];
  let before: number | null = null;
  for (const { z, y } of points) {
    const isShown = Number.isFinite(y) && y >= low && y <= high;
    const isJump = before !== null && Math.abs(y - before) > 0.1 * (high - low);
    if (!isShown || isJump) pieces.push([]);
    if (isShown) pieces.at(-1)?.push(`${fixed(px(z))},${fixed(py(y))}`);
    before = isShown ? y : null;
  }
  return htmlLines(
    pieces
      .filter((piece) => piece.length > 1)
      .map((piece) => html`<polyline class="curve ${style}" points="${piece.join(" ")}"/>`),
  );
}

/** Three to six round levels. */
function ticksBetween(low: number, high: number): readonly number[] {
  const wanted = (high - low) / 5;
  const scale = 10 ** Math.floor(Math.log10(wanted));
  const step = ([1, 2, 5, 10].find((each) => each * scale >= wanted) ?? 10) * scale;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function fixed(value: number): string {
  return String(Math.round(10 * value) / 10);
}
