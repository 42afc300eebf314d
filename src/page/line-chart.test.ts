import { describe, expect, test } from "vitest";
import { legendOf, type LineChart, lineMarks } from "./line-chart.ts";
import { linearScale } from "./scale.ts";

const area = { left: 0, right: 100, top: 0, bottom: 100 };

function chartOf(points: LineChart["series"][number]["points"], more: Partial<LineChart> = {}): LineChart {
  const axis = { scale: linearScale([0, 10]), format: String };
  return { series: [{ name: "line", color: 1, points }], x: axis, y: axis, ...more };
}

const markup = (chart: LineChart): string =>
  lineMarks(chart, area)
    .map((each) => each.markup)
    .join("");

describe("lineMarks", () => {
  test("puts points where the axes say, and what lies beyond the edge on it", () => {
    expect(
      markup(
        chartOf([
          [0, 0],
          [5, 5],
          [10, 20],
        ]),
      ),
    ).toContain('points="0,100 50,50 100,0"');
  });

  test("leaves a gap where a value is not finite, and draws a point that stands alone as a dot", () => {
    const drawn = markup(
      chartOf([
        [0, 1],
        [1, 1],
        [2, Number.NaN],
        [3, 2],
        [4, Infinity],
        [5, 3],
        [6, 3],
      ]),
    );
    expect(drawn.match(/<polyline/g)).toHaveLength(2);
    expect(drawn).toContain('<circle class="dot series-1" cx="30" cy="80"');
  });

  test("gives a seventh line the color of the first", () => {
    const [first] = chartOf([
      [0, 0],
      [1, 1],
    ]).series;
    expect(markup(chartOf([], { series: [{ ...first!, color: 7 }] }))).toContain("series-1");
  });

  test("names a level that is too far away to be drawn, with a printed minus", () => {
    const chart = chartOf([[0, 0]], { level: { name: "baseline", value: -90, isDrawn: false } });
    expect(markup(chart)).not.toContain('class="mark"');
    expect(legendOf(chart)).toContainEqual({ name: "baseline −90", style: null });
  });
});
