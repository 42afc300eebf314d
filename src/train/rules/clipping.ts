import { OptionError } from "../../errors.ts";
import { number, parseFormula, substitute } from "../../formula/index.ts";
import { map, reduce } from "../../graph/index.ts";
import type { Node } from "../../graph/index.ts";

/** How gradients are kept from being too large: each number by itself, or all of them by their common norm. */
export type Clipping =
  | {
      /** Every `∂C/∂w` is brought into [−value, value]. */
      readonly value: number;
    }
  | {
      /** All gradients are scaled together so that the square root of the sum of their squares is at most this. */
      readonly norm: number;
    };

/** PyTorch's guard against a norm of 0 (`clip_grad_norm_`). */
const NORM_FLOOR = 1e-6;

/**
 * Clipped gradients, as nodes. By value `max(−c, min(c, g))`; by norm `g · min(1, c/(‖g‖ + 10⁻⁶))` with ‖g‖ over all
 * gradients of the network, as PyTorch's `clip_grad_norm_`. Source of the latter: Pascanu, Mikolov, Bengio, "On the
 * difficulty of training recurrent neural networks" (2013).
 *
 * @throws OptionError when the bound is not a number above 0.
 */
export function clippedGradients(gradients: readonly Node[], clipping: Clipping): readonly Node[] {
  if ("value" in clipping) {
    const bound = new Map([["c", number(positive("value", clipping.value))]]);
    const formula = substitute(parseFormula("max(-c, min(c, g))"), bound);
    return gradients.map((g) => map(formula, { g }, { axes: g.axes }));
  }
  const [first, ...others] = gradients.map((g) => reduce("sum", map("g^2", { g }), []));
  if (first === undefined) return [];
  const squares = others.reduce<Node>((sum, each) => map("a + b", { a: sum, b: each }), first);
  const bound = new Map([
    ["c", number(positive("norm", clipping.norm))],
    ["floor", number(NORM_FLOOR)],
  ]);
  const scale = map(substitute(parseFormula("min(1, c/(sqrt(s) + floor))"), bound), { s: squares });
  return gradients.map((g) => map("g*r", { g, r: scale }, { axes: g.axes }));
}

function positive(name: "value" | "norm", bound: number): number {
  if (Number.isFinite(bound) && bound > 0) return bound;
  throw new OptionError({
    where: "clip",
    expected: `a ${name} above 0`,
    got: String(bound),
    advice: "Give a number such as 1.",
  });
}
