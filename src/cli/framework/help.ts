import type { Command } from "./command.ts";
import { globalOptions } from "./definition.ts";
import { wrapped } from "./wrap.ts";

const exitCodes = `Exit: 0 done, 1 a check failed or the run broke off, 2 wrong use or bad input, 130 interrupted.`;

/** The help of the whole program, for a terminal of so many columns. */
export function programHelp(commands: readonly Command[], columns: number = LINE_WIDTH): string {
  const width = Math.min(columns, LINE_WIDTH);
  return `${prose("Train neural networks with backpropagation, and see every derivative.", width)}

Usage: backpass COMMAND …

Commands:
${table(
  commands.map((command) => [`${command.name} ${operandNames(command)}`.trimEnd(), command.summary]),
  width,
)}

Options:
${table(
  [
    ["--help", "Show this help; backpass COMMAND --help shows that of a command"],
    ["--version", "Show the version"],
    ["--debug", "Show where in the program an error arose"],
  ],
  width,
)}

Example:
${table(
  commands.slice(0, 1).flatMap((command) => command.examples.slice(0, 1).map(({ line, does }) => [line, does])),
  width,
)}

${prose(exitCodes, width)}
`;
}

/** The help of one command: every option with its default, and an example; for a terminal of so many columns. */
export function commandHelp(command: Command, columns: number = LINE_WIDTH): string {
  const width = Math.min(columns, LINE_WIDTH);
  const options = [...command.options, ...globalOptions];
  return `${prose(command.summary, width)}

Usage: backpass ${[command.name, operandNames(command), "[options]"].filter((part) => part !== "").join(" ")}

${
  command.operands.length === 0
    ? ""
    : `${table(
        command.operands.map(({ name, description }) => [name, description]),
        width,
      )}\n\n`
}Options:
${table(
  options.map((option) => [
    option.value === null ? `--${option.name}` : `--${option.name} ${option.value}`,
    option.default === null ? option.description : `${option.description} (default: ${option.default})`,
  ]),
  width,
)}

${command.examples.length === 1 ? "Example" : "Examples"}:
${table(
  command.examples.map(({ line, does }) => [line, does]),
  width,
)}

${command.notes === undefined ? "" : `${prose(command.notes, width)}\n\n`}${prose(exitCodes, width)}
`;
}

function operandNames({ operands }: Command): string {
  return operands.map(({ name, isOptional }) => (isOptional === true ? `[${name}]` : name)).join(" ");
}

/** Lines of the help are not longer than this, where words allow it, nor than the terminal is wide. */
const LINE_WIDTH = 110;
/** In less than this a description is not read easily: then it stands below what it describes. */
const LEAST_WIDTH = 36;

/** Two columns, indented; a right one that is too long for a line goes on below itself. */
function table(rows: readonly (readonly [string, string])[], width: number): string {
  const left = Math.max(...rows.map(([each]) => each.length));
  const isBelow = width - left - 4 < LEAST_WIDTH;
  const indent = isBelow ? 6 : left + 4;
  return rows
    .map(([name, text]) => {
      // A default is one piece: it is looked for as such.
      const lines = wrapped(text.split(/ (?![^(]*\))/), width - indent);
      const first = isBelow ? `  ${name}\n${" ".repeat(indent)}` : `  ${name.padEnd(left)}  `;
      return first + lines.join(`\n${" ".repeat(indent)}`);
    })
    .join("\n");
}

/** Paragraphs, each filled anew. */
function prose(text: string, width: number): string {
  const paragraphs = text.split("\n\n").map((each) => wrapped(each.split(/\s+/), width).join("\n"));
  return paragraphs.join("\n\n");
}
