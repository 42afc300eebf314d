import { coordinate, html, type Html, htmlLines, textWidth } from "../../page/index.ts";
import type { NetworkDrawing } from "./drawing.ts";
import { pixelImage } from "./drawing-image.ts";
import { type Column, type Layout, type PlacedNeuron, sizes } from "./drawing-layout.ts";
import { tip } from "./drawing-lines.ts";
import { cut, largestMagnitude, shareOf, shortNumber, text } from "./drawing-text.ts";

/** What each column is, and between them which way the numbers flow. */
export function columnHeads(drawing: NetworkDrawing, { columns }: Layout): Html {
  const { net, view } = drawing;
  const y = 116;
  return htmlLines(
    columns.flatMap((column, i) => {
      const center = (column.left + column.right) / 2;
      const definition = net.layers[column.layer - 1];
      const name = column.layer === 0 ? "input" : `layer ${column.layer}`;
      const what =
        definition === undefined
          ? inputWords(drawing, column.width)
          : `${column.width} × ${activationName(definition.activation.name)}`;
      const heads = [
        text(center, y, name, { style: "head", anchor: "middle" }),
        text(center, y + 17, what, { style: "soft", anchor: "middle" }),
      ];
      const next = columns[i + 1];
      if (next === undefined) return heads;
      return [...heads, flow((column.right + next.left) / 2, y + 5, view)];
    }),
  );
}

function inputWords({ image }: NetworkDrawing, width: number): string {
  if (image !== null) return `${image.rows} × ${image.columns} pixels`;
  return `${width} ${width === 1 ? "number" : "numbers"}`;
}

function flow(x: number, y: number, view: NetworkDrawing["view"]): Html {
  const ux = view === "forward" ? 1 : -1;
  const head = { x: x + 30 * ux, y };
  const arrow = tip(head, { ux, uy: 0, length: 10, half: 5 }, "flow");
  return html`<line class="flow" x1="${coordinate(x - 30 * ux)}" x2="${coordinate(x + 22 * ux)}" y1="${coordinate(y)}" y2="${coordinate(y)}"/>${arrow}`;
}

function activationName(name: string): string {
  return name === "relu" ? "ReLU" : name;
}

/** The neurons of every column. */
export function columnMarks(drawing: NetworkDrawing, { columns, middle }: Layout): Html {
  return htmlLines(
    columns.map((column) => {
      switch (column.kind) {
        case "image":
          return imageMark(drawing, column, middle);
        case "circles":
          return htmlLines(column.neurons.map((neuron) => circleMark(drawing, column, neuron)));
        case "rows":
          return htmlLines([
            rowHeads(drawing, column),
            ...column.neurons.map((neuron) => rowMark(drawing, column, neuron)),
            foldMark(column),
          ]);
      }
    }),
  );
}

function imageMark({ image }: NetworkDrawing, column: Column, middle: number): Html {
  if (image === null) return html``;
  const height = (sizes.image * image.rows) / image.columns;
  return pixelImage({
    x: column.left,
    y: middle - height / 2,
    size: sizes.image,
    rows: image.rows,
    columns: image.columns,
    values: image.pixels,
    color: "ink",
  });
}

/** a and δ of a neuron, the one that the view is about first. */
function valuesOf(
  { view, values }: NetworkDrawing,
  { layer }: Column,
  { index }: PlacedNeuron,
): { readonly main: number; readonly other: number | null; readonly share: number } {
  const { a, delta } = values(layer);
  const isErrorFirst = view === "backward" && delta !== null;
  const first = isErrorFirst ? delta : a;
  const largest = largestMagnitude(first);
  const main = first[index] ?? 0;
  const other = delta === null ? null : ((isErrorFirst ? a : delta)[index] ?? 0);
  return { main, other, share: shareOf(main, largest) };
}

function isOpened({ opened }: NetworkDrawing, { layer }: Column, { index }: PlacedNeuron): boolean {
  return opened !== null && opened.layer === layer && opened.neuron === index + 1;
}

function tint(value: number, share: number): Html {
  const kind = value < 0 ? "minus" : "plus";
  return html` class="tint ${kind}" fill-opacity="${coordinate(value === 0 ? 0 : 0.06 + 0.24 * share)}"`;
}

function circleMark(drawing: NetworkDrawing, column: Column, neuron: PlacedNeuron): Html {
  const { main, other, share } = valuesOf(drawing, column, neuron);
  const x = (column.left + column.right) / 2;
  const { y, index } = neuron;
  const { layer } = column;
  const shape = html` cx="${coordinate(x)}" cy="${coordinate(y)}" r="${sizes.radius}"`;
  const bias = drawing.chain[layer - 1]?.biases?.[index];
  const name = layer === 0 ? drawing.inputNames[index] : undefined;
  const marks = [
    html`<circle class="shape${isOpened(drawing, column, neuron) ? " opened" : ""}"${shape}/><circle${tint(main, share)}${shape}/>`,
    text(x, y + (other === null ? 5 : -1), shortNumber(main), { style: "main", anchor: "middle" }),
    ...(other === null ? [] : [text(x, y + 15, shortNumber(other), { style: "small", anchor: "middle" })]),
    ...(name === undefined ? [] : [text(column.left - 8, y + 4, cut(name, 22), { style: "soft", anchor: "end" })]),
    ...(bias === undefined || drawing.view === "backward"
      ? []
      : [text(x, y + sizes.radius + 16, `b ${shortNumber(bias)}`, { style: "label soft", anchor: "middle" })]),
  ];
  return html`<g class="neuron" data-neuron="${layer},${index + 1}">${marks}</g>`;
}

function rowMark(drawing: NetworkDrawing, column: Column, neuron: PlacedNeuron): Html {
  const { main, other, share } = valuesOf(drawing, column, neuron);
  const { left, right, layer } = column;
  const { y, index } = neuron;
  const half = sizes.rowHeight / 2;
  const shape = html` x="${coordinate(left)}" y="${coordinate(y - half)}" width="${coordinate(right - left)}" height="${sizes.rowHeight}" rx="${half}"`;
  const name = layer === 0 ? drawing.inputNames[index] : undefined;
  const first = left + sizes.numberWidth;
  const marks = [
    html`<rect class="shape${isOpened(drawing, column, neuron) ? " opened" : ""}"${shape}/><rect${tint(main, share)}${shape}/>`,
    text(first - 6, y + 4, String(index + 1), { style: "small soft", anchor: "end" }),
    text(first + sizes.valueWidth - 6, y + 4.5, shortNumber(main), { style: "main", anchor: "end" }),
    ...(other === null ? [] : [text(first + 2 * sizes.valueWidth - 12, y + 4, shortNumber(other), { anchor: "end" })]),
    ...(name === undefined ? [] : [text(left - 8, y + 4, cut(name, 22), { style: "soft", anchor: "end" })]),
  ];
  return html`<g class="neuron" data-neuron="${layer},${index + 1}">${marks}</g>`;
}

/** Above the rows, what their numbers are. */
function rowHeads({ view }: NetworkDrawing, { layer, left, neurons }: Column): Html {
  const y = (neurons[0]?.y ?? 0) - sizes.rowHeight / 2 - 5;
  const names = layer === 0 ? ["x"] : view === "forward" ? ["a", "δ"] : ["δ", "a"];
  const heads = names.map((name, i) =>
    text(left + sizes.numberWidth + (i + 1) * sizes.valueWidth - (i === 0 ? 6 : 12), y, name, {
      style: "small soft",
      anchor: "end",
    }),
  );
  return html`${heads}`;
}

function foldMark({ folded, left, right, bottom }: Column): Html {
  if (folded === 0) return html``;
  return text((left + right) / 2, bottom + 16, `… ${folded} more`, { style: "soft folded", anchor: "middle" });
}

/** Right of the last layer: what each output is, what it should be, and the cost of the difference. */
export function outputMarks(
  drawing: NetworkDrawing,
  { columns, middle, isSmall }: Layout,
): { marks: Html; right: number } {
  const { outputNames, targets, cost } = drawing;
  const last = columns.at(-1);
  if (last === undefined) return { marks: html``, right: 0 };
  const x = last.right + 14;
  const names = last.neurons.map(({ index }) => cut(outputNames[index] ?? "", 20));
  const nameWidth = Math.max(0, ...names.map((name) => (name === "" ? 0 : textWidth(name) + 12)));
  const labels = last.neurons.flatMap(({ index, y }, i) => [
    ...(names[i] === "" ? [] : [text(x, y + 4, names[i] ?? "")]),
    text(x + nameWidth, y + 4, `t ${shortNumber(targets[index] ?? 0)}`, { style: "soft" }),
  ]);
  const targetWidth = Math.max(...last.neurons.map(({ index }) => textWidth(`t ${shortNumber(targets[index] ?? 0)}`)));
  const bracket = x + nameWidth + targetWidth + 10;
  const half = isSmall ? sizes.radius : sizes.rowHeight / 2;
  const top = (last.neurons[0]?.y ?? middle) - half;
  const bottom = (last.neurons.at(-1)?.y ?? middle) + half;
  const center = (top + bottom) / 2;
  const brace = html`<path class="flow" d="M${coordinate(bracket)} ${coordinate(top)}h6V${coordinate(bottom)}h-6M${coordinate(bracket + 6)} ${coordinate(center)}h12"/>`;
  const content = `C = ${shortNumber(cost, 4)}`;
  const width = 8.5 * content.length + 16;
  const inBox = text(bracket + 18 + width / 2, center + 5, content, { style: "main", anchor: "middle" });
  const box = html`<rect class="card cost" x="${coordinate(bracket + 18)}" y="${coordinate(center - 16)}" width="${coordinate(width)}" height="32" rx="6"/>${inBox}`;
  const head = text(x, 116, "target", { style: "head" });
  return { marks: htmlLines([head, ...labels, brace, box]), right: bracket + 18 + width };
}
