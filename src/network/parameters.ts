import { answerOf, type AnySession, finishNow, isLater, type Session, type Work } from "../engine/index.ts";
import type { VariableNode } from "../graph/index.ts";
import type { Network, Parameter } from "./network.ts";
import { OptionError } from "../errors.ts";
import { initialValues } from "./initializers.ts";
import { shown } from "../tree/reader.ts";
import { nearest } from "./nearest.ts";

/**
 * One of a network's parameters by its layer and name: `parameter(net, 1, "weights").values`.
 *
 * @param layer 1 … L
 * @throws OptionError when the layer has no such parameter.
 */
export function parameter(net: Network, layer: number, name: string): Parameter {
  const found = net.parameters.find((each) => each.layer === layer && each.name === name);
  if (found !== undefined) return found;
  const names = net.parameters.filter((each) => each.layer === layer).map((each) => each.name);
  const last = net.layers.length;
  if (!(Number.isSafeInteger(layer) && layer >= 1 && layer <= last)) {
    throw new OptionError({
      where: "parameter",
      expected: `a layer from 1 to ${last}`,
      got: shown(layer),
      advice: "Layers count from 1.",
    });
  }
  const owner = net.layers[layer - 1]?.parametersOf ?? layer;
  const advice =
    owner === layer ? nearest(name, names) || " Choose one of them." : ` It computes with those of layer ${owner}.`;
  throw new OptionError({
    where: "parameter",
    expected: `${names.length === 0 ? "none" : `one of ${names.join(", ")}`} for layer ${layer}`,
    got: shown(name),
    advice,
  });
}

/** The first values that a parameter would be drawn with: row-major, as its own. */
export function drawnValues(net: Network, parameter: Parameter): Float64Array {
  const { layer, name } = parameter;
  const names = net.parameters.filter((each) => each.layer === layer).map((each) => each.name);
  return initialValues(parameter, { seed: net.seed, layer, position: names.indexOf(name) });
}

/** A parameter as a graph has it. */
export interface ParameterVariable {
  readonly variable: VariableNode;
}

/** Copies the network's parameters into the session's variables, which come in the same order. */
export function writeParameters(session: Session, variables: readonly ParameterVariable[], net: Network): void {
  finishNow(parameterWriting(session, variables, net));
}

/** The same as work, on any engine. */
export function* parameterWriting(
  session: AnySession,
  variables: readonly ParameterVariable[],
  net: Network,
): Work<void> {
  for (const [i, { values }] of net.parameters.entries()) {
    const variable = variables[i]?.variable;
    if (variable !== undefined) yield* answerOf(session.write(variable, values));
  }
}

/** Copies the session's variables back into the network's arrays, which stay the same. */
export function readParameters(session: Session, variables: readonly ParameterVariable[], net: Network): void {
  finishNow(parameterReading(session, variables, net));
}

/** The same as work, on any engine. */
export function* parameterReading(
  session: AnySession,
  variables: readonly ParameterVariable[],
  net: Network,
): Work<void> {
  for (const [i, { values }] of net.parameters.entries()) {
    const variable = variables[i]?.variable;
    if (variable === undefined) continue;
    const read = session.read(variable);
    values.set(isLater(read) ? yield* answerOf(read) : read);
  }
}
