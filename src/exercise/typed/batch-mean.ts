import type { Formula, Vocabulary } from "../../formula/index.ts";

/** `1/m`, `(1/m)`, `\frac{1}{m}` in front, with a sign of multiplication or none. */
const mean =
  /^\s*(?:\\[dt]?frac\s*(?:\{\s*1\s*\}\s*\{\s*m\s*\}|1\s*m(?![A-Za-z]))|\(\s*1\s*\/\s*m\s*\)|1\s*\/\s*m(?![\p{L}0-9_^]))\s*(?:\\cdot(?![A-Za-z])|[*·⋅])?\s*/u;

/** Matrices with a column for each example: `dZ^{[l]} A^{[l-1]T}`. */
const batch = /dZ[\s\S]*A|A[\s\S]*dZ/u;

/**
 * The gradient of a weight as books write it that put the examples of a batch side by side in matrices, `1/m dZ A^T`, is the mean of what
 * each example gives. A question is about one example, so there the mean is what stands behind it: blanks are put in place of the
 * `1/m`. The text as it is where something else is asked, or where m, A or Z are declared as something else.
 */
export function withoutBatchMean(text: string, { scalars, quantities }: Vocabulary, asked: Formula | null): string {
  const isGradient = asked?.kind === "derivative" && asked.of.name === "C" && asked.by.name === "w";
  const isDeclared = scalars.includes("m") || quantities.some(({ name }) => ["m", "A", "Z"].includes(name));
  const [found = ""] = mean.exec(text) ?? [];
  if (!isGradient || isDeclared || found === "" || !batch.test(text)) return text;
  return " ".repeat(found.length) + text.slice(found.length);
}
