import { internalError } from "../errors.ts";
import { spend } from "./budget.ts";
import type { Formula } from "./tree.ts";

/** The direct parts of a formula in reading order; scripts (of a symbol, a sum, a derivative) do not count as parts. */
export function childrenOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case "negate":
      return [formula.operand];
    case "operation":
    case "comparison":
      return [formula.left, formula.right];
    case "call":
      return formula.arguments;
    case "choice":
      return [formula.condition, formula.then, formula.otherwise];
    case "sum":
      return [formula.body];
    case "application":
      return [formula.argument];
    default:
      return [];
  }
}

/** The same formula over other parts, in the order of `childrenOf`; the very object when no part differs. */
export function withChildren(formula: Formula, children: readonly Formula[]): Formula {
  if (childrenOf(formula).every((child, position) => child === children[position])) return formula;
  const part = (position: number): Formula => {
    const child = children[position];
    if (child === undefined) throw internalError(`formula: a ${formula.kind} lacks part ${position}.`);
    return child;
  };
  switch (formula.kind) {
    case "negate":
      return { kind: "negate", operand: part(0) };
    case "operation":
    case "comparison":
      return { ...formula, left: part(0), right: part(1) };
    case "call":
      return { kind: "call", name: formula.name, arguments: children };
    case "choice":
      return { kind: "choice", condition: part(0), then: part(1), otherwise: part(2) };
    case "sum":
      return { ...formula, body: part(0) };
    case "application":
      return { ...formula, argument: part(0) };
    default:
      return formula;
  }
}

/**
 * Every distinct object of the formula once, parts before the whole, left before right; the last is `root`.
 *
 * Subtrees may be shared many times over (a derivative is such a tree), so everything that works on formulas goes over
 * this list with a memory by identity: time grows with the objects, not with the tree they unfold to, and no depth
 * overflows the stack. What is below a part that `isKnown` is left out, and the part too. Every part is an operation of the budget.
 */
export function postorder(root: Formula, isKnown: (formula: Formula) => boolean = () => false): readonly Formula[] {
  const done = new Set<Formula>();
  const order: Formula[] = [];
  const open: Formula[] = [root];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    spend(1);
    if (done.has(top)) {
      open.pop();
      continue;
    }
    const waiting = childrenOf(top).filter((child) => !done.has(child) && !isKnown(child));
    if (waiting.length === 0) {
      done.add(top);
      order.push(top);
      open.pop();
    } else {
      for (const child of waiting.toReversed()) open.push(child);
    }
  }
  return order;
}

/** Computes something for every distinct object from the results of its parts; returns that of `root`. */
export function foldFormula<Result>(
  root: Formula,
  compute: (formula: Formula, parts: readonly Result[]) => Result,
): Result {
  const results = new Map<Formula, Result>();
  const resultOf = (formula: Formula): Result => {
    if (!results.has(formula)) throw internalError("formula: a part was visited after the whole.");
    return results.get(formula) as Result; // as: present by the line above; Result itself may include undefined
  };
  for (const formula of postorder(root)) {
    spend(1);
    results.set(formula, compute(formula, childrenOf(formula).map(resultOf)));
  }
  return resultOf(root);
}

/** Rewrites from the leaves up: `rule` gets each object with its parts already rewritten. Sharing is kept. */
export function rewriteFormula(root: Formula, rule: (formula: Formula) => Formula): Formula {
  return foldFormula<Formula>(root, (formula, parts) => rule(withChildren(formula, parts)));
}
