import { jsonText } from "../../framework/json-text.ts";
import {
  diagnose,
  type Diagnosis,
  type Finding,
  followGradient,
  type GradientOrigin,
  type LayerFigures,
  textbookEquations,
} from "../../../explain/index.ts";
import { notationToText } from "../../../formula/index.ts";
import { predict } from "../../../network/index.ts";
import type { Dataset } from "../../../train/index.ts";
import { printable } from "../../framework/printable.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import { coursesOf, heldBackScore } from "../../../report/record/run-recorder.ts";
import { csvOptions, engineOption, formatFlag, formatOption, outOption } from "../../framework/definition.ts";
import { type DiagnosisSubject, diagnosisSubject } from "./diagnosis-subject.ts";
import { engineOf } from "./engine-option.ts";
import { formatNumber, formatPercent } from "../../../page/format-number.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { textTable } from "../../framework/text-table.ts";
import { wrapped } from "../../framework/wrap.ts";

/** `backpass diagnose`: what keeps a network from learning, and why. */
export const diagnoseCommand: Command = {
  name: "diagnose",
  summary: "Find what keeps a network from learning, and why",
  operands: [
    {
      name: "MODEL|RUN|NETWORK",
      description: "A trained model, by its file or its run's folder, or NETWORK.json with weights and examples",
    },
    {
      name: "DATA",
      description: "Rows to look at a model with, as for train; when left out, those that the run was trained on",
      isOptional: true,
    },
  ],
  options: [
    {
      name: "why",
      value: "NAME",
      description:
        "Follow a derivative, such as w_3_2_1 or b_3_2, back to the factor that makes it 0, huge or no number",
      default: null,
    },
    ...csvOptions,
    engineOption,
    formatOption(["text", "json"]),
    outOption,
    formatFlag("json", "one JSON object, with every digit"),
    { name: "quiet", value: null, description: "Print the findings only", default: null },
  ],
  examples: [
    { line: "backpass diagnose runs/iris", does: "a run, with the data it was trained on" },
    { line: "backpass diagnose runs/iris new.csv", does: "a model, with other data" },
    { line: "backpass diagnose network.json --why w_2_1_1", does: "layer 2, neuron 1, from neuron 1" },
  ],
  notes:
    "Shows how errors and gradients flow through the layers, and names what is wrong with network, cost, data or\n" +
    "learning rate, each with its numbers, the term of the equations that does the harm, and what to try. Exit 1 when\n" +
    "there are findings.",
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const engine = engineOf(args);
  const name = args.given("why");
  const subject = await diagnosisSubject("diagnose", args, terminal);
  if (name !== null) {
    // On the engine of the diagnosis, so that both speak of the same numbers; in float64 a smaller one may have a value.
    const examples = examplesOf(subject);
    const origin = followGradient(subject.net, examples, name, { engine });
    const exact = followGradient(subject.net, examples, name, { engine: "reference" });
    if (args.flag("json")) terminal.out(`${jsonText({ ...origin, float64: exact.value })}\n`);
    else terminal.out(originText(origin) + differenceText(origin, exact));
    return 0;
  }
  const { net, data, columns, record } = subject;
  const rate = record?.settings["learningRate"];
  const diagnosis = diagnose(net, data, {
    engine,
    columns,
    ...subject.columnSuspects,
    ...(record === null
      ? {}
      : {
          history: coursesOf(record.history, record.figures.stopped),
          heldBack: heldBackScore(record.figures.validation, record.figures.baseline.validation, record.heldBack ?? 0),
        }),
    ...(typeof rate === "number" ? { learningRate: rate } : {}),
  });
  if (args.flag("json")) terminal.out(`${jsonText(diagnosis)}\n`);
  else terminal.out(diagnosisText(diagnosis, args.flag("quiet"), terminal));
  return diagnosis.findings.length === 0 ? 0 : 1;
}

/** Where float32 and float64 tell another story of the same derivative: what the engine makes of it. */
function differenceText(origin: GradientOrigin, exact: GradientOrigin): string {
  if (origin.verdict === exact.verdict) return "";
  return `In float64 it is ${formatNumber(exact.value, 6)} (--engine reference): float32 has not the range, or the digits.\n`;
}

/** As many of the examples as are followed: one will be picked from these. */
const MOST_FOLLOWED = 256;

/** Evenly spaced, as the diagnosis takes them; those whose answers are not finite come first, as it is they that count. */
function examplesOf({ net, data }: DiagnosisSubject): { inputs: number[][]; targets: number[] | number[][] } {
  const count = Math.min(MOST_FOLLOWED, data.examples);
  const answers = predict(net, { values: data.inputs, columns: data.inputWidth });
  const broken = answers.flatMap((row, i) => (row.every(Number.isFinite) ? [] : [i])).slice(0, count);
  const spaced = Array.from({ length: count - broken.length }, (_, i) =>
    Math.floor((i * data.examples) / (count - broken.length)),
  );
  const numbers = [...new Set([...broken, ...spaced])];
  const inputs = numbers.map((i) => rowOf(data.inputs, data.inputWidth, i));
  const width = data.targets.length / data.examples;
  const targets = numbers.map((i) => rowOf(data.targets, width, i));
  const isLabels = data.hasLabels && net.outputs > 1;
  return { inputs, targets: isLabels ? targets.map(([label = Number.NaN]) => label) : targets };
}

function rowOf(values: Dataset["inputs"], width: number, i: number): number[] {
  return Array.from(values.subarray(i * width, (i + 1) * width));
}

function diagnosisText({ layers, findings, examples, cost }: Diagnosis, isQuiet: boolean, terminal: Terminal): string {
  const width = terminal.isOutWatched ? Math.max(40, terminal.columns()) : 110;
  const head = isQuiet
    ? ""
    : `${examples.toLocaleString("en")} examples, cost ${formatNumber(cost)}\n\n${layersTable(layers)}\n`;
  const count =
    findings.length === 0 ? "no findings" : `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
  return `${head}${count}\n${findings.map((finding, i) => findingText(finding, i + 1, width)).join("")}`;
}

function layersTable(layers: readonly LayerFigures[]): string {
  const hasUpdates = layers.some(({ updateRatio }) => updateRatio !== null);
  const rows = layers.map((layer) => [
    String(layer.layer),
    `${layer.units} ${layer.activation}`,
    formatNumber(layer.error, 3),
    formatNumber(layer.weightGradient, 3),
    formatNumber(layer.weights, 3),
    ...(hasUpdates ? [layer.updateRatio === null ? "" : formatNumber(layer.updateRatio, 3)] : []),
    layer.saturated === null ? "-" : formatPercent(layer.saturated),
    String(layer.deadNeurons.length),
  ]);
  const titles = ["layer", "neurons", "δ", "∂C/∂w", "w", ...(hasUpdates ? ["η ∂C/∂w / w"] : []), "saturated", "dead"];
  const table = textTable([titles, ...rows], ["right", "left", ...titles.slice(2).map(() => "right" as const)]);
  return `${table}sizes are roots of mean squares\n`;
}

function findingText({ kind, text, why, remedies }: Finding, number: number, width: number): string {
  const { left, relation, right } = textbookEquations[why.equation];
  const equation = `${notationToText(left)} ${relation === "equals" ? "=" : "←"} ${notationToText(right)}`;
  const lines = [
    ...indented(`${number}  ${kind}`, text, width),
    ...indented("   why", equation, width),
    ...indented("", why.text, width),
    ...remedies.flatMap((remedy, i) => indented(i === 0 ? "   try" : "", remedy, width)),
  ];
  return `\n${lines.join("\n")}\n`;
}

const LEAD = 9;

/** A text after a word, gone on with below itself; a word too long for its column has a line of its own. */
function indented(lead: string, text: string, width: number): string[] {
  const lines = wrapped(printable(text).split(" "), width - LEAD).map((line) => " ".repeat(LEAD) + line);
  if (lead.length >= LEAD) return [lead, ...lines];
  const [first = "", ...rest] = lines;
  return [lead.padEnd(LEAD) + first.slice(LEAD), ...rest];
}

function originText({ name, value, example, examples, steps, culprit, text }: GradientOrigin): string {
  const followed = examples === 1 ? "" : `; factors of example ${example} of ${examples}`;
  const lines = [`∂C/∂${name} = ${formatNumber(value, 6)}${followed}`, ""];
  for (const step of steps) {
    lines.push(`${step.left} = ${step.right} = ${formatNumber(step.value, 6)}`);
    const widest = Math.max(0, ...step.factors.map((factor) => factor.name.length));
    for (const factor of step.factors) {
      const formula = factor.formula === "" ? "" : `   ${factor.formula}`;
      lines.push(`  ${factor.name.padEnd(widest)} = ${formatNumber(factor.value, 6)}${formula}`);
    }
  }
  const isShown =
    culprit === null || steps.some(({ factors }) => factors.some((factor) => factor.name === culprit.name));
  if (!isShown) lines.push(`  ${culprit.name} = ${formatNumber(culprit.value, 6)}   ${culprit.formula}`);
  return `${lines.map(printable).join("\n")}\n\n${printable(text)}\n`;
}
