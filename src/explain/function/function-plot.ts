import { compileFormula, symbol, toReadableText } from "../../formula/index.ts";
import {
  chartStyle,
  type Html,
  legendMarks,
  legendOf,
  type LineChart,
  lineMarks,
  scaleBetween,
  type Series,
  svgPicture,
} from "../../page/index.ts";
import type { FunctionDerivation } from "./derive-function.ts";

const WIDTH = 640;
const HEIGHT = 360;
const AREA = { left: 48, right: WIDTH - 20, top: 48, bottom: HEIGHT - 36 };
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
  const finite = [...f, ...slope].map(([, y]) => y).filter((y) => Math.abs(y) < 1e3);
  if (finite.length === 0) return null;
  // A function that runs away is cut, so that what happens near 0 is still seen.
  const least = Math.max(-6, Math.min(0, ...finite));
  const most = Math.min(6, Math.max(0, ...finite));
  const space = most - least || 1;
  const [low, high] = [least - 0.05 * space, most + 0.05 * space];
  const label = toReadableText(symbol(name));
  const chart: LineChart = {
    series: [
      { name: `${label}(${by})`, color: 1, points: withoutDots(withGaps(f, low, high)) },
      { name: `${label}′(${by})`, color: 2, isDashed: true, points: withoutDots(withGaps(slope, low, high)) },
    ],
    x: { scale: scaleBetween(-REACH, REACH, REACH), format: String },
    y: { scale: scaleBetween(low, high), format: String },
    hasZeroLines: true,
  };
  return svgPicture({
    width: WIDTH,
    height: HEIGHT,
    name: "chart",
    description: `${label}(${by}) and its derivative for ${by} from −${REACH} to ${REACH}`,
    style: chartStyle,
    marks: [...legendMarks(legendOf(chart), AREA.right, 28), ...lineMarks(chart, AREA)],
  });
}

type Points = Series["points"];

function sampled(f: (values: readonly number[]) => number): Points {
  return Array.from({ length: POINTS }, (_, i) => {
    const z = -REACH + (2 * REACH * i) / (POINTS - 1);
    return [z, f([z])] as const;
  });
}

/** The curve with a gap where it has no value, leaves the plot, or jumps by more than its slope explains. */
function withGaps(points: Points, low: number, high: number): Points {
  let before = Number.NaN;
  return points.flatMap(([z, y]) => {
    const isShown = Number.isFinite(y) && y >= low && y <= high;
    const isJump = Math.abs(y - before) > 0.1 * (high - low);
    before = isShown ? y : Number.NaN;
    if (!isShown) return [[z, Number.NaN] as const];
    return isJump ? [[z, Number.NaN] as const, [z, y] as const] : [[z, y] as const];
  });
}

/** Without points that stand alone, as between two jumps: a dot would say that they are something special. */
function withoutDots(points: Points): Points {
  const isGap = (i: number): boolean => !Number.isFinite(points[i]?.[1] ?? Number.NaN);
  return points.filter((_, i) => !(isGap(i - 1) && isGap(i + 1)));
}
