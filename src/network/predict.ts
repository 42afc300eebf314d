import { checkNetwork } from "./check-network.ts";
import { checkOptions } from "./known-options.ts";
import { type EngineName, engineFrom, type Executable, type Session } from "../engine/index.ts";
import { type ForwardNetwork, forwardNetwork } from "./equations.ts";
import type { ComputeOptions } from "./gradient.ts";
import type { Network } from "./network.ts";
import { writeParameters } from "./parameters.ts";
import { denseRows, type MatrixLike, type OfWidth, rowsOf } from "./rows.ts";

/** Examples computed in one run: enough to fill the engine's tiles, few enough that memory does not grow with the data. */
const CHUNK = 256;

/** A network's forward equations, compiled. */
interface Predictor {
  readonly equations: ForwardNetwork;
  readonly session: Session;
  readonly executable: Executable;
}

// Compiled once for each network and engine; goes when the network goes.
const predictors = new WeakMap<Network, Map<EngineName, Predictor>>();

/**
 * The network's answers: `a^L` for each example, with the parameters as they are now and without dropout.
 *
 * @param inputs `[examples, n_0]`
 * @returns a row of n_L numbers per example; none for no examples.
 * @throws ShapeError when a row has another width than the network.
 * @throws DataError when a number is not finite.
 */
export function predict<In extends number, Out extends number, const Inputs extends MatrixLike>(
  net: Network<In, Out>,
  inputs: Inputs & OfWidth<Inputs, In>,
  options: ComputeOptions = {},
): number[][] {
  checkNetwork("predict", net);
  checkOptions("predict", options, { engine: true });
  const x = denseRows("predict: inputs", inputs, net.inputs);
  const { equations, session, executable } = predictorOf(net, options.engine ?? "auto");
  writeParameters(session, equations.parameters, net);
  const answers: number[][] = [];
  for (let row = 0; row < x.rows; row += CHUNK) {
    const end = Math.min(x.rows, row + CHUNK);
    executable.run({
      inputs: new Map([[equations.inputs, x.values.subarray(row * net.inputs, end * net.inputs)]]),
      extents: new Map([[equations.examples, end - row]]),
    });
    for (const answer of rowsOf(executable.output("a"), net.outputs)) answers.push(answer);
  }
  return answers;
}

function predictorOf(net: Network, engine: EngineName): Predictor {
  let ofNetwork = predictors.get(net);
  if (ofNetwork === undefined) {
    ofNetwork = new Map();
    predictors.set(net, ofNetwork);
  }
  let predictor = ofNetwork.get(engine);
  if (predictor === undefined) {
    const equations = forwardNetwork(net, { capacity: CHUNK });
    const session = engineFrom(engine).open();
    const answer = equations.layers.at(-1)?.activation ?? equations.inputs;
    const executable = session.prepare({ outputs: { a: answer }, updates: [] });
    predictor = { equations, session, executable };
    ofNetwork.set(engine, predictor);
  }
  return predictor;
}
