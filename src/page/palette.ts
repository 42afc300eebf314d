/** A color in the light and in the dark theme. */
type Color = readonly [light: string, dark: string];

/** What a color is for. */
export type ColorName =
  | "paper"
  | "card"
  | "ink"
  | "soft"
  | "line"
  | "wire"
  | "accent"
  | "lit"
  | "shade"
  | "good"
  | "warn"
  | "bad"
  | "plus"
  | "minus"
  | `series-${1 | 2 | 3 | 4 | 5 | 6}`;

/**
 * Every color of pages, charts and drawings. Texts in `ink`, `soft`, `accent`, `good`, `warn` and `bad` have a contrast of
 * 4.5 and more on `paper` and on `card` (WCAG 2, AA). `plus` and `minus` are blue and vermilion of Okabe and Ito ("Color
 * Universal Design", 2002), which nearly every eye tells apart; so are the first two series.
 */
export const palette: Readonly<Record<ColorName, Color>> = {
  paper: ["#fdfdfc", "#0f1318"],
  card: ["#f4f6f8", "#171c23"],
  ink: ["#1c2128", "#e6edf3"],
  soft: ["#57606a", "#9aa4af"],
  /** Rules, grids and borders. */
  line: ["#d8dee4", "#30363d"],
  /** Connections between neurons. */
  wire: ["#c3cad1", "#4a525b"],
  accent: ["#0a58b5", "#6cb0ff"],
  /** Behind a quantity that is pointed at. */
  lit: ["#ffe58a", "#5c4a00"],
  /** At an edge beyond which there is more. */
  shade: ["rgb(0 0 0 / .22)", "rgb(160 190 230 / .28)"],
  good: ["#1a7f37", "#56d364"],
  warn: ["#9a5b00", "#e3b341"],
  bad: ["#b3261e", "#ff7b72"],
  plus: ["#0072b2", "#56b4e9"],
  minus: ["#d55e00", "#f0883e"],
  "series-1": ["#0a58b5", "#6cb0ff"],
  "series-2": ["#bc4c00", "#f0883e"],
  "series-3": ["#1a7f37", "#56d364"],
  "series-4": ["#8250df", "#c297ff"],
  "series-5": ["#a0680a", "#e3b341"],
  "series-6": ["#0b7285", "#4fd1e0"],
};

/** Colors for so many lines of a chart; a further line begins again. */
export const SERIES_COLORS = 6;

/**
 * The palette as CSS variables (`--paper`, `--ink`, …) of what `selector` names, in the reader's theme; on paper always the
 * light one.
 *
 * @param usedIn CSS whose colors are all that is wanted. Default: the whole palette.
 */
export function paletteStyle(selector: string, usedIn?: string): string {
  const variables = (theme: 0 | 1): string =>
    Object.entries(palette)
      .filter(([name]) => usedIn === undefined || usedIn.includes(`var(--${name})`))
      .map(([name, color]) => `--${name}: ${color[theme]};`)
      .join(" ");
  return `${selector} { ${variables(0)} }
@media screen and (prefers-color-scheme: dark) { ${selector} { ${variables(1)} } }`;
}
