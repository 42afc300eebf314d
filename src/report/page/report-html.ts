import { deriveNetwork, networkPage } from "../../explain/index.ts";
import { sectionMarkup } from "../../explain/page/page-html.ts";
import type { Network } from "../../network/index.ts";
import {
  html,
  type Html,
  htmlDocument,
  htmlLines,
  pageScript,
  pageStyle,
  type Series,
  tableHtml,
} from "../../page/index.ts";
import { settingsOptions } from "../../defaults/settings-options.ts";
import { baselineValue, isOfClasses } from "../record/run-figures.ts";
import { formatDuration, formatNumber, formatPercent, formatR2 } from "../../page/format-number.ts";
import { chartHtml, formatCost, learningCurves, overEpochs } from "./epoch-charts.ts";
import { titles } from "../../explain/diagnosis/finding-titles.ts";
import { diagnosisSection } from "./report-diagnosis.ts";
import { figureHtml } from "./report-figures.ts";
import { mistakesSection, qualitySection } from "./report-mistakes.ts";
import { reportStyle } from "./report-style.ts";
import type { RunRecord } from "../record/run-record.ts";

/** A section of a report. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly html: Html;
}

/**
 * A run as one HTML file that needs nothing from outside: figures beside the baseline, curves, confusions, mistakes, the flow
 * of errors, diagnosis and the network's equations. Numbers carry their place in `run.json`.
 */
export function reportHtml(record: RunRecord, net: Network): string {
  const { figures } = record;
  const title = `${figures.data}: ${figures.task}`;
  const parts: readonly Part[] = [
    { id: "curves", title: "Learning curves", html: curvesSection(record) },
    { id: "quality", title: record.measured.classes === null ? "Answers" : "Confusions", html: qualitySection(record) },
    { id: "mistakes", title: "Worst mistakes", html: mistakesSection(record) },
    { id: "flow", title: "How errors flow", html: flowSection(record) },
    { id: "diagnosis", title: "Diagnosis", html: diagnosisSection(record) },
    { id: "training", title: "Network and training", html: trainingSection(record) },
    { id: "equations", title: "The equations of this network", html: equationsSection(net) },
  ];
  const contents = parts.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`);
  const sections = parts.map(
    ({ id, title: name, html: content }) => html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${name}</h2>
${content}
</section>`,
  );
  const body = html`<main>
<header>
<h1>${title}</h1>
<p class="summary">${summary(record)}</p>
${cards(record)}
</header>
<nav aria-label="Contents"><ol>${contents}</ol></nav>
${htmlLines(sections)}
</main>`;
  return htmlDocument({
    title: `${title} – report of a training run`,
    style: `${pageStyle}\n${reportStyle}`,
    body,
    script: pageScript,
  });
}

function summary(record: RunRecord): Html {
  const { figures, layers, inputs } = record;
  const network = [inputs, ...layers.map(({ units, activation }) => `${units} ${activation}`)].join(" → ");
  const target = figures.target === null ? null : html` to predict <strong>${figures.target}</strong>`;
  const ended = { finished: "", early: ", ended early", aborted: ", interrupted", diverged: ", diverged" }[
    figures.stopped
  ];
  return html`A network ${network}, trained${target}${ended}.`;
}

/** Which figures count: of test rows, else of validation, else of training. */
function headline({ figures }: RunRecord): "test" | "validation" | "train" {
  return figures.test !== null ? "test" : figures.validation !== null ? "validation" : "train";
}

const names = { train: "training", validation: "validation", test: "test" } as const;

function cards(record: RunRecord): Html {
  const { figures, findings } = record;
  const on = headline(record);
  const quality = isOfClasses(record.figures) ? "accuracy" : "r2";
  const format = isOfClasses(record.figures) ? formatPercent : formatR2;
  const value = figures[on]?.[quality];
  const level = baselineValue(figures.baseline[on]);
  const isBetter = value !== undefined && level !== null && value > level;
  const best = figureHtml(`figures.${on}.${quality}`, value, format);
  const beside = html`baseline ${figureHtml(`figures.baseline.${on}.${quality}`, level, format)}`;
  const epochs = html`kept: epoch ${figureHtml("figures.bestEpoch", figures.bestEpoch, String)}, of ${figureHtml("figures.epochs", figures.epochs, String)}`;
  const [first] = findings;
  const found =
    findings.length === 0 ? "healthy" : `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
  const about = first === undefined ? "no findings" : findings.map(({ kind }) => titles[kind]).join(", ");
  return html`<dl class="cards">
${card(isOfClasses(record.figures) ? `Accuracy, ${names[on]}` : `R², ${names[on]}`, best, beside, isBetter ? "good" : "warn")}
${card(
  `Cost, ${names[on]}`,
  figureHtml(`figures.${on}.cost`, figures[on]?.cost, (cost) => formatNumber(cost)),
  html`training ${figureHtml("figures.train.cost", figures.train?.cost, (cost) => formatNumber(cost))}`,
  "",
)}
${card("Time", figureHtml("figures.seconds", figures.seconds, formatDuration), epochs, "")}
${card("Diagnosis", found, about, findings.length === 0 ? "good" : "warn")}
</dl>`;
}

function card(name: string, large: Html | string, beside: Html | string, style: string): Html {
  return html`<div class="card ${style}"><dt>${name}</dt><dd class="large">${large}</dd><dd class="beside">${beside}</dd></div>`;
}

function curvesSection(record: RunRecord): Html {
  const charts = learningCurves(record).map(
    ({ title, description, chart }) => html`<h3>${title}</h3>
${chartHtml(description, chart)}`,
  );
  return html`${htmlLines(charts)}\n${scoresTable(record)}`;
}

function scoresTable(record: RunRecord): Html {
  const { figures } = record;
  const quality = isOfClasses(record.figures) ? "accuracy" : "r2";
  const format = isOfClasses(record.figures) ? formatPercent : formatR2;
  const rows = (["train", "validation", "test"] as const).flatMap((on) => {
    const score = figures[on];
    if (score === null) return [];
    return [
      [
        names[on],
        figureHtml(`figures.${on}.cost`, score.cost, (cost) => formatNumber(cost)),
        figureHtml(`figures.${on}.${quality}`, score[quality], format),
        figureHtml(`figures.baseline.${on}.${quality}`, baselineValue(figures.baseline[on]), format),
      ],
    ];
  });
  const baseline = isOfClasses(record.figures) ? "the most frequent class as every answer" : "the mean as every answer";
  return tableHtml({
    caption: `At the end; baseline: ${baseline}`,
    heading: ["", "cost", isOfClasses(figures) ? "accuracy" : "R²", "baseline"],
    rows,
  });
}

function flowSection({ flow, layers }: RunRecord): Html {
  const last = flow.at(-1);
  if (last === undefined) return html`<p class="soft">Not measured: the run had no epoch.</p>`;
  const series = (key: "error" | "change"): Series[] =>
    layers.map(({ layer, units, activation }, i) => ({
      name: `layer ${layer}: ${units} ${activation}`,
      color: i + 1,
      points: flow.map((each): [number, number] => [each.epoch, each.layers[i]?.[key] ?? Number.NaN]),
    }));
  const at = flow.length - 1;
  const format = (value: number): string => formatNumber(value, 3);
  const rows = layers.map(({ layer, units, activation }, i) => {
    const each = last.layers[i];
    const path = `flow.${at}.layers.${i}`;
    const cells = (["error", "weightGradient", "weights", "change"] as const).map((key) =>
      figureHtml(`${path}.${key}`, each?.[key], format),
    );
    const lost =
      each?.saturated === null || each?.saturated === undefined
        ? html`${figureHtml(`${path}.dead`, each?.dead, String)} of ${units} dead`
        : html`${figureHtml(`${path}.saturated`, each.saturated, formatPercent)} saturated`;
    return [`${layer}: ${units} ${activation}`, ...cells, lost];
  });
  const options = { isByRatio: true, format: formatCost, best: 0 };
  return html`<p>After an epoch the error δ of each layer is measured on one batch, always the same. Where lines keep together, all layers learn; a layer whose line lies a thousand times lower hardly does.</p>
<h3>Error δ of each layer</h3>
${chartHtml("Size of δ in each layer by epoch, spaced by ratio", overEpochs(series("error"), options))}
<h3>Part of the weights that an epoch changes</h3>
${chartHtml("Change of the weights beside their size, in each layer by epoch, spaced by ratio", overEpochs(series("change"), options))}
${tableHtml({ caption: `After epoch ${last.epoch}; sizes are roots of mean squares`, heading: ["layer", "δ", "∂C/∂w", "w", "change", "neurons lost"], rows })}`;
}

function trainingSection({ settings, figures, source }: RunRecord): Html {
  const rows = Object.entries(settings)
    .filter(([key, value]) => value !== null && !(value === 0 && key !== "seed"))
    .map(([key, value]) => [
      Object.hasOwn(settingsOptions, key) ? settingsOptions[key as keyof typeof settingsOptions].label : key, // as: it is there
      typeof value === "number" ? figureHtml(`settings.${key}`, value, String) : String(value),
    ]);
  const notes = figures.notes.map((note) => html`<li>${note}</li>`);
  return html`${tableHtml({ caption: "Settings", heading: ["", ""], rows: [["data", source.operand], ...rows], style: "words" })}
${notes.length === 0 ? null : html`<h3>Notes on the data</h3>\n<ul>${htmlLines(notes)}</ul>`}
<p class="soft">Fingerprint of the weights: <code>${figures.weightsHash}</code></p>`;
}

function equationsSection(net: Network): Html {
  const { summary: intro, sections } = networkPage(deriveNetwork(net));
  return html`<p>${intro}</p>
${htmlLines(sections.map((section, i) => sectionMarkup(section, i + 1, 3)))}`;
}
