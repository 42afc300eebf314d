import { checkSubject } from "./examples/check-subject.ts";
import { OptionError } from "../errors.ts";
import type { Network } from "../network/index.ts";
import type { Dataset } from "./examples/dataset.ts";
import type { Fits } from "./examples/fitted-data.ts";
import { remoteTraining } from "./remote/remote-training.ts";
import { trainWith } from "./loop/training-loop.ts";
import { checkedOptions, type TrainingOptions, type TrainingResult } from "./loop/training-options.ts";
import { borrowWorker } from "./remote/worker-loan.ts";

/**
 * Trains a network on a data set by backpropagation and gradient descent; its parameters change in place.
 *
 * The same network, data, options and engine give the same parameters, bit for bit; on the "wasm" engine on every
 * machine and in every JavaScript engine. A page stays responsive: the work is done in a worker, or, where the page cannot
 * have one, in slices of about 8 ms.
 *
 * @throws NumericError when the cost is no longer finite; it names step, layer and quantity, and the network has the
 *   parameters of before that step.
 * @throws ShapeError when a width of the data is not the network's.
 * @throws DataError when a class label has no output, or a part of a split would be empty.
 * @throws OptionError when an option is unknown or out of its range, a worker is asked for where there is none, or the
 *   network is being trained already.
 * @throws EngineError when the worker or a thread of the engine broke down; the network has the parameters of the last
 *   whole epoch, or, of a worker, those it had at the last `onEpoch`.
 */
export async function train<In extends number, Out extends number, DataIn extends number, DataOut extends number>(
  net: Network<In, Out>,
  data: Dataset<DataIn, DataOut> & Fits<DataIn, In> & Fits<DataOut, Out>,
  options: TrainingOptions = {},
): Promise<TrainingResult> {
  checkSubject("train", net, data);
  const { where } = checkedOptions(net, options);
  if (beingTrained.has(net.parameters)) {
    throw new OptionError({
      where: "train",
      expected: "a network whose training has ended",
      got: "one that is being trained: both would write the same weights",
      advice: "Await the first training, or train a network of its own.",
    });
  }
  beingTrained.add(net.parameters);
  try {
    return await trainWhere(where, net, data, options);
  } finally {
    beingTrained.delete(net.parameters);
  }
}

/** The parameters that a training is writing to. */
const beingTrained: WeakSet<Network["parameters"]> = new WeakSet();

async function trainWhere(
  where: "auto" | "here" | "worker",
  net: Network,
  data: Dataset,
  options: TrainingOptions,
): Promise<TrainingResult> {
  const here = (): Promise<TrainingResult> => trainWith({}, net, data, options);
  if (where === "here" || (where === "auto" && !isPage())) return here();
  const startedMs = performance.now();
  const result = await trainElsewhere(net, data, options);
  if (typeof result !== "string") return { ...result, seconds: (performance.now() - startedMs) / 1000 };
  if (where === "auto") return here();
  throw new OptionError({
    where: "train",
    expected: "a web worker",
    got: `none: ${result}`,
    advice: 'Leave where: "worker" out.',
  });
}

/** `train` in a worker, or the reason why there is none. */
async function trainElsewhere(net: Network, data: Dataset, options: TrainingOptions): Promise<TrainingResult | string> {
  const training = remoteTraining(net, data, options);
  if (typeof training === "string") return training;
  const loan = await borrowWorker();
  return typeof loan === "string" ? loan : loan.use(training);
}

/** True on a page's own thread; workers, Node and the like have no document. */
function isPage(): boolean {
  return typeof document !== "undefined" && typeof Worker !== "undefined";
}
