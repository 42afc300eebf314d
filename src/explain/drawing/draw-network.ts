import { type Html, svgPicture } from "../../page/index.ts";
import { type DrawingOptions, drawingOf, type NetworkDrawing } from "./drawing.ts";
import { columnHeads, columnMarks, outputMarks } from "./drawing-columns.ts";
import { layoutOf } from "./drawing-layout.ts";
import { legend } from "./drawing-legend.ts";
import { laneMarks } from "./drawing-lines.ts";
import { drawingStyle } from "./drawing-style.ts";
import { shortNumber, text } from "./drawing-text.ts";
import type { Trace } from "../trace/trace.ts";

/**
 * A traced network as an SVG that needs nothing from outside and follows the viewer's light or dark theme: layers as
 * columns, weights as lines (width by size, color by sign), a and δ in each neuron. Of layers wider than 10 the 8 most
 * active neurons are shown, or, backward, those with the largest δ.
 *
 * @throws OptionError when the trace is of several examples or lacks a, δ or ∂C/∂w, or there is no neuron to be opened.
 * @throws ShapeError when names or image do not fit the network.
 */
export function drawNetwork(trace: Trace, options: DrawingOptions = {}): string {
  return networkSvg(trace, options).markup;
}

/** The same as a piece of a page; its ids begin with `name`, so that a page can have several. */
export function networkSvg(trace: Trace, options: DrawingOptions = {}, name = "network"): Html {
  const drawing = drawingOf(trace, options);
  const layout = layoutOf(drawing);
  const { view, cost } = drawing;
  const outputs = outputMarks(drawing, layout);
  const width = Math.max(Math.ceil(outputs.right + 32), 640);
  const { marks: legendMarks, bottom } = legend(drawing, layout, width);
  const height = Math.ceil(bottom + 16);
  const isForward = view === "forward";
  const title = isForward ? "Forward: activations" : "Backward: errors and gradients";
  const what = isForward
    ? "Each neuron adds up the activations before it, times the weights on the lines: a = f(Σ w a + b)."
    : "The error δ of each neuron comes from those after it, and gives each weight its slope ∂C/∂w, on the lines.";
  const shownExample =
    trace.of === "means" ? `means over ${trace.examples.length} examples` : `example ${trace.examples[0] ?? 1}`;
  return svgPicture({
    width,
    height,
    name: "network",
    variant: view,
    description: title,
    titled: { id: `${name}-${view}`, title: `${title}, ${shownExample}`, text: description(drawing) },
    style: drawingStyle,
    marks: [
      text(32, 42, title, { style: "title" }),
      text(32, 64, what, { style: "soft" }),
      text(32, 82, `${shownExample}, cost C = ${shortNumber(cost, 6)}`, { style: "soft" }),
      laneMarks(drawing, layout),
      columnHeads(drawing, layout),
      columnMarks(drawing, layout),
      outputs.marks,
      legendMarks,
    ],
  });
}

function description({ net, values, targets, cost, outputNames }: NetworkDrawing): string {
  const layers = net.layers.map(({ units, activation }) => `${units} ${activation.name}`).join(", ");
  const answers = values(net.layers.length).a;
  const listed = answers
    .slice(0, 10)
    .map((a, j) => `${outputNames[j] ?? j + 1}: ${shortNumber(a)} for a target of ${shortNumber(targets[j] ?? 0)}`);
  const more = answers.length > 10 ? `; ${answers.length - 10} more` : "";
  return `A network of ${net.inputs} inputs and layers of ${layers}. Cost ${shortNumber(cost, 6)}. Outputs: ${listed.join("; ")}${more}.`;
}
