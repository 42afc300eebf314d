import { internalError } from "../../errors.ts";
import type { Network } from "../../network/index.ts";
import { buffersOf, createFiller, emptied, type FloatArray, partsOf, stateArrays } from "./array-parts.ts";
import { type Dataset, hasWeights } from "../examples/dataset.ts";
import { errorFrom } from "./error-message.ts";
import { epochMoment } from "../loop/epoch-moment.ts";
import { createPacer } from "../loop/pacer.ts";
import type { EmptyDataset, Port, TrainingRequest, WorkerMessage } from "./remote-messages.ts";
import type { EpochReport } from "../loop/epoch-report.ts";
import { type TrainingState, withNumbers } from "../loop/training-state.ts";
import type { TrainingOptions, TrainingResult } from "../loop/training-options.ts";

/** A training that a worker can do, which waits at the other end of a port: see `serveTraining`. */
export type RemoteTraining = (port: Port) => Promise<TrainingResult>;

/**
 * `train` by a worker, or the reason why none can: what a message cannot carry, such as the proxies that some frameworks
 * put around objects. No message takes this thread more than a few milliseconds, however large network and data are.
 *
 * The training throws whatever `train` throws in the worker, and what `onEpoch` throws here.
 */
export function remoteTraining(net: Network, data: Dataset, options: TrainingOptions): RemoteTraining | string {
  const request = trainingRequest(net, data, options);
  try {
    // It holds no numbers, and is small.
    structuredClone(request);
  } catch (error) {
    return String(error);
  }
  return async (port) => {
    const listening = new AbortController();
    try {
      const messages = messagesFrom(port, listening.signal);
      const { signal } = options;
      port.postMessage({ ...request, isAborted: signal?.aborted ?? false }, []);
      signal?.addEventListener("abort", () => port.postMessage({ kind: "abort" }, []), { signal: listening.signal });
      await sendArrays(port, arraysOf(net, data, options));
      return await followed(messages, port, net, options.onEpoch);
    } finally {
      listening.abort();
    }
  };
}

/** The messages of a port, one at a time. */
type Messages = () => Promise<WorkerMessage>;

function messagesFrom(port: Port, signal: AbortSignal): Messages {
  const arrived: WorkerMessage[] = [];
  let wake: (() => void) | null = null;
  port.addEventListener(
    "message",
    ({ data }) => {
      arrived.push(data as WorkerMessage); // as: the worker is ours
      wake?.();
    },
    { signal },
  );
  return async () => {
    for (;;) {
      const message = arrived.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
}

type StateMessage = WorkerMessage & { readonly kind: "state" };

/** Does what the worker's messages ask for, up to the last. */
async function followed(
  next: Messages,
  port: Port,
  net: Network,
  onEpoch: TrainingOptions["onEpoch"],
): Promise<TrainingResult> {
  const history: EpochReport[] = [];
  let parts: (readonly FloatArray[])[] = [];
  let state: TrainingState | null = null;
  let failure: { readonly reason: unknown } | null = null;
  const update = async (): Promise<void> => {
    await fill(parameterArrays(net), parts);
    parts = [];
  };
  /** The state that the parts before this message are of. */
  const filledState = async (empty: StateMessage["state"]): Promise<TrainingState> => {
    const filled = withNumbers(empty, ({ length }) => new Float64Array(length));
    await fill(stateArrays(filled), parts);
    parts = [];
    return filled;
  };
  /** Nothing but the state is on its way while a callback is waited for. */
  const askedState = async (): Promise<TrainingState> => {
    port.postMessage({ kind: "askState" }, []);
    for (;;) {
      const message = await next();
      if (message.kind === "part") parts.push(message.part);
      else if (message.kind === "state") return filledState(message.state);
      else if (message.kind === "failed") throw errorFrom(message.error);
    }
  };
  for (;;) {
    const message = await next();
    switch (message.kind) {
      case "ready":
        break;
      case "part":
        parts.push(message.part);
        break;
      case "epoch": {
        await update();
        const { moment, end } = epochMoment(askedState);
        try {
          const answer = (await onEpoch?.(message.report, moment)) ?? null;
          end();
          port.postMessage({ kind: "answer", answer: answer === "stop" ? "stop" : null }, []);
        } catch (reason) {
          end();
          failure = { reason };
          port.postMessage({ kind: "answer", answer: "failed" }, []);
        }
        break;
      }
      case "state":
        state = await filledState(message.state);
        break;
      case "history":
        history.push(...message.reports);
        break;
      case "done":
        await update();
        if (state === null) throw internalError("training in a worker: the state has not come.");
        return { ...message.result, history, state };
      case "failed":
        await update();
        throw failure === null ? errorFrom(message.error) : failure.reason;
    }
  }
}

function trainingRequest(net: Network, data: Dataset, options: TrainingOptions): Omit<TrainingRequest, "isAborted"> {
  const { inputs, outputs, layers, cost, regularization, seed, parameters } = net;
  const { validation, signal: _, onEpoch, from, where: __, ...plain } = options;
  return {
    kind: "train",
    net: {
      inputs,
      outputs,
      layers,
      cost,
      regularization,
      seed,
      parameters: parameters.map((each) => ({ ...each, values: emptied(each.values) })),
    },
    data: emptiedDataset(data),
    validation:
      typeof validation === "object" && validation !== null ? emptiedDataset(validation) : (validation ?? null),
    options: plain,
    from: from ? withNumbers(from, emptied) : null,
    hasCallback: onEpoch !== undefined,
  };
}

function emptiedDataset(data: Dataset): EmptyDataset {
  const { examples, inputWidth, outputWidth, hasLabels, classes, inputs, targets } = data;
  return {
    examples,
    inputWidth,
    outputWidth,
    hasLabels,
    classes,
    inputs: emptied(inputs),
    targets: emptied(targets),
    weights: hasWeights(data) ? emptied(data.weights) : null,
  };
}

/** In the order in which the worker fills its own. */
function arraysOf(net: Network, data: Dataset, { validation, from }: TrainingOptions): readonly FloatArray[] {
  const held = typeof validation === "object" && validation !== null ? datasetArrays(validation) : [];
  return [...parameterArrays(net), ...datasetArrays(data), ...held, ...(from ? stateArrays(from) : [])];
}

function datasetArrays(data: Dataset): readonly FloatArray[] {
  return [data.inputs, data.targets, ...(hasWeights(data) ? [data.weights] : [])];
}

/** A network's arrays, in the order of its list of parameters. */
export function parameterArrays(net: Network): readonly Float64Array[] {
  return net.parameters.map(({ values }) => values);
}

async function sendArrays(port: Port, arrays: readonly FloatArray[]): Promise<void> {
  const pacer = createPacer();
  for (const part of partsOf(arrays)) {
    port.postMessage({ kind: "part", part }, buffersOf(part));
    if (pacer.remainingMs() <= 0) await pacer.rest();
  }
}

/** Copies what has come into arrays: at one go, unless there are millions. */
async function fill(arrays: readonly FloatArray[], parts: readonly (readonly FloatArray[])[]): Promise<void> {
  if (parts.length === 0) return;
  const filler = createFiller(arrays);
  const pacer = createPacer();
  for (const part of parts) {
    filler.add(part);
    if (pacer.remainingMs() <= 0) await pacer.rest();
  }
}
