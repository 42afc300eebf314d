import { denseChain } from "../../network/dense-chain.ts";
import { parameter } from "../../network/parameters.ts";
import { checkOptions } from "../../network/known-options.ts";
import type { Network } from "../../network/index.ts";
import type { Dataset, EpochReport } from "../../train/index.ts";
import { fittedData } from "../../train/examples/fitted-data.ts";
import {
  type Diagnosis,
  diagnose,
  type DiagnosisOptions,
  findInLayers,
  thinned,
  withoutConsequences,
  knownDiagnosisOptions,
} from "./diagnose.ts";
import type { EpochCost } from "./examine-course.ts";
import type { Finding } from "./finding.ts";
import { figuresOf, type LayerFigures, rootMeanSquare } from "./layer-figures.ts";

/** A layer after an epoch. */
export interface WatchedLayer extends LayerFigures {
  /** `‖w − w before‖/‖w before‖`: the part of the weights that the epoch, all its steps together, has changed. */
  readonly change: number;
}

/** An epoch as it was watched. */
export interface WatchedEpoch {
  readonly epoch: number;
  /** Of the training, as reported. */
  readonly cost: number;
  readonly learningRate: number;
  readonly layers: readonly WatchedLayer[];
  /** What is wrong with the layers at this point; of the learning rate only a whole course tells. */
  readonly findings: readonly Finding[];
}

/** Watches a training. */
export interface Watch {
  /** To be given to `train`, or called by a callback of your own, after every epoch. */
  readonly onEpoch: (report: EpochReport) => void;
  /** The epochs so far that were measured. */
  readonly epochs: readonly WatchedEpoch[];
  /** The network as it is now, on all the data, with the course of its training. */
  diagnosis(): Diagnosis;
}

/** How a training is watched. */
export interface WatchOptions extends DiagnosisOptions {
  /**
   * Part of the training's time that watching may take, 0.1 for a tenth, beside a tenth of a second: an epoch after which
   * it has taken more is not measured. Default: every epoch is.
   */
  readonly budget?: number;
}

/** Time that nobody waits for: short trainings are measured in more of their epochs. */
const UNFELT_MS = 100;

/** Examples to measure on after each epoch: one batch, whatever the size of the data. */
const WATCHED_EXAMPLES = 128;

/**
 * Watches a training: `const watching = watch(net, data); await train(net, data, { onEpoch: watching.onEpoch })`. After
 * each epoch the flow of errors and gradients is measured on one batch of up to 128 examples (option `examples`), always
 * the same ones.
 *
 * @throws ShapeError when a width of the data is not the network's.
 */
export function watch(net: Network, data: Dataset, options: WatchOptions = {}): Watch {
  checkOptions("watch", options, { ...knownDiagnosisOptions, budget: true });
  const { examples = WATCHED_EXAMPLES, budget = Infinity, ...rest } = options;
  const batch = thinned(fittedData("watch", net, data), examples);
  const measure = figuresOf(net, batch, { engine: rest.engine ?? "auto", learningRate: null });
  const epochs: WatchedEpoch[] = [];
  const costs: EpochCost[] = [];
  let [trainedMs, spentMs] = [0, 0];
  const chain = denseChain("watch", net);
  const weightsOf = (i: number): Float64Array => parameter(net, i + 1, "weights").values;
  const before = chain.map(({ weights }) => weights.slice());
  return {
    epochs,
    onEpoch: ({ epoch, cost, learningRate, seconds }) => {
      costs.push({ cost });
      trainedMs += 1000 * seconds;
      if (spentMs > UNFELT_MS + budget * trainedMs) {
        for (const [i, old] of before.entries()) old.set(weightsOf(i));
        return;
      }
      const startedMs = performance.now();
      const figures = measure();
      const layers = figures.layers.map((layer, i): WatchedLayer => {
        const [now, old] = [weightsOf(i), before[i] ?? new Float64Array(0)];
        const size = rootMeanSquare(old);
        for (let at = 0; at < old.length; at++) old[at] = (now[at] ?? 0) - (old[at] ?? 0);
        const change = rootMeanSquare(old) / size;
        old.set(now);
        return { ...layer, updateRatio: (learningRate * layer.weightGradient) / layer.weights, change };
      });
      const findings = withoutConsequences(findInLayers(net, batch, figures));
      epochs.push({ epoch, cost, learningRate, layers, findings });
      // The first time, code is compiled; that is no measure of the others.
      if (epochs.length > 1) spentMs += performance.now() - startedMs;
    },
    diagnosis: () => diagnose(net, data, { ...rest, history: costs }),
  };
}
