import { checkSubject } from "../../train/examples/check-subject.ts";
import { checkOptions, type OptionNames } from "../../network/known-options.ts";
import type { ScaleCells } from "../../data/index.ts";
import type { EngineName, SynchronousEngine } from "../../engine/index.ts";
import { OptionError } from "../../errors.ts";
import { shown } from "../../tree/reader.ts";
import type { Network } from "../../network/index.ts";
import { drawnValues } from "../../network/parameters.ts";
import { type Dataset, examplesOf } from "../../train/examples/dataset.ts";
import { type FittedData, fittedData } from "../../train/examples/fitted-data.ts";
import {
  findIdentifyingColumns,
  findNoBetter,
  findScaleCells,
  type HeldBackScore,
  type Measure,
  type SuspectColumn,
} from "./examine-columns.ts";
import { type EpochCost, findLearningRate } from "./examine-course.ts";
import { findDuplicateColumns, findLeakingColumns, findUnscaledInputs } from "./examine-inputs.ts";
import {
  findDeadNeurons,
  findErrorFlow,
  findIdenticalNeurons,
  findNotFinite,
  findSaturatedNeurons,
} from "./examine-layers.ts";
import {
  findPoorTargets,
  findSaturatedOutputs,
  findUnfitCost,
  findUnreachableTargets,
  learnedPart,
} from "./examine-outputs.ts";
import type { Finding, FindingKind } from "./finding.ts";
import { figuresOf, type LayerFigures, type NetworkFigures, rootMeanSquare } from "./layer-figures.ts";

/** What a diagnosis may know beside network and data. */
export interface DiagnosisOptions {
  /** Default "auto". */
  readonly engine?: EngineName | SynchronousEngine;
  /** Names of the inputs, for findings about columns. Default `input 1`, `input 2` … */
  readonly columns?: readonly string[];
  /** The epochs of the training, as `train` reports them: their costs tell about the learning rate. */
  readonly history?: readonly EpochCost[];
  /** η, for the part of the weights that a step changes. */
  readonly learningRate?: number;
  /** Cells that stand apart from their column: `scaleCells(table)`. */
  readonly scaleCells?: readonly ScaleCells[];
  /** Inputs that may identify the rows (`rowIdentity`): it is measured how much rests on them. */
  readonly suspects?: readonly SuspectColumn[];
  /** How a trained network does on rows that were held back, beside the baseline. */
  readonly heldBack?: HeldBackScore | null;
  /** Look at no more examples than these, evenly spaced. Default 10,000. */
  readonly examples?: number;
}

/** A network looked over. */
export interface Diagnosis {
  /** Examples that were looked at. */
  readonly examples: number;
  /** C over them. */
  readonly cost: number;
  readonly layers: readonly LayerFigures[];
  /** What is wrong, causes first; empty for a healthy network. */
  readonly findings: readonly Finding[];
}

/** Every option there is. */
export const knownDiagnosisOptions: OptionNames<DiagnosisOptions> = {
  engine: true,
  columns: true,
  history: true,
  heldBack: true,
  learningRate: true,
  examples: true,
  scaleCells: true,
  suspects: true,
};

const MOST_EXAMPLES = 10_000;
/** What is true of the columns of so many rows is true of more. */
const ENOUGH_ROWS = 2000;

/**
 * From this part of what there is to learn on, what lies in the gradients does no harm: a network that answers well has
 * small errors and may have flat neurons.
 */
const ANSWERS_WELL = 0.5;

/**
 * Looks a network over on some data: how errors and gradients flow through the layers, whether the outputs can give what
 * the targets ask for, and whether inputs and targets are fit to learn from. A finding that another one explains is left
 * out. Dropout does not apply.
 *
 * @throws ShapeError when a width of the data is not the network's.
 * @throws OptionError when `examples` is no whole number from 1 up.
 */
export function diagnose(net: Network, data: Dataset, options: DiagnosisOptions = {}): Diagnosis {
  checkSubject("diagnose", net, data);
  checkOptions("diagnose", options, knownDiagnosisOptions);
  const { engine = "auto", columns = [], history = [], learningRate = null, examples = MOST_EXAMPLES } = options;
  if (!Number.isSafeInteger(examples) || examples < 1) {
    throw new OptionError({
      where: "diagnose",
      expected: "examples of 1 or more",
      got: shown(examples),
      advice: "Give a whole number.",
    });
  }
  const all = fittedData("diagnose", net, data);
  const fitted = thinned(all, examples);
  const some = thinned(fitted, ENOUGH_ROWS);
  const figures = figuresOf(net, fitted, { engine, learningRate })();
  const measure: Measure = (measured) =>
    learnedPart(net, measured, figuresOf(net, measured, { engine, learningRate: null })());
  const learned = learnedPart(net, fitted, figures);
  const { scaleCells = [], suspects = [], heldBack = null } = options;
  const course = findLearningRate(history, learned >= ANSWERS_WELL);
  const found = [
    ...findPoorTargets(net, all),
    ...findUnfitCost(net),
    ...findUnreachableTargets(net, all),
    ...findScaleCells(scaleCells),
    ...findUnscaledInputs(some, columns),
    ...findDuplicateColumns(some, columns),
    ...findLeakingColumns(net, some, columns, learned >= ANSWERS_WELL ? measure : null),
    ...findIdentifyingColumns(some, columns, suspects, measure),
    ...(isBlownUp(net, course) ? [] : findInLayers(net, fitted, figures)),
    ...course,
    ...findNoBetter(heldBack),
  ];
  return {
    examples: figures.examples,
    cost: figures.cost,
    layers: figures.layers,
    findings: withoutConsequences(found),
  };
}

/** Weights so many times as large as they are drawn have grown in training. */
const GROWN = 10;

/** True where the steps overshot and the weights grew out of all proportion: what is wrong in the layers follows from it. */
function isBlownUp(net: Network, course: readonly Finding[]): boolean {
  if (!course.some(({ kind }) => kind === "learningRateTooLarge")) return false;
  return net.parameters.some((each) => {
    if (!each.isPenalized) return false;
    return rootMeanSquare(each.values) > GROWN * rootMeanSquare(drawnValues(net, each));
  });
}

/** What the figures of a network's layers say; nothing of a network that answers well, but what is not finite. */
export function findInLayers(net: Network, data: FittedData, figures: NetworkFigures): readonly Finding[] {
  const notFinite = findNotFinite(figures);
  if (notFinite.length > 0) return notFinite;
  if (learnedPart(net, data, figures) >= ANSWERS_WELL) return [];
  return [
    ...findIdenticalNeurons(net),
    ...findDeadNeurons(figures),
    ...findSaturatedNeurons(net, figures),
    ...findSaturatedOutputs(net, data, figures),
    ...findErrorFlow(net, figures),
  ];
}

/** What each kind brings about, so that it is no finding of its own beside it. */
const consequences: Readonly<Partial<Record<FindingKind, readonly FindingKind[]>>> = {
  constantTargets: [
    "noBetterThanBaseline",
    "leakingColumn",
    "saturatedOutputs",
    "vanishingError",
    "learningRateTooSmall",
  ],
  unfitCost: ["noBetterThanBaseline", "notFinite", "unreachableTargets", "saturatedOutputs", "learningRateTooSmall"],
  unreachableTargets: [
    "noBetterThanBaseline",
    "saturatedOutputs",
    "deadNeurons",
    "vanishingError",
    "learningRateTooSmall",
    "learningRateTooLarge",
  ],
  unscaledInputs: [
    "noBetterThanBaseline",
    "notFinite",
    "deadNeurons",
    "saturatedNeurons",
    "saturatedOutputs",
    "vanishingError",
    "explodingError",
    "learningRateTooLarge",
    "learningRateTooSmall",
  ],
  notFinite: ["learningRateTooSmall", "noBetterThanBaseline"],
  // Standardized, the other rows are next to the same: the course of the cost says nothing of the steps.
  scaleOfFewCells: [
    "noBetterThanBaseline",
    "unscaledInputs",
    "learningRateTooLarge",
    "learningRateTooSmall",
    "explodingError",
    "vanishingError",
  ],
  leakingColumn: ["identifyingColumn"],
  identicalNeurons: ["noBetterThanBaseline", "deadNeurons", "vanishingError", "learningRateTooSmall"],
  deadNeurons: ["noBetterThanBaseline", "vanishingError", "learningRateTooSmall"],
  saturatedNeurons: ["noBetterThanBaseline", "vanishingError", "learningRateTooSmall"],
  saturatedOutputs: ["noBetterThanBaseline", "vanishingError", "learningRateTooSmall"],
  vanishingError: ["noBetterThanBaseline", "learningRateTooSmall"],
  explodingError: ["noBetterThanBaseline", "saturatedOutputs", "learningRateTooLarge"],
  learningRateTooLarge: ["noBetterThanBaseline"],
  learningRateTooSmall: ["noBetterThanBaseline"],
};

/** Only what no other finding explains. */
export function withoutConsequences(findings: readonly Finding[]): readonly Finding[] {
  const explained = new Set(findings.flatMap(({ kind }) => consequences[kind] ?? []));
  return findings.filter(({ kind }) => !explained.has(kind));
}

/** At most so many examples, evenly spaced. */
export function thinned(data: FittedData, most: number): FittedData {
  if (data.examples <= most) return data;
  const numbers = Uint32Array.from({ length: most }, (_, i) => Math.floor((i * data.examples) / most));
  return { ...examplesOf(data, numbers), isOneOfTwo: data.isOneOfTwo };
}
