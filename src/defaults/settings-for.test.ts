import { describe, expect, test } from "vitest";
import { prepare, tableOfRows } from "../data/index.ts";
import { dataset, train } from "../train/index.ts";
import { networkFor, trainingOptionsFor } from "./settings.ts";
import { type RequestedSettings, settingsFor } from "./settings-for.ts";
import { settingsJson, settingsOptions } from "./settings-options.ts";

const facts = {
  task: "regression",
  taskReason: "the target holds amounts",
  rows: 100,
  inputs: 3,
  inputsReason: "3 numbers",
  outputs: 1,
  isStandardized: true,
} as const;

describe("settingsFor", () => {
  test("chooses a network and its training for a table, each choice with its reason", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [i % 7, i % 3 === 0 ? "a" : "b", i % 2 === 0 ? "yes" : "no"]);
    const table = tableOfRows(rows, ["x", "kind", "answer"]);
    const prepared = prepare(table, { target: "answer" });
    const { facts: found, settings, choices } = settingsFor(prepared, { epochs: 2 });
    expect(found).toMatchObject({ task: "classification", outputs: 2 });
    expect(settings).toMatchObject({ cost: "crossEntropy", optimizer: "adam", hidden: [128, 64], epochs: 2 });
    const byName = new Map(choices.map((choice) => [choice.name, choice]));
    expect(byName.get("task")?.reason).toContain("holds words");
    expect(byName.get("inputs")?.reason).toContain("1 category column");
    expect(byName.get("epochs")).toMatchObject({ basis: "given", value: 2 });
    expect(byName.get("hidden")).toMatchObject({ basis: "data", value: "128,64" });
    expect(byName.get("activation")).toMatchObject({ basis: "usual", value: "relu" });
    // Every setting is said, and nothing without a reason.
    expect([...byName.keys()]).toEqual(["inputs", "task", ...Object.keys(settingsOptions)]);
    expect(choices.filter(({ reason, label }) => reason === "" || label === "")).toEqual([]);
    const result = await train(networkFor(settings, found), prepared.training, trainingOptionsFor(settings));
    expect(result.epochs).toBe(2);
  });

  test("takes a data set as it is", () => {
    const data = dataset({
      inputs: [
        [0, 1],
        [1, 0],
      ],
      targets: [0, 1],
      classes: ["a", "b"],
    });
    const { facts: found, settings } = settingsFor(data);
    expect(found).toMatchObject({ task: "classification", rows: 2, inputs: 2, outputs: 2 });
    expect(networkFor(settings, found).layers.at(-1)?.activation.name).toBe("softmax");
  });

  test("leaves the L2 penalty out beside an L1 penalty, and a second training where the last epoch is wanted", () => {
    expect(settingsFor(facts).settings).toMatchObject({ l2: 0.003, isRefit: true });
    expect(settingsFor(facts, { l1: 0.1, patience: "none" }).settings).toMatchObject({ l2: 0, isRefit: false });
    expect(trainingOptionsFor(settingsFor(facts, { patience: "none" }).settings)).not.toHaveProperty("patience");
  });

  test.each<[RequestedSettings, string]>([
    [{ cost: "hinge" }, "settingsFor: cost: expected a cost for a regression"],
    [{ cost: "poisson" }, "settingsFor: cost: expected a cost that takes amounts below 0"],
    [{ classWeights: "balanced" }, "settingsFor: classWeights: expected none for a regression"],
  ])("refuses %j for amounts with mean 0", (requested, message) => {
    expect(() => settingsFor(facts, requested)).toThrow(message);
  });

  test("blames a setting by the name that the caller has for it", () => {
    expect(() => settingsFor(facts, { cost: "hinge" }, (name) => `--${name}`)).toThrow("--cost: expected");
  });
});

describe("settingsOptions", () => {
  test("have names, and defaults that they read themselves", () => {
    const options = Object.values(settingsOptions);
    expect(new Set(options.map(({ name }) => name)).size).toBe(options.length);
    for (const { name, read, default: value } of options) {
      if (value !== null && (value !== "auto" || name === "threads")) expect(() => read(name, value)).not.toThrow();
    }
  });

  test("read back what settingsJson writes", () => {
    const requested: RequestedSettings = {
      hidden: [64, 32],
      clipNorm: 2,
      classWeights: { a: 2, b: 0.5 },
      isRefit: false,
    };
    const { settings } = settingsFor({ ...facts, task: "classification", outputs: 2 }, requested);
    const written = settingsJson(settings);
    expect(written).toMatchObject({ hidden: "64,32", clipNorm: 2, classWeights: "a=2,b=0.5", isRefit: "off" });
    for (const [key, value] of Object.entries(written)) {
      const name = key as keyof typeof settingsOptions;
      const read = value === null ? null : settingsOptions[name].read(name, String(value));
      expect([name, read]).toEqual([name, settings[name]]);
    }
  });

  test("refuse a value out of their range with the range in words", () => {
    expect(() => settingsOptions.dropout.read("--dropout", "1")).toThrow(
      '--dropout: expected a fraction from 0 up, below 1, got "1"',
    );
    expect(() => settingsOptions.epochs.read("--epochs", "0")).toThrow("expected a whole number from 1 up");
    expect(() => settingsOptions.clipNorm.read("--clip-norm", "0")).toThrow("expected a number above 0");
    expect(() => settingsOptions.activation.read("--activation", "relo")).toThrow('Did you mean "relu"?');
  });
});
