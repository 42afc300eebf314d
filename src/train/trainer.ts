import { checkNetwork } from "../network/check-network.ts";
import { checkOptions, type OptionNames } from "../network/known-options.ts";
import {
  type EngineName,
  type Executable,
  type Session,
  type SynchronousEngine,
  finishNow,
  synchronousEngine,
} from "../engine/index.ts";
import { DataError } from "../errors.ts";
import type { Axis, InputNode } from "../graph/index.ts";
import {
  denseRows,
  denseTargets,
  type MatrixLike,
  type Network,
  type OfWidth,
  readParameters,
  type Targets,
  writeParameters,
} from "../network/index.ts";
import { checkLastLayer } from "../network/last-layer.ts";
import { checkedSeed } from "../random/index.ts";
import type { Clipping } from "./rules/clipping.ts";
import { liveParameters } from "./loop/live-parameters.ts";
import { checkedLearningRate } from "./loop/training-options.ts";
import { type TrainingProgram, trainingProgram } from "./loop/training-program.ts";
import { checkRuleState, checkSame, checkState } from "./loop/state-checks.ts";
import {
  copiedParameters,
  fillParameters,
  ruleStateReading,
  ruleStateWriting,
  type TrainingState,
} from "./loop/training-state.ts";
import { firstScalars } from "./rules/update-equations.ts";
import { type UpdateRule, updateRuleFrom, type UpdateRuleName } from "./rules/update-rules.ts";

/** How a trainer changes the network. */
export interface TrainerOptions {
  /** Default "sgd". */
  readonly optimizer?: UpdateRuleName | UpdateRule;
  /** η. Default: the update rule's. */
  readonly learningRate?: number;
  /** Default: gradients are taken as they are. */
  readonly clip?: Clipping;
  /** For dropout. Default: the network's. */
  readonly seed?: number;
  /** A name, or an engine of your own, one that does not answer with promises. Default "auto": "wasm", unless a BLAS was asked for. */
  readonly engine?: EngineName | SynchronousEngine;
  /**
   * Where to go on: a state of this package's `trainer` or `train`, of a network with the same layers. Its parameters are put
   * into the network first. Default: from the network's present parameters, with an update rule that remembers nothing.
   */
  readonly from?: TrainingState;
}

/** Every option there is. */
const known: OptionNames<TrainerOptions> = {
  optimizer: true,
  learningRate: true,
  clip: true,
  seed: true,
  engine: true,
  from: true,
};

/** Trains a network step by step, for those who write their own loop. */
export interface Trainer<In extends number = number, Out extends number = number> {
  /** η of the next steps; may be changed between them. Setting it throws an OptionError for anything but a number from 0 up. */
  learningRate: number;
  /** Steps done. */
  readonly steps: number;
  /**
   * One step on a batch of any size: forward, backward, update.
   *
   * @param inputs `[examples, n_0]`
   * @param targets `[examples, n_L]` values, or `[examples]` class labels
   * @returns C of the batch, before the update; NaN or infinite when training has gone wrong.
   */
  readonly step: <const Inputs extends MatrixLike, const Wanted extends Targets>(
    inputs: Inputs & OfWidth<Inputs, In>,
    targets: Wanted & OfWidth<Wanted, Out>,
  ) => number;
  /** A copy of all that the next step follows from; steps after that do not change it. */
  readonly state: () => TrainingState;
}

/**
 * A trainer that starts from the network's present parameters. `net.parameters` gives the trained ones whenever it is
 * read, as `predict` and `evaluate` do. Writing there is for before the first step: the trainer has its own copy after.
 *
 * @throws OptionError when an option is unknown or out of its range, or the cost cannot judge the last layer.
 */
export function trainer<In extends number, Out extends number>(
  net: Network<In, Out>,
  options: TrainerOptions = {},
): Trainer<In, Out> {
  checkNetwork("trainer", net);
  checkOptions("trainer", options, known);
  const last = net.layers.at(-1);
  if (last !== undefined) checkLastLayer("trainer", last, net.cost);
  const rule = updateRuleFrom(options.optimizer ?? "sgd");
  const from = options.from ?? null;
  if (from !== null) checkState("trainer", net, from);
  const seed = checkedSeed(options.seed ?? net.seed, "trainer");
  if (from !== null) checkSame("trainer", from, { optimizer: rule.name, seed });
  const given = options.learningRate ?? from?.settings.learningRate ?? rule.learningRate;
  const engine = synchronousEngine("trainer", options.engine ?? "auto", "Use train, which waits for such engines.");
  const rates = new Float64Array(1);
  let rate = checkedLearningRate("trainer", given);
  let count = from === null ? firstScalars : { step: from.step, scalars: from.ruleScalars };
  let compiled: Compiled | null = null;
  if (from !== null) fillParameters(net, from.parameters);
  const changed = liveParameters(net, () => {
    if (compiled !== null) readParameters(compiled.session, compiled.training.equations.parameters, net);
  });

  /** A program for batches of this size; made anew when they grow, with all that was learned carried over. */
  const compiledFor = (rows: number, targets: "values" | "labels"): Compiled => {
    if (compiled !== null && rows <= compiled.capacity && targets === compiled.targets) return compiled;
    const capacity = Math.max(rows, compiled?.capacity ?? 0);
    const training = trainingProgram(net, { capacity, targets, rule, clip: options.clip ?? null });
    const session = engine.open();
    const executable = session.prepare(training.program);
    const next: Compiled = { capacity, targets, training, session, executable, fed: new Map(), extents: new Map() };
    writeParameters(session, training.equations.parameters, net);
    if (compiled !== null) carryStates(compiled, next);
    else if (from !== null) {
      checkRuleState("trainer", net, from, training.rule);
      finishNow(ruleStateWriting(session, training.rule, from.ruleState));
    }
    compiled = next;
    return next;
  };

  return {
    get learningRate() {
      return rate;
    },
    set learningRate(value) {
      rate = checkedLearningRate("trainer", value);
    },
    get steps() {
      return count.step;
    },
    step: (inputs, targets) => {
      const x = denseRows("step: inputs", inputs, net.inputs);
      if (x.rows === 0)
        throw new DataError({
          where: "step",
          expected: "1 or more examples",
          got: "none",
          advice: "Pass at least one row.",
        });
      const t = denseTargets("step: targets", targets, net.outputs, x.rows);
      const { training, executable, fed, extents } = compiledFor(x.rows, t.kind);
      const { equations } = training;
      rates[0] = rate;
      fed.set(equations.inputs, x.values);
      fed.set(equations.targets, t.values);
      const scalars = training.rule.scalarsAt(count, rates);
      for (const [node, value] of scalars.values) fed.set(node, value);
      extents.set(equations.examples, x.rows);
      executable.run({ inputs: fed, extents, seed, step: count.step });
      count = scalars.after;
      changed();
      return executable.output("cost")[0] ?? Number.NaN;
    },
    state: () => ({
      settings: {
        optimizer: rule.name,
        learningRate: rate,
        seed,
        batchSize: null,
        shuffle: null,
        monitor: null,
        rows: null,
        validationRows: null,
      },
      epoch: 0,
      step: count.step,
      epochRows: 0,
      epochCost: 0,
      parameters: copiedParameters(net),
      ruleState:
        compiled === null
          ? (from?.ruleState ?? []).map((each) => ({ ...each, values: each.values.slice() }))
          : finishNow(ruleStateReading(compiled.session, net, compiled.training.rule)),
      ruleScalars: count.scalars,
      schedule: null,
      best: { epoch: 0, judged: Infinity, parameters: null },
      history: [],
    }),
  };
}

/** A training step, compiled for batches of up to `capacity` examples. */
interface Compiled {
  readonly capacity: number;
  readonly targets: "values" | "labels";
  readonly training: TrainingProgram;
  readonly session: Session;
  readonly executable: Executable;
  /** What the next run is fed, and the number of its examples; written anew each step, so that a step allocates less. */
  readonly fed: Map<InputNode, ArrayLike<number>>;
  readonly extents: Map<Axis, number>;
}

function carryStates(from: Compiled, to: Compiled): void {
  for (const [i, state] of to.training.rule.states.entries()) {
    const before = from.training.rule.states[i];
    if (before !== undefined) to.session.write(state, from.session.read(before));
  }
}
