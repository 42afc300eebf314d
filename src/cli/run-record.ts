import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { DataError } from "../errors.ts";
import type { Finding } from "../explain/index.ts";
import type { Network } from "../network/index.ts";
import { weightsHash } from "../train/index.ts";
import type { Arguments } from "./arguments.ts";
import type { MeasuredRecord } from "./measured-record.ts";
import { kindOfPath, readJsonFile } from "./read-file.ts";
import type { RunFigures } from "./training-report.ts";

/** The name of a run's record in its folder, beside the model. */
export const RECORD_NAME = "run.json";

/** An epoch as it is kept: one of up to 1000 of a run. */
export interface EpochRecord {
  readonly epoch: number;
  readonly cost: number;
  readonly learningRate: number;
  readonly validation: { readonly cost: number; readonly accuracy?: number; readonly r2?: number } | null;
}

/** How errors and gradients stood in a layer after an epoch, on one batch. Sizes are roots of mean squares. */
export interface LayerFlow {
  readonly layer: number;
  /** Of `δ_j^l`. */
  readonly error: number;
  /** Of `∂C/∂w_jk^l`. */
  readonly weightGradient: number;
  /** Of `w_jk^l`. */
  readonly weights: number;
  /** `‖w − w before‖/‖w before‖` over the epoch. */
  readonly change: number;
  /** Part of the pairs of example and neuron with |f′| below 0.01; null for activations that are not flat on both sides. */
  readonly saturated: number | null;
  /** Neurons whose f′ is 0 on every example. */
  readonly dead: number;
}

/** A layer's name: what a report says of it. */
export interface LayerRecord {
  readonly layer: number;
  readonly units: number;
  readonly activation: string;
}

/**
 * A run as `run.json` keeps it: all that a report shows beside the model itself, so that it can be written again without
 * the data. Numbers that JSON has no sign for (NaN, Infinity) are null.
 */
export interface RunRecord {
  /** Of this format. */
  readonly version: 1;
  /** What `train --json` prints. */
  readonly figures: RunFigures;
  /** How the data were read: DATA and the options for it. */
  readonly source: { readonly operand: string; readonly options: Readonly<Record<string, string>> };
  readonly settings: Readonly<Record<string, string | number | null>>;
  readonly inputs: number;
  readonly layers: readonly LayerRecord[];
  readonly history: readonly EpochRecord[];
  readonly flow: readonly { readonly epoch: number; readonly layers: readonly LayerFlow[] }[];
  readonly measured: MeasuredRecord;
  readonly findings: readonly Finding[];
}

/** More epochs than these show nothing more in a curve; of longer runs, so many evenly spaced ones are kept. */
const MOST_EPOCHS = 1000;

/** All of them, or as many as a record keeps: evenly spaced, with the first and the last. */
export function keptEpochs<Each>(epochs: readonly Each[]): readonly Each[] {
  if (epochs.length <= MOST_EPOCHS) return epochs;
  const step = (epochs.length - 1) / (MOST_EPOCHS - 1);
  return Array.from({ length: MOST_EPOCHS }, (_, i) => epochs[Math.round(i * step)]).filter(
    (each) => each !== undefined,
  );
}

/** The options that say how DATA is to be read. */
const SOURCE_OPTIONS = ["delimiter", "decimal", "encoding", "missing", "columns", "ignore"] as const;
const SOURCE_FLAGS = ["header", "no-header"] as const;

/** As they were given. */
export function sourceOf(args: Arguments): RunRecord["source"] {
  const given = SOURCE_OPTIONS.flatMap((name): [string, string][] => {
    const value = args.given(name);
    return value === null ? [] : [[name, value]];
  });
  const flags = SOURCE_FLAGS.filter((name) => args.flag(name)).map((name): [string, string] => [name, ""]);
  return { operand: args.operand, options: Object.fromEntries([...given, ...flags]) };
}

/** Arguments that read DATA as the run did, where they say nothing of it themselves. */
export function withSource(args: Arguments, { options }: RunRecord["source"]): Arguments {
  return {
    ...args,
    flag: (name) => args.flag(name) || Object.hasOwn(options, name),
    given: (name) => args.given(name) ?? options[name] ?? null,
  };
}

/**
 * The record beside a model, when it is of that very model: null where there is none, or the weights are others.
 *
 * @param path of the model, or of the run's folder.
 * @throws DataError when there is one that cannot be read.
 */
export function recordBeside(path: string, net: Network): RunRecord | null {
  const recordPath = join(kindOfPath(path) === "folder" ? path : dirname(path), RECORD_NAME);
  if (!existsSync(recordPath)) return null;
  const record = readRecord(recordPath);
  return record.figures.weightsHash === weightsHash(net) ? record : null;
}

/** Reads `run.json`. @throws DataError when it is none. */
export function readRecord(path: string): RunRecord {
  const json = readJsonFile(path, { isFound: true });
  const isRecord =
    typeof json === "object" &&
    json !== null &&
    "version" in json &&
    json.version === 1 &&
    ["figures", "source", "settings", "layers", "history", "flow", "measured", "findings"].every((key) => key in json);
  // What stands in it was written by this program: a file of this version with these parts is taken at its word.
  if (isRecord) return json as unknown as RunRecord;
  const version =
    typeof json === "object" && json !== null && "version" in json
      ? `version ${String(json.version)}`
      : "something else";
  throw new DataError(`${path}: expected the record of a run, version 1, got ${version}. Train again to write one.`);
}
