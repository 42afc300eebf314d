import { breakpointsOf, mostBreakpoints } from "./breakpoints.ts";
import { evaluate } from "../numeric/evaluate.ts";
import { linearForms } from "../rewrite/linear-form.ts";
import { symbolsOf } from "../structure.ts";
import type { Call, Formula } from "../tree.ts";
import { childrenOf, postorder, rewriteFormula } from "../walk.ts";

/** An open interval of one symbol. */
export interface Stretch {
  readonly low: number;
  readonly high: number;
}

/** The calls that are others on two sides of a place. */
const caseCalls: readonly string[] = ["min", "max", "abs", "sign", "relu"];

/** Whether a formula tells cases apart. */
export function hasCases(formula: Formula): boolean {
  return postorder(formula).some(
    (part) =>
      part.kind === "comparison" || part.kind === "choice" || (part.kind === "call" && caseCalls.includes(part.name)),
  );
}

/**
 * What a formula is on a stretch of a symbol that has none of its breakpoints within: its conditions decided, its bounds and magnitudes
 * written without them, where those depend on this symbol alone and are linear in it. Others, and those that change within, are left.
 */
export function pieceOn(formula: Formula, name: string, stretch: Stretch): Formula {
  return decided(formula, name, { place: placeWithin(stretch), stretch });
}

/** What a formula is at one place of a symbol, written as a formula of all its symbols. */
export function pieceAt(formula: Formula, name: string, place: number): Formula {
  return decided(formula, name, { place, stretch: null });
}

function decided(
  formula: Formula,
  name: string,
  { place, stretch }: { readonly place: number; readonly stretch: Stretch | null },
): Formula {
  const at = { [name]: place };
  const isDecided = (part: Formula): boolean => {
    if (!symbolsOf(part).every((each) => each === name)) return false;
    const forms = linearForms(part);
    if (!childrenOf(part).every((child) => forms.has(child))) return false;
    return stretch === null || !breakpointsOf([part], name).some((each) => each > stretch.low && each < stretch.high);
  };
  return rewriteFormula(formula, (part) => {
    if (part.kind === "choice" && part.condition.kind === "number") {
      return part.condition.value === 0 ? part.otherwise : part.then;
    }
    const isCase = part.kind === "comparison" || (part.kind === "call" && caseCalls.includes(part.name));
    if (!isCase || !isDecided(part)) return part;
    if (part.kind === "comparison") return { kind: "number", value: evaluate(part, at) };
    return sideOf(part, at);
  });
}

/** min, max and their like, where it is known which of their sides they are. */
function sideOf({ name, arguments: [first, second] }: Call, at: Readonly<Record<string, number>>): Formula {
  const zero: Formula = { kind: "number", value: 0 };
  if (first === undefined) return zero;
  const value = evaluate(first, at);
  const other = second === undefined ? zero : second;
  switch (name) {
    case "abs":
      return value < 0 ? { kind: "negate", operand: first } : first;
    case "relu":
      return value < 0 ? zero : first;
    case "sign":
      return { kind: "number", value: Math.sign(value) };
    case "min":
      return value < evaluate(other, at) ? first : other;
    default:
      return value > evaluate(other, at) ? first : other;
  }
}

/** The stretches of one symbol on which formulas have no cases, as far as those are decided by that symbol. */
export interface Stretches {
  readonly name: string;
  readonly breakpoints: readonly number[];
  readonly stretches: readonly Stretch[];
}

/** How often a case within a case is looked for. */
const mostRounds = 3;

/** The stretches of formulas whose cases one symbol decides; null where none or several do, or where there are too many. */
export function stretchesOf(formulas: readonly Formula[]): Stretches | null {
  const names = [...new Set(formulas.flatMap(symbolsOf))];
  const [found, more] = names
    .map((name) => ({ name, breakpoints: breakpointsOf(formulas, name) }))
    .filter(({ breakpoints }) => breakpoints.length > 0);
  if (found === undefined || more !== undefined) return null;
  const { name } = found;
  let { breakpoints } = found;
  for (let round = 0; round < mostRounds; round += 1) {
    const inner = between(breakpoints).flatMap((stretch) =>
      breakpointsOf(
        formulas.map((formula) => pieceOn(formula, name, stretch)),
        name,
      ).filter((each) => each > stretch.low && each < stretch.high),
    );
    if (inner.length === 0) break;
    breakpoints = [...new Set([...breakpoints, ...inner])].toSorted((left, right) => left - right);
  }
  if (breakpoints.length >= mostBreakpoints) return null;
  return { name, breakpoints, stretches: between(breakpoints) };
}

function between(breakpoints: readonly number[]): readonly Stretch[] {
  const ends = [Number.NEGATIVE_INFINITY, ...breakpoints, Number.POSITIVE_INFINITY];
  return ends.slice(1).map((high, i) => ({ low: ends[i] ?? high, high }));
}

/** A place within a stretch, not near its ends. */
export function placeWithin({ low, high }: Stretch): number {
  if (Number.isFinite(low) && Number.isFinite(high)) return low + (high - low) / 2;
  if (Number.isFinite(low)) return low + Math.max(1, Math.abs(low));
  return Number.isFinite(high) ? high - Math.max(1, Math.abs(high)) : 0;
}

/** Values of the symbol are usual ones up to here. */
const usual = 6;
/** A stretch of usual values that is shorter tells too little. */
const shortest = 0.5;

/**
 * Where two pieces are to be compared: on the usual values of their stretch; where it has hardly any, on the usual values of the same
 * sign. Formulas without cases that are equal there are equal on the stretch, and float64 tells them apart, as it does not at z = 40.
 */
export function comparedOn({ low, high }: Stretch): Stretch {
  const own = { low: Math.max(low, -usual), high: Math.min(high, usual) };
  if (own.high - own.low >= shortest) return own;
  return { low: low >= 0 ? 0 : -usual, high: high <= 0 ? 0 : usual };
}
