import { NumericError } from "../../errors.ts";
import { answerOf, type AnySession, type Values, type Work } from "../../engine/index.ts";
import type { InputNode, Node, VariableNode } from "../../graph/index.ts";
import { type Network, parameterReading } from "../../network/index.ts";
import { type Dataset, hasWeights, rowsByNumber } from "../examples/dataset.ts";
import { causeOf } from "./cause-of-divergence.ts";
import { type Chunk, runAgain, type StepMachinery, type Trail } from "./step-runner.ts";
import type { TrainingProgram } from "./training-program.ts";

/** A quantity of a step, where it is read, in the order data flows. */
interface Quantity {
  readonly name: string;
  /** 1 … L, or 0 for the cost. */
  readonly layer: number;
  /** A computed quantity is an output of the program, a parameter a variable. */
  readonly node: Node;
}

/**
 * Finds where a number first stopped being finite, and puts the parameters of before that step into the network.
 *
 * Goes back to the trail's snapshot and does its steps again, one by one, with every quantity as an output: same numbers,
 * more slowly. Within a step the order is forward z, a of layer 1 … L, cost, backward delta, dw, db (the gradients of a
 * layer's parameters) of layer L … 1, then the new w, b.
 */
export function* firstNotFinite(
  net: Network,
  training: TrainingProgram,
  machinery: StepMachinery,
  data: Dataset,
  trail: Trail,
): Work<NumericError> {
  const { session } = machinery;
  const { equations } = training;
  const computed = computedQuantities(training);
  const outputs = Object.fromEntries(computed.map(({ name, layer, node }) => [`${name}${layer}`, node]));
  const executable = yield* answerOf(session.prepare({ outputs, updates: training.program.updates }));
  const parameters = parametersOf(training);

  yield* answerOf(session.restore(trail.snapshot));
  for (const [number, chunk] of trail.chunks.entries()) {
    for (let step = 0; step < chunk.steps; step++) {
      const run = executable.run({
        inputs: inputsOf(training, data, chunk, step),
        extents: new Map([[equations.examples, chunk.batchSize]]),
        seed: machinery.seed,
        step: chunk.firstStep + step,
      });
      yield* answerOf(run);
      const found =
        (yield* firstOf(computed, ({ name, layer }) => executable.output(`${name}${layer}`))) ??
        (yield* firstOf(parameters, ({ variable }) => session.read(variable)));
      if (found === null) continue;
      yield* answerOf(session.restore(trail.snapshot));
      for (const before of trail.chunks.slice(0, number)) yield* runAgain(machinery, before, before.steps);
      if (step > 0) yield* runAgain(machinery, chunk, step);
      yield* parameterReading(session, equations.parameters, net);
      return numericError(found, chunk.firstStep + step + 1, causeOf(net, data));
    }
  }
  // Every quantity is finite now, though the cost was not: cannot be, but the training has to end with something true.
  yield* keepFinite(session, training, net, trail);
  const last = trail.chunks.at(-1);
  return numericError({ name: "cost", layer: 0 }, (last?.firstStep ?? 0) + (last?.steps ?? 0), causeOf(net, data));
}

function computedQuantities({ equations }: TrainingProgram): readonly Quantity[] {
  const numbered = equations.layers.map((layer, i) => ({ ...layer, layer: i + 1 }));
  return [
    ...numbered.flatMap(({ layer, weightedInput, activation }) => [
      { name: "z", layer, node: weightedInput },
      { name: "a", layer, node: activation },
    ]),
    { name: "cost", layer: 0, node: equations.cost },
    ...numbered
      .toReversed()
      .flatMap(({ layer, error }) => [
        { name: "delta", layer, node: error },
        ...equations.parameters
          .filter((each) => each.layer === layer)
          .map(({ symbol, gradient }) => ({ name: `d${symbol}`, layer, node: gradient })),
      ]),
  ];
}

function parametersOf({
  equations,
}: TrainingProgram): readonly { name: string; layer: number; variable: VariableNode }[] {
  return equations.parameters.map(({ symbol, layer, variable }) => ({ name: symbol, layer, variable }));
}

function inputsOf(
  { equations }: TrainingProgram,
  data: Dataset,
  chunk: Chunk,
  step: number,
): ReadonlyMap<InputNode, ArrayLike<number>> {
  const first = chunk.start + step * chunk.batchSize;
  const numbers = chunk.order.subarray(first, first + chunk.batchSize);
  return new Map<InputNode, ArrayLike<number>>([
    [equations.inputs, rowsByNumber(data.inputs, data.inputWidth, numbers)],
    [equations.targets, rowsByNumber(data.targets, data.targets.length / data.examples, numbers)],
    ...(equations.exampleWeights === null || !hasWeights(data)
      ? []
      : [[equations.exampleWeights, rowsByNumber(data.weights, 1, numbers)] as const]),
    ...[...chunk.scalars].map(([node, values]) => [node, values.subarray(step, step + 1)] as const),
  ]);
}

function* keepFinite(session: AnySession, { equations }: TrainingProgram, net: Network, trail: Trail): Work<void> {
  yield* answerOf(session.restore(trail.snapshot));
  yield* parameterReading(session, equations.parameters, net);
}

/** The first of some quantities whose values are not all finite, or null. */
function* firstOf<Quantity>(
  quantities: readonly Quantity[],
  valuesOf: (quantity: Quantity) => Values | Promise<Values>,
): Work<Quantity | null> {
  for (const each of quantities) if (!areFinite(yield* answerOf(valuesOf(each)))) return each;
  return null;
}

/** True when all are finite numbers. A loop: `every` calls a function for each of what may be millions. */
export function areFinite(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

function numericError(
  { name: quantity, layer }: { readonly name: string; readonly layer: number },
  step: number,
  cause: string,
): NumericError {
  const what = layer === 0 ? `the ${quantity}` : `${quantity} of layer ${layer}`;
  return new NumericError(
    {
      where: "train",
      expected: "a finite cost",
      got: `NaN or Infinity; ${what} was the first number not finite, in step ${step}`,
      advice: `${cause} The network has the weights of before that step.`,
    },
    { step, layer, quantity },
  );
}
