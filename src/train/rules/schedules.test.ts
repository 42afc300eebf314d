import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { OptionError } from "../../errors.ts";
import {
  firstScheduleState,
  type Position,
  rateAt,
  type Schedule,
  schedule,
  scheduleAfterEpoch,
  scheduleFrom,
  scheduleNames,
} from "./schedules.ts";

interface Case {
  readonly schedule: string;
  readonly learningRate: number;
  readonly arguments: Readonly<Record<string, number | string | boolean>>;
  readonly learningRates: readonly number[];
  readonly metrics?: readonly number[];
}

const { cases } = JSON.parse(
  readFileSync(new URL("../../../test/pytorch/schedules.json", import.meta.url), "utf8"),
) as {
  cases: readonly Case[];
};

/** Our schedule for PyTorch's arguments. */
function ours({ schedule: name, arguments: given }: Case): Schedule {
  const number = (key: string): number => Number(given[key]);
  switch (name) {
    case "step":
      return schedule("step", { every: number("step_size"), factor: number("gamma") });
    case "exponential":
      return schedule("exponential", { factor: number("gamma") });
    case "cosine":
      return schedule("cosine", { period: number("T_max"), minimum: number("eta_min") });
    case "cosineRestarts":
      return schedule("cosineRestarts", {
        period: number("T_0"),
        growth: number("T_mult"),
        minimum: number("eta_min"),
      });
    case "linearWarmUp":
      return schedule("linearWarmUp", { steps: number("total_iters"), start: number("start_factor") });
    case "oneCycle":
      return schedule("oneCycle", {
        steps: number("total_steps"),
        rise: number("pct_start"),
        divisor: number("div_factor"),
        finalDivisor: number("final_div_factor"),
        isLinear: given["anneal_strategy"] === "linear",
      });
    default:
      return schedule("reduceOnPlateau", {
        factor: number("factor"),
        patience: number("patience"),
        threshold: number("threshold"),
        cooldown: number("cooldown"),
        minimum: number("min_lr"),
      });
  }
}

/** The rates of one run, whose state is kept here; the state goes through JSON, as plain data can. */
function rateSequence(chosen: Schedule, learningRate: number, total: Position) {
  let state = firstScheduleState(chosen, learningRate);
  return {
    rateAt: (position: Position) => rateAt({ schedule: chosen, learningRate, total }, state, position),
    endEpoch: (cost: number) => {
      const before = JSON.stringify(state);
      const after = scheduleAfterEpoch(chosen, state, cost);
      expect(JSON.stringify(state)).toBe(before);
      state = JSON.parse(JSON.stringify(after)) as typeof state;
    },
  };
}

/** Rates of one step per epoch, as PyTorch's schedulers count. */
function ratesOf(chosen: Schedule, learningRate: number, count: number, metrics: readonly number[] = []): number[] {
  const sequence = rateSequence(chosen, learningRate, { epoch: count, step: count });
  return Array.from({ length: count }, (_, i) => {
    const rate = sequence.rateAt({ epoch: i, step: i });
    sequence.endEpoch(metrics[i] ?? 0);
    return rate;
  });
}

describe("40 rates of PyTorch's schedulers", () => {
  test("cover every schedule but the constant one", () => {
    expect(new Set(["constant", ...cases.map((each) => each.schedule)])).toEqual(new Set(scheduleNames));
  });

  test.each(cases.map((each, i) => [i, each.schedule, each] as const))("%i, %s: the same", (_i, _name, each) => {
    // We judge by the lowest cost; the largest metric is the lowest of its negatives.
    const sign = each.arguments["mode"] === "max" ? -1 : 1;
    const metrics = each.metrics?.map((metric) => sign * metric);
    const actual = ratesOf(ours(each), each.learningRate, each.learningRates.length, metrics);
    // PyTorch multiplies step by step, we take a power: 40 roundings of rates up to 0.2.
    each.learningRates.forEach((expected, i) =>
      expect(Math.abs(actual[i]! - expected)).toBeLessThan(40 * 0.2 * 2 ** -53),
    );
  });
});

describe("schedules", () => {
  const total: Position = { epoch: 4, step: 40 };

  test("that last as long as the run take its length from it", () => {
    const cosine = rateSequence(schedule("cosine"), 1, total);
    expect(cosine.rateAt({ epoch: 2, step: 20 })).toBe(0.5);
    expect(cosine.rateAt({ epoch: 4, step: 40 })).toBe(0);
    const cycle = rateSequence(schedule("oneCycle"), 1, total);
    expect(cycle.rateAt({ epoch: 1, step: 11 })).toBe(1);
    expect(cycle.rateAt({ epoch: 3, step: 39 })).toBeCloseTo(1 / 25 / 10_000, 20);
  });

  test("begin after a warm-up, where their own steps start from 0", () => {
    const warm = schedule("linearWarmUp", { steps: 10, start: 0, then: schedule("oneCycle", { rise: 0.5 }) });
    const sequence = rateSequence(warm, 1, total);
    expect(sequence.rateAt({ epoch: 0, step: 5 })).toBe(0.5);
    expect(sequence.rateAt({ epoch: 1, step: 10 })).toBeCloseTo(1 / 25, 15);
    expect(sequence.rateAt({ epoch: 3, step: 39 })).toBeCloseTo(1 / 25 / 10_000, 20);
  });

  test("hear of the costs behind a warm-up too", () => {
    const plateau = schedule("reduceOnPlateau", { patience: 0, factor: 0.5 });
    const sequence = rateSequence(schedule("linearWarmUp", { steps: 1, start: 0.5, then: plateau }), 1, total);
    sequence.endEpoch(1);
    sequence.endEpoch(1);
    expect(sequence.rateAt({ epoch: 2, step: 20 })).toBe(0.5);
  });

  test("stay at the lowest rate when one cycle is over", () => {
    const cycle = rateSequence(schedule("oneCycle", { steps: 10 }), 1, total);
    expect(cycle.rateAt({ epoch: 3, step: 30 })).toBe(cycle.rateAt({ epoch: 0, step: 9 }));
  });

  test("count a cost that is not a number as no better", () => {
    const sequence = rateSequence(schedule("reduceOnPlateau", { patience: 0, factor: 0.5 }), 1, total);
    sequence.endEpoch(Number.NaN);
    expect(sequence.rateAt({ epoch: 1, step: 10 })).toBe(0.5);
  });

  test("survive JSON", () => {
    const warm = schedule("linearWarmUp", { steps: 3, then: schedule("cosine", { minimum: 0.01 }) });
    expect(scheduleFrom(JSON.parse(JSON.stringify(warm)) as Schedule)).toEqual(warm);
  });

  test("have defaults for everything, so that a name is enough", () => {
    for (const name of scheduleNames) {
      expect(ratesOf(scheduleFrom(name), 0.1, 12, []).every((rate) => rate >= 0 && rate <= 0.1)).toBe(true);
    }
  });
});

describe("schedule refuses", () => {
  test.each([
    [() => scheduleFrom("cosin" as "cosine"), 'Did you mean "cosine"?'],
    [() => scheduleFrom({ name: "step", evry: 3 }), 'among every, factor, got "evry"'],
    [() => schedule("step", { every: 0 }), "every to be above 0, got 0"],
    [() => schedule("step", { every: 1.5 }), "every to be a whole number, got 1.5"],
    [() => schedule("exponential", { factor: Number.NaN }), "factor to be a number"],
    [() => scheduleFrom({ name: "exponential", factor: "0.9" }), 'factor to be a number, got "0.9"'],
    [() => schedule("oneCycle", { rise: 1 }), "rise to be below 1"],
    [() => schedule("cosine", { minimum: -1 }), "minimum to be 0 or more, got -1"],
    [() => scheduleFrom({ name: "oneCycle", isLinear: 1 }), "isLinear to be true or false, got 1"],
    [() => scheduleFrom({ name: "linearWarmUp", then: { name: "nope" } }), 'got "nope"'],
  ])("%s", (make, message) => {
    expect(make).toThrow(OptionError);
    expect(make).toThrow(message);
  });
});
