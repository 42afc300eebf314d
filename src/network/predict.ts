import { checkNetwork } from "./check-network.ts";
import { checkOptions } from "./known-options.ts";
import { type SynchronousEngine, synchronousEngine } from "../engine/index.ts";
import type { ComputeOptions } from "./gradient.ts";
import type { Network } from "./network.ts";
import { type Predictor, predictor, synchronousPredictor } from "./predictor.ts";
import { denseRows, type MatrixLike, type OfWidth, rowsOf } from "./rows.ts";

// Compiled once for each network and engine; goes when the network goes.
const predictors = new WeakMap<Network, Map<SynchronousEngine, Predictor>>();

/**
 * The network's answers: `a^L` for each example, with the parameters as they are now and without dropout. For the same network
 * over and over, `predictor` is faster: it reads the parameters once, not at every call.
 *
 * @param inputs `[examples, n_0]`
 * @returns a row of n_L numbers per example; none for no examples.
 * @throws ShapeError when a row has another width than the network.
 * @throws DataError when a number is not finite.
 * @throws OptionError for an engine that answers with promises: see `predictAsync`.
 */
export function predict<In extends number, Out extends number, const Inputs extends MatrixLike>(
  net: Network<In, Out>,
  inputs: Inputs & OfWidth<Inputs, In>,
  options: ComputeOptions = {},
): number[][] {
  checkNetwork("predict", net);
  checkOptions("predict", options, { engine: true });
  const x = denseRows("predict: inputs", inputs, net.inputs);
  const engine = synchronousEngine("predict", options.engine ?? "auto", "Use predictAsync.");
  const prepared = predictorOf(net, engine);
  // The parameters may have been written to by hand.
  prepared.update();
  return rowsOf(prepared.predict(x.values, new Float64Array(x.rows * net.outputs)), net.outputs);
}

/** `predict` on any engine, those that answer with promises too. */
export async function predictAsync<In extends number, Out extends number, const Inputs extends MatrixLike>(
  net: Network<In, Out>,
  inputs: Inputs & OfWidth<Inputs, In>,
  options: ComputeOptions = {},
): Promise<number[][]> {
  checkNetwork("predictAsync", net);
  checkOptions("predictAsync", options, { engine: true });
  const x = denseRows("predictAsync: inputs", inputs, net.inputs);
  const prepared = predictor(net, options);
  try {
    return rowsOf(await prepared.predictAsync(x.values, new Float64Array(x.rows * net.outputs)), net.outputs);
  } finally {
    await prepared.close();
  }
}

function predictorOf(net: Network, engine: SynchronousEngine): Predictor {
  let ofNetwork = predictors.get(net);
  if (ofNetwork === undefined) {
    ofNetwork = new Map();
    predictors.set(net, ofNetwork);
  }
  let prepared = ofNetwork.get(engine);
  if (prepared === undefined) {
    prepared = synchronousPredictor(engine, net);
    ofNetwork.set(engine, prepared);
  }
  return prepared;
}
