import { inputNames } from "../data/index.ts";
import { diagnose, type Watch, type WatchedLayer } from "../explain/index.ts";
import type { Model } from "../model/index.ts";
import { measuredRecord } from "./measured-record.ts";
import { keptEpochs, type LayerFlow, type RunRecord } from "./run-record.ts";
import { type Outcome, runFigures, scoreJson } from "./training-report.ts";
import type { Settings } from "./training-settings.ts";
import { writeFileAtomically } from "./write-file.ts";

/** What is known of a run at its end, beside its outcome. */
interface RunSources {
  readonly watching: Watch;
  readonly source: RunRecord["source"];
}

/** The record of a run that has just ended, with the network as it was kept. */
export function recordOf(
  outcome: Outcome,
  settings: Settings,
  model: Model,
  { watching, source }: RunSources,
): RunRecord {
  const { data, history } = outcome;
  const { network: net } = model;
  const { seed, engine, optimizer, learningRate, schedule, batchSize, cost, dropout, l1, l2, clipNorm } = settings;
  const [on, held] =
    data.test !== null
      ? (["test", data.test] as const)
      : data.validation !== null
        ? (["validation", data.validation] as const)
        : (["training", data.training] as const);
  const { findings } = diagnose(net, data.training.data, {
    engine,
    history,
    ...(data.preprocessing === null ? {} : { columns: inputNames(data.preprocessing) }),
  });
  return {
    version: 1,
    figures: runFigures(outcome),
    source,
    settings: { optimizer, learningRate, schedule, batchSize, cost, dropout, l1, l2, clipNorm, seed, engine },
    inputs: net.inputs,
    layers: net.layers.map(({ units, activation }, i) => ({ layer: i + 1, units, activation: activation.name })),
    history: keptEpochs(history).map(({ epoch, cost: trained, learningRate: rate, validation }) => ({
      epoch,
      cost: trained,
      learningRate: rate,
      validation: scoreJson(validation ?? null),
    })),
    flow: keptEpochs(watching.epochs).map(({ epoch, layers }) => ({ epoch, layers: layers.map(flowOf) })),
    measured: measuredRecord(model, held.data, on, { engine, rowNumbers: held.rowNumbers }),
    findings,
  };
}

function flowOf({ layer, error, weightGradient, weights, change, saturated, deadNeurons }: WatchedLayer): LayerFlow {
  return { layer, error, weightGradient, weights, change, saturated, dead: deadNeurons.length };
}

/** Writes `run.json`. */
export function writeRecord(path: string, record: RunRecord): void {
  writeFileAtomically(path, new TextEncoder().encode(`${JSON.stringify(record)}\n`));
}
