import type { Command } from "./command.ts";
import { globalOptions } from "./definition.ts";
import { wrapped } from "./wrap.ts";

const exitCodes = `Exit: 0 done, 1 a check failed or the run broke off, 2 wrong use or bad input, 130 interrupted.`;

/** The help of the whole program. */
export function programHelp(commands: readonly Command[]): string {
  return `Train neural networks with backpropagation, and see every derivative.

Usage: backpass COMMAND …

Commands:
${table(commands.map((command) => [`${command.name} ${operandNames(command)}`.trimEnd(), command.summary]))}

Options:
${table([
  ["--help", "Show this help; backpass COMMAND --help shows that of a command"],
  ["--version", "Show the version"],
  ["--debug", "Show where in the program an error arose"],
])}

Example:
${table(commands.slice(0, 1).flatMap((command) => command.examples.slice(0, 1).map(({ line, does }) => [line, does])))}

${exitCodes}
`;
}

/** The help of one command: every option with its default, and an example. */
export function commandHelp(command: Command): string {
  const options = [...command.options, ...globalOptions];
  return `${command.summary}

Usage: backpass ${[command.name, operandNames(command), "[options]"].filter((part) => part !== "").join(" ")}

${command.operands.length === 0 ? "" : `${table(command.operands.map(({ name, description }) => [name, description]))}\n\n`}Options:
${table(
  options.map((option) => [
    option.value === null ? `--${option.name}` : `--${option.name} ${option.value}`,
    option.default === null ? option.description : `${option.description} (default: ${option.default})`,
  ]),
)}

${command.examples.length === 1 ? "Example" : "Examples"}:
${table(command.examples.map(({ line, does }) => [line, does]))}

${command.notes === undefined ? "" : `${command.notes}\n\n`}${exitCodes}
`;
}

function operandNames({ operands }: Command): string {
  return operands.map(({ name, isOptional }) => (isOptional === true ? `[${name}]` : name)).join(" ");
}

/** Lines of the help are not longer than this, where words allow it. */
const LINE_WIDTH = 110;

/** Two columns, indented; a right one that is too long for a line goes on below itself. */
function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows
    .map(([left, right]) => {
      // A default is one piece: it is looked for as such.
      const lines = wrapped(right.split(/ (?![^(]*\))/), LINE_WIDTH - width - 4);
      return `  ${left.padEnd(width)}  ${lines.join(`\n${" ".repeat(width + 4)}`)}`;
    })
    .join("\n");
}
