import type { Formula, SymbolFormula } from "../../formula/index.ts";
import { isSameLayer, type LayerExpression, layerText } from "../indices/layer-expression.ts";
import { layersOfIndices } from "../indices/network-quantities.ts";

/** How many rows or columns: one, or one for each neuron of a layer. */
export type Extent = "one" | LayerExpression;

/** Rows and columns; null for a number, which goes with everything. */
export type Shape = { readonly rows: Extent; readonly columns: Extent } | null;

/** Whether both are as many, in every network. */
export function isSameExtent(left: Extent, right: Extent): boolean {
  return left === "one" || right === "one" ? left === right : isSameLayer(left, right);
}

/** Whether both have the same rows and columns. */
export function isSameShape(left: Shape, right: Shape): boolean {
  if (left === null || right === null) return left === right;
  return isSameExtent(left.rows, right.rows) && isSameExtent(left.columns, right.columns);
}

/** Rows for columns. */
export function turned(shape: Shape): Shape {
  return shape === null ? null : { rows: shape.columns, columns: shape.rows };
}

/** The shape of a whole quantity: a column of a layer's neurons, or the matrix of weights between two. Null: it says no layer. */
export function shapeOfWhole(symbol: SymbolFormula, indices: number): Shape | "no layer" {
  const layers = layersOfIndices({ ...symbol, indices: Array.from({ length: indices }, () => anyIndex) });
  const [rows, columns] = layers ?? [];
  if (rows === undefined) return "no layer";
  return { rows, columns: columns ?? "one" };
}

const anyIndex: Formula = { kind: "symbol", name: "j", indices: [], layer: null };

/** A shape in words: "a column of layer l", "a row of layer l+1", "rows of layer l and columns of layer l-1". */
export function shapeWords(shape: Shape): string {
  if (shape === null || (shape.rows === "one" && shape.columns === "one")) return "a number";
  if (shape.columns === "one") return `a column of layer ${extentText(shape.rows)}`;
  if (shape.rows === "one") return `a row of layer ${extentText(shape.columns)}`;
  return `a matrix with rows of layer ${extentText(shape.rows)} and columns of layer ${extentText(shape.columns)}`;
}

function extentText(extent: Extent): string {
  return extent === "one" ? "1" : layerText(extent);
}
