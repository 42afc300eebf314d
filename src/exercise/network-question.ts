import type { Formula } from "../formula/index.ts";
import type { IndexScope } from "./index-kinds.ts";
import { type LayerExpression, layerExpression } from "./layer-expression.ts";
import type { NetworkModel } from "./network-model.ts";
import { lastLayer, layersOfIndices } from "./network-quantities.ts";

/** A question about a quantity of a network, for the judge. */
export interface NetworkQuestion {
  /** What is true: a quantity (`δ_j^l`), a derivative (`∂C/∂w_jk^l`), or the key where the question names no quantity. */
  readonly asked: Formula;
  /** The author's formula, where it can be read: it decides for which layers the question is. */
  readonly key: Formula | null;
  /** A comparison about `l`, such as `l < L`. */
  readonly domain: Formula | null;
  readonly model: NetworkModel;
  readonly scope: IndexScope;
}

/** The indices and letters of layers that a quantity or derivative has: what the question gives. */
export function scopeOf(asked: Formula): IndexScope {
  const free = new Map<string, LayerExpression>();
  const layers = new Set<string>();
  const symbols = asked.kind === "derivative" ? [asked.by, asked.of] : asked.kind === "symbol" ? [asked] : [];
  for (const symbol of symbols) {
    const layer = symbol.layer === null ? null : layerExpression(symbol.layer);
    if (layer?.base !== null && layer?.base !== undefined && layer.base !== lastLayer.base) layers.add(layer.base);
    const kinds = layersOfIndices(symbol);
    for (const [position, index] of symbol.indices.entries()) {
      const kind = kinds?.[position];
      if (index.kind === "symbol" && kind !== undefined && !free.has(index.name)) free.set(index.name, kind);
    }
  }
  return { free, layers: [...layers] };
}
