import { FormulaError } from "../../errors.ts";
import {
  childrenOf,
  type Formula,
  isFunctionName,
  parseTextbook,
  rewriteFormula,
  spellGreek,
  type SymbolFormula,
  toText,
  type Vocabulary,
} from "../../formula/index.ts";
import { functionNamed } from "../../formula/read/plain-language.ts";
import type { Located } from "../sheet.ts";

/** Functions that anything may be written with: other ways to write a power, and signs rather than functions. */
const alwaysAllowed: readonly string[] = ["exp", "sqrt", "abs"];

/** What a question asks an answer to be written in, by name: layers and indices are judged, not compared here. */
interface Terms {
  readonly names: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** Whole parts, without scripts: `sigmoid(z)`, `(partialC)/(partiala)`. */
  readonly parts: ReadonlySet<string>;
  /** Letters that stand for neurons alone. */
  readonly indices: ReadonlySet<string>;
}

/** The first thing in a formula that the question does not ask it to be written in; null when there is none. */
export function outsideTerms(
  formula: Formula,
  terms: readonly Located[] | null,
  vocabulary: Vocabulary,
): string | null {
  return terms === null ? null : outside(formula, readTerms(terms, vocabulary));
}

/** Depth is bounded by the parser. */
function outside(part: Formula, terms: Terms): string | null {
  if (terms.parts.has(withoutScripts(part))) return null;
  for (const child of childrenOf(part)) {
    // Of i = j the letters are indices, which are judged.
    if (part.kind === "comparison" && child.kind === "symbol" && terms.indices.has(toText(child))) continue;
    const found = outside(child, terms);
    if (found !== null) return found;
  }
  const { names, functions } = terms;
  switch (part.kind) {
    case "symbol":
      return part.name === "n" || names.has(part.name) ? null : toText(part);
    case "call":
      return functions.has(part.name) || alwaysAllowed.includes(part.name) ? null : `${part.name}(…)`;
    case "application":
      return functions.has(part.name) ? null : `${part.name}${"'".repeat(part.primes)}(…)`;
    case "derivative":
      // By definition: where an error may be written, so may ∂C/∂z.
      return part.by.name === "z" && names.has("delta") && part.of.indices.length === 0 ? null : toText(part);
    default:
      return null;
  }
}

/** A formula as text, with the scripts of its quantities left out: of `f'(z_j^l)` it is `f'(z)`. */
function withoutScripts(formula: Formula): string {
  const bare = (symbol: SymbolFormula): SymbolFormula => ({ ...symbol, indices: [], layer: null });
  const plain = rewriteFormula(formula, (part) => {
    if (part.kind === "symbol") return bare(part);
    return part.kind === "derivative" ? { ...part, of: bare(part.of), by: bare(part.by) } : part;
  });
  return toText(plain);
}

/** `f'`, `e`, `z_j^L`, `(partialC)/(partiala_j^L)`, `sigma`, `sigma(z)`, `w1` */
function readTerms(terms: readonly Located[], vocabulary: Vocabulary): Terms {
  const names = new Set<string>();
  const called = new Set<string>();
  const parts = new Set<string>();
  for (const { text } of terms) {
    const read = readTerm(text, vocabulary);
    if (read?.kind === "symbol") names.add(read.name);
    else if (read !== null) {
      parts.add(withoutScripts(read));
      if (read.kind === "call" || read.kind === "application") called.add(read.name);
    } else {
      const plain = spellGreek(text.replaceAll(/[\s$\\]/g, ""));
      const [, name = plain] = /^(\p{L}+)/u.exec(plain) ?? [];
      const isCalled = /^\p{L}+['′(]/u.test(plain) || isFunctionName(name) || vocabulary.functions.includes(name);
      if (isCalled) called.add(functionNamed.get(name) ?? name);
      else names.add(/_[0-9]+$/.test(plain) ? plain : name);
    }
  }
  const indices = new Set(vocabulary.indices.filter((letter) => !vocabulary.scalars.includes(letter)));
  return { names, functions: called, parts, indices };
}

/** A term as a formula; null for a function's bare name, and what else is none. */
function readTerm(text: string, vocabulary: Vocabulary): Formula | null {
  try {
    return parseTextbook(text.replaceAll("$", ""), vocabulary);
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}
