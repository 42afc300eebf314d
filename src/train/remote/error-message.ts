import {
  BackpassError,
  DataError,
  EngineError,
  type ErrorCode,
  FormulaError,
  ModelError,
  NetworkError,
  NumericError,
  OptionError,
  ShapeError,
  SheetError,
  type Span,
} from "../../errors.ts";

/** An error as a message between threads can carry it: cloning makes a plain `Error` of any class of our own. */
export type ErrorMessage =
  | {
      readonly code: ErrorCode;
      readonly message: string;
      /** What the class has beside code and message. */
      readonly details: Readonly<Record<string, unknown>>;
    }
  /** None of ours: a `RangeError` for want of memory, say. */
  | { readonly code: null; readonly error: unknown };

/** @param error what was thrown. */
export function errorMessage(error: unknown): ErrorMessage {
  if (!(error instanceof BackpassError)) return { code: null, error };
  const { code, message } = error;
  if (error instanceof NumericError) {
    return { code, message, details: { step: error.step, layer: error.layer, quantity: error.quantity } };
  }
  if (error instanceof SheetError) return { code, message, details: { line: error.line, column: error.column } };
  if (error instanceof FormulaError) return { code, message, details: { text: error.text, span: error.span } };
  return { code, message, details: {} };
}

/** The error that a message was made of: same class, code and message. */
export function errorFrom(sent: ErrorMessage): unknown {
  if (sent.code === null) return sent.error;
  const { code, message, details } = sent;
  switch (code) {
    case "shape":
      return new ShapeError(message);
    case "data":
      return new DataError(message);
    case "option":
      return new OptionError(message);
    case "network":
      return new NetworkError(message);
    case "model":
      return new ModelError(message);
    case "engine":
      return new EngineError(message);
    case "numeric":
      // as: `errorMessage` above wrote these.
      return new NumericError(message, details as { step: number; layer: number; quantity: string });
    case "sheet": {
      const place = details as { line: number; column: number }; // as above
      return new SheetError(message.replace(/^line \d+, column \d+: /, ""), place);
    }
    case "formula": {
      const { text, span } = details as { text: string; span: Span }; // as above
      return new FormulaError(message, text, span);
    }
    case "internal":
      // The message has its first and last words already.
      return Object.assign(new BackpassError(code, ""), { message });
  }
}
