import { application, symbol } from "../formula/index.ts";
import type { ElementwiseActivation } from "./activations.ts";
import type { Cost } from "./costs.ts";
import { dense } from "./layers/dense.ts";
import { type Network, networkOfEquations } from "./network.ts";

/** An f of which nothing is known, `a = f(z)`. Its derivative is f′; it has a value only where one is given to it. */
export const generalActivation: ElementwiseActivation = named("f");

/** Another one, for a last layer that has not the f of the others. */
export const otherActivation: ElementwiseActivation = named("g");

function named(name: string): ElementwiseActivation {
  const formula = application(name, symbol("z"));
  return { kind: "elementwise", name, text: `${name}(z)`, parameters: {}, formula, stable: formula };
}

/** A C of which nothing is known but that each output has its part in it, `C = Σ_j c(a_j)`: so `∂C/∂a_j = c′(a_j)`. */
export const generalCost: Cost = {
  name: "C",
  text: "c(a)",
  parameters: {},
  formula: application("c", symbol("a")),
  over: "sum",
  otherClasses: 0,
};

/** A network with any f and any C, of these widths from the inputs on: for what holds for all networks. */
export function generalNetwork(widths: readonly number[]): Network {
  const [inputs = 1, ...others] = widths;
  return networkOfEquations(
    inputs,
    others.map((units) => dense(units, generalActivation)),
    { cost: generalCost },
  );
}
