import { answerOf, type AnySession, finishNow, type Session, type Work } from "../engine/index.ts";
import type { ForwardEquations } from "./layer-equations.ts";
import type { Network } from "./network.ts";

/** The variables of a network's layers, as `networkEquations` gives them. */
type LayerVariables = Pick<ForwardEquations, "weights" | "biases">;

/** Copies the network's weights and biases into the session's variables. */
export function writeParameters(session: Session, layers: readonly LayerVariables[], net: Network): void {
  finishNow(parameterWriting(session, layers, net));
}

/** The same as work, on any engine. */
export function* parameterWriting(session: AnySession, layers: readonly LayerVariables[], net: Network): Work<void> {
  for (const [i, { weights, biases }] of layers.entries()) {
    const parameters = net.parameters[i];
    if (parameters === undefined) continue;
    yield* answerOf(session.write(weights, parameters.weights));
    if (biases !== null && parameters.biases !== null) yield* answerOf(session.write(biases, parameters.biases));
  }
}

/** Copies the session's variables back into the network's weights and biases, which stay the same arrays. */
export function readParameters(session: Session, layers: readonly LayerVariables[], net: Network): void {
  finishNow(parameterReading(session, layers, net));
}

/** The same as work, on any engine. */
export function* parameterReading(session: AnySession, layers: readonly LayerVariables[], net: Network): Work<void> {
  for (const [i, { weights, biases }] of layers.entries()) {
    const parameters = net.parameters[i];
    if (parameters === undefined) continue;
    parameters.weights.set(yield* answerOf(session.read(weights)));
    if (biases !== null) parameters.biases?.set(yield* answerOf(session.read(biases)));
  }
}
