import type { ErrorMessage } from "../train/remote/error-message.ts";

/** A job that a page asks for. */
export interface JobRequest {
  readonly id: number;
  readonly name: string;
  readonly data: readonly unknown[];
}

/** What a worker answers. */
export type JobMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly id: number; readonly result: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly error: ErrorMessage };

/** One end of the line between a page and its worker, of which `Worker` and `MessagePort` are examples. */
export interface JobPort {
  postMessage(message: JobRequest | JobMessage): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
}
