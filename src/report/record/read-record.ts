import { DataError, type Fault } from "../../errors.ts";
import { type EquationName, type Finding, type FindingKind, textbookEquations } from "../../explain/index.ts";
import {
  isObject,
  type Place,
  placeOf,
  readEntries,
  readKnownFields,
  readList,
  readName,
  readOptional,
  readText,
  readWhole,
  unexpected,
  wholeOf,
} from "../../tree/reader.ts";
import { readMeasured } from "./read-measured.ts";
import { readMeasure, readShare, readSize, wholeFields } from "./record-fields.ts";
import { titles } from "../../explain/diagnosis/finding-titles.ts";
import type { EpochRecord, LayerFlow, LayerRecord, RunRecord } from "./run-record.ts";
import type { RunFigures, ScoreJson } from "./run-figures.ts";

/** More than a record keeps of anything but classes and examples: what is drawn or listed stays small. */
const MOST = 10_000;

/**
 * Checks the record of a run, which somebody else may have written: every field by type and range. Numbers that JSON has no
 * sign for stand in it as null, and become NaN.
 *
 * @param path of the file, for messages.
 * @throws DataError that names the file and the place in it.
 */
export function recordFrom(path: string, json: unknown): RunRecord {
  const advice = "Train again to write one.";
  const of = { name: "record", fault: (fault: Fault) => new DataError({ ...fault, file: path }) };
  const whole = wholeOf(json, of);
  if (!isObject(json) || json["version"] !== 1) {
    const version = isObject(json) && Object.hasOwn(json, "version") ? json["version"] : undefined;
    const got = typeof version === "number" || typeof version === "string" ? `version ${version}` : "something else";
    throw of.fault({ where: "", expected: "the record of a run, version 1", got, advice });
  }
  const fields = readKnownFields(whole, [
    "figures",
    "source",
    "settings",
    "inputs",
    "heldBack",
    "layers",
    "history",
    "flow",
    "measured",
    "findings",
  ]);
  const at = (key: keyof typeof fields): Place => placeOf(fields, key, "what train writes there", whole);
  return {
    version: 1,
    figures: readFigures(at("figures")),
    source: readSource(at("source")),
    settings: readSettings(at("settings")),
    inputs: readWhole(at("inputs"), 1),
    ...(fields.heldBack === undefined ? {} : { heldBack: readWhole(fields.heldBack, 0) }),
    layers: readList(at("layers"), MOST).map(readLayer),
    history: readList(at("history"), MOST).map(readEpoch),
    flow: readList(at("flow"), MOST).map((place) => {
      const { epoch, layers } = wholeFields(place, ["epoch", "layers"]);
      return { epoch: readWhole(epoch, 0), layers: readList(layers, MOST).map(readFlow) };
    }),
    measured: readMeasured(at("measured")),
    findings: readList(at("findings"), MOST).map(readFinding),
  };
}

const figureNames = [
  "task",
  "data",
  "target",
  "train",
  "validation",
  "test",
  "baseline",
  "epochs",
  "bestEpoch",
  "stopped",
  "seconds",
  "model",
  "curves",
  "run",
  "report",
  "weightsHash",
  "notes",
] as const;

function readFigures(place: Place): RunFigures {
  const all = readKnownFields(place, [...figureNames, "refit"]);
  for (const name of figureNames) placeOf(all, name, "what train writes there", place);
  // All of them are there, but perhaps for refit, which runs of before lack.
  const fields = all as Readonly<Record<(typeof figureNames)[number], Place>>;
  const baseline = wholeFields(fields.baseline, ["train", "validation", "test"]);
  return {
    task: readName(fields.task, ["classification", "multilabel", "regression"]),
    data: readText(fields.data),
    target: readOptional(fields.target, readText),
    train: readOptional(fields.train, readScore),
    validation: readOptional(fields.validation, readScore),
    test: readOptional(fields.test, readScore),
    baseline: {
      train: readOptional(baseline.train, readBaseline),
      validation: readOptional(baseline.validation, readBaseline),
      test: readOptional(baseline.test, readBaseline),
    },
    epochs: readWhole(fields.epochs, 0),
    bestEpoch: readWhole(fields.bestEpoch, 0),
    stopped: readName(fields.stopped, ["finished", "early", "aborted", "diverged"]),
    seconds: readSize(fields.seconds),
    model: readText(fields.model),
    curves: readText(fields.curves),
    run: readText(fields.run),
    report: readOptional(fields.report, readText),
    weightsHash: readHash(fields.weightsHash),
    ...(all.refit === undefined ? {} : { refit: readOptional(all.refit, readRefit) }),
    notes: readList(fields.notes, MOST).map(readText),
  };
}

function readRefit(place: Place): NonNullable<RunFigures["refit"]> {
  const { rows, epochs } = wholeFields(place, ["rows", "epochs"]);
  return { rows: readWhole(rows, 1), epochs: readWhole(epochs, 1) };
}

function readHash(place: Place): string {
  const text = readText(place);
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw unexpected(place, "the SHA-256 of weights, 64 digits from 0 to f", "Train again.");
}

function readScore(place: Place): ScoreJson {
  const { cost, ownCost, accuracy, r2 } = readKnownFields(place, ["cost", "ownCost", "accuracy", "r2"]);
  return {
    cost: readMeasure(cost ?? placeOf({}, "cost", '"cost": 0.5', place)),
    ...(ownCost === undefined ? {} : { ownCost: readMeasure(ownCost) }),
    ...(accuracy === undefined ? {} : { accuracy: readShare(accuracy) }),
    ...(r2 === undefined ? {} : { r2: readMeasure(r2) }),
  };
}

function readBaseline(place: Place): { accuracy: number } | { r2: number } {
  const { accuracy, r2 } = readKnownFields(place, ["accuracy", "r2"]);
  if (accuracy !== undefined) return { accuracy: readShare(accuracy) };
  return { r2: readMeasure(r2 ?? placeOf({}, "r2", '"r2": 0', place)) };
}

function readSource(place: Place): RunRecord["source"] {
  const { operand, options } = wholeFields(place, ["operand", "options"]);
  const given = [...readEntries(options)].map(([name, each]) => [name, readText(each)] as const);
  return { operand: readText(operand), options: Object.fromEntries(given) };
}

function readSettings(place: Place): RunRecord["settings"] {
  const entries = [...readEntries(place)].map(([name, each]) => {
    const { value } = each;
    const isPlain = value === null || typeof value === "string" || typeof value === "number";
    if (!isPlain) throw unexpected(each, "a number, a text or null", "Train again.");
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

function readLayer(place: Place): LayerRecord {
  const { layer, units, activation } = wholeFields(place, ["layer", "units", "activation"]);
  return { layer: readWhole(layer, 1), units: readWhole(units, 1), activation: readText(activation) };
}

function readEpoch(place: Place): EpochRecord {
  const { epoch, cost, learningRate, validation } = wholeFields(place, ["epoch", "cost", "learningRate", "validation"]);
  return {
    epoch: readWhole(epoch, 1),
    cost: readMeasure(cost),
    learningRate: readMeasure(learningRate),
    validation: readOptional(validation, readScore),
  };
}

function readFlow(place: Place): LayerFlow {
  const fields = wholeFields(place, ["layer", "error", "weightGradient", "weights", "change", "saturated", "dead"]);
  return {
    layer: readWhole(fields.layer, 1),
    error: readSize(fields.error),
    weightGradient: readSize(fields.weightGradient),
    weights: readSize(fields.weights),
    change: readSize(fields.change),
    saturated: readOptional(fields.saturated, readShare),
    dead: readWhole(fields.dead, 0),
  };
}

function readFinding(place: Place): Finding {
  const { kind, where, evidence, text, why, remedies } = wholeFields(place, [
    "kind",
    "where",
    "evidence",
    "text",
    "why",
    "remedies",
  ]);
  const spot = wholeFields(where, ["layer", "neurons", "columns"]);
  const reason = wholeFields(why, ["equation", "term", "text"]);
  return {
    // The names are those of the table.
    kind: readName(kind, Object.keys(titles) as FindingKind[]),
    where: {
      layer: readOptional(spot.layer, (each) => readWhole(each, 1)),
      neurons: readOptional(spot.neurons, (each) => readList(each).map((neuron) => readWhole(neuron, 1))),
      columns: readOptional(spot.columns, (each) => readList(each).map(readText)),
    },
    evidence: Object.fromEntries([...readEntries(evidence)].map(([name, each]) => [name, readMeasure(each)])),
    text: readText(text),
    why: {
      equation: readName(reason.equation, Object.keys(textbookEquations) as EquationName[]),
      term: readText(reason.term),
      text: readText(reason.text),
    },
    remedies: readList(remedies, MOST).map(readText),
  };
}
