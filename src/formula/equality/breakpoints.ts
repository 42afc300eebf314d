import { linearForms } from "../rewrite/linear-form.ts";
import type { Formula } from "../tree.ts";
import { childrenOf, postorder } from "../walk.ts";

/** More cases than anyone tells apart. */
export const mostBreakpoints = 16;

const oneSided: readonly string[] = ["abs", "sign", "relu"];

/**
 * The values of a formula's only symbol at which one of its cases changes, in order: 2 of `z > 2 ? 1 : 0`, of `max(z, 2)` and of
 * `abs(z - 2)`; of conditions that are linear in the symbol.
 */
export function breakpointsOf(formulas: readonly Formula[], name: string): readonly number[] {
  const found = new Set<number>();
  for (const formula of formulas) {
    const forms = linearForms(formula);
    const root = (left: Formula | undefined, right: Formula | null): void => {
      const [one, other] = [left, right].map((side) => (side === null || side === undefined ? null : forms.get(side)));
      if (one === undefined || one === null || other === undefined) return;
      const coefficient = (symbol: string): number =>
        [one, other ?? new Map<string, never>()].reduce((sum, form, i) => {
          const value = form.get(symbol);
          const size = value === undefined ? 0 : Number(value.numerator) / Number(value.denominator);
          return i === 0 ? size : sum - size;
        }, 0);
      const slope = coefficient(name);
      if (slope !== 0) found.add(-coefficient("") / slope);
    };
    for (const part of postorder(formula)) {
      const [first, second] = childrenOf(part);
      const isExtreme = part.kind === "call" && (part.name === "max" || part.name === "min");
      if (part.kind === "comparison" || isExtreme) root(first, second ?? null);
      else if (part.kind === "call" && oneSided.includes(part.name)) root(first, null);
    }
  }
  return [...found]
    .filter(Number.isFinite)
    .toSorted((left, right) => left - right)
    .slice(0, mostBreakpoints);
}

/** Places on both sides of each breakpoint, near and less near, between any two and beyond them all. */
export function placesBetween(breakpoints: readonly number[]): readonly number[] {
  const places: number[] = [];
  for (const [i, at] of breakpoints.entries()) {
    const size = Math.max(1e-3, Math.abs(at));
    const before = breakpoints[i - 1] ?? Number.NEGATIVE_INFINITY;
    const after = breakpoints[i + 1] ?? Number.POSITIVE_INFINITY;
    for (const step of [1e-6, 1e-3, 0.3].map((each) => each * size)) {
      if (at - step > before) places.push(at - step);
      if (at + step < after) places.push(at + step);
    }
    if (Number.isFinite(after)) places.push((at + after) / 2);
  }
  const [first = 0] = breakpoints;
  const last = breakpoints.at(-1) ?? 0;
  return breakpoints.length === 0 ? [] : [...places, first - 1, last + 1, first - 1000, last + 1000];
}
