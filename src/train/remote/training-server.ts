import type { Network } from "../../network/index.ts";
import {
  buffersOf,
  createFiller,
  type EmptyArray,
  emptied,
  type FloatArray,
  partsOf,
  stateArrays,
} from "./array-parts.ts";
import type { Dataset } from "../examples/dataset.ts";
import { errorMessage } from "./error-message.ts";
import type { EmptyDataset, PageMessage, Port, TrainingRequest } from "./remote-messages.ts";
import { trainWith } from "../loop/training-loop.ts";
import { type TrainingState, withNumbers } from "../loop/training-state.ts";
import type { EpochAnswer, EpochMoment, TrainingOptions } from "../loop/training-options.ts";

/** Reports of one message. */
const REPORTS = 1000;

/** Trains what it is sent through a port, one network after the other, and says that it is ready for it. */
export function serveTraining(port: Port): void {
  let receive: (message: PageMessage) => void = () => {};
  port.addEventListener("message", ({ data }) => {
    const message = data as PageMessage; // as: `remoteTraining` is at the other end
    if (message.kind === "train") receive = begin(port, message);
    else receive(message);
  });
  port.postMessage({ kind: "ready" }, []);
}

/** Trains when all the numbers are there. Returns what takes the messages that follow. */
function begin(port: Port, request: TrainingRequest): (message: PageMessage) => void {
  const controller = new AbortController();
  if (request.isAborted) controller.abort();
  let answered: (answer: "stop" | "failed" | null) => void = () => {};

  const arrays: FloatArray[] = [];
  const filled = (empty: EmptyArray): FloatArray => {
    const array =
      empty.bytesPerNumber === Float32Array.BYTES_PER_ELEMENT
        ? new Float32Array(empty.length)
        : new Float64Array(empty.length);
    arrays.push(array);
    return array;
  };
  const filledDataset = (empty: EmptyDataset): Dataset => ({
    ...empty,
    inputs: filled(empty.inputs),
    targets: filled(empty.targets),
    weights: empty.weights === null ? null : (filled(empty.weights) as Float64Array), // as: weights are
  });
  const net: Network = {
    ...request.net,
    parameters: request.net.parameters.map((each) => ({
      ...each,
      values: filled(each.values) as Float64Array, // as: parameters are
    })),
  };
  const parameters = [...arrays];
  const data = filledDataset(request.data);
  const { validation, from } = request;
  const options: TrainingOptions = {
    ...request.options,
    ...(validation === null
      ? {}
      : { validation: typeof validation === "number" ? validation : filledDataset(validation) }),
    // as: the numbers of a state are float64
    ...(from === null ? {} : { from: withNumbers(from, (empty) => filled(empty) as Float64Array) }),
    signal: controller.signal,
  };
  const sendParts = (of: readonly FloatArray[]): void => {
    for (const part of partsOf(of)) port.postMessage({ kind: "part", part }, buffersOf(part));
  };
  const sendParameters = (): void => sendParts(parameters);
  const sendState = (state: TrainingState): void => {
    sendParts(stateArrays(state));
    port.postMessage({ kind: "state", state: withNumbers(state, emptied) }, []);
  };
  let moment: EpochMoment | null = null;
  const answerWithState = async (): Promise<void> => {
    try {
      if (moment !== null) sendState(await moment.state());
    } catch (error) {
      port.postMessage({ kind: "failed", error: errorMessage(error) }, []);
    }
  };
  const onEpoch: TrainingOptions["onEpoch"] = async (report, now): Promise<EpochAnswer> => {
    moment = now;
    const answer = new Promise<"stop" | "failed" | null>((resolve) => (answered = resolve));
    sendParameters();
    port.postMessage({ kind: "epoch", report }, []);
    const said = await answer;
    if (said === "failed") throw new Error("The callback failed; the page knows how.");
    return said ?? undefined;
  };
  const run = async (): Promise<void> => {
    try {
      const result = await trainWith({}, net, data, {
        ...options,
        ...(request.hasCallback ? { onEpoch } : {}),
      });
      const { history, state, ...rest } = result;
      sendState(state);
      sendParameters();
      for (let i = 0; i < history.length; i += REPORTS) {
        port.postMessage({ kind: "history", reports: history.slice(i, i + REPORTS) }, []);
      }
      port.postMessage({ kind: "done", result: rest }, []);
    } catch (error) {
      sendParameters();
      port.postMessage({ kind: "failed", error: errorMessage(error) }, []);
    }
  };

  const filler = createFiller(arrays);
  return (message) => {
    if (message.kind === "abort") controller.abort();
    else if (message.kind === "askState") void answerWithState();
    else if (message.kind === "answer") answered(message.answer);
    else if (message.kind === "part") {
      filler.add(message.part);
      if (filler.isFull()) void run();
    }
  };
}
