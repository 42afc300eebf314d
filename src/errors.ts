/** The fault an error speaks of, stable across versions, for programs that react to it. */
export type ErrorCode =
  | "shape"
  | "formula"
  | "data"
  | "option"
  | "network"
  | "model"
  | "sheet"
  | "numeric"
  | "engine"
  | "internal";

/**
 * An error whose message reads "where: expected …, got … . What to do."
 * Every error this library throws on purpose is one of these.
 */
export class BackpassError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(code === "internal" ? `internal: ${message} Please report this.` : message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** Two sizes that should agree do not: the widths of layers, of data, of given weights. */
export class ShapeError extends BackpassError {
  constructor(message: string) {
    super("shape", message);
  }
}

/** Data that cannot be used: NaN, a label out of range, no rows. */
export class DataError extends BackpassError {
  constructor(message: string) {
    super("data", message);
  }
}

/** An option that is unknown or out of its range. */
export class OptionError extends BackpassError {
  constructor(message: string) {
    super("option", message);
  }
}

/** A network file or definition that cannot be read; the message names the path in the file. */
export class NetworkError extends BackpassError {
  constructor(message: string) {
    super("network", message);
  }
}

/** A model file that cannot be read, or a model that cannot be saved. */
export class ModelError extends BackpassError {
  constructor(message: string) {
    super("model", message);
  }
}

/** A problem sheet that cannot be used, with the place in its file, from 1; columns count UTF-16 units. */
export class SheetError extends BackpassError {
  readonly line: number;
  readonly column: number;

  /** `message` goes on after "line 3, column 5: ". */
  constructor(message: string, { line, column }: { readonly line: number; readonly column: number }) {
    super("sheet", `line ${line}, column ${column}: ${message}`);
    this.line = line;
    this.column = column;
  }
}

/** A training run whose cost is no longer finite; says where that happened first. */
export class NumericError extends BackpassError {
  /** Step (from 1) in which the quantity was first not finite. */
  readonly step: number;
  /** Layer 1 … L of the quantity, or 0 when it belongs to none (the cost). */
  readonly layer: number;
  /** Name of the quantity: `w`, `b`, `z`, `a`, `cost`, `delta`, `dw` or `db`. */
  readonly quantity: string;

  constructor(message: string, where: { step: number; layer: number; quantity: string }) {
    super("numeric", message);
    this.step = where.step;
    this.layer = where.layer;
    this.quantity = where.quantity;
  }
}

/** An engine that could not go on through no fault of the program: a worker thread of it has ended. */
export class EngineError extends BackpassError {
  constructor(message: string) {
    super("engine", message);
  }
}

/** A part of a text, from character `start` up to but not including `end`, counted from 0 in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A formula that cannot be read or evaluated, with the place in its text. */
export class FormulaError extends BackpassError {
  /** The text as typed. */
  readonly text: string;
  /** The characters the message speaks of. */
  readonly span: Span;

  constructor(message: string, text: string, span: Span) {
    super("formula", message);
    this.text = text;
    this.span = span;
  }
}

/** A mistake of this library, not of its user. */
export function internalError(message: string): BackpassError {
  return new BackpassError("internal", message);
}
