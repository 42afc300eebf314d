import { jsonText } from "../../framework/json-text.ts";
import { OptionError } from "../../../errors.ts";
import {
  type DrawingOptions,
  drawNetwork,
  type OpenedNeuron,
  openNeuron,
  pageToHtml,
  pageToText,
  trace,
  type Trace,
  tracePage,
} from "../../../explain/index.ts";
import { readNumber } from "../../../tree/typed-value.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import {
  csvOptions,
  dataOperand,
  engineOption,
  formatFlag,
  formatOption,
  outOption,
} from "../../framework/definition.ts";
import { engineOf } from "./engine-option.ts";
import { neuronJson, traceJson } from "../../../explain/json/trace-json.ts";
import { type ExplainSubject, readSubject } from "./explain-subject.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { writeFileAtomically } from "../../files/write-file.ts";

const views = ["forward", "backward"] as const;

/** `backpass explain NETWORK|MODEL [DATA]`: every quantity of one example, a neuron term by term, a drawing. */
export const explainCommand: Command = {
  name: "explain",
  summary: "Show how a network computes an example: every z, a, δ and derivative, and a drawing",
  operands: [
    {
      name: "NETWORK|MODEL",
      description: "The network: a JSON file with its weights and examples, or a trained model",
    },
    { ...dataOperand, description: `Examples for a MODEL: ${dataOperand.description}`, isOptional: true },
  ],
  options: [
    {
      name: "example",
      value: "NUMBER",
      description: "Show this example, counted from 1, or the means over all examples with the word mean",
      default: "1",
    },
    { name: "layer", value: "NUMBER", description: "Show only this layer, counted from 1", default: null },
    {
      name: "neuron",
      value: "NUMBER",
      description: "Write out the sums of this neuron of --layer, counted from 1",
      default: null,
    },
    {
      name: "html",
      value: "FILE",
      description: "Write everything, with the drawings, to this file as a page",
      default: null,
    },
    { name: "svg", value: "FILE", description: "Write the drawing of the network to this file", default: null },
    {
      name: "view",
      value: "NAME",
      description: "Draw the weights (forward) or the derivatives ∂C/∂w (backward)",
      default: "forward",
    },
    ...csvOptions,
    // Here the digits count, not the time: 0.01 is to be read as 0.01, not as the nearest float32.
    { ...engineOption, default: "reference" },
    formatOption(["text", "html", "svg", "json"]),
    outOption,
    formatFlag("json", "one JSON object, with every digit"),
  ],
  examples: [
    { line: "backpass explain network.json", does: "show every layer, and every equation of a small network" },
    { line: "backpass explain network.json --layer 2 --neuron 1", does: "show one neuron, checked by differences" },
    {
      line: "backpass explain runs/iris iris --example 3 --html iris.html",
      does: "write it as a page",
    },
    { line: "backpass explain network.json --svg back.svg --view backward", does: "write only the drawing" },
  ],
  notes: `Layers, neurons and examples are counted from 1. The exit code is 1 when the derivatives of an opened neuron and those
by differences do not agree.`,
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const engine = engineOf(args);
  const view = args.choice("view", views);
  const format = args.choice("format", ["text", "html", "svg", "json"]);
  const subject = await readSubject(args, terminal);
  const { net } = subject;
  const example = exampleOf(args, subject.examples);
  const layer = numberOf(args, "layer", net.layers.length);
  const neuron = numberOf(args, "neuron", net.layers[(layer ?? 1) - 1]?.units ?? 1);
  if (neuron !== null && layer === null) {
    throw new OptionError({
      where: "--neuron",
      expected: "--layer with it",
      got: "none",
      advice: `Say which: --layer ${net.layers.length}.`,
    });
  }
  if (neuron !== null && example === null) {
    throw new OptionError({
      where: "--neuron",
      expected: "one example",
      got: "--example mean",
      advice: "Choose one: --example 1.",
    });
  }
  const traced = trace(net, subject.inputs, subject.targets, {
    engine,
    ...(example === null ? { of: "means" } : { examples: [example] }),
  });
  const opened = layer === null || neuron === null ? null : openNeuron(traced, { layer, neuron });
  const pictures = picturesOf({ traced, subject, opened, example, view });
  writeFiles(args, pictures);
  if (args.flag("json")) {
    const place = example === null ? null : subject.placeOf(example).replace(/^ \(?|\)$/g, "");
    const more = { place: place === "" ? null : place, neuron: opened === null ? null : neuronJson(opened) };
    terminal.out(`${jsonText({ ...traceJson(traced, layer === null ? null : [layer]), ...more })}\n`);
  } else if (format === "html") {
    terminal.data(pictures.html());
  } else if (format === "svg") {
    terminal.data(`${pictures.svg()}\n`);
  } else {
    const shown = layer === null ? traced : { ...traced, layers: traced.layers.filter((each) => each.layer === layer) };
    const page = tracePage(shown, { opened, name: nameOf(subject, example), outputNames: subject.outputNames });
    terminal.out(pageToText(page));
  }
  return opened === null || opened.check.passed ? 0 : 1;
}

/** @throws OptionError when there is no such example. Null: the means over all. */
function exampleOf(args: Arguments, examples: number): number | null {
  if (args.text("example") === "mean") return null;
  const isThere = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= examples;
  return args.number("example", `a whole number from 1 to ${examples}, or mean`, isThere);
}

/** @throws OptionError when it is given and out of its range. */
function numberOf(args: Arguments, name: string, most: number): number | null {
  const given = args.given(name);
  if (given === null) return null;
  return readNumber(args.where(name), given, {
    expected: most === 1 ? "1, the only one" : `a whole number from 1 to ${most}`,
    isAllowed: (value) => Number.isInteger(value) && value >= 1 && value <= most,
  });
}

function nameOf(subject: ExplainSubject, example: number | null): string {
  if (example === null) return `means over ${subject.examples} examples`;
  return `example ${example}${subject.placeOf(example)}`;
}

/** The page and the drawing, made when they are asked for. */
interface Pictures {
  readonly html: () => string;
  readonly svg: () => string;
}

function picturesOf(shown: {
  readonly traced: Trace;
  readonly subject: ExplainSubject;
  readonly opened: OpenedNeuron | null;
  readonly example: number | null;
  readonly view: (typeof views)[number];
}): Pictures {
  const { traced, subject, opened, example, view } = shown;
  const image = subject.imageOf(traced.examples);
  const drawing: DrawingOptions = {
    inputNames: subject.inputNames,
    outputNames: subject.outputNames,
    ...(image === undefined ? {} : { image }),
  };
  const which = opened === null ? {} : { opened: { layer: opened.layer, neuron: opened.neuron } };
  const page = { opened, drawing, name: nameOf(subject, example), outputNames: subject.outputNames };
  return {
    html: () => pageToHtml(tracePage(traced, page)),
    svg: () => drawNetwork(traced, { ...drawing, ...which, view }),
  };
}

function writeFiles(args: Arguments, { html, svg }: Pictures): void {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const [page, drawing] = [args.given("html"), args.given("svg")];
  if (page !== null) writeFileAtomically(page, bytes(html()));
  if (drawing !== null) writeFileAtomically(drawing, bytes(svg()));
}
