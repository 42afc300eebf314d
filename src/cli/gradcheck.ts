import { engineNamed, engineNames } from "../engine/index.ts";
import { gradientCheck } from "../network/index.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, ExitCode } from "./command.ts";
import { engineOption } from "./definition.ts";
import { formatNumber } from "./format-number.ts";
import { readNetworkFile } from "./network-file.ts";
import type { Terminal } from "./terminal.ts";

/** `backpass gradcheck NETWORK.json`: backpropagation against differences. */
export const gradcheckCommand: Command = {
  name: "gradcheck",
  summary: "Compare every gradient with float64 central differences",
  operand: { name: "NETWORK.json", description: "Network with weights and examples" },
  options: [
    engineOption,
    { name: "json", value: null, description: "Print one JSON object, with every digit", default: null },
  ],
  examples: [
    { line: "backpass gradcheck network.json", does: "the worst of each layer; exit 1 above the bound" },
    { line: "backpass gradcheck network.json --engine reference", does: "the same in float64, with a tighter bound" },
  ],
  run: (args, terminal) => Promise.resolve(run(args, terminal)),
};

function run(args: Arguments, terminal: Terminal): ExitCode {
  const engine = engineNamed(args.choice("engine", engineNames)).name;
  const { net, examples } = readNetworkFile(args.operand);
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
