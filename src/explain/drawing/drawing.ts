import { type DenseLayerValues, denseChain } from "../../network/dense-chain.ts";
import { checkOptions } from "../../network/known-options.ts";
import { OptionError, ShapeError } from "../../errors.ts";
import type { Network } from "../../network/index.ts";
import { checkNumber, type Trace } from "../trace/trace.ts";

/** What a drawing shows on its lines, and which way it reads. */
export type DrawingView = "forward" | "backward";

/** The input as a picture. */
export interface InputImage {
  readonly rows: number;
  readonly columns: number;
  /** What to show, row-major, `rows × columns`, where the inputs are scaled. Default: the inputs. */
  readonly pixels?: ArrayLike<number>;
  /** The pixel of each input, from 0, where some pixels are no inputs. Default: in order. */
  readonly places?: readonly number[];
}

/** How a network is drawn. */
export interface DrawingOptions {
  /** "forward": weights on the lines. "backward": `∂C/∂w` on them, and δ first. Default "forward". */
  readonly view?: DrawingView;
  /** The input as a picture. Default: for 64 and 784 inputs a square; null for none. */
  readonly image?: InputImage | null;
  /** What the inputs are called. */
  readonly inputNames?: readonly string[];
  /** What the outputs are called: the classes. */
  readonly outputNames?: readonly string[];
  /** A neuron to be seen with its own lines only. */
  readonly opened?: { readonly layer: number; readonly neuron: number };
}

/** A drawing's content, checked. */
export interface NetworkDrawing {
  readonly net: Network;
  /** The network's layers with their weights and biases. */
  readonly chain: readonly DenseLayerValues[];
  readonly view: DrawingView;
  readonly image: Required<InputImage> | null;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly opened: { readonly layer: number; readonly neuron: number } | null;
  /** Activations and errors of a layer; layer 0 is the input, which has no errors. */
  readonly values: (layer: number) => { readonly a: readonly number[]; readonly delta: readonly number[] | null };
  /** What a layer's lines show: `w_jk` or `∂C/∂w_jk`. */
  readonly onLine: (layer: number, j: number, k: number) => number;
  readonly targets: readonly number[];
  readonly cost: number;
}

/**
 * What is to be drawn.
 *
 * @throws OptionError, ShapeError as `drawNetwork` says.
 */
export function drawingOf(trace: Trace, options: DrawingOptions): NetworkDrawing {
  const { net, inputs, targets, cost } = trace;
  checkOptions("drawNetwork", options, { view: true, image: true, inputNames: true, outputNames: true, opened: true });
  const { view = "forward", inputNames = [], outputNames = [], opened = null } = options;
  if (view !== "forward" && view !== "backward") {
    throw new OptionError({
      where: ["drawNetwork", "view"],
      expected: '"forward" or "backward"',
      got: JSON.stringify(view),
      advice: "Choose one.",
    });
  }
  const chain = denseChain("drawNetwork", net);
  const [x] = inputs;
  const [t] = targets;
  if (x === undefined || t === undefined || inputs.length !== 1) {
    throw new OptionError({
      where: "drawNetwork",
      expected: "a trace of one example or of means",
      got: `${inputs.length} examples`,
      advice: "Trace { examples: [1] }.",
    });
  }
  checkNames("inputNames", inputNames, net.inputs);
  checkNames("outputNames", outputNames, net.outputs);
  if (opened !== null) {
    checkNumber("drawNetwork: layer", opened.layer, net.layers.length);
    checkNumber("drawNetwork: neuron", opened.neuron, net.layers[opened.layer - 1]?.units ?? 0);
  }
  const layers = trace.layers.map(({ layer, a, delta, dw }) => {
    const missing = a === null ? "a" : delta === null ? "δ" : dw === null ? "∂C/∂w" : null;
    if (a?.[0] === undefined || delta?.[0] === undefined || dw === null) {
      throw new OptionError({
        where: "drawNetwork",
        expected: `a trace with ${missing ?? "a"} of layer ${layer}`,
        got: "one without",
        advice: "Trace all quantities.",
      });
    }
    return { a: a[0], delta: delta[0], dw };
  });
  return {
    net,
    chain,
    view,
    image: imageOf(options.image, x),
    inputNames,
    outputNames,
    opened,
    values: (layer) => layers[layer - 1] ?? { a: x, delta: null },
    onLine: (layer, j, k) =>
      (view === "forward"
        ? chain[layer - 1]?.weights[j * (chain[layer - 1]?.inputs ?? 1) + k]
        : layers[layer - 1]?.dw[j]?.[k]) ?? 0,
    targets: t,
    cost,
  };
}

function checkNames(what: string, names: readonly string[], expected: number): void {
  if (names.length === 0 || names.length === expected) return;
  throw new ShapeError({
    where: ["drawNetwork", what],
    expected: `${expected}`,
    got: `${names.length}`,
    advice: "Name each, or none.",
  });
}

function imageOf(given: InputImage | null | undefined, x: readonly number[]): Required<InputImage> | null {
  if (given === null) return null;
  if (given === undefined) {
    if (x.length !== 64 && x.length !== 784) return null;
    const side = Math.sqrt(x.length);
    return { rows: side, columns: side, pixels: x, places: Array.from(x.keys()) };
  }
  const { rows, columns, places = Array.from(x.keys()) } = given;
  const area = rows * columns;
  const pixels = given.pixels ?? Array.from({ length: area }, (_, pixel) => x[places.indexOf(pixel)] ?? 0);
  const isWhole = given.places !== undefined || area === x.length;
  if (
    isWhole &&
    pixels.length === area &&
    places.length === x.length &&
    places.every((each) => each >= 0 && each < area)
  ) {
    return { rows, columns, pixels, places };
  }
  throw new ShapeError({
    where: ["drawNetwork", "image"],
    expected: `${rows} × ${columns} pixels and a place among them for each of ${x.length} inputs`,
    got: `${pixels.length} and ${places.length}`,
    advice: "Give places where some pixels are no inputs.",
  });
}
