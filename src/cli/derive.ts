import { OptionError } from "../errors.ts";
import { spellGreek } from "../formula/index.ts";
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
} from "../explain/index.ts";
import { type Arguments, readNumber } from "./arguments.ts";
import type { Command, ExitCode } from "./command.ts";
import { functionJson, pageJson, systemJson } from "./derive-json.ts";
import { madeExamples, programExamples } from "./made-examples.ts";
import { type Subject, subjectOf } from "./derive-subject.ts";
import type { Terminal } from "./terminal.ts";
import { writeFileAtomically } from "./write-file.ts";

const formats = ["text", "latex", "html", "typescript", "python"] as const;
type Format = (typeof formats)[number];

/** `backpass derive`: derivatives in symbols and numbers, with every step. */
export const deriveCommand: Command = {
  name: "derive",
  summary: "Derive every derivative, step by step, of equations, a function or a network",
  operands: [
    {
      name: "WHAT",
      description:
        'File of equations; NETWORK.json or MODEL; formula such as "1/(1+e^(-z))"; function by name such as sigmoid; ' +
        "or general, also when left out: a network with any f and C",
      isOptional: true,
    },
  ],
  options: [
    {
      name: "by",
      value: "NAMES",
      description: "Differentiate by these: w1,w2 (else by every parameter)",
      default: null,
    },
    {
      name: "at",
      value: "VALUES",
      description: "Other values than the file's, or values for symbols: x=2,t=0",
      default: null,
    },
    { name: "step", value: "RATE", description: "Carry out the update with this learning rate", default: null },
    { name: "format", value: "NAME", description: `How to print it: ${formats.join(", ")}`, default: "text" },
    {
      name: "svg",
      value: "FILE",
      description: "Write the curves of a function and its derivative there",
      default: null,
    },
    { name: "json", value: null, description: "Print one JSON object, with every digit", default: null },
  ],
  examples: [
    {
      line: "backpass derive examples/two-neurons.txt --step 0.1",
      does: "equations forward, derivatives back, update",
    },
    { line: "backpass derive network.json", does: "the equations of a network, with indices and as matrices" },
    {
      line: "backpass derive network.json --format python > net.py",
      does: "a program of its own: forward, backward, update",
    },
    { line: 'backpass derive "1/(1+e^(-z))" --by z', does: "a function: derivative, largest value, limits, kinks" },
    { line: "backpass derive relu --svg relu.svg", does: "a function by name, and its curves" },
    { line: "backpass derive sigmoid --format html > sigmoid.html", does: "as a page" },
  ],
  notes: `A file has one equation a line, in any order: z1 = w1*x. Functions of your own: f(z) = z/(1+e^(-z)). Then the
lines "given x = 3, t = 1", "parameters w1 = 0.01" and "cost C". Comments start with #. Programs (typescript, python)
stand alone, carry out one step, with rate 0.1 unless --step says another, and print JSON.`,
  run: (args, terminal) => Promise.resolve(run(args, terminal)),
};

function run(args: Arguments, terminal: Terminal): ExitCode {
  const format = args.choice("format", formats);
  const by = args
    .given("by")
    ?.split(",")
    .map((name) => spellGreek(name.trim()));
  const at = valuesAt(args);
  const subject = subjectOf(args.operands[0]);
  if (subject.kind === "network") return showNetwork(args, terminal, subject, format);
  if (subject.kind === "equations") return showSystem(args, terminal, subject, { format, by, at });
  if (by !== undefined && by.length > 1) {
    throw new OptionError(`--by: expected one symbol of the formula, got ${by.join(", ")}. Keep one.`);
  }
  refuse(args, "step", "a file of equations");
  const [symbol] = by ?? [];
  const derivation = deriveFunction(subject.formula, {
    name: subject.name,
    at,
    ...(symbol === undefined ? {} : { by: symbol }),
  });
  writePlot(args, derivation);
  if (args.flag("json")) terminal.out(`${JSON.stringify(functionJson(derivation))}\n`);
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
    terminal.out(`${JSON.stringify(systemJson(derivation, learningRate))}\n`);
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
  if (args.flag("json")) terminal.out(`${JSON.stringify(pageJson(page))}\n`);
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
  return new OptionError(`--format ${format}: expected ${expected}, got ${got}. Choose text, latex or html.`);
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
  if (path === null) return;
  const svg = functionPlot(derivation);
  if (svg === null) {
    throw new OptionError(
      "--svg: expected a formula in one symbol, or with values for the others, got none to plot. Give them: --at c=2.",
    );
  }
  writeFileAtomically(path, new TextEncoder().encode(svg));
}

/** @throws OptionError when an option is given that goes with something else. */
function refuse(args: Arguments, option: string, what: string): void {
  if (args.given(option) === null) return;
  throw new OptionError(`--${option}: expected ${what} to go with it, got something else. Leave --${option} out.`);
}

/** `x=2,t=0` */
function valuesAt(args: Arguments): Readonly<Record<string, number>> {
  const text = args.given("at");
  if (text === null) return {};
  const entries = text.split(",").map((part): readonly [string, number] => {
    const [name = "", value, ...more] = part.split("=").map((each) => each.trim());
    if (name === "" || value === undefined || more.length > 0) {
      throw new OptionError(`--at: expected values such as x=2,t=0, got "${part}". Write name=number.`);
    }
    const rule = { expected: "a number", isAllowed: (): boolean => true };
    return [spellGreek(name), readNumber(`--at ${name}`, value, rule)];
  });
  return Object.fromEntries(entries);
}
