import {
  answerOf,
  type AnySession,
  type AsynchronousEngine,
  engineFrom,
  finish,
  type RowFunction,
  type SynchronousEngine,
  type Values,
  type Work,
} from "../engine/index.ts";
import { OptionError, ShapeError } from "../errors.ts";
import { shown } from "../tree/reader.ts";
import { checkNetwork } from "./check-network.ts";
import type { ForwardNetwork } from "./equations.ts";
import type { ComputeOptions } from "./gradient.ts";
import { checkOptions } from "./known-options.ts";
import type { Network } from "./network.ts";
import { parameterWriting, writeParameters } from "./parameters.ts";
import { answerRows, CHUNK, compiledRows, rowProgram, type RowProgram } from "./row-program.ts";

/**
 * A network made ready to answer again and again: its equations are compiled and its parameters lie in the engine's memory.
 * No number is checked: an input that is NaN gives answers that are.
 */
export interface Predictor<In extends number = number, Out extends number = number> {
  /** n_0 */
  readonly inputs: In;
  /** n_L */
  readonly outputs: Out;
  /**
   * `a^L` of each row, without dropout. With `out`, a call allocates nothing.
   *
   * @param inputs rows of n_0 numbers, one after the other; any number of rows.
   * @param out takes the answers, n_L numbers a row. Default: a new `Float32Array`.
   * @returns `out`
   * @throws ShapeError when `inputs` are no whole rows, or `out` has another length than the answers.
   * @throws OptionError on an engine that answers with promises.
   */
  readonly predict: <Answers extends Values = Float32Array<ArrayBuffer>>(inputs: Values, out?: Answers) => Answers;
  /** The same on any engine. Calls that overlap are carried out one after the other. */
  readonly predictAsync: <Answers extends Values = Float32Array<ArrayBuffer>>(
    inputs: Values,
    out?: Answers,
  ) => Promise<Answers>;
  /** To be called when the network's parameters have changed: the next answer is by those that it has then. */
  readonly update: () => void;
  /** Gives back what an engine of your own holds. Those of this package hold memory only, which goes by itself. */
  readonly close: () => Promise<void>;
}

/**
 * Makes a network ready to answer many times. Its parameters are read at the first answer, and again at the first after each
 * `update()`: training the network changes no answer before that.
 *
 * @throws OptionError when an option is unknown.
 */
export function predictor<In extends number, Out extends number>(
  net: Network<In, Out>,
  options: ComputeOptions = {},
): Predictor<In, Out> {
  checkNetwork("predictor", net);
  checkOptions("predictor", options, { engine: true });
  const engine = engineFrom(options.engine ?? "auto");
  return engine.isSynchronous ? synchronousPredictor(engine, net) : asynchronousPredictor(engine, net);
}

/** A predictor on an engine that answers at once. */
export function synchronousPredictor<In extends number, Out extends number>(
  engine: SynchronousEngine,
  net: Network<In, Out>,
): Predictor<In, Out> {
  const { inputs: width, outputs } = net;
  const session = engine.open();
  let first: ForwardNetwork | null = null;
  let isStale = true;
  const compiled = (capacity: number): RowFunction => {
    const { equations, run } = compiledRows(session, net, capacity, first);
    first ??= equations;
    return run;
  };
  // A single row has a program of its own, in which all sizes are fixed: a small network is then one function. Each is compiled
  // when it is first needed.
  let one: RowFunction | null = null;
  let many: RowFunction | null = null;
  const answer = (inputs: Values, out: Values): void => {
    const rows = inputs.length / width;
    const run = rows === 1 ? (one ??= compiled(1)) : (many ??= compiled(CHUNK));
    if (isStale && first !== null) writeParameters(session, first.parameters, net);
    isStale = false;
    for (let row = 0; row < rows; row += CHUNK) run(inputs, out, row, Math.min(CHUNK, rows - row));
  };
  const predict: Predictor["predict"] = (inputs, given) => {
    const out = answersFor(net, inputs, given);
    if (one !== null && !isStale && inputs.length === width) one(inputs, out, 0, 1);
    else answer(inputs, out);
    return out;
  };
  return {
    inputs: width,
    outputs,
    predict,
    predictAsync: async (inputs, out) => predict(inputs, out),
    update: () => {
      isStale = true;
    },
    close: async () => session.close(),
  };
}

/** A predictor on an engine that answers with promises. It opens a session at the first call. */
function asynchronousPredictor<In extends number, Out extends number>(
  engine: AsynchronousEngine,
  net: Network<In, Out>,
): Predictor<In, Out> {
  const { inputs: width, outputs } = net;
  let opened: { readonly session: AnySession; readonly program: RowProgram } | null = null;
  let isStale = true;
  /** Each call waits for those before. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = async <Result>(work: () => Work<Result>): Promise<Result> => {
    const result = last.then(() => finish(work()));
    last = result.catch(() => {});
    return result;
  };
  function* answer(inputs: Values, out: Values): Work<void> {
    if (opened === null) {
      const session = yield* answerOf(engine.open());
      opened = { session, program: yield* rowProgram(session, net) };
    }
    const { session, program } = opened;
    if (isStale) yield* parameterWriting(session, program.equations.parameters, net);
    isStale = false;
    const rows = inputs.length / width;
    for (let row = 0; row < rows; row += CHUNK) {
      const count = Math.min(CHUNK, rows - row);
      yield* answerRows(program, inputs.subarray(row * width, (row + count) * width), count, out, row * outputs);
    }
  }
  return {
    inputs: width,
    outputs,
    predict: () => {
      throw new OptionError({
        where: "predictor",
        expected: "a synchronous engine",
        got: `"${engine.name}", which answers with promises`,
        advice: "Use predictAsync.",
      });
    },
    predictAsync: async (inputs, given) => {
      const out = answersFor(net, inputs, given);
      await inTurn(() => answer(inputs, out));
      return out;
    },
    update: () => {
      isStale = true;
    },
    close: () =>
      inTurn(function* () {
        if (opened !== null) yield* answerOf(opened.session.close());
        opened = null;
        isStale = true;
      }),
  };
}

/** Where the answers to some rows go. @throws ShapeError when rows or answers do not fit. */
function answersFor<Answers extends Values>(
  { inputs: width, outputs }: Network,
  inputs: Values,
  out: Answers | undefined,
): Answers {
  if (!(inputs instanceof Float32Array || inputs instanceof Float64Array)) {
    throw new ShapeError({
      where: "predictor",
      expected: `a Float32Array of rows of ${width} numbers`,
      got: shown(inputs),
      advice: "Write Float32Array.from(row), or use predict(net, rows) for arrays of arrays.",
    });
  }
  const rows = inputs.length === width ? 1 : inputs.length / width;
  if (!Number.isInteger(rows)) {
    throw new ShapeError({
      where: "predictor",
      expected: `a multiple of ${width} numbers`,
      got: `${inputs.length}`,
      advice: "Pass whole rows, one after the other.",
    });
  }
  if (out === undefined) return new Float32Array(rows * outputs) as Values as Answers; // as: the default of `Answers`
  if (out.length === rows * outputs) return out;
  throw new ShapeError({
    where: "predictor",
    expected: `out with ${rows * outputs} numbers, ${outputs} for each row`,
    got: `${out.length}`,
    advice: "Make it as long.",
  });
}
