import type { Session } from "../engine/index.ts";
import type { ForwardEquations } from "./layer-equations.ts";
import type { Network } from "./network.ts";

/** The variables of a network's layers, as `networkEquations` gives them. */
type LayerVariables = Pick<ForwardEquations, "weights" | "biases">;

/** Copies the network's weights and biases into the session's variables. */
export function writeParameters(session: Session, layers: readonly LayerVariables[], net: Network): void {
  for (const [i, { weights, biases }] of layers.entries()) {
    const parameters = net.parameters[i];
    if (parameters === undefined) continue;
    session.write(weights, parameters.weights);
    if (biases !== null && parameters.biases !== null) session.write(biases, parameters.biases);
  }
}

/** Copies the session's variables back into the network's weights and biases, which stay the same arrays. */
export function readParameters(session: Session, layers: readonly LayerVariables[], net: Network): void {
  for (const [i, { weights, biases }] of layers.entries()) {
    const parameters = net.parameters[i];
    if (parameters === undefined) continue;
    parameters.weights.set(session.read(weights));
    if (biases !== null) parameters.biases?.set(session.read(biases));
  }
}
