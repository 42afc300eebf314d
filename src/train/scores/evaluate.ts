import { checkSubject } from "../examples/check-subject.ts";
import { checkOptions } from "../../network/known-options.ts";
import {
  answerOf,
  type AnySession,
  type Engine,
  engineFrom,
  type EngineName,
  finish,
  finishNow,
  inSession,
  synchronousEngine,
  type Work,
} from "../../engine/index.ts";
import {
  type ComputeOptions,
  type ForwardNetwork,
  forwardNetwork,
  type Network,
  parameterWriting,
} from "../../network/index.ts";
import { type Dataset, hasWeights } from "../examples/dataset.ts";
import { type ExampleTables, exampleTables, type TableInputs } from "../examples/example-tables.ts";
import { type Fits, type FittedData, fittedData, targetsKind } from "../examples/fitted-data.ts";
import { determinationOf, largestAt } from "./metrics.ts";

/** How good a network is on some examples. */
export interface Score {
  /** C: the mean of the examples' costs, plus the regularization; without dropout. */
  readonly cost: number;
  /** The examples' own cost, without the regularization: what says how well the examples themselves are answered. */
  readonly ownCost: number;
  /** Part of the answers that are right, 0 … 1; where the task is to tell classes. */
  readonly accuracy?: number;
  /** R², the mean over the outputs; where the task is to give numbers. */
  readonly r2?: number;
}

/** Examples of one run: enough to fill the engine's tiles. */
const CHUNK = 256;

/**
 * Cost and accuracy, or cost and R², of a network on a data set, with its parameters as they are now.
 *
 * A network tells classes when the targets are labels, the last layer is a softmax, or the cost is binary cross-entropy
 * (each output right on its side of ½) or hinge (of 0); of a softmax or labels, the largest output counts. One output
 * for labels of two classes means the second one from halfway between its targets up: from ½, with hinge from 0.
 *
 * @throws ShapeError when a width of the data is not the network's.
 * @throws OptionError for an engine that answers with promises: see `evaluateAsync`.
 */
export function evaluate<In extends number, Out extends number, DataIn extends number, DataOut extends number>(
  net: Network<In, Out>,
  data: Dataset<DataIn, DataOut> & Fits<DataIn, In> & Fits<DataOut, Out>,
  options: ComputeOptions = {},
): Score {
  return finishNow(evaluation(net, data, options, engineNow));
}

/** @throws OptionError for an engine that answers with promises. */
function engineNow(asked: EngineName | Engine): Engine {
  return synchronousEngine("evaluate", asked, "Use evaluateAsync.");
}

/** `evaluate` on any engine, those that answer with promises too. */
export async function evaluateAsync<
  In extends number,
  Out extends number,
  DataIn extends number,
  DataOut extends number,
>(
  net: Network<In, Out>,
  data: Dataset<DataIn, DataOut> & Fits<DataIn, In> & Fits<DataOut, Out>,
  options: ComputeOptions = {},
): Promise<Score> {
  return finish(evaluation(net, data, options, engineFrom));
}

function* evaluation(
  net: Network,
  data: Dataset,
  options: ComputeOptions,
  engineOf: (asked: EngineName | Engine) => Engine,
): Work<Score> {
  checkSubject("evaluate", net, data);
  checkOptions("evaluate", options, { engine: true });
  const fitted = fittedData("evaluate", net, data);
  return yield* inSession(engineOf(options.engine ?? "auto"), function* (session) {
    const judge = yield* createJudge(net, session, fitted);
    yield* parameterWriting(session, judge.parameters, net);
    // A part at a time: the data is looked at once.
    const tables = yield* exampleTables(session, judge, fitted, { batchSize: CHUNK, residentBytes: 0 });
    return yield* judge.score(fitted, tables);
  });
}

/** Scores a network by what a session's variables hold. */
export interface Judge extends TableInputs {
  readonly targetsKind: "labels" | "values";
  /** True for data whose examples have weights. */
  readonly isWeighted: boolean;
  readonly parameters: ForwardNetwork["parameters"];
  /** May rest after each piece. @param tables the data, in the memory of the same session, for any equations. */
  readonly score: (data: FittedData, tables: ExampleTables) => Work<Score>;
}

/**
 * Compiles a network for scoring.
 *
 * @param data of the kind that is to be scored: labels or values, with or without weights.
 * @param trained equations in the session's use whose variables are to be scored; else they are new.
 */
export function* createJudge(
  net: Network,
  session: AnySession,
  data: Dataset,
  trained: ForwardNetwork | null = null,
): Work<Judge> {
  const targets = targetsKind(data);
  const isWeighted = hasWeights(data);
  const equations = forwardNetwork(net, { capacity: CHUNK, targets, isWeighted, sharedWith: trained });
  const answer = equations.layers.at(-1)?.activation ?? equations.inputs;
  const outputs = { cost: equations.cost, ownCost: equations.meanCost, a: answer };
  const executable = yield* answerOf(session.prepare({ outputs, updates: [] }));

  function* score(data: FittedData, tables: ExampleTables): Work<Score> {
    const answers = new Float64Array(data.examples * net.outputs);
    const order = new Uint32Array(data.examples);
    for (let i = 0; i < order.length; i++) order[i] = i;
    const own = tables.for(equations);
    const most = Math.min(CHUNK, tables.maxRows);
    const once = { steps: 1, scalars: new Map(), seed: 0, firstStep: 0, watch: "cost" };
    let [cost, ownCost] = [0, 0];
    for (let start = 0; start < data.examples; start += most) {
      const batchSize = Math.min(most, data.examples - start);
      const { filled, ...rows } = own.bind(order, start, batchSize);
      if (filled !== null) yield filled;
      const { total } = yield* answerOf(executable.runSteps({ ...rows, batchSize, ...once }));
      cost += (total * batchSize) / data.examples;
      const [chunkCost = Number.NaN] = yield* answerOf(executable.output("ownCost"));
      ownCost += (chunkCost * batchSize) / data.examples;
      answers.set(yield* answerOf(executable.output("a")), start * net.outputs);
      yield undefined;
    }
    return { cost, ownCost, ...quality(net, data, answers) };
  }
  const { inputs, targets: targetsNode, exampleWeights, parameters } = equations;
  return { targetsKind: targets, isWeighted, inputs, targets: targetsNode, exampleWeights, parameters, score };
}

function quality(net: Network, data: FittedData, answers: Float64Array): Pick<Score, "accuracy" | "r2"> {
  const { outputs } = net;
  const { targets, examples } = data;
  if (data.hasLabels)
    return { accuracy: share(examples, (i) => largestAt(answers, i * outputs, outputs) === targets[i]) };
  if (net.layers.at(-1)?.activation.name === "softmax") {
    return {
      accuracy: share(
        examples,
        (i) => largestAt(answers, i * outputs, outputs) === largestAt(targets, i * outputs, outputs),
      ),
    };
  }
  if (tellsByBoundary(net, data)) {
    // Halfway between the targets of the two classes.
    const boundary = (1 + net.cost.otherClasses) / 2;
    return {
      accuracy: share(targets.length, (i) => (answers[i] ?? 0) >= boundary === (targets[i] ?? 0) >= boundary),
    };
  }
  return { r2: meanDetermination(answers, targets, outputs) };
}

/** True where each output tells two classes apart, by the side of a boundary it is on. */
export function tellsByBoundary(net: Network, data: FittedData): boolean {
  return data.isOneOfTwo || net.cost.name === "binaryCrossEntropy" || net.cost.name === "hinge";
}

function share(count: number, isRight: (i: number) => boolean): number {
  let right = 0;
  for (let i = 0; i < count; i++) if (isRight(i)) right += 1;
  return right / count;
}

/** R² of each output, averaged. */
function meanDetermination(answers: Float64Array, targets: ArrayLike<number>, outputs: number): number {
  let sum = 0;
  for (let j = 0; j < outputs; j++) sum += determinationOf(answers, targets, outputs, j);
  return sum / outputs;
}
