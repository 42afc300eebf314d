import { activationNames, costNames } from "../../../network/index.ts";
import { type ClassWeights, monitorNames, scheduleNames, updateRuleNames } from "../../../train/index.ts";
import { type Arguments, readNumber } from "../../framework/arguments.ts";
import { engineOf } from "../models/engine-option.ts";
import { namedInitializers, type RequestedSettings } from "../../../defaults/settings.ts";

/** Reads the options about network and training, before any data. @throws OptionError when one is out of its range. */
export function readRequestedSettings(args: Arguments): RequestedSettings {
  const orNull = <Value>(name: string, read: () => Value): Value | null => (args.given(name) === null ? null : read());
  const penalty = (name: string): number => args.number(name, "a number from 0 up", (value) => value >= 0);
  const above0 = (name: string): number => args.number(name, "a number above 0", (value) => value > 0);
  const isFraction = (value: number): boolean => value >= 0 && value < 1;
  return {
    hidden: orNull("hidden", () => hiddenWidths(args.where("hidden"), args.text("hidden"))),
    activation: args.choice("activation", activationNames),
    initializer: orNull("init", () => args.choice("init", namedInitializers)),
    cost: orNull("cost", () => args.choice("cost", costNames)),
    dropout: orNull("dropout", () => args.number("dropout", "a fraction from 0 up, below 1", isFraction)),
    l1: penalty("l1"),
    l2: orNull("l2", () => penalty("l2")),
    optimizer: args.choice("optimizer", updateRuleNames),
    learningRate: orNull("learning-rate", () => above0("learning-rate")),
    schedule: args.choice("schedule", scheduleNames),
    batchSize: orNull("batch-size", () => args.wholeNumber("batch-size", 1)),
    epochs: orNull("epochs", () => args.wholeNumber("epochs", 1)),
    patience: orNull("patience", () => (args.text("patience") === "none" ? "none" : args.wholeNumber("patience", 1))),
    monitor: args.choice("monitor", monitorNames),
    isRefit: orNull("refit", () => args.choice("refit", ["on", "off"]) === "on"),
    classWeights: orNull("class-weights", () =>
      readClassWeights(args.where("class-weights"), args.text("class-weights")),
    ),
    clipNorm: orNull("clip-norm", () => above0("clip-norm")),
    seed: args.wholeNumber("seed", 0),
    engine: engineOf(args),
    threads: args.text("threads") === "auto" ? "auto" : args.wholeNumber("threads", 1),
  };
}

/** `balanced`, `1,2,5` in the order of the classes, or `yes=5,no=1` by their names. */
function readClassWeights(where: string, text: string): ClassWeights {
  if (text === "balanced") return text;
  const rule = {
    expected: "balanced, or weights such as yes=5,no=1 from 0 up",
    isAllowed: (value: number) => value >= 0,
  };
  const parts = text.split(",").map((part) => part.trim());
  if (parts.every((part) => !part.includes("="))) return parts.map((part) => readNumber(where, part, rule));
  return Object.fromEntries(
    parts.map((part) => {
      // A name may have the sign, a number has none.
      const at = part.lastIndexOf("=");
      return [part.slice(0, at), readNumber(where, part.slice(at + 1), rule)];
    }),
  );
}

/** The widths in "64,32"; none in "none". */
function hiddenWidths(where: string, text: string): number[] {
  if (text === "none") return [];
  const expected = 'widths such as 64 or 64,32 or "none"';
  const isAllowed = (width: number): boolean => Number.isSafeInteger(width) && width > 0;
  return text.split(",").map((width) => readNumber(where, width.trim(), { expected, isAllowed }));
}
