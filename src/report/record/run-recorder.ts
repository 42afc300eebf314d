import { inputNames } from "../../data/index.ts";
import { diagnose, type EpochCost, type HeldBackScore, type Watch, type WatchedLayer } from "../../explain/index.ts";
import type { Model } from "../../model/index.ts";
import { measuredRecord } from "./measured-record.ts";
import type { Refit } from "../../defaults/refit.ts";
import { keptEpochs, type LayerFlow, type RunRecord } from "./run-record.ts";
import { baselineFigure, type Outcome, runFigures, type ScoreJson, scoreJson } from "./run-figures.ts";
import type { Settings } from "../../defaults/settings.ts";
import { settingsJson } from "../../defaults/settings-options.ts";

/** What is known of a run at its end, beside its outcome. */
export interface RunSources {
  readonly watching: Watch;
  readonly source: RunRecord["source"];
  /** The network that is kept, where it is another one. */
  readonly refit: Refit | null;
}

/** The record of a run that has just ended, with the network as it was kept. */
export function recordOf(
  outcome: Outcome,
  settings: Settings,
  model: Model,
  { watching, source, refit }: RunSources,
): RunRecord {
  const { data, history } = outcome;
  const { network: net } = model;
  const kept: Model = refit === null ? model : { ...refit.model, summary: null };
  const { engine } = settings;
  const [on, held] =
    data.test !== null
      ? (["test", refit?.test ?? data.test] as const)
      : data.validation !== null
        ? (["validation", data.validation] as const)
        : (["training", data.training] as const);
  const { findings } = diagnose(net, data.training.data, {
    engine,
    history: coursesOf(history, outcome.stopped),
    ...data.columnSuspects,
    heldBack: heldBackScore(
      scoreJson(outcome.validation),
      data.validation === null ? null : baselineFigure(data.validation.baseline),
      data.validation?.data.examples ?? 0,
    ),
    ...(data.preprocessing === null ? {} : { columns: inputNames(data.preprocessing) }),
  });
  return {
    version: 1,
    figures: runFigures(outcome),
    source,
    settings: settingsJson(settings),
    inputs: kept.network.inputs,
    heldBack: data.validation?.data.examples ?? 0,
    layers: net.layers.map(({ units, activation }, i) => ({ layer: i + 1, units, activation: activation.name })),
    history: keptEpochs(history).map(({ epoch, cost: trained, learningRate: rate, validation }) => ({
      epoch,
      cost: trained,
      learningRate: rate,
      validation: scoreJson(validation ?? null),
    })),
    flow: keptEpochs(watching.epochs).map(({ epoch, layers }) => ({ epoch, layers: layers.map(flowOf) })),
    measured: measuredRecord(on === "test" ? kept : model, held.data, on, { engine, rowNumbers: held.rowNumbers }),
    findings,
  };
}

/** The costs of the epochs; of a run that diverged, the one that was no number, too. */
export function coursesOf(history: readonly EpochCost[], stopped: Outcome["stopped"]): readonly EpochCost[] {
  return stopped === "diverged" ? [...history, { cost: Number.NaN }] : history;
}

/** What was reached on the rows held back, beside the baseline; null where none were. */
export function heldBackScore(
  score: ScoreJson | null,
  baseline: { accuracy: number } | { r2: number } | null,
  examples: number,
): HeldBackScore | null {
  if (score === null || baseline === null) return null;
  if ("accuracy" in baseline)
    return { measure: "accuracy", value: score.accuracy ?? Number.NaN, baseline: baseline.accuracy, examples };
  return { measure: "r2", value: score.r2 ?? Number.NaN, baseline: baseline.r2, examples };
}

function flowOf({ layer, error, weightGradient, weights, change, saturated, deadNeurons }: WatchedLayer): LayerFlow {
  return { layer, error, weightGradient, weights, change, saturated, dead: deadNeurons.length };
}
