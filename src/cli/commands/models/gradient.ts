import { jsonText } from "../../framework/json-text.ts";
import { gradient } from "../../../network/index.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import { engineOption, formatFlag, formatOption, outOption } from "../../framework/definition.ts";
import { engineOf } from "./engine-option.ts";
import { formatNumber } from "../../../page/format-number.ts";
import { readNetworkFile } from "./network-file.ts";
import { printable } from "../../framework/printable.ts";
import type { Terminal } from "../../framework/terminal.ts";

/** More rows or columns than these of one quantity are left out of the table; `--json` has them all. */
const MOST_ROWS = 16;
const MOST_COLUMNS = 10;

/** `backpass gradient NETWORK.json`: every quantity of the forward and the backward pass. */
export const gradientCommand: Command = {
  name: "gradient",
  summary: "Show the cost of a network and every derivative of it",
  operands: [
    { name: "NETWORK.json", description: "A network's JSON, with examples; weights are drawn where it has none" },
  ],
  options: [
    // Here the digits count, not the time: 0.01 is to be read as 0.01, not as the nearest float32.
    { ...engineOption, default: "reference" },
    formatOption(["text", "json"]),
    outOption,
    formatFlag("json", "one JSON object, with every digit"),
  ],
  examples: [
    { line: "backpass gradient network.json", does: "show z, a, delta, dw and db of each layer" },
    { line: "backpass gradient network.json --engine wasm --json", does: "as training computes them, for a program" },
  ],
  run: (args, terminal) => Promise.resolve(run(args, terminal)),
};

function run(args: Arguments, terminal: Terminal): ExitCode {
  const engine = engineOf(args);
  const { net, examples } = readNetworkFile(args.operand);
  const { cost, layers } = gradient(net, examples.inputs, examples.targets, { engine });
  if (args.flag("json")) {
    const quantities = layers.map(({ z, a, delta, dw, db }) => ({ z, a, delta, dw, db }));
    terminal.out(`${jsonText({ cost, layers: quantities })}\n`);
    return 0;
  }
  const lines = [`cost C  ${formatNumber(cost, 8)}`];
  for (const [index, { z, a, delta, dw, db }] of layers.entries()) {
    lines.push("", `layer ${index + 1}`);
    lines.push(...matrixLines("z", "weighted input, one row an example", z));
    lines.push(...matrixLines("a", "activation, one row an example", a));
    lines.push(...matrixLines("delta", "error ∂Cx/∂z, one row an example", delta));
    lines.push(...matrixLines("dw", "∂C/∂w, row j to column k", dw));
    if (db === null) lines.push("  db  none: the layer has no bias");
    else lines.push(...matrixLines("db", "∂C/∂b", [db]));
  }
  terminal.out(`${lines.map(printable).join("\n")}\n`);
  return 0;
}

/** A heading and the aligned rows of a matrix, cut to what a screen holds. */
function matrixLines(symbol: string, meaning: string, rows: readonly (readonly number[])[]): string[] {
  const width = rows[0]?.length ?? 0;
  const cells = rows
    .slice(0, MOST_ROWS)
    .map((row) => row.slice(0, MOST_COLUMNS).map((value) => formatNumber(value, 6)));
  const widest = Math.max(0, ...cells.flat().map((cell) => cell.length));
  const lines = cells.map((row) => `    ${row.map((cell) => cell.padStart(widest)).join("  ")}`);
  const isCut = rows.length > MOST_ROWS || width > MOST_COLUMNS;
  if (isCut) lines.push(`    … (${rows.length} × ${width}; --json prints all)`);
  return [`  ${symbol}  ${meaning}`, ...lines];
}
