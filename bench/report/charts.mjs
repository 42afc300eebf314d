// The charts, as SVG: on a white card, so that they read the same on light pages and dark ones. Colors are those of Okabe
// and Ito, which color-blind readers tell apart; every series has a shape of its own besides.
import { BLAS, fastestOf, PYTORCH, ratio, stepTime } from "./lookup.mjs";
import { duration, times } from "./table.mjs";

const WIDTH = 860;
const LEFT = 205;
const RIGHT = 30;
const TOP = 92;
const INK = "#1f2328";
const FAINT = "#d0d7de";

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function text(x, y, words, { anchor = "start", size = 13, weight = 400, fill = INK } = {}) {
  const at = `x="${x.toFixed(1)}" y="${y.toFixed(1)}"`;
  return `<text ${at} text-anchor="${anchor}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(words)}</text>`;
}

const line = (x1, y1, x2, y2, stroke = FAINT, width = 1) =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${stroke}" stroke-width="${width}"/>`;

/** Shapes about a point, by name. */
const shapes = {
  circle: (r) => `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
  square: (r) => `M${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  up: (r) => `M0,${-1.2 * r}L${1.2 * r},${r}H${-1.2 * r}z`,
  down: (r) => `M0,${1.2 * r}L${1.2 * r},${-r}H${-1.2 * r}z`,
  diamond: (r) => `M0,${-1.4 * r}L${1.4 * r},0L0,${1.4 * r}L${-1.4 * r},0z`,
  bar: (r) => `M${-0.4 * r},${-1.5 * r}h${0.8 * r}v${3 * r}h${-0.8 * r}z`,
  cross: (r) =>
    `M${-r},${-0.4 * r}h${0.6 * r}v${-0.6 * r}h${0.8 * r}v${0.6 * r}h${0.6 * r}v${0.8 * r}h${-0.6 * r}v${0.6 * r}h${-0.8 * r}v${-0.6 * r}h${-0.6 * r}z`,
  hexagon: (r) => `M${-r},0L${-0.5 * r},${-r}H${0.5 * r}L${r},0L${0.5 * r},${r}H${-0.5 * r}z`,
};

const mark = (x, y, { shape, color }, radius = 6) =>
  `<path d="${shapes[shape](radius)}" transform="translate(${x.toFixed(1)} ${y.toFixed(1)})" fill="${color}" stroke="#ffffff" stroke-width="1"/>`;

/** What is drawn of each net, and how. */
const series = [
  { label: "Backpass wasm", sides: ["wasm-1"], shape: "circle", color: "#0072B2" },
  { label: "wasm, 2 threads", sides: ["wasm-2"], shape: "bar", color: "#56B4E9" },
  { label: "Backpass blas", sides: BLAS, shape: "square", color: "#000000" },
  { label: "PyTorch", sides: PYTORCH, shape: "diamond", color: "#D55E00" },
  { label: "FANN", sides: ["fann"], shape: "hexagon", color: "#8c6d1f" },
  { label: "jax-js", sides: ["jax-js"], shape: "up", color: "#009E73" },
  { label: "TensorFlow.js", sides: ["tfjs-wasm", "tfjs-cpu"], shape: "down", color: "#E69F00" },
  { label: "brain.js", sides: ["brain.js"], shape: "cross", color: "#CC79A7" },
  { label: "js-pytorch", sides: ["js-pytorch"], shape: "square", color: "#999999" },
];

/** Time of a step, logarithmic, a line for each net and a mark for each side. */
export function stepChart(results) {
  const rows = results.nets.map(({ name }) => ({
    name,
    points: series.flatMap((each) => {
      const y = stepTime(results, name, ...each.sides);
      return y === null ? [] : [{ ...each, value: y }];
    }),
  }));
  const ticks = powersAround(rows.flatMap(({ points }) => points.map(({ value }) => value)));
  return card({
    title: "Time of a training step",
    subtitle: "logarithmic; further left is faster",
    legend: series,
    rows,
    ticks,
    tickText: duration,
    // Backpass's own come last, on top.
    drawRow: ({ points }, y, xOf) => points.toReversed().map((point) => mark(xOf(point.value), y, point)),
  });
}

const ratios = [
  {
    label: "wasm to the fastest in JavaScript",
    shape: "circle",
    color: "#0072B2",
    of: (results, net) =>
      ratio(fastestOf(results, net, "javascript")?.microseconds ?? null, stepTime(results, net, "wasm-1")),
  },
  {
    label: "wasm to PyTorch",
    shape: "diamond",
    color: "#E69F00",
    of: (results, net) => ratio(stepTime(results, net, ...PYTORCH), stepTime(results, net, "wasm-1")),
  },
  {
    label: "blas to PyTorch",
    shape: "square",
    color: "#000000",
    of: (results, net) => ratio(stepTime(results, net, ...PYTORCH), stepTime(results, net, ...BLAS)),
  },
];

/** How many times as fast Backpass is, logarithmic, with a line where both are even. */
export function ratioChart(results) {
  const rows = results.nets.map(({ name }) => ({
    name,
    points: ratios.flatMap((each) => {
      const value = each.of(results, name);
      return value === null ? [] : [{ ...each, value }];
    }),
  }));
  const ticks = powersAround([1, ...rows.flatMap(({ points }) => points.map(({ value }) => value))]);
  return card({
    title: "How many times as fast as its peers Backpass is",
    subtitle: "logarithmic; right of the line Backpass is faster",
    legend: ratios,
    rows,
    ticks,
    tickText: (tick) => (tick < 1 ? `1/${Math.round(1 / tick)}` : times(tick).replace(/\.0+×/, "×")),
    even: 1,
    drawRow: ({ points }, y, xOf) =>
      points.flatMap((point, i) => {
        const at = y + (i - (points.length - 1) / 2) * 11;
        return [line(xOf(1), at, xOf(point.value), at, point.color, 3), mark(xOf(point.value), at, point, 5)];
      }),
  });
}

/** Powers of ten around some values. */
function powersAround(values) {
  const logs = values.map(Math.log10);
  const first = Math.floor(Math.min(0, ...logs));
  const last = Math.ceil(Math.max(0, ...logs));
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}

function card({ title, subtitle, legend, rows, ticks, tickText, drawRow, even }) {
  const rowHeight = 40;
  const height = TOP + rows.length * rowHeight + 40;
  const [low, high] = [Math.log10(ticks[0]), Math.log10(ticks.at(-1))];
  const xOf = (value) => LEFT + ((Math.log10(value) - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  const bottom = TOP + rows.length * rowHeight;
  const parts = [
    text(20, 30, title, { size: 17, weight: 600 }),
    text(WIDTH - 20, 30, subtitle, { anchor: "end", size: 12, fill: "#57606a" }),
    ...legendParts(legend),
    ...ticks.flatMap((tick) => [
      line(xOf(tick), TOP - 8, xOf(tick), bottom, tick === even ? INK : FAINT, tick === even ? 1.5 : 1),
      text(xOf(tick), bottom + 20, tickText(tick), { anchor: "middle", size: 12, fill: "#57606a" }),
    ]),
    ...rows.flatMap((row, i) => {
      const y = TOP + (i + 0.5) * rowHeight;
      return [
        ...(i === 0 ? [] : [line(20, TOP + i * rowHeight, WIDTH - RIGHT, TOP + i * rowHeight, "#eaeef2")]),
        text(LEFT - 14, y + 4, row.name, { anchor: "end", size: 12 }),
        ...drawRow(row, y, xOf),
      ];
    }),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img"`,
    `  font-family="-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="6" fill="#ffffff" stroke="${FAINT}"/>`,
    ...parts,
    "</svg>\n",
  ].join("\n");
}

/** About as wide as its words, one after the other, on two lines if need be. */
function legendParts(legend) {
  let x = 28;
  let y = 54;
  return legend.flatMap((each) => {
    const width = 30 + 6.7 * each.label.length;
    if (x + width > WIDTH - 10) [x, y] = [28, y + 20];
    const parts = [mark(x, y, each), text(x + 12, y + 4, each.label, { size: 12 })];
    x += width;
    return parts;
  });
}
