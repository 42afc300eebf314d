// Markdown tables, and how numbers are written in them.

/**
 * A table in columns of one width, as the formatter of this repository leaves it.
 * `columns`: headings; those that end in ":" are aligned right, and lose it.
 */
export function table(columns, rows) {
  const isRight = columns.map((heading) => heading.endsWith(":"));
  const lines = [columns.map((heading) => heading.replace(/:$/, "")), ...rows.map((row) => row.map(String))];
  const widths = columns.map((_, at) => Math.max(3, ...lines.map((line) => [...line[at]].length)));
  const padded = (text, at) => {
    const space = " ".repeat(widths[at] - [...text].length);
    return isRight[at] ? space + text : text + space;
  };
  const rule = widths.map((width, at) => (isRight[at] ? `${"-".repeat(width - 1)}:` : "-".repeat(width)));
  const [head, ...body] = lines.map((line) => line.map(padded));
  return [head, rule, ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Three digits that count. */
const digits = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** A time in the unit that suits it. */
export function duration(microseconds) {
  if (microseconds === null || microseconds === undefined) return "–";
  if (microseconds < 1) return `${digits(microseconds * 1000)} ns`;
  if (microseconds < 1000) return `${digits(microseconds)} µs`;
  if (microseconds < 1e6) return `${digits(microseconds / 1000)} ms`;
  return `${digits(microseconds / 1e6)} s`;
}

/** How many times. */
export const times = (ratio) => (ratio === null || Number.isNaN(ratio) ? "–" : `${digits(ratio)}×`);

/** Of a small number, its size. */
export const size = (value) => value.toExponential(0).replace("e-", "e−");
