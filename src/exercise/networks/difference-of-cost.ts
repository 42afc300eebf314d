import { STEP } from "../../network/central-difference.ts";
import type { Quantity } from "./network-point.ts";
import type { RealPoint } from "./real-point.ts";

/**
 * `∂C/∂u` by a central difference: the cost of the network's forward pass with u a little larger and a little smaller. No
 * derivative has a part in it. Null for what the forward pass does not use (δ, t).
 *
 * @param by a weight, bias, weighted input or activation
 */
export function differenceOfCost({ costWith }: RealPoint, by: Quantity): number | null {
  if (!["w", "b", "z", "a", "x"].includes(by.name)) return null;
  return (costWith(by, STEP) - costWith(by, -STEP)) / (2 * STEP);
}
