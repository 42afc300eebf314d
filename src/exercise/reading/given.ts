import { denseChain } from "../../network/dense-chain.ts";
import {
  BackpassError,
  changed,
  DataError,
  faultOf,
  FormulaError,
  NetworkError,
  type TextPlace,
} from "../../errors.ts";
import { computeValues, type EquationSystem, parseEquations } from "../../explain/index.ts";
import { type Examples, type Network, networkFromJson } from "../../network/index.ts";
import { jsonPlaces, lineAndColumn, placeOfPath } from "../../tree/json-places.ts";
import { networkSystem } from "./network-system.ts";
import { drawRanges } from "./ranges.ts";
import type { Given, Located } from "../sheet.ts";

/** More weights and biases are no network to reckon with by hand. */
const MOST_PARAMETERS = 200;

/**
 * A system of equations that questions take their values from, in the language of `parseEquations`; values may be ranges
 * (`drawRanges`).
 *
 * @param line of the sheet on which the text begins; the lines of errors and equations count from there.
 * @param seed decides what is drawn for ranges.
 * @param functions of the sheet, `swish(z) = z/(1 + e^(-z))`, which stand before its blocks.
 * @throws FormulaError with line and column of the sheet, and the span in `text` with its ranges drawn, when it cannot be read.
 * @throws DataError when a quantity is not finite.
 */
export function givenEquations(
  name: string,
  text: string,
  line: number,
  seed: number,
  functions: readonly Located[] = [],
): Given {
  const drawn = drawnText(name, text, line, seed);
  // So many lines before it that its own have the numbers of the sheet; in the first of them, functions that it calls.
  const lines = calledIn(text, functions).slice(0, line - 1);
  const before = lines.map((each) => `${each}\n`).join("") + "\n".repeat(line - 1 - lines.length);
  let system: EquationSystem;
  try {
    system = parseEquations(before + drawn.text);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const [start, end] = [error.span.start, error.span.end].map((place) => Math.max(0, place - before.length));
    throw new FormulaError(faultOf(error), drawn.text, { start: start ?? 0, end: end ?? 0 });
  }
  checkValues(name, line, system);
  return { name, line, ...drawn, system, network: null };
}

/** Functions that a text calls, or that those call, unless it has one of that name itself; in their order. */
function calledIn(text: string, functions: readonly Located[]): readonly string[] {
  const called: string[] = [];
  let texts = text;
  for (const { text: line } of functions.toReversed()) {
    const [, name = ""] = /^\s*(\p{L}+)\s*\(/u.exec(line) ?? [];
    const isCalled = name !== "" && new RegExp(`(?<!\\p{L})${name}\\s*['′’]*\\(`, "u").test(texts);
    const isOwn = new RegExp(`^[ \\t]*${name}[ \\t]*\\([^()]*\\)[ \\t]*=`, "mu").test(text);
    if (!isCalled || isOwn) continue;
    called.unshift(line.trim().replaceAll("\n", " "));
    texts += `\n${line.slice(line.indexOf("="))}`;
  }
  return called;
}

/**
 * A network that questions take their values from, in the format of `networkFromJson`, with one example or more; its
 * first example is written out as equations (`networkSystem`). Values may be ranges.
 *
 * @param line of the sheet on which the text begins.
 * @throws NetworkError that names the block and the place in it: no JSON, no network, no example, or over 200 weights and biases.
 * @throws DataError when a quantity is not finite.
 * @throws OptionError for a network whose layers are not all dense, one after the other.
 */
export function givenNetwork(name: string, text: string, line: number, seed: number): Given {
  const drawn = drawnText(name, text, line, seed);
  const where = `given "${name}"`;
  const place = { line };
  const { net, examples } = readNetwork({ name, text, line }, drawn.text);
  const input = examples?.inputs[0];
  const target = examples?.targets[0];
  if (examples === null || input === undefined || target === undefined) {
    throw new NetworkError({
      where,
      place,
      expected: "an example to compute with",
      got: "none",
      advice: 'Add "examples": { "inputs": [[…]], "targets": [[…]] }.',
    });
  }
  denseChain(where, net);
  const count = net.parameters.reduce((sum, { values }) => sum + values.length, 0);
  if (count > MOST_PARAMETERS) {
    throw new NetworkError({
      where,
      place,
      expected: `at most ${MOST_PARAMETERS} weights and biases`,
      got: `${count}`,
      advice: "Make its layers narrower.",
    });
  }
  const targets = targetOf(net, target);
  const system = networkSystem(net, input, targets);
  checkValues(name, line, system);
  return { name, line, ...drawn, system, network: { net, input, target: targets } };
}

function drawnText(name: string, text: string, line: number, seed: number): Pick<Given, "text" | "isVariant"> {
  try {
    return drawRanges(text, seed, name);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    // `drawRanges` counts lines from the text's first.
    const own = error.place ?? { line: 1 };
    throw changed(error, { place: { ...own, line: own.line + line - 1 } });
  }
}

/** A block as it is written, with its ranges, and the line on which its text begins. */
interface WrittenBlock {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

function readNetwork(written: WrittenBlock, drawn: string): ReturnType<typeof networkFromJson> {
  const where = `given "${written.name}"`;
  const places = jsonPlaces(written.text);
  if (places.mistake !== null) {
    const { position, expected } = places.mistake;
    const got = /^\S{1,20}/.exec(written.text.slice(position).trimStart())?.[0];
    const shown = got === undefined ? "the end" : `"${got}"`;
    throw new NetworkError({
      where,
      place: placeIn(written, position),
      expected: `${expected} in a network as JSON`,
      got: shown,
      advice: "Correct it there.",
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(drawn);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NetworkError({
      where,
      place: placeIn(written, 0),
      expected: "a network as JSON",
      got: `a mistake in it: ${reason}`,
      advice: "Correct it.",
    });
  }
  try {
    return networkFromJson(json);
  } catch (error) {
    if (!(error instanceof BackpassError) || error.code === "internal") throw error;
    const place = placeIn(written, placeOfPath(error.where[0] ?? "", places));
    throw new NetworkError({ ...faultOf(error), where: [where, ...error.where], place });
  }
}

/** The place in the sheet of a character of a block. */
function placeIn({ text, line }: WrittenBlock, position: number): Required<TextPlace> {
  const own = lineAndColumn(text, position);
  return { ...own, line: line + own.line - 1 };
}

/** The target as a value for each output; a class label becomes 1 for its class, and 0 or −1 for the others. */
function targetOf(net: Network, target: Examples["targets"][number]): readonly number[] {
  if (typeof target !== "number") return target;
  if (net.outputs === 1) return [target];
  return Array.from({ length: net.outputs }, (_, j) => (j === target ? 1 : net.cost.otherClasses));
}

function checkValues(name: string, line: number, system: EquationSystem): void {
  try {
    computeValues(system);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError({ ...faultOf(error), where: `given "${name}"`, place: { line } });
  }
}
