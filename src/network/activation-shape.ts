import { compileFormula, differentiate, simplify } from "../formula/index.ts";
import type { Activation } from "./activations.ts";

/**
 * f′ below this counts as flat. An error that passes two such neurons is a ten-thousandth of itself; a sigmoid is that
 * flat beyond |z| = 4.6, tanh beyond 3.
 */
export const FLAT_SLOPE = 0.01;

/**
 * A neuron whose f′ never exceeds this is dead: at a learning rate of 0.1 its weights would take ten million steps to move
 * by the size of one error.
 */
export const DEAD_SLOPE = 1e-6;

/** What matters of an activation's curve. */
export interface ActivationShape {
  /** Between which values all its answers lie; the ends themselves may be out of reach. */
  readonly least: number;
  readonly most: number;
  /** Flat far out on both sides (sigmoid, tanh), on one (ReLU and its like), or on none. */
  readonly flatSides: 0 | 1 | 2;
}

/** Far out for every activation there is: e^(-60) is nothing beside 1. */
const FAR = 60;
/** Beyond float32's own precision, so that what still grows is taken for unlimited. */
const FARTHER = 1e6;
const POINTS = 4801;

const shapes = new WeakMap<Activation, ActivationShape>();

/** Found by looking at f and f′ from −60 to 60 in steps of 1/40, and far beyond: own activations have no table. */
export function activationShape(activation: Activation): ActivationShape {
  const known = shapes.get(activation);
  if (known !== undefined) return known;
  const shape = activation.kind === "softmax" ? ({ least: 0, most: 1, flatSides: 0 } as const) : found(activation);
  shapes.set(activation, shape);
  return shape;
}

function found({ stable }: Extract<Activation, { kind: "elementwise" }>): ActivationShape {
  const f = compileFormula(stable, ["z"]);
  const slope = compileFormula(simplify(differentiate(stable, "z")), ["z"]);
  const values = Array.from({ length: POINTS }, (_, i) => f([-FAR + (2 * FAR * i) / (POINTS - 1)]));
  const ends = [-FARTHER, FARTHER].map((z) => f([z]));
  const finite = [...values, ...ends].filter((value) => Number.isFinite(value));
  const isFlat = [-FAR, FAR].map((z) => !(Math.abs(slope([z])) >= FLAT_SLOPE));
  // A curve that is flat far out ends there; one that is not goes on for ever.
  const limits = isFlat.map((flat, i) => (flat ? (ends[i] ?? Number.NaN) : null));
  const grows = (direction: number): boolean =>
    limits.some(
      (limit, i) => limit === null && Math.sign(slope([i === 0 ? -FAR : FAR])) * (i === 0 ? -1 : 1) === direction,
    );
  const count = isFlat.filter(Boolean).length;
  return {
    least: grows(-1) ? -Infinity : Math.min(...finite),
    most: grows(1) ? Infinity : Math.max(...finite),
    flatSides: count === 2 ? 2 : count === 1 ? 1 : 0,
  };
}
