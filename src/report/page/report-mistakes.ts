import { base64OfBytes } from "../../base64.ts";
import { html, type Html, htmlLines, scatterMarks, type TableCell, tableHtml } from "../../page/index.ts";
import { formatNumber, formatPercent } from "../../page/format-number.ts";
import { grayscalePng } from "./grayscale-png.ts";
import type { MeasuredRecord, Mistake } from "../record/measured-record.ts";
import { chartFrame } from "./epoch-charts.ts";
import { printedFormula } from "../../page/minus-signs.ts";
import { figureHtml } from "./report-figures.ts";
import { targetsSection } from "./report-targets.ts";
import type { RunRecord } from "../record/run-record.ts";

/** A number at an axis: no more digits than it needs. */
function axisNumber(value: number): string {
  return formatNumber(value, 6)
    .replace(/(\.\d*?)0+(?=e|$)/, "$1")
    .replace(/\.(?=e|$)/, "");
}

/** A matrix of more classes is no picture any more; its most frequent confusions are. */
const MOST_CLASSES = 20;
const MOST_CONFUSIONS = 15;

/** Of mistakes that are no images; `run.json` has more. */
const MOST_ROWS = 10;

const count = (value: number): string => value.toLocaleString("en");

/** How good the answers are, class by class, or amount by amount. */
export function qualitySection({ measured }: RunRecord): Html {
  if (measured.targets !== undefined) return targetsSection(measured);
  const { classes, confusion, scores, pairs, examples, on } = measured;
  const of = html`${figureHtml("measured.examples", examples, count)} examples (${on})`;
  if (classes === null || confusion === null || scores === null) {
    return html`<p>Each of ${of} as a dot: on the dashed line the answer is right.</p>
${answersChart(pairs ?? [])}`;
  }
  const rows = scores.map((score, i) => [
    classes[i] ?? "",
    ...(["precision", "recall", "f1"] as const).map((key) =>
      figureHtml(`measured.scores.${i}.${key}`, score[key], formatPercent),
    ),
    figureHtml(`measured.scores.${i}.support`, score.support, count),
  ]);
  const table = tableHtml({
    caption: "How well each class is told from the others",
    heading: ["class", "precision", "recall", "F1", "examples"],
    rows,
  });
  return html`<p>${of}, ${figureHtml("measured.wrong", measured.wrong, count)} answered wrong.</p>
${confusionHtml(measured, classes, confusion)}
${table}`;
}

/** Amounts as they are and as they were answered. */
function answersChart(pairs: NonNullable<MeasuredRecord["pairs"]>): Html {
  const height = 400;
  const area = { left: 64, right: 668, top: 12, bottom: height - 44 };
  const chart = { pairs, xTitle: "right value", yTitle: "answer", format: axisNumber };
  return chartFrame(
    "Answers by right value; the nearer to the dashed line, the better",
    height,
    scatterMarks(chart, area),
  );
}

function confusionHtml(
  { on }: MeasuredRecord,
  classes: readonly string[],
  confusion: readonly (readonly number[])[],
): Html {
  if (classes.length > MOST_CLASSES) return confusionsHtml(classes, confusion);
  const rows = confusion.map((row, i) => {
    const total = row.reduce((sum, each) => sum + each, 0);
    const cells = row.map((each, j) => {
      const kind = each === 0 ? "none" : i === j ? "right" : "wrong";
      // A share of the class as heat; mistakes are few, and to be seen all the same.
      const heat = each === 0 ? 0 : Math.round(i === j ? (45 * each) / total : 18 + (60 * each) / total);
      const figure = figureHtml(`measured.confusion.${i}.${j}`, each, count);
      return { whole: html`<td class="${kind}" style="--heat:${heat}">${figure}</td>` };
    });
    return [classes[i] ?? "", ...cells];
  });
  return tableHtml({
    caption: `Row: the class it is (${on}). Column: the class it was taken for.`,
    heading: ["", ...classes],
    rows,
    style: "matrix",
  });
}

function confusionsHtml(classes: readonly string[], confusion: readonly (readonly number[])[]): Html {
  const wrong = confusion
    .flatMap((row, i) => row.map((each, j) => ({ i, j, each })))
    .filter(({ i, j, each }) => i !== j && each > 0)
    .sort((left, right) => right.each - left.each)
    .slice(0, MOST_CONFUSIONS);
  const rows = wrong.map(({ i, j, each }) => [
    classes[i] ?? "",
    classes[j] ?? "",
    figureHtml(`measured.confusion.${i}.${j}`, each, count),
  ]);
  return tableHtml({ caption: "The most frequent confusions", heading: ["class", "taken for", "times"], rows });
}

/** The examples that went worst, as images where they are images. */
export function mistakesSection({ measured }: RunRecord): Html {
  const { mistakes, classes, on } = measured;
  if (mistakes.length === 0) return html`<p class="healthy">None: every example (${on}) was answered right.</p>`;
  if (mistakes.some(({ image }) => image !== null)) {
    const order = mistakes.some(({ probability }) => probability !== null)
      ? "The surest of the wrong answers first."
      : "Some of the wrong answers.";
    return html`<p>${order}</p>\n<ul class="mistakes">\n${htmlLines(mistakes.map(imageHtml))}\n</ul>`;
  }
  const isAmounts = classes === null;
  const hasProbability = mistakes.some(({ probability }) => probability !== null);
  const hasRows = mistakes.every(({ row }) => typeof row === "number");
  const shown = (path: string, value: string | number): TableCell =>
    typeof value === "number" ? figureHtml(path, value, (each) => formatNumber(each)) : value;
  const rows = mistakes
    .slice(0, MOST_ROWS)
    .map((mistake, i) => [
      hasRows
        ? figureHtml(`measured.mistakes.${i}.row`, mistake.row, count)
        : figureHtml(`measured.mistakes.${i}.example`, mistake.example, count),
      shown(`measured.mistakes.${i}.expected`, mistake.expected),
      shown(`measured.mistakes.${i}.answered`, mistake.answered),
      ...(hasProbability ? [figureHtml(`measured.mistakes.${i}.probability`, mistake.probability, formatPercent)] : []),
      mistake.inputs
        .map(({ name, value }) => `${name} ${typeof value === "number" ? printedFormula(String(value)) : value}`)
        .join(", "),
    ]);
  const caption = isAmounts
    ? "Farthest off first, with their most unusual inputs"
    : hasProbability
      ? "The surest first, with their most unusual inputs"
      : "Some of them, with their most unusual inputs";
  const heading = [
    hasRows ? "row of the file" : `${on} example`,
    "right",
    "answered",
    ...(hasProbability ? ["sure to"] : []),
    "unusual inputs",
  ];
  return tableHtml({ caption, heading, rows, style: "words" });
}

function imageHtml({ image, example, expected, answered, probability }: Mistake, i: number): Html {
  const words = `example ${example}: ${expected}, taken for ${answered}`;
  const source = image === null ? "" : `data:image/png;base64,${base64OfBytes(grayscalePng(image))}`;
  const sure =
    probability === null
      ? null
      : html`<br><span class="soft">sure to ${figureHtml(`measured.mistakes.${i}.probability`, probability, formatPercent)}</span>`;
  return html`<li><figure><img src="${source}" width="${image?.width ?? 0}" alt="${words}"><figcaption><strong>${String(expected)}</strong> taken for <strong>${String(answered)}</strong>${sure}</figcaption></figure></li>`;
}
