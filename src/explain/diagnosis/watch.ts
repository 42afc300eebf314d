import type { Network } from "../../network/index.ts";
import type { Dataset, EpochReport } from "../../train/index.ts";
import { fittedData } from "../../train/fitted-data.ts";
import {
  type Diagnosis,
  diagnose,
  type DiagnosisOptions,
  findInLayers,
  thinned,
  withoutConsequences,
} from "./diagnose.ts";
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
  /** The epochs so far. */
  readonly epochs: readonly WatchedEpoch[];
  /** The network as it is now, on all the data, with the course of its training. */
  diagnosis(): Diagnosis;
}

/** Examples to measure on after each epoch: one batch, whatever the size of the data. */
const WATCHED_EXAMPLES = 256;

/**
 * Watches a training: `const watching = watch(net, data); await train(net, data, { onEpoch: watching.onEpoch })`. After
 * each epoch the flow of errors and gradients is measured on one batch of up to 256 examples (option `examples`), always
 * the same ones, which costs about as much as two steps of that size.
 *
 * @throws ShapeError when a width of the data is not the network's.
 */
export function watch(net: Network, data: Dataset, options: DiagnosisOptions = {}): Watch {
  const { examples = WATCHED_EXAMPLES, ...rest } = options;
  const batch = thinned(fittedData("watch", net, data), examples);
  const measure = figuresOf(net, batch, { engine: rest.engine ?? "auto", learningRate: null });
  const epochs: WatchedEpoch[] = [];
  let before = net.parameters.map(({ weights }) => weights.slice());
  return {
    epochs,
    onEpoch: ({ epoch, cost, learningRate }) => {
      const figures = measure();
      const layers = figures.layers.map((layer, i): WatchedLayer => {
        const [now, old] = [net.parameters[i]?.weights ?? new Float64Array(0), before[i] ?? new Float64Array(0)];
        const size = rootMeanSquare(old);
        const change = rootMeanSquare(now.map((weight, at) => weight - (old[at] ?? 0))) / size;
        return { ...layer, updateRatio: (learningRate * layer.weightGradient) / layer.weights, change };
      });
      before = net.parameters.map(({ weights }) => weights.slice());
      const findings = withoutConsequences(findInLayers(net, batch, figures));
      epochs.push({ epoch, cost, learningRate, layers, findings });
    },
    diagnosis: () => diagnose(net, data, { ...rest, history: epochs }),
  };
}
