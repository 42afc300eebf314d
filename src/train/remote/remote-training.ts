import type { Network } from "../../network/index.ts";
import { buffersOf, createFiller, type FloatArray, partsOf } from "./array-parts.ts";
import { type Dataset, hasWeights } from "../examples/dataset.ts";
import { errorFrom } from "./error-message.ts";
import { createPacer } from "../loop/pacer.ts";
import type { EmptyArray, EmptyDataset, Port, TrainingRequest, WorkerMessage } from "./remote-messages.ts";
import type { EpochReport, TrainingOptions, TrainingResult } from "../loop/training-options.ts";

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
      await sendArrays(port, arraysOf(net, data, options.validation));
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

/** Does what the worker's messages ask for, up to the last. */
async function followed(
  next: Messages,
  port: Port,
  net: Network,
  onEpoch: TrainingOptions["onEpoch"],
): Promise<TrainingResult> {
  const history: EpochReport[] = [];
  let parts: (readonly FloatArray[])[] = [];
  let failure: { readonly reason: unknown } | null = null;
  const update = async (): Promise<void> => {
    await fill(net, parts);
    parts = [];
  };
  for (;;) {
    const message = await next();
    switch (message.kind) {
      case "ready":
        break;
      case "part":
        parts.push(message.part);
        break;
      case "epoch":
        await update();
        try {
          const answer = (await onEpoch?.(message.report)) ?? null;
          port.postMessage({ kind: "answer", answer: answer === "stop" ? "stop" : null }, []);
        } catch (reason) {
          failure = { reason };
          port.postMessage({ kind: "answer", answer: "failed" }, []);
        }
        break;
      case "history":
        history.push(...message.reports);
        break;
      case "done":
        await update();
        return { ...message.result, history };
      case "failed":
        await update();
        throw failure === null ? errorFrom(message.error) : failure.reason;
    }
  }
}

function trainingRequest(net: Network, data: Dataset, options: TrainingOptions): Omit<TrainingRequest, "isAborted"> {
  const { inputs, outputs, layers, cost, regularization, seed, parameters } = net;
  const { validation, signal: _, onEpoch, where: __, ...plain } = options;
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

function emptied({ BYTES_PER_ELEMENT, length }: FloatArray): EmptyArray {
  return { bytesPerNumber: BYTES_PER_ELEMENT, length };
}

/** In the order in which the worker fills its own. */
function arraysOf(net: Network, data: Dataset, validation: TrainingOptions["validation"]): readonly FloatArray[] {
  const held = typeof validation === "object" && validation !== null ? datasetArrays(validation) : [];
  return [...parameterArrays(net), ...datasetArrays(data), ...held];
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

/** Copies the parameters that have come into the network: at one go, unless there are millions. */
async function fill(net: Network, parts: readonly (readonly FloatArray[])[]): Promise<void> {
  if (parts.length === 0) return;
  const filler = createFiller(parameterArrays(net));
  const pacer = createPacer();
  for (const part of parts) {
    filler.add(part);
    if (pacer.remainingMs() <= 0) await pacer.rest();
  }
}
