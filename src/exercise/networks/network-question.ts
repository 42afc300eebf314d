import { childrenOf, type Formula, type SymbolFormula } from "../../formula/index.ts";
import type { IndexScope } from "../indices/index-kinds.ts";
import { type LayerExpression, layerExpression } from "../indices/layer-expression.ts";
import type { Place } from "./evaluate-on-network.ts";
import type { FieldPoint } from "./field-point.ts";
import type { NetworkPoint } from "./network-point.ts";
import type { NetworkLibrary } from "./network-library.ts";
import type { NetworkModel } from "./network-model.ts";
import { lastLayer, layersOfIndices } from "../indices/network-quantities.ts";

/** What a question about a quantity of a network asks. */
export interface AskedOfNetworks {
  /** What is true: a quantity (`δ_j^l`), a derivative (`∂C/∂w_jk^l`), or the key where the question names no quantity. */
  readonly asked: Formula;
  /** The author's formula, where it can be read: it decides for which layers the question is. */
  readonly key: Formula | null;
  /** A comparison about `l`, such as `l < L`. */
  readonly domain: Formula | null;
  readonly model: NetworkModel;
  readonly scope: IndexScope;
}

/** A place with the true value there; null where it cannot be told in this arithmetic. */
export interface Truth<Value> {
  readonly place: Place;
  readonly truth: Value | null;
}

/** Networks, each with what is true on it; made one after the other as they are looked at, and kept. */
export type Cases<Point, Value> = () => Iterable<{
  readonly point: Point;
  readonly truths: () => readonly Truth<Value>[];
}>;

/** A question about a quantity of a network, for the judge, with what was worked out for it. */
export interface NetworkQuestion extends AskedOfNetworks {
  /** The widths of the networks on which answers are tried. */
  readonly shapes: readonly (readonly number[])[];
  /** The networks of the sheet. */
  readonly library: NetworkLibrary;
  /** What is true on a network; `truthsOn` adds to it. */
  readonly truths: Map<object, readonly Truth<unknown>[]>;
  /** Whether the key says for which layers the question is. */
  readonly doesKeyDecide: () => boolean;
  /** Why the question cannot be judged, as what it asks for has a value nowhere; null where it has. */
  readonly whyNoTruth: () => string | null;
  /** The networks over the field, then those for formulas with widths in them, and the networks in float64. */
  readonly field: Cases<FieldPoint, bigint>;
  readonly further: Cases<FieldPoint, bigint>;
  readonly real: Cases<NetworkPoint<number>, number>;
  /** Values of the key and its mutants on square networks; `equalityOnSquare` adds to it. */
  readonly squareValues: Map<Formula, readonly (number | null)[]>;
  /** The same question about another model or other layers, one object for each. */
  readonly changed: (model: Partial<NetworkModel>, domain: Formula | null) => NetworkQuestion;
}

/**
 * The indices and letters of layers that are free in what is asked: in a quantity or derivative, those that it has; in a key that
 * stands for it, those that no sum in it runs over.
 */
export function scopeOf(
  asked: Formula,
  { depth = null, chain = null }: Partial<Pick<IndexScope, "depth" | "chain">> = {},
): IndexScope {
  const free = new Map<string, LayerExpression>();
  const layers = new Set<string>();
  for (const { symbol, bound } of symbolsIn(asked, [])) {
    const layer = symbol.layer === null ? null : layerExpression(symbol.layer);
    if (layer?.base !== null && layer?.base !== undefined && layer.base !== lastLayer.base) layers.add(layer.base);
    const kinds = layersOfIndices(symbol);
    for (const [position, index] of symbol.indices.entries()) {
      const kind = kinds?.[position];
      const isFree = index.kind === "symbol" && !bound.includes(index.name) && !free.has(index.name);
      if (isFree && kind !== undefined) free.set(index.name, kind);
    }
  }
  return { free, layers: [...layers], depth, chain };
}

interface BoundSymbol {
  readonly symbol: SymbolFormula;
  /** Indices of the sums that it is under. */
  readonly bound: readonly string[];
}

function symbolsIn(formula: Formula, bound: readonly string[]): readonly BoundSymbol[] {
  switch (formula.kind) {
    case "symbol":
      // n_l is a width: l is not an index of it.
      return formula.name === "n" && formula.layer === null ? [] : [{ symbol: formula, bound }];
    case "derivative":
      return [formula.by, formula.of].map((symbol) => ({ symbol, bound }));
    case "sum":
      return symbolsIn(formula.body, [...bound, formula.index]);
    default:
      return childrenOf(formula).flatMap((part) => symbolsIn(part, bound));
  }
}
