import { describe, expect, test } from "vitest";
import { DataError } from "../../errors.ts";
import { dense, network } from "../../network/index.ts";
import { foreignMarkup } from "../../../test/hostile/markup.ts";
import { recordFrom } from "./read-record.ts";
import { reportHtml } from "../page/report-html.ts";

const net = network(2, [dense(2, "relu"), dense(2, "softmax")], { cost: "crossEntropy", seed: 1 });

/** A record with every kind of field. */
const record = {
  version: 1,
  figures: {
    task: "classification",
    data: "fruit",
    target: "kind",
    train: { cost: 0.25, accuracy: 0.75 },
    validation: { cost: null, accuracy: 0.5 },
    test: null,
    baseline: { train: { accuracy: 0.5 }, validation: { accuracy: 0.5 }, test: null },
    epochs: 2,
    bestEpoch: 1,
    stopped: "early",
    seconds: 0.5,
    model: "model.safetensors",
    curves: "curves.svg",
    run: "run.json",
    report: null,
    weightsHash: "0a".repeat(32),
    notes: ["A classification."],
  },
  source: { operand: "fruit.csv", options: { delimiter: ";" } },
  settings: { optimizer: "adam", learningRate: 0.01, clipNorm: null },
  inputs: 2,
  layers: [
    { layer: 1, units: 2, activation: "relu" },
    { layer: 2, units: 2, activation: "softmax" },
  ],
  history: [
    { epoch: 1, cost: 0.5, learningRate: 0.01, validation: { cost: 0.5, accuracy: 0.5 } },
    { epoch: 2, cost: null, learningRate: 0.01, validation: null },
  ],
  flow: [
    {
      epoch: 1,
      layers: [
        { layer: 1, error: 0.1, weightGradient: 0.1, weights: 1, change: 0.01, saturated: null, dead: 1 },
        { layer: 2, error: 0.2, weightGradient: null, weights: 1, change: 0.01, saturated: 0.5, dead: 0 },
      ],
    },
  ],
  measured: {
    on: "validation",
    examples: 4,
    classes: ["apple", "pear"],
    confusion: [
      [2, 0],
      [1, 1],
    ],
    scores: [
      { precision: 0.66, recall: 1, f1: 0.8, support: 2 },
      { precision: 1, recall: 0.5, f1: 0.66, support: 2 },
    ],
    pairs: null,
    wrong: 1,
    mistakes: [
      {
        example: 4,
        expected: "pear",
        answered: "apple",
        probability: 0.9,
        ofExpected: 0.1,
        image: { width: 2, pixels: [0, 1, 0.5, 0.25] },
        inputs: [{ name: "length", value: 3 }],
      },
    ],
  },
  findings: [
    {
      kind: "deadNeurons",
      where: { layer: 1, neurons: [2], columns: null },
      evidence: { dead: 1 },
      text: "A neuron is dead.",
      why: { equation: "BP2", term: "f′(z_j^l)", text: "It is 0." },
      remedies: ["Lower the learning rate."],
    },
  ],
};

interface Change {
  readonly path: string;
  readonly json: unknown;
}

const values: readonly unknown[] = [
  "<img src=x onerror=alert(1)>",
  "toString",
  "",
  null,
  true,
  -1,
  0.5,
  1e300,
  2 ** 60,
  [],
  [null],
  {},
  { toString: 1, constructor: 2 },
];

/** The record with every value in it, one at a time, made another, or left out. */
function changes(): readonly Change[] {
  const all: Change[] = [];
  const visit = (value: unknown, path: string, put: (each: unknown) => unknown): void => {
    for (const other of values) all.push({ path, json: put(other) });
    if (typeof value !== "object" || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      const rebuilt = (other: unknown): unknown =>
        Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
      visit(each, `${path}.${key}`, (other) => put(rebuilt(other)));
      if (!Array.isArray(value)) {
        const { [key]: _, ...rest } = value as Record<string, unknown>;
        all.push({ path: `${path}.${key}`, json: put(rest) });
      }
    }
  };
  visit(record, "", (each) => each);
  return all;
}

const written = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

describe("the record of a run", () => {
  test("is read as it was written, null for a number as NaN", () => {
    const read = recordFrom("run.json", written(record));
    expect(read.figures.validation).toEqual({ cost: Number.NaN, accuracy: 0.5 });
    expect(read.history[1]?.cost).toBeNaN();
    expect(written(read)).toEqual(record);
  });

  test("may have fields that a later version knows", () => {
    expect(written(recordFrom("run.json", { ...record, more: { a: 1 } }))).toEqual(record);
  });

  test("with a text for a number of neurons is refused by name", () => {
    const forged = { ...record, layers: [record.layers[0], { layer: 2, units: "<img src=x>", activation: "relu" }] };
    expect(() => recordFrom("runs/a/run.json", written(forged))).toThrow(
      'runs/a/run.json: layers[1].units: expected a whole number of at least 1, got "<img src=x>". Correct it.',
    );
  });

  test.each<[string, unknown]>([
    ["version 2", { ...record, version: 2 }],
    ["something else", []],
    ["something else", { version: { toString: 1 } }],
    ["version <b>", { version: "<b>" }],
  ])("of another format is refused: %s", (got, json) => {
    expect(() => recordFrom("run.json", json)).toThrow(`expected the record of a run, version 1, got ${got}.`);
  });

  test("with any single change is read or refused with its place, and its report has no markup of others", () => {
    const all = changes();
    expect(all.length).toBeGreaterThan(1500);
    let refused = 0;
    for (const [number, { path, json }] of all.entries()) {
      try {
        const read = recordFrom("run.json", written(json));
        // Every report derives the network: a part of them tells as much.
        if (number % 64 === 0) expect(foreignMarkup(reportHtml(read, net)), path).toBeNull();
      } catch (error) {
        refused += 1;
        expect(error, path).toBeInstanceOf(DataError);
        expect(String(error), path).toMatch(
          /^DataError: run\.json: (?:expected|record: expected|[\w.[\]]+: expected) .* got .*\. /,
        );
      }
    }
    expect(refused).toBeGreaterThan(all.length / 2);
  });
});
