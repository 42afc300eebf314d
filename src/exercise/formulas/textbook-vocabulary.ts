import type { Vocabulary } from "../../formula/index.ts";

/** The names of the textbook, without those of a sheet's own. */
export const textbookVocabulary: Vocabulary = {
  scalars: ["C"],
  quantities: [
    { name: "w", indices: 2, hasLayer: true },
    ...["b", "z", "a", "delta"].map((name) => ({ name, indices: 1, hasLayer: true })),
    { name: "t", indices: 1, hasLayer: false },
  ],
  widths: ["n"],
  indices: ["i", "j", "k", "m", "p", "q", "r", "s"],
  layers: ["l", "L"],
  functions: ["f"],
  defined: new Map(),
};
