import { jsonText } from "../../framework/json-text.ts";
import { profileProgram, type ProgramProfile, type InstructionTime } from "../../../engine/profile.ts";
import { OptionError } from "../../../errors.ts";
import { toText } from "../../../formula/index.ts";
import { type ActivationName, activationNames, dense, type Network, network } from "../../../network/index.ts";
import type { Extent, Instruction } from "../../../plan/instruction.ts";
import { trainingProgram } from "../../../train/loop/training-program.ts";
import { updateRuleFrom, updateRuleNames } from "../../../train/rules/update-rules.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import { engineOption, fastOption, formatFlag, formatOption, outOption } from "../../framework/definition.ts";
import { engineOf } from "./engine-option.ts";
import { formatNumber } from "../../../page/format-number.ts";
import { readModelOrFile } from "../../files/model-on-disk.ts";
import { networkFromText } from "./network-file.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { textTable } from "../../framework/text-table.ts";

/** `backpass profile NETWORK`: where the time of a training step goes. */
export const profileCommand: Command = {
  name: "profile",
  summary: "Show where the time of a training step goes",
  operands: [{ name: "NETWORK", description: "Widths such as 784-128-10, a network's JSON, or model.safetensors" }],
  options: [
    { name: "batch-size", value: "COUNT", description: "Take this many examples for a step", default: "64" },
    {
      name: "activation",
      value: "NAME",
      description: "Use this activation in the hidden layers, when widths are given",
      default: "relu",
    },
    {
      name: "optimizer",
      value: "NAME",
      description: `Update the weights by this rule: ${updateRuleNames.join(", ")}`,
      default: "sgd",
    },
    { ...engineOption, description: "Compute with this engine: wasm, fast, blas or auto; on one thread" },
    fastOption,
    formatOption(["text", "json"]),
    outOption,
    formatFlag("json", "one JSON object, with every digit"),
  ],
  examples: [
    { line: "backpass profile 784-128-10", does: "a network of these widths, with softmax and cross-entropy" },
    { line: "backpass profile 784-128-10 --optimizer adam --engine blas", does: "with another rule and engine" },
    { line: "backpass profile runs/digits/model.safetensors --batch-size 32 --json", does: "a trained one" },
  ],
  run: (args, terminal) => Promise.resolve(run(args, terminal)),
};

function run(args: Arguments, terminal: Terminal): ExitCode {
  const batchSize = args.wholeNumber("batch-size", 1);
  const optimizer = args.choice("optimizer", updateRuleNames);
  const engine = engineOf(args);
  if (engine === "reference") {
    throw new OptionError({
      where: "--engine",
      expected: "wasm, fast, blas",
      got: '"reference", which runs no plan',
      advice: "Choose one of these.",
    });
  }
  const net = networkOf(args.operand, args.choice("activation", activationNames));
  const { program } = trainingProgram(net, {
    capacity: batchSize,
    targets: net.outputs > 1 ? "labels" : "values",
    rule: updateRuleFrom(optimizer),
    clip: null,
  });
  const profile = profileProgram(program, engine);
  if (args.flag("json")) {
    const instructions = profile.instructions.map((each) => ({
      computes: each.names,
      instruction: describe(each.instruction),
      microseconds: each.microseconds,
      gigaflops: gigaflops(each),
    }));
    terminal.out(`${jsonText({ engine, batchSize, optimizer, microseconds: profile.microseconds, instructions })}\n`);
    return 0;
  }
  const title = `One step of ${widthsOf(net)} with ${batchSize} examples, ${optimizer}, engine ${engine}, one thread`;
  terminal.out(`${title}\n\n${tableOf(profile)}`);
  return 0;
}

/** @throws OptionError when the word is neither widths nor a file of a network. */
function networkOf(word: string, activation: ActivationName): Network {
  if (/^\d+(-\d+)+$/.test(word)) {
    const [inputs = 0, ...widths] = word.split("-").map(Number);
    const outputs = widths.at(-1) ?? 1;
    const last = outputs > 1 ? "softmax" : "sigmoid";
    const layers = widths.map((units, i) => dense(units, i < widths.length - 1 ? activation : last));
    return network(inputs, layers, { cost: outputs > 1 ? "crossEntropy" : "quadratic", seed: 1 });
  }
  const found = readModelOrFile(word);
  return found.kind === "model"
    ? found.model.network
    : networkFromText(word, new TextDecoder().decode(found.bytes)).net;
}

function widthsOf(net: Network): string {
  return [net.inputs, ...net.layers.map(({ units }) => units)].join("-");
}

/** The slowest first; what takes less than a hundredth together. */
function tableOf({ microseconds, instructions }: ProgramProfile): string {
  const sum = instructions.reduce((total, each) => total + each.microseconds, 0);
  const sorted = instructions.toSorted((one, other) => other.microseconds - one.microseconds);
  const shown = sorted.filter((each) => each.microseconds >= sum / 100);
  const rest = sorted.slice(shown.length);
  const row = (time: number, rate: number | null, names: string, what: string): readonly string[] => [
    formatNumber(time, 3),
    `${((100 * time) / sum).toFixed(1)} %`,
    rate === null ? "" : formatNumber(rate, 3),
    names,
    what,
  ];
  const rows = [
    ["µs", "share", "GFLOP/s", "computes", "by"],
    ...shown.map((each) => row(each.microseconds, gigaflops(each), each.names.join(", "), describe(each.instruction))),
    ...(rest.length === 0
      ? []
      : [
          row(
            rest.reduce((total, each) => total + each.microseconds, 0),
            null,
            "the rest",
            `${rest.length} instructions`,
          ),
        ]),
  ];
  const table = textTable(rows, ["right", "right", "right", "left", "left"]);
  const [whole, alone] = [formatNumber(microseconds, 4), formatNumber(sum, 4)];
  return `${table}\n${whole} µs for the whole step; each instruction by itself, as above: ${alone} µs.\n`;
}

function gigaflops({ instruction, microseconds }: InstructionTime): number | null {
  if (instruction.kind !== "multiply") return null;
  const { rows, columns, depth } = instruction;
  return (2 * rows.size * columns.size * depth.size) / (microseconds * 1000);
}

/** Formulas longer than this are cut: a line is to stay a line. */
const MOST_CHARACTERS = 60;

function describe(instruction: Instruction): string {
  const sizes = (...extents: readonly Extent[]): string => extents.map(({ size }) => size).join(" × ");
  switch (instruction.kind) {
    case "multiply": {
      const then = instruction.update === undefined ? "" : ", taken from the weights";
      return `product ${sizes(instruction.rows, instruction.columns, instruction.depth)}${instruction.bias === null ? then : " + bias"}`;
    }
    case "map": {
      const text = instruction.equations.map(({ formula }) => toText(formula)).join("; ");
      const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
      return `map ${instruction.rows.size} × ${instruction.width}: ${short}`;
    }
    case "reduce":
      return `${instruction.reduction} along ${instruction.along} of ${sizes(instruction.rows, instruction.columns)}`;
    case "random":
    case "transpose":
      return `${instruction.kind} ${sizes(instruction.rows, instruction.columns)}`;
    case "barrier":
      return "barrier";
  }
}
