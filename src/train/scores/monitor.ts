import { OptionError } from "../../errors.ts";
import { nearest } from "../../network/nearest.ts";
import type { Score } from "./evaluate.ts";

/**
 * What tells the best epoch.
 *
 * - "cost": the lowest own cost of the validation examples, without the penalty on the weights, which falls when the
 *   weights shrink and says nothing of the answers; without validation, the lowest cost of the epoch's training steps.
 * - "accuracy", "r2": the highest of validation; among equals, the first.
 */
export type Monitor = "cost" | "accuracy" | "r2";

/** Every monitor. */
export const monitorNames: readonly Monitor[] = ["cost", "accuracy", "r2"];

/** What is known of an epoch. */
interface JudgedEpoch {
  /** Of the training steps, with the penalty. */
  readonly cost: number;
  readonly validation?: Score;
}

/**
 * What is to be lowest, from the report of an epoch: a cost, or an accuracy or R² with its sign turned.
 *
 * @throws OptionError when there is no such monitor, or it needs validation and there is none. The function throws it when
 *   validation has no such score.
 */
export function monitorOf({
  monitor = "cost",
  validation,
}: {
  readonly monitor?: Monitor;
  readonly validation?: unknown;
}): (epoch: JudgedEpoch) => number {
  if (!monitorNames.includes(monitor)) {
    throw new OptionError({
      where: "train",
      expected: `monitor ${monitorNames.join(", ")}`,
      got: JSON.stringify(monitor),
      advice: nearest(monitor, monitorNames) || ' Leave it out for "cost".',
    });
  }
  if (monitor === "cost") return (epoch) => epoch.validation?.ownCost ?? epoch.cost;
  if (validation === undefined || validation === null) {
    throw new OptionError({
      where: "train",
      expected: `validation for monitor "${monitor}"`,
      got: "none",
      advice: "Add validation: 0.2, or leave the monitor out.",
    });
  }
  return (epoch) => {
    const value = epoch.validation?.[monitor];
    if (value !== undefined) return -value;
    throw new OptionError({
      where: "train",
      expected: `monitor "${monitor === "r2" ? "accuracy" : "r2"}" or "cost" for these targets`,
      got: `"${monitor}"`,
      advice: "They have no such score.",
    });
  };
}
