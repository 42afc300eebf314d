import type { DefinedFunction } from "./plain-language.ts";

/** What a formula in the textbook's notation may be written with; any other name is an error. */
export interface Vocabulary {
  /**
   * Plain quantities: `z`, `eta`, `C`, `w_1` (also read as `w1`), `C_x`. After one of them `^` is a power.
   */
  readonly scalars: readonly string[];
  /** Quantities with scripts. After one that has a layer `^` is that layer, never a power. */
  readonly quantities: readonly ScriptedQuantity[];
  /**
   * Quantities whose only index is a layer: `n` for the widths `n_l`, `n_(l+1)`. In the tree the layer is their one index.
   */
  readonly widths: readonly string[];
  /**
   * Letters that may stand for a neuron. One that is also another name of the vocabulary is that name, unless it stands
   * in a script.
   */
  readonly indices: readonly string[];
  /** Letters for a layer: `l`, `L`. Case matters, as everywhere. */
  readonly layers: readonly string[];
  /** Functions known by name only: `f`. Applied they are `Application` nodes. */
  readonly functions: readonly string[];
  /**
   * Functions with a formula, beside those of the table in `functions.ts`, whose names and aliases always count. Those of
   * one parameter stay `Application` nodes; others are replaced by their bodies. A function of the table is a `Call`, with
   * primes an `Application` of its own name: `sigma'(z)` is `sigmoid'(z)`.
   */
  readonly defined: ReadonlyMap<string, DefinedFunction>;
  /** Other names that people write for those above; default none. A name that stands above is never another's synonym. */
  readonly synonyms?: Synonyms;
  /** Whether a quantity may stand without its indices, for the whole vector or matrix: `w^l`. Default false. */
  readonly areWholesRead?: boolean;
}

/** Names that mean what others of the vocabulary mean. */
export interface Synonyms {
  /** `W` for `w`, `y` for `t`; with a layer where the name says it: `yhat` is `a^L`. */
  readonly quantities: ReadonlyMap<string, { readonly name: string; readonly layer: "L" | null }>;
  /** `g` and `phi` for `f`. */
  readonly functions: ReadonlyMap<string, string>;
  /** The scalar whose derivatives `dZ`, `dW` are; null: there is none. */
  readonly cost: string | null;
  /** What else it is called in a derivative, where a name stands for nothing else: `E`, `J`, `L`. */
  readonly costs: ReadonlySet<string>;
}

/** A quantity with as many indices, and perhaps a layer: `w_jk^l` has two and one, `t_j` one and none. */
export interface ScriptedQuantity {
  readonly name: string;
  readonly indices: number;
  readonly hasLayer: boolean;
}
