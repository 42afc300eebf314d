import { apart } from "./budget.ts";
import { symbolText } from "./print-text.ts";
import type { Formula } from "./tree.ts";
import { childrenOf, postorder, rewriteFormula, withChildren } from "./walk.ts";

/** All formulas of one structure; lives while one of them does, and keeps the structures of its parts. */
interface Structure {
  readonly key: number;
  readonly parts: readonly Structure[];
}

const structureOfFormula = new WeakMap<Formula, Structure>();
const structureOfSignature = new Map<string, WeakRef<Structure>>();
const forgotten: FinalizationRegistry<string> = new FinalizationRegistry((signature) => {
  if (structureOfSignature.get(signature)?.deref() === undefined) structureOfSignature.delete(signature);
});
let nextKey = 0;

/**
 * A number that two formulas share exactly when they are the same tree, node for node (`a+b` and `b+a` differ).
 *
 * Each object is looked at once in its life, so a shared subtree costs nothing the second time. The numbers hold within
 * one run of the program and are never reused; nothing is kept of formulas that are gone.
 */
export function formulaKey(formula: Formula): number {
  return structureOf(formula).key;
}

function structureOf(root: Formula): Structure {
  const known = structureOfFormula.get(root);
  if (known !== undefined) return known;
  let last: Structure | undefined;
  // Once in a formula's life, whoever asks first.
  const parts = apart(Number.POSITIVE_INFINITY, () => postorder(root, (part) => structureOfFormula.has(part)));
  for (const formula of parts) {
    last = intern(formula);
    structureOfFormula.set(formula, last);
  }
  return last ?? intern(root);
}

function intern(formula: Formula): Structure {
  const parts = [...scriptsOf(formula), ...childrenOf(formula)].map(structureOf);
  const signature = `${signatureOf(formula)} ${parts.map((part) => part.key).join(" ")}`;
  const known = structureOfSignature.get(signature)?.deref();
  if (known !== undefined) return known;
  const structure = { key: nextKey++, parts };
  structureOfSignature.set(signature, new WeakRef(structure));
  forgotten.register(structure, signature);
  return structure;
}

function scriptsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case "symbol":
      return formula.layer === null ? formula.indices : [...formula.indices, formula.layer];
    case "sum":
      return [formula.from, formula.to].filter((limit) => limit !== null);
    case "derivative":
      return [formula.of, formula.by];
    default:
      return [];
  }
}

/** What tells a node from another with the same parts. */
function signatureOf(formula: Formula): string {
  switch (formula.kind) {
    case "number":
      return `n${formula.value}`;
    case "constant":
      return `k${formula.name}`;
    case "symbol":
      return `s${formula.layer === null ? "" : "^"}${formula.name}`;
    case "call":
      return `f${formula.name}`;
    case "operation":
      return formula.operator;
    case "comparison":
      return formula.relation;
    case "sum":
      return `S${formula.from === null ? "" : "f"}${formula.to === null ? "" : "t"}${formula.index}`;
    case "application":
      return `a${formula.primes}${formula.name}`;
    case "negate":
    case "choice":
    case "derivative":
      return formula.kind;
  }
}

/** Whether two formulas are the same tree, node for node. */
export function sameStructure(left: Formula, right: Formula): boolean {
  return left === right || formulaKey(left) === formulaKey(right);
}

/** Names of the symbols in a formula, each once, in order of first appearance. */
export function symbolsOf(formula: Formula): readonly string[] {
  const names = new Set<string>();
  for (const part of postorder(formula)) if (part.kind === "symbol") names.add(symbolText(part));
  return [...names];
}

/** Replaces symbols by formulas, all at once: a replacement is not itself searched. */
export function substitute(formula: Formula, replacements: ReadonlyMap<string, Formula>): Formula {
  return rewriteFormula(formula, (part) =>
    part.kind === "symbol" ? (replacements.get(symbolText(part)) ?? part) : part,
  );
}

/** Replaces every part that has the structure of `target`; found before its parts are rewritten, so outermost first. */
export function replaceSubformula(formula: Formula, target: Formula, replacement: Formula): Formula {
  const targetKey = formulaKey(target);
  const results = new Map<Formula, Formula>();
  for (const part of postorder(formula)) {
    const isTarget = formulaKey(part) === targetKey;
    const rewritten = (): Formula =>
      withChildren(
        part,
        childrenOf(part).map((child) => results.get(child) ?? child),
      );
    results.set(part, isTarget ? replacement : rewritten());
  }
  return results.get(formula) ?? formula;
}

/** The same formula with equal subtrees made one object, so that work kept by identity is done once for each. */
export function shareSubformulas(formula: Formula): Formula {
  const first = new Map<number, Formula>();
  return rewriteFormula(formula, (part) => {
    const key = formulaKey(part);
    const known = first.get(key);
    if (known === undefined) first.set(key, part);
    return known ?? part;
  });
}

/** How many distinct subformulas a formula has: the work to evaluate it when equal parts are computed once. */
export function sizeOf(formula: Formula): number {
  return new Set(postorder(formula).map(formulaKey)).size;
}
