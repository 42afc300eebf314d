import { jsonText } from "../../framework/json-text.ts";
import { gradientCheck, type Network } from "../../../network/index.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import { engineOption, formatFlag, formatOption, outOption } from "../../framework/definition.ts";
import { engineOf } from "./engine-option.ts";
import { formatDuration, formatNumber } from "../../../page/format-number.ts";
import { madeExamples } from "../train/made-examples.ts";
import { readModelOrFile } from "../../files/model-on-disk.ts";
import { networkFromBytes, type NetworkWithExamples } from "./network-file.ts";
import { eraseLine, joinedText } from "../../framework/styled-text.ts";
import type { Terminal } from "../../framework/terminal.ts";

/**
 * Products that the differences may take together; with more, a sample is checked. The reference engine does some 5·10⁷ a
 * second, so that a check takes some ten seconds.
 */
const MOST_PRODUCTS = 5e8;
/** What a run of the reference engine takes beside its products, in products. */
const PRODUCTS_OF_A_RUN = 1e5;
/** Costs of the whole network that a parameter takes. */
const COSTS_PER_PARAMETER = 4;
/** However large the network, so many parameters are checked at least: fewer would say little of it. */
const LEAST_SAMPLE = 100;

/** `backpass gradcheck NETWORK.json|MODEL`: backpropagation against differences. */
export const gradcheckCommand: Command = {
  name: "gradcheck",
  summary: "Compare every gradient with float64 central differences",
  operands: [{ name: "NETWORK.json|MODEL", description: "Network with weights and examples, or a trained model" }],
  options: [
    engineOption,
    {
      name: "seed",
      value: "NUMBER",
      description: "Draw the examples for a model, and the parameters of a sample, from this seed",
      default: "1",
    },
    {
      name: "all",
      value: null,
      description: "Check every parameter, however long it takes; else a large network is checked on a sample",
      default: null,
    },
    formatOption(["text", "json"]),
    outOption,
    formatFlag("json", "one JSON object, with every digit"),
  ],
  examples: [
    { line: "backpass gradcheck network.json", does: "the worst of each layer; exit 1 above the bound" },
    { line: "backpass gradcheck network.json --engine reference", does: "the same in float64, with a tighter bound" },
    { line: "backpass gradcheck runs/iris", does: "of a trained model, at random inputs" },
  ],
  notes:
    "Every parameter takes four costs of the whole network. Where that is too much work, a part of the parameters is\n" +
    "drawn at random and checked, and a note says so.",
  run: (args, terminal) => Promise.resolve(run(args, terminal)),
};

function run(args: Arguments, terminal: Terminal): ExitCode {
  const engine = engineOf(args);
  const seed = args.wholeNumber("seed", 0);
  const { net, examples } = networkToCheck(args.operand, seed);
  const parameters = parametersOf(net);
  const sample = args.flag("all") ? parameters : sampleFor(parameters, examples.inputs.length);
  const meter = checkMeter(terminal);
  const onProgress = (done: number, total: number): void => meter.show(done, total);
  const startedMs = performance.now();
  const check = gradientCheck(net, examples.inputs, examples.targets, { engine, sample, seed, onProgress });
  meter.end();
  const checked = check.parameters.reduce((sum, each) => sum + each.checked, 0);
  if (args.flag("json")) {
    terminal.out(`${jsonText({ ...check, count: parameters, checked, seed })}\n`);
    return check.passed ? 0 : 1;
  }
  const rows = check.parameters.map(({ layer, symbol, worst }) => [
    String(layer),
    symbol,
    `[${worst.index.join(", ")}]`,
    formatNumber(worst.analytic, 8),
    formatNumber(worst.numeric, 8),
    formatNumber(worst.relativeError, 3),
  ]);
  const heading = ["layer", "of", "worst at", "backpropagation", "differences", "relative error"];
  const widths = heading.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [heading, ...rows]) {
    terminal.out(`${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  ")}\n`);
  }
  const kinks = check.parameters.reduce((sum, each) => sum + each.kinks, 0);
  if (kinks > 0) {
    const subject = kinks === 1 ? "1 parameter lies" : `${kinks} parameters lie`;
    terminal.out(`${subject} at a kink, where any slope between the left and the right one is right\n`);
  }
  if (checked < parameters) {
    const seconds = ((performance.now() - startedMs) / 1000 / checked) * parameters;
    const [some, all] = [checked, parameters].map((count) => count.toLocaleString("en"));
    terminal.out(
      `checked ${some} of ${all} parameters, drawn with --seed ${seed}; --all checks every one, in about ` +
        `${formatDuration(seconds)}\n`,
    );
  }
  const [worst, bound] = [formatNumber(check.worst, 3), formatNumber(check.bound, 1)];
  terminal.out(`worst relative error ${worst}, bound ${bound} (${engine}): ${check.passed ? "passed" : "FAILED"}\n`);
  return check.passed ? 0 : 1;
}

function networkToCheck(path: string, seed: number): NetworkWithExamples {
  const found = readModelOrFile(path);
  if (found.kind === "file") return networkFromBytes(path, found.bytes);
  const net = found.model.network;
  return { net, examples: madeExamples(net, seed) };
}

function parametersOf(net: Network): number {
  return net.parameters.reduce((sum, { values }) => sum + values.length, 0);
}

/** How many parameters are checked in the time there is: each takes some costs, and a cost a product for every parameter. */
function sampleFor(parameters: number, examples: number): number {
  const products = COSTS_PER_PARAMETER * (parameters * examples + PRODUCTS_OF_A_RUN);
  return Math.min(parameters, Math.max(LEAST_SAMPLE, Math.floor(MOST_PRODUCTS / products)));
}

/** How far the check is, for a person, redrawn in place. */
function checkMeter(terminal: Terminal): { show(done: number, total: number): void; end(): void } {
  const startedMs = performance.now();
  let shownMs = startedMs;
  let isShown = false;
  return {
    show: (done, total) => {
      const nowMs = performance.now();
      if (!terminal.isErrWatched || nowMs - shownMs < 250) return;
      shownMs = nowMs;
      isShown = true;
      const left = done === 0 ? "" : `, ${formatDuration((((nowMs - startedMs) / done) * (total - done)) / 1000)} left`;
      const text = `checking: ${done.toLocaleString("en")} of ${total.toLocaleString("en")} parameters${left}`;
      terminal.err(joinedText([eraseLine, text]));
    },
    end: () => {
      if (isShown) terminal.err(eraseLine);
    },
  };
}
