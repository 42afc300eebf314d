import { DataError } from "../errors.ts";
import { gradientCheck } from "../network/index.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, ExitCode } from "./command.ts";
import { engineOption } from "./definition.ts";
import { engineOf } from "./engine-option.ts";
import { formatNumber } from "./format-number.ts";
import { madeExamples } from "./made-examples.ts";
import { modelFromBytes } from "./model-on-disk.ts";
import { networkFromBytes, type NetworkWithExamples } from "./network-file.ts";
import { readBytes } from "./read-file.ts";
import type { Terminal } from "./terminal.ts";

/** Each parameter takes two costs of the whole network, in plain loops: beyond, one would wait for hours. */
const MOST_PARAMETERS = 100_000;

/** `backpass gradcheck NETWORK.json|MODEL`: backpropagation against differences. */
export const gradcheckCommand: Command = {
  name: "gradcheck",
  summary: "Compare every gradient with float64 central differences",
  operands: [{ name: "NETWORK.json|MODEL", description: "Network with weights and examples, or a trained model" }],
  options: [
    engineOption,
    { name: "seed", value: "NUMBER", description: "Decides the examples that are made for a MODEL", default: "1" },
    { name: "json", value: null, description: "Print one JSON object, with every digit", default: null },
  ],
  examples: [
    { line: "backpass gradcheck network.json", does: "the worst of each layer; exit 1 above the bound" },
    { line: "backpass gradcheck network.json --engine reference", does: "the same in float64, with a tighter bound" },
    { line: "backpass gradcheck runs/iris/model.safetensors", does: "of a trained model, at random inputs" },
  ],
  run: (args, terminal) => Promise.resolve(run(args, terminal)),
};

function run(args: Arguments, terminal: Terminal): ExitCode {
  const engine = engineOf(args);
  const { net, examples } = networkToCheck(args.operand, args.wholeNumber("seed", 0));
  const check = gradientCheck(net, examples.inputs, examples.targets, { engine });
  if (args.flag("json")) {
    terminal.out(`${JSON.stringify(check)}\n`);
    return check.passed ? 0 : 1;
  }
  const rows = check.layers.map(({ layer, parameter, worst }) => [
    String(layer),
    parameter,
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
  const kinks = check.layers.reduce((sum, layer) => sum + layer.kinks, 0);
  if (kinks > 0) {
    const subject = kinks === 1 ? "1 parameter lies" : `${kinks} parameters lie`;
    terminal.out(`${subject} at a kink, where any slope between the left and the right one is right\n`);
  }
  const [worst, bound] = [formatNumber(check.worst, 3), formatNumber(check.bound, 1)];
  terminal.out(`worst relative error ${worst}, bound ${bound} (${engine}): ${check.passed ? "passed" : "FAILED"}\n`);
  return check.passed ? 0 : 1;
}

function networkToCheck(path: string, seed: number): NetworkWithExamples {
  const bytes = readBytes(path);
  // A model starts with the length of its header, of which the last bytes are 0; no text has such bytes.
  const isModel = path.endsWith(".safetensors") || bytes.subarray(0, 8).includes(0);
  if (!isModel) return networkFromBytes(path, bytes);
  const { network: net } = modelFromBytes(path, bytes);
  const count = net.parameters.reduce((sum, { weights, biases }) => sum + weights.length + (biases?.length ?? 0), 0);
  if (count > MOST_PARAMETERS) {
    throw new DataError(
      `${path}: expected a network of at most ${MOST_PARAMETERS.toLocaleString("en")} parameters, got ` +
        `${count.toLocaleString("en")}. Each takes two costs of the whole network: check a narrower one.`,
    );
  }
  return { net, examples: madeExamples(net, seed) };
}
