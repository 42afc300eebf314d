/** The kind of an error, stable across versions, for programs that react to it. */
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

/** A place in a text, counted from 1. Without column, the whole line. */
export interface TextPlace {
  readonly line: number;
  readonly column?: number;
}

/** What was expected, what was there instead, and what to do about it. */
export interface Expectation {
  /** What should have been there: "1 or more inputs". */
  readonly expected: string;
  /** What was there: "0". */
  readonly got: string;
  /** What to do about it: whole sentences, or nothing. Spaces around it are dropped. */
  readonly advice: string;
}

/**
 * What an error says, in parts. Its sentence is "file: line 3, column 5: where: expected …, got …. Advice."
 */
export interface Fault extends Expectation {
  /** What it is about, the whole before its part: a function or option, then what is in it: `["split", "column age"]`. */
  readonly where: string | readonly string[];
  /** Where it stands in the text that was read. */
  readonly place?: TextPlace | null;
  /** The file that was read, as its reader was told its name. */
  readonly file?: string | null;
}

/** An error as plain data: what `JSON.stringify` makes of it, and what is sent between threads. */
export interface ErrorJson {
  readonly code: ErrorCode;
  readonly message: string;
  readonly file: string | null;
  readonly place: TextPlace | null;
  readonly where: readonly string[];
  readonly expected: string;
  readonly got: string;
  readonly advice: string;
  /** What the class has beside these: `step`, `layer` and `quantity`, or `text` and `span`. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Written out, as programs that make code smaller rename classes. */
const classNames: Readonly<Record<ErrorCode, string>> = {
  shape: "ShapeError",
  formula: "FormulaError",
  data: "DataError",
  option: "OptionError",
  network: "NetworkError",
  model: "ModelError",
  sheet: "SheetError",
  numeric: "NumericError",
  engine: "EngineError",
  internal: "BackpassError",
};

/**
 * An error whose message is composed of its parts: "where: expected …, got …. What to do."
 * Every error this library throws on purpose is one of these.
 */
export class BackpassError extends Error implements Fault {
  readonly code: ErrorCode;
  readonly file: string | null;
  readonly place: TextPlace | null;
  readonly where: readonly string[];
  /** Empty in an internal error, which has no more than its advice. */
  readonly expected: string;
  /** Empty in an internal error. */
  readonly got: string;
  readonly advice: string;

  constructor(code: ErrorCode, fault: Fault | string) {
    const parts = partsOf(fault);
    super(sentenceOf(parts));
    this.name = classNames[code];
    this.code = code;
    this.file = parts.file;
    this.place = parts.place;
    this.where = parts.where;
    this.expected = parts.expected;
    this.got = parts.got;
    this.advice = parts.advice;
  }

  /** The sentence without file, place and where: "expected …, got …. What to do." */
  get reason(): string {
    return reasonOf(this);
  }

  /** The error as plain data: what `JSON.stringify` uses. */
  toJSON(): ErrorJson {
    const { code, message, file, place, where, expected, got, advice } = this;
    return { code, message, file, place, where, expected, got, advice, details: this.details() };
  }

  /** What this class has beside the parts of every error, as plain data. */
  protected details(): Readonly<Record<string, unknown>> {
    return {};
  }
}

/** Two sizes that should agree do not: the widths of layers, of data, of given weights. */
export class ShapeError extends BackpassError {
  constructor(fault: Fault | string) {
    super("shape", fault);
  }
}

/** Data that cannot be used: NaN, a label out of range, no rows. */
export class DataError extends BackpassError {
  constructor(fault: Fault | string) {
    super("data", fault);
  }
}

/** An option that is unknown or out of its range. */
export class OptionError extends BackpassError {
  constructor(fault: Fault | string) {
    super("option", fault);
  }
}

/** A network file or definition that cannot be read; `where` is the path in the file. */
export class NetworkError extends BackpassError {
  constructor(fault: Fault | string) {
    super("network", fault);
  }
}

/** A model file that cannot be read, or a model that cannot be saved. */
export class ModelError extends BackpassError {
  constructor(fault: Fault | string) {
    super("model", fault);
  }
}

/** What is wrong in a sheet: its place in the file says where. */
export interface SheetFault extends Omit<Fault, "where" | "place"> {
  readonly where?: string | readonly string[];
  readonly place: Required<TextPlace>;
}

/** A problem sheet that cannot be used; `place` says where in its file. */
export class SheetError extends BackpassError {
  declare readonly place: Required<TextPlace>;

  constructor(fault: SheetFault | string, place?: Required<TextPlace>) {
    super("sheet", typeof fault === "string" ? { ...partsOf(fault), place: place ?? null } : { where: [], ...fault });
  }
}

/** The number of a training run that was not finite first. */
export interface NotFinite {
  /** Step, from 1. */
  readonly step: number;
  /** Layer 1 … L of the quantity, or 0 when it belongs to none (the cost). */
  readonly layer: number;
  /** `w`, `b`, `z`, `a`, `cost`, `delta`, `dw` or `db`. */
  readonly quantity: string;
}

/** A training run whose cost is no longer finite; says where that happened first. */
export class NumericError extends BackpassError implements NotFinite {
  readonly step: number;
  readonly layer: number;
  readonly quantity: string;

  constructor(fault: Fault | string, first: NotFinite) {
    super("numeric", fault);
    this.step = first.step;
    this.layer = first.layer;
    this.quantity = first.quantity;
  }

  protected override details(): Readonly<Record<string, unknown>> {
    return { step: this.step, layer: this.layer, quantity: this.quantity };
  }
}

/** An engine that could not go on through no fault of the program: a worker thread of it has ended. */
export class EngineError extends BackpassError {
  constructor(fault: Fault | string) {
    super("engine", fault);
  }
}

/** A part of a text, from character `start` up to but not including `end`, counted from 0 in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A formula that cannot be read or evaluated, with the characters of its text that are at fault. */
export class FormulaError extends BackpassError {
  /** The text as typed. */
  readonly text: string;
  /** The characters the message speaks of. */
  readonly span: Span;

  constructor(fault: Fault | string, text: string, span: Span) {
    super("formula", fault);
    this.text = text;
    this.span = span;
  }

  protected override details(): Readonly<Record<string, unknown>> {
    return { text: this.text, span: this.span };
  }
}

/** A mistake of this library, not of its user. @param sentence what went wrong, a whole sentence. */
export function internalError(sentence: string): BackpassError {
  return new BackpassError("internal", {
    where: "internal",
    expected: "",
    got: "",
    advice: `${sentence} Please report this.`,
  });
}

/** The error that `toJSON` made this of: same class, same parts. */
export function errorFromJson(json: ErrorJson): BackpassError {
  switch (json.code) {
    case "shape":
      return new ShapeError(json);
    case "data":
      return new DataError(json);
    case "option":
      return new OptionError(json);
    case "network":
      return new NetworkError(json);
    case "model":
      return new ModelError(json);
    case "engine":
      return new EngineError(json);
    case "sheet":
      return new SheetError(json as ErrorJson & SheetFault); // as: an error about a sheet has a place
    case "numeric":
      return new NumericError(json, json.details as unknown as NotFinite); // as: `details` of that class wrote it
    case "formula": {
      const { text, span } = json.details as { text: string; span: Span }; // as above
      return new FormulaError(json, text, span);
    }
    case "internal":
      return new BackpassError("internal", json);
  }
}

/** An error of the same class, some of whose parts are others: `changed(error, { file: "net.json" })`. */
export function changed(error: BackpassError, parts: Partial<Fault>): BackpassError {
  const json = error.toJSON();
  const { where = json.where, ...others } = parts;
  return errorFromJson({ ...json, ...others, where: listOf(where) });
}

type Parts = Required<Omit<Fault, "where">> & { readonly where: readonly string[] };

function partsOf(fault: Fault | string): Parts {
  if (typeof fault === "string") return partsOfSentence(fault);
  const { file = null, place = null, where, expected, got, advice } = fault;
  return {
    file,
    // What is given may be a token or a tree that knows more than its place.
    place: place === null ? null : placeOnly(place),
    where: listOf(where),
    expected,
    got,
    advice: advice.trim(),
  };
}

// Only until every place that throws gives parts.
function partsOfSentence(sentence: string): Parts {
  const [, where = "", expected = "", got = "", advice = sentence] =
    /^(?:(.*?): )?expected (.*?), got (.*?)\.(?: (.*))?$/s.exec(sentence) ?? [];
  return { file: null, place: null, where: where === "" ? [] : where.split(": "), expected, got, advice };
}

function placeOnly({ line, column }: TextPlace): TextPlace {
  return column === undefined ? { line } : { line, column };
}

function listOf(where: string | readonly string[]): readonly string[] {
  return (typeof where === "string" ? [where] : where).filter((each) => each !== "");
}

function sentenceOf(parts: Parts): string {
  const { file, place, where } = parts;
  const before = [...(file === null ? [] : [file]), ...(place === null ? [] : [placeText(place)]), ...where];
  return [...before, reasonOf(parts)].join(": ");
}

/** `line 3, column 5` */
export function placeText({ line, column }: TextPlace): string {
  return column === undefined ? `line ${line}` : `line ${line}, column ${column}`;
}

function reasonOf({ expected, got, advice }: Expectation): string {
  if (expected === "") return advice;
  return `expected ${expected}, got ${got}.${advice === "" ? "" : ` ${advice}`}`;
}
