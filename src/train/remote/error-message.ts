import { BackpassError, errorFromJson, type ErrorJson } from "../../errors.ts";

/** An error as a message between threads can carry it: cloning makes a plain `Error` of any class of our own. */
export type ErrorMessage =
  | { readonly ours: ErrorJson }
  /** None of ours: a `RangeError` for want of memory, say. */
  | { readonly ours: null; readonly error: unknown };

/** @param error what was thrown. */
export function errorMessage(error: unknown): ErrorMessage {
  return error instanceof BackpassError ? { ours: error.toJSON() } : { ours: null, error };
}

/** The error that a message was made of: same class, code and parts. */
export function errorFrom(sent: ErrorMessage): unknown {
  return sent.ours === null ? sent.error : errorFromJson(sent.ours);
}
