import type { Vocabulary } from "../../formula/index.ts";

/** Letters that may stand for a neuron. */
export const indexLetters: readonly string[] = ["i", "j", "k", "m", "p", "q", "r", "s"];
/** Letters that may stand for a layer; L is the last. */
export const layerLetters: readonly string[] = ["l", "L"];

/** Quantities that each layer has. */
export const namesOfLayers: readonly string[] = ["w", "b", "z", "a", "delta"];

/** The names of the textbook, without those of a sheet's own. */
export const textbookVocabulary: Vocabulary = {
  scalars: ["C"],
  quantities: [
    { name: "w", indices: 2, hasLayer: true },
    ...["b", "z", "a", "delta"].map((name) => ({ name, indices: 1, hasLayer: true })),
    { name: "t", indices: 1, hasLayer: false },
  ],
  widths: ["n"],
  indices: indexLetters,
  layers: layerLetters,
  functions: ["f"],
  defined: new Map(),
};
