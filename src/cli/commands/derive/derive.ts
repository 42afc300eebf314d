import { jsonText } from "../../framework/json-text.ts";
import { formatFlag, formatOption, outOption } from "../../framework/definition.ts";
import { OptionError } from "../../../errors.ts";
import { spellGreek } from "../../../formula/index.ts";
import {
  deriveFunction,
  deriveNetwork,
  deriveSystem,
  type FunctionDerivation,
  functionPage,
  functionPlot,
  networkPage,
  networkProgram,
  type Page,
  pageToHtml,
  pageToLatex,
  pageToText,
  type ProgramLanguage,
  systemPage,
  systemProgram,
  withValues,
} from "../../../explain/index.ts";
import { withBudget } from "../../../formula/budget.ts";
import { readNumber } from "../../../tree/typed-value.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import { functionJson, pageJson, systemJson } from "../../../explain/json/derivation-json.ts";
import { madeExamples, programExamples } from "../train/made-examples.ts";
import { type Subject, subjectOf } from "./derive-subject.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { writeFileAtomically } from "../../files/write-file.ts";

const formats = ["text", "latex", "html", "typescript", "python"] as const;
type Format = (typeof formats)[number];

/** `backpass derive`: derivatives in symbols and numbers, with every step. */
export const deriveCommand: Command = {
  name: "derive",
  summary: "Derive and print derivatives step by step: of equations, a function or a network",
  operands: [
    {
      name: "WHAT",
      description:
        "What to differentiate: a file of equations, a network (NETWORK.json) or a trained model, a formula such as " +
        '"1/(1+e^(-z))", or the name of a function such as sigmoid. If it is left out, or is the word general, the ' +
        "equations of a network with any activation f and any cost C are derived",
      isOptional: true,
    },
  ],
  options: [
    {
      name: "by",
      value: "NAMES",
      description: "Differentiate with respect to these quantities, such as w1,w2 (if left out: every parameter)",
      default: null,
    },
    {
      name: "at",
      value: "VALUES",
      description: "Use these values instead of the file's, or as the values of a formula's symbols, such as x=2,t=0",
      default: null,
    },
    {
      name: "step",
      value: "RATE",
      description: "Carry out one update of the parameters with this learning rate",
      default: null,
    },
    {
      name: "svg",
      value: "FILE",
      description: "Write a drawing of the function and its derivative to this file",
      default: null,
    },
    formatOption([...formats, "svg", "json"]),
    outOption,
    formatFlag("json", "one JSON object, with every digit"),
  ],
  examples: [
    {
      line: "backpass derive neuron.txt --step 0.1",
      does: "show the equations, the derivatives by the chain rule, and an update",
    },
    { line: "backpass derive network.json", does: "show a network's equations, with indices and as matrices" },
    {
      line: "backpass derive network.json --format python > net.py",
      does: "write a program that runs them: forward, backward, update",
    },
    {
      line: 'backpass derive "1/(1+e^(-z))" --by z',
      does: "show a function's derivative, where it is largest, limits, kinks",
    },
    { line: "backpass derive relu --svg relu.svg", does: "show a function by its name, and draw it" },
    { line: "backpass derive sigmoid --format html > sigmoid.html", does: "write it as a page" },
  ],
  notes: `A file of equations has one equation on each line, in any order: z1 = w1*x. You may define functions:
f(z) = z/(1+e^(-z)). Three more lines say what is known: "given x = 3, t = 1", "parameters w1 = 0.01" and "cost C".
A comment starts with #. The programs (typescript, python) need nothing else. They carry out one step, with learning
rate 0.1 unless --step gives another, and print JSON.

Each statement about a function's derivative is proved for all numbers, or names the range on which it was found.`,
  run: (args, terminal) => Promise.resolve(run(args, terminal)),
};

/** Some hundred times what the derivation of any activation takes: a few seconds. */
const MOST_OPERATIONS = 10_000_000;

function run(args: Arguments, terminal: Terminal): ExitCode {
  const asked = args.choice("format", [...formats, "svg", "json"]);
  const format = asked === "json" || asked === "svg" ? "text" : asked;
  const by = args
    .given("by")
    ?.split(",")
    .map((name) => spellGreek(name.trim()));
  const at = valuesAt(args);
  const subject = subjectOf(args.operands[0]);
  if (asked === "svg" && subject.kind !== "function") {
    throw new OptionError({
      where: "--format svg",
      expected: "a function of one quantity",
      got: "something else",
      advice: "Choose text or html.",
    });
  }
  if (subject.kind === "network") return showNetwork(args, terminal, subject, format);
  if (subject.kind === "equations") return showSystem(args, terminal, subject, { format, by, at });
  if (by !== undefined && by.length > 1) {
    throw new OptionError({
      where: "--by",
      expected: "one symbol of the formula",
      got: by.join(", "),
      advice: "Name only one of them.",
    });
  }
  refuse(args, "step", "a file of equations");
  const [symbol] = by ?? [];
  const derivation = withBudget(MOST_OPERATIONS, () =>
    deriveFunction(subject.formula, { name: subject.name, at, ...(symbol === undefined ? {} : { by: symbol }) }),
  );
  writePlot(args, derivation);
  if (args.flag("json")) terminal.out(`${jsonText(functionJson(derivation))}\n`);
  else if (asked === "svg") terminal.data(`${plotOf(derivation)}\n`);
  else if (isProgram(format)) throw noProgram(format, "a network or a file of equations", "a function");
  else print(terminal, printed(functionPage(derivation), format), format);
  return 0;
}

interface Wanted {
  readonly format: Format;
  readonly by: readonly string[] | undefined;
  readonly at: Readonly<Record<string, number>>;
}

function showSystem(
  args: Arguments,
  terminal: Terminal,
  { system }: Extract<Subject, { kind: "equations" }>,
  { format, by, at }: Wanted,
): ExitCode {
  refuse(args, "svg", "a function of one quantity");
  const learningRate = learningRateOf(args);
  const derivation = deriveSystem(withValues(system, at), by);
  if (args.flag("json")) {
    terminal.out(`${jsonText(systemJson(derivation, learningRate))}\n`);
    return 0;
  }
  const page = (): Page => systemPage(derivation, learningRate === undefined ? {} : { learningRate });
  const text = isProgram(format) ? systemProgram(derivation.system, format, learningRate) : printed(page(), format);
  print(terminal, text, format);
  return 0;
}

function showNetwork(
  args: Arguments,
  terminal: Terminal,
  { net, examples }: Extract<Subject, { kind: "network" }>,
  format: Format,
): ExitCode {
  for (const option of ["by", "at"]) refuse(args, option, "a file of equations");
  refuse(args, "svg", "a function of one quantity");
  const learningRate = learningRateOf(args);
  const page = networkPage(deriveNetwork(net));
  if (args.flag("json")) terminal.out(`${jsonText(pageJson(page))}\n`);
  else if (!isProgram(format)) print(terminal, printed(page, format), format);
  else if (net === undefined) throw noProgram(format, "a network or a file of equations", "the general network");
  else {
    const program = networkProgram(net, programExamples(net, examples ?? madeExamples(net, 1)), format, learningRate);
    print(terminal, program, format);
  }
  return 0;
}

/** Text is for people; the other formats are for programs. */
function print(terminal: Terminal, text: string, format: Format): void {
  if (format === "text") terminal.out(text);
  else terminal.data(text);
}

function isProgram(format: Format): format is ProgramLanguage {
  return format === "typescript" || format === "python";
}

function noProgram(format: Format, expected: string, got: string): OptionError {
  return new OptionError({ where: `--format ${format}`, expected, got, advice: "Choose text, latex or html." });
}

/** @throws OptionError when it is given and no number from 0 up. */
function learningRateOf(args: Arguments): number | undefined {
  if (args.given("step") === null) return undefined;
  return args.number("step", "a learning rate such as 0.1", (value) => value >= 0);
}

function printed(page: Page, format: Exclude<Format, ProgramLanguage>): string {
  switch (format) {
    case "text":
      return pageToText(page);
    case "latex":
      return pageToLatex(page);
    case "html":
      return pageToHtml(page);
  }
}

function writePlot(args: Arguments, derivation: FunctionDerivation): void {
  const path = args.given("svg");
  if (path !== null) writeFileAtomically(path, new TextEncoder().encode(plotOf(derivation)));
}

/** @throws OptionError when there is more than one symbol. */
function plotOf(derivation: FunctionDerivation): string {
  const svg = functionPlot(derivation);
  if (svg === null) {
    throw new OptionError({
      where: "--svg",
      expected: "a formula in one symbol, or with values for the others",
      got: "none to plot",
      advice: "Give them: --at c=2.",
    });
  }
  return svg;
}

/** @throws OptionError when an option is given that goes with something else. */
function refuse(args: Arguments, option: string, what: string): void {
  if (args.given(option) === null) return;
  throw new OptionError({
    where: `--${option}`,
    expected: `${what} to go with it`,
    got: "something else",
    advice: `Leave --${option} out.`,
  });
}

/** `x=2,t=0` */
function valuesAt(args: Arguments): Readonly<Record<string, number>> {
  const text = args.given("at");
  if (text === null) return {};
  const entries = text.split(",").map((part): readonly [string, number] => {
    const [name = "", value, ...more] = part.split("=").map((each) => each.trim());
    if (name === "" || value === undefined || more.length > 0) {
      throw new OptionError({
        where: "--at",
        expected: "values such as x=2,t=0",
        got: `"${part}"`,
        advice: "Write name=number.",
      });
    }
    const rule = { expected: "a number", isAllowed: (): boolean => true };
    return [spellGreek(name), readNumber(`--at ${name}`, value, rule)];
  });
  return Object.fromEntries(entries);
}
