import { denseChain } from "../../network/dense-chain.ts";
import { networkSvg } from "../../explain/drawing/draw-network.ts";
import { trace } from "../../explain/index.ts";
import { type Notation, row, sign, symbol, typeset } from "../../formula/index.ts";
import type { Network } from "../../network/index.ts";
import { readMaths } from "../prose/maths.ts";
import { textbookVocabularies } from "../prose/prose-vocabulary.ts";
import { describeSchematic, drawSchematic } from "./schematic.ts";
import { tikzSchematic } from "./schematic-tikz.ts";
import type { Given } from "../sheet.ts";
import type { DocumentBlock, Inline } from "../prose/sheet-document.ts";

/** What is given, as a sheet shows it: equations with values, or a network with its drawing and numbers. */
export function givenDocument(given: Given, solutions: boolean): readonly DocumentBlock[] {
  const { name, network } = given;
  return network === null ? systemDocument(given) : networkDocument(name, network, solutions);
}

function systemDocument({ system }: Given): readonly DocumentBlock[] {
  const rows = system.equations.map(({ name, formula }) => ({
    left: quantity(name),
    right: typeset(formula).notation,
  }));
  const values = { ...system.given, ...system.parameters };
  return [{ kind: "equations", rows }, valuesDocument("with", Object.entries(values))];
}

/** `with x = 3, t = 1` */
function valuesDocument(lead: string, values: readonly (readonly [string, number])[]): DocumentBlock {
  const parts = values.flatMap(([name, value], i): readonly Inline[] => {
    const separator = i === 0 ? ` ` : i === values.length - 1 ? " and " : ", ";
    return [{ kind: "text", text: separator }, maths(row(quantity(name), sign("equals"), numeral(value)))];
  });
  return { kind: "paragraph", parts: [{ kind: "text", text: lead }, ...parts, { kind: "text", text: "." }] };
}

function networkDocument(
  name: string,
  { net, input, target }: NonNullable<Given["network"]>,
  solutions: boolean,
): readonly DocumentBlock[] {
  const widths = [net.inputs, ...net.layers.map(({ units }) => units)];
  // A traced drawing has the answers in it.
  const svg = solutions
    ? networkSvg(trace(net, [input], [target], { engine: "reference" }), {}, `network-${name}`)
    : drawSchematic(widths);
  const listed = (letter: string, values: readonly number[]): readonly (readonly [string, number])[] =>
    values.map((value, i) => [`${letter}_${i + 1}`, value] as const);
  return [
    { kind: "picture", svg, tikz: tikzSchematic(widths), description: describeSchematic(widths) },
    ...net.layers.map((_, i) => layerTable(net, i)),
    valuesDocument("The example:", [...listed("x", input), ...listed("t", target)]),
    costDocument(net),
  ];
}

/** A layer's weights and biases: row j, column k is `w_jk^l`. */
function layerTable(net: Network, i: number): DocumentBlock {
  const { weights = [], biases = null, units = 0, inputs = 0, activation } = denseChain("exercise", net)[i] ?? {};
  const text = (content: string): readonly Inline[] => [{ kind: "text", text: content }];
  const number = (value: number | undefined): readonly Inline[] => [maths(numeral(value ?? 0))];
  return {
    kind: "table",
    caption: `Layer ${i + 1}: weights and biases, activation ${activation?.name ?? ""}`,
    heading: [
      text("neuron"),
      ...Array.from({ length: inputs }, (_, k) => text(`from ${k + 1}`)),
      ...(biases === null ? [] : [text("bias")]),
    ],
    rows: Array.from({ length: units }, (_, j) => [
      text(String(j + 1)),
      ...Array.from({ length: inputs }, (__, k) => number(weights[j * inputs + k])),
      ...(biases === null ? [] : [number(biases[j])]),
    ]),
    isOfNumbers: true,
  };
}

function costDocument({ cost }: Network): DocumentBlock {
  const over = cost.over === "sum" ? "added up" : "averaged";
  return {
    kind: "paragraph",
    parts: [
      { kind: "text", text: "The cost is " },
      maths(typeset(cost.formula).notation),
      { kind: "text", text: `, ${over} over the outputs.` },
    ],
  };
}

function maths(notation: Notation): Inline {
  return { kind: "maths", notation };
}

/** By the name that the system gives it, which may have scripts. */
function quantity(name: string): Notation {
  return /[_^]/.test(name) ? readMaths(name, textbookVocabularies) : typeset(symbol(name)).notation;
}

function numeral(value: number): Notation {
  return readMaths(String(value), []);
}
