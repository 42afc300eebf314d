import { symbolText, type SymbolFormula } from "../../formula/index.ts";
import { type LayerExpression, layerExpression, shifted } from "./layer-expression.ts";

/** The last layer, L. */
export const lastLayer: LayerExpression = { base: "L", offset: 0 };
/** The inputs, layer 0. */
const inputs: LayerExpression = { base: null, offset: 0 };

/** Quantities without a layer: that which their index runs over. */
const withoutLayer: ReadonlyMap<string, LayerExpression> = new Map([
  ["t", lastLayer],
  ["y", lastLayer],
  ["x", inputs],
]);

/**
 * The layer each index of a quantity runs over: of `w_jk^l` the first over l, the second over l − 1; of all others over
 * their own. Null where the quantity's layer is missing or cannot be read.
 */
export function layersOfIndices(symbol: SymbolFormula): readonly LayerExpression[] | null {
  const layer = symbol.layer === null ? (withoutLayer.get(symbol.name) ?? null) : layerExpression(symbol.layer);
  if (layer === null) return null;
  return symbol.indices.map((_, position) => (position === 1 ? shifted(layer, -1) : layer));
}

/** Whether a quantity has to say its layer. */
export function needsLayer(symbol: SymbolFormula): boolean {
  return symbol.indices.length > 0 && !withoutLayer.has(symbol.name) && symbol.name !== "n";
}

/** A quantity as it is typed: `w_kj^(l+1)`. */
export function quantityText(symbol: SymbolFormula): string {
  return symbolText(symbol).replaceAll(" ", "");
}

/** "the first index of w^(l+1)", "the index of a^l" */
export function placeOfIndex(symbol: SymbolFormula, position: number): string {
  const whole = quantityText({ ...symbol, indices: [] });
  const which = symbol.indices.length === 1 ? "index" : position === 0 ? "first index" : "second index";
  return `the ${which} of ${whole}`;
}
