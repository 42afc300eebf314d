import { OptionError } from "../../errors.ts";
import { shown } from "../../tree/reader.ts";
import { nearest } from "../../network/nearest.ts";
import { cosPi, pow } from "../../random/index.ts";

/** What each schedule is set by; the defaults are those of PyTorch, where it has any. */
export interface ScheduleSettings {
  /** η all the time. */
  readonly constant: object;
  /** η times `factor` for every `every` epochs done. PyTorch: StepLR. */
  readonly step: { readonly every: number; readonly factor: number };
  /** η times `factor` to the number of epochs done. PyTorch: ExponentialLR. */
  readonly exponential: { readonly factor: number };
  /** From η down to `minimum` along half a cosine of `period` epochs (0: all of them). PyTorch: CosineAnnealingLR. */
  readonly cosine: { readonly period: number; readonly minimum: number };
  /**
   * As `cosine`, and back to η after each period; every period is `growth` times as long as the one before. PyTorch:
   * CosineAnnealingWarmRestarts.
   */
  readonly cosineRestarts: { readonly period: number; readonly growth: number; readonly minimum: number };
  /** From η times `start` up to η in `steps` steps, in a straight line; then `then`. PyTorch: LinearLR. */
  readonly linearWarmUp: { readonly steps: number; readonly start: number; readonly then: Schedule };
  /**
   * From η/`divisor` up to η in the part `rise` of the `steps` (0: all of the run's), then down to η/`divisor`/
   * `finalDivisor`, by cosines or, with `isLinear`, straight. PyTorch: OneCycleLR, in two phases.
   */
  readonly oneCycle: {
    readonly steps: number;
    readonly rise: number;
    readonly divisor: number;
    readonly finalDivisor: number;
    readonly isLinear: boolean;
  };
  /**
   * Times `factor` each time more than `patience` epochs in a row did not lower the cost (that of validation, if there is
   * one) by more than the part `threshold`; then at rest for `cooldown` epochs; never below `minimum`. PyTorch:
   * ReduceLROnPlateau.
   */
  readonly reduceOnPlateau: {
    readonly factor: number;
    readonly patience: number;
    readonly threshold: number;
    readonly cooldown: number;
    readonly minimum: number;
  };
}

/** Names of the schedules. */
export type ScheduleName = keyof ScheduleSettings;

/** How the learning rate η changes in the course of training: plain data, that JSON can hold. */
export type Schedule = { [Name in ScheduleName]: { readonly name: Name } & ScheduleSettings[Name] }[ScheduleName];

const defaults: { readonly [Name in ScheduleName]: ScheduleSettings[Name] } = {
  constant: {},
  step: { every: 10, factor: 0.1 },
  exponential: { factor: 0.95 },
  cosine: { period: 0, minimum: 0 },
  cosineRestarts: { period: 10, growth: 1, minimum: 0 },
  linearWarmUp: { steps: 5, start: 1 / 3, then: { name: "constant" } },
  oneCycle: { steps: 0, rise: 0.3, divisor: 25, finalDivisor: 10_000, isLinear: false },
  reduceOnPlateau: { factor: 0.1, patience: 10, threshold: 1e-4, cooldown: 0, minimum: 0 },
};

/** Every schedule's name. */
// The keys of a record over a union are that union; `Object.keys` cannot know.
export const scheduleNames: readonly ScheduleName[] = Object.keys(defaults) as ScheduleName[];

/**
 * A schedule with the settings given, the rest by default: `schedule("step", { every: 30 })`,
 * `schedule("linearWarmUp", { steps: 500, then: schedule("cosine") })`.
 *
 * @throws OptionError when name or setting is unknown, or a setting is out of its range.
 */
export function schedule<Name extends ScheduleName>(
  name: Name,
  settings: Partial<ScheduleSettings[Name]> = {},
): Schedule {
  return scheduleFrom({ ...settings, name });
}

/** Settings that count epochs or steps; of these, some may be 0 for "all there are" or "none". */
const COUNTS: readonly string[] = ["every", "period", "steps", "growth", "patience", "cooldown"];
const MAY_BE_ZERO: readonly string[] = ["minimum", "threshold", "patience", "cooldown", "start"];

/**
 * A schedule from its name, or from an object as JSON has it, with defaults filled in.
 *
 * @throws OptionError when name or setting is unknown, or a setting is out of its range.
 */
export function scheduleFrom(
  given: ScheduleName | { readonly name: ScheduleName; readonly [key: string]: unknown },
): Schedule {
  const { name, ...settings } = typeof given === "string" ? { name: given } : given;
  if (!scheduleNames.includes(name)) {
    throw new OptionError(
      `schedule: expected one of ${scheduleNames.join(", ")}, got ${shown(name)}.` +
        (nearest(name, scheduleNames) || " Choose one of them."),
    );
  }
  const known: Readonly<Record<string, unknown>> = { ...defaults[name] };
  const result: Record<string, unknown> = { name, ...known };
  for (const [key, value] of Object.entries(settings)) {
    if (!Object.hasOwn(known, key)) {
      throw new OptionError(
        `schedule "${name}": expected settings among ${Object.keys(known).join(", ") || "none"}, got "${key}".` +
          (nearest(key, Object.keys(known)) || " Check the spelling."),
      );
    }
    result[key] = key === "then" ? scheduleFrom(value as Schedule) : checkedSetting(name, key, value);
  }
  // Every key of the named schedule is there, each of its kind: checked above, which types cannot follow.
  return result as unknown as Schedule;
}

function checkedSetting(name: ScheduleName, key: string, value: unknown): number | boolean {
  const fail = (expected: string): never => {
    throw new OptionError(
      `schedule "${name}": expected ${key} to be ${expected}, got ${JSON.stringify(value) ?? String(value)}. ` +
        `Its default is ${JSON.stringify((defaults[name] as Readonly<Record<string, unknown>>)[key])}.`,
    );
  };
  if (key === "isLinear") return typeof value === "boolean" ? value : fail("true or false");
  if (typeof value !== "number" || !Number.isFinite(value)) return fail("a number");
  const isWholeRun =
    value === 0 && ((name === "cosine" && key === "period") || (name === "oneCycle" && key === "steps"));
  if (isWholeRun) return value;
  if (COUNTS.includes(key) && !Number.isSafeInteger(value)) return fail("a whole number");
  if (value < 0 || (value === 0 && !MAY_BE_ZERO.includes(key))) {
    return fail(MAY_BE_ZERO.includes(key) ? "0 or more" : "above 0");
  }
  return key === "rise" && value >= 1 ? fail("below 1") : value;
}

/** Where in a training run a rate is asked for. */
export interface Position {
  /** Epochs done. */
  readonly epoch: number;
  /** Steps done, in all epochs. */
  readonly step: number;
}

/**
 * What a schedule that looks at the cost has seen of it: the present rate, the lowest cost (null before the first epoch),
 * epochs in a row without a lower one, and epochs of rest to come. The other schedules keep nothing: null.
 */
export type ScheduleState = {
  readonly rate: number;
  readonly best: number | null;
  readonly badEpochs: number;
  readonly resting: number;
} | null;

/** What the rates of a run follow from. */
export interface RateSettings {
  readonly schedule: Schedule;
  /** η, the highest rate. */
  readonly learningRate: number;
  /** Epochs and steps of the whole run, for schedules that last as long. */
  readonly total: Position;
}

/** The state of a schedule before the first epoch. */
export function firstScheduleState(chosen: Schedule, learningRate: number): ScheduleState {
  if (chosen.name === "linearWarmUp") return firstScheduleState(chosen.then, learningRate);
  return chosen.name === "reduceOnPlateau" ? { rate: learningRate, best: null, badEpochs: 0, resting: 0 } : null;
}

/** η at a position. It depends on its arguments alone. */
export function rateAt(
  { schedule: chosen, learningRate, total }: RateSettings,
  state: ScheduleState,
  at: Position,
): number {
  if (chosen.name === "linearWarmUp") {
    const { steps, start, then } = chosen;
    if (at.step < steps) return learningRate * between(start, 1, at.step / steps);
    const rest = { ...total, step: Math.max(1, total.step - steps) };
    return rateAt({ schedule: then, learningRate, total: rest }, state, { ...at, step: at.step - steps });
  }
  if (chosen.name === "reduceOnPlateau") return state?.rate ?? learningRate;
  return scheduledRate(chosen, learningRate, at, total);
}

/** The state after an epoch of this cost. */
export function scheduleAfterEpoch(chosen: Schedule, state: ScheduleState, cost: number): ScheduleState {
  if (chosen.name === "linearWarmUp") return scheduleAfterEpoch(chosen.then, state, cost);
  return chosen.name === "reduceOnPlateau" && state !== null ? plateauAfterEpoch(chosen, state, cost) : state;
}

function scheduledRate(chosen: Schedule, rate: number, position: Position, total: Position): number {
  const { epoch, step } = position;
  switch (chosen.name) {
    case "step":
      return rate * pow(chosen.factor, Math.floor(epoch / chosen.every));
    case "exponential":
      return rate * pow(chosen.factor, epoch);
    case "cosine":
      return between(chosen.minimum, rate, cosineAt(epoch / (chosen.period || total.epoch)));
    case "cosineRestarts": {
      let start = 0;
      let { period } = chosen;
      while (epoch - start >= period) {
        start += period;
        period *= chosen.growth;
      }
      return between(chosen.minimum, rate, cosineAt((epoch - start) / period));
    }
    case "oneCycle":
      return oneCycleRate(chosen, rate, step, total);
    default:
      return rate;
  }
}

/** 1 at 0, 0 at 1, along half a cosine. */
function cosineAt(part: number): number {
  return (1 + cosPi(part)) / 2;
}

function between(low: number, high: number, part: number): number {
  return low + (high - low) * part;
}

function oneCycleRate(chosen: Schedule & { name: "oneCycle" }, rate: number, step: number, total: Position): number {
  const steps = chosen.steps || total.step;
  const last = steps - 1;
  const top = chosen.rise * steps - 1;
  const first = rate / chosen.divisor;
  const falling = (part: number): number => (chosen.isLinear ? 1 - part : cosineAt(part));
  if (step < top) return between(rate, first, falling(step / top));
  return between(first / chosen.finalDivisor, rate, falling(Math.min(1, (step - top) / (last - top))));
}

/** PyTorch leaves the rate alone when it would change by no more than this. */
const SMALLEST_CHANGE = 1e-8;

function plateauAfterEpoch(
  chosen: Schedule & { name: "reduceOnPlateau" },
  state: NonNullable<ScheduleState>,
  cost: number,
): ScheduleState {
  let { rate, best, badEpochs, resting } = state;
  // For a cost below 0 the part is taken off towards −∞, so that "lower by a part" means the same.
  if (best === null ? cost < Infinity : cost < best - chosen.threshold * Math.abs(best)) {
    best = cost;
    badEpochs = 0;
  } else {
    badEpochs += 1;
  }
  if (resting > 0) {
    resting -= 1;
    badEpochs = 0;
  }
  if (badEpochs > chosen.patience) {
    const reduced = Math.max(rate * chosen.factor, chosen.minimum);
    if (rate - reduced > SMALLEST_CHANGE) rate = reduced;
    resting = chosen.cooldown;
    badEpochs = 0;
  }
  return { rate, best, badEpochs, resting };
}
