import type { Network, Parameter } from "../../network/index.ts";
import type { EmptyArray, FloatArray } from "./array-parts.ts";
import type { Dataset } from "../examples/dataset.ts";
import type { ErrorMessage } from "./error-message.ts";
import type { StateOf } from "../loop/training-state.ts";
import type { EpochReport } from "../loop/epoch-report.ts";
import type { TrainingOptions, TrainingResult } from "../loop/training-options.ts";

/** One end of the line between a page and its worker, of which `Worker` and `MessagePort` are examples. */
export interface Port {
  postMessage(message: PageMessage | WorkerMessage, transfer: Transferable[]): void;
  addEventListener(
    type: "message",
    listener: (event: { readonly data: unknown }) => void,
    options?: { readonly signal?: AbortSignal },
  ): void;
}

/** A network without its numbers. */
export type EmptyNetwork = Omit<Network, "parameters"> & {
  readonly parameters: readonly (Omit<Parameter, "values"> & { readonly values: EmptyArray })[];
};

/** A data set without its numbers. */
export type EmptyDataset = Omit<Dataset, "inputs" | "targets" | "weights"> & {
  readonly inputs: EmptyArray;
  readonly targets: EmptyArray;
  readonly weights: EmptyArray | null;
};

/** What is to be trained, and how. All of it is plain data: activations, costs and update rules are formulas. */
export interface TrainingRequest {
  readonly kind: "train";
  readonly net: EmptyNetwork;
  readonly data: EmptyDataset;
  readonly validation: number | EmptyDataset | null;
  readonly options: Omit<TrainingOptions, "validation" | "signal" | "where" | "onEpoch" | "from">;
  readonly from: StateOf<EmptyArray> | null;
  /** True when every epoch is to be reported, and answered. */
  readonly hasCallback: boolean;
  readonly isAborted: boolean;
}

/** Numbers that belong into the empty arrays: of the network, the data, the validation data, the state. */
export interface PartMessage {
  readonly kind: "part";
  readonly part: readonly FloatArray[];
}

/** From the page. */
export type PageMessage =
  | TrainingRequest
  | PartMessage
  | { readonly kind: "abort" }
  /** The callback wants the state, before it answers. */
  | { readonly kind: "askState" }
  /** What the callback said to an epoch; "failed" when it threw. */
  | { readonly kind: "answer"; readonly answer: "stop" | "failed" | null };

/** From the worker. Parts belong to the message that follows: numbers of the `state`, else of the network's parameters. */
export type WorkerMessage =
  | { readonly kind: "ready" }
  | PartMessage
  | { readonly kind: "epoch"; readonly report: EpochReport }
  /** As asked for, or the result's. */
  | { readonly kind: "state"; readonly state: StateOf<EmptyArray> }
  /** Some of the result's reports, at the end. */
  | { readonly kind: "history"; readonly reports: readonly EpochReport[] }
  | { readonly kind: "done"; readonly result: Omit<TrainingResult, "history" | "state"> }
  | { readonly kind: "failed"; readonly error: ErrorMessage };
