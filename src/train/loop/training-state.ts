import { answerOf, type AnySession, isLater, type Work } from "../../engine/index.ts";
import type { Network } from "../../network/index.ts";
import type { Monitor } from "../scores/monitor.ts";
import type { ScheduleState } from "../rules/schedules.ts";
import type { UpdateEquations } from "../rules/update-equations.ts";
import type { EpochReport } from "./epoch-report.ts";

/** The numbers of a parameter, by its layer (1 … L) and name. */
export interface NamedNumbers<Numbers = Float64Array> {
  readonly layer: number;
  readonly name: string;
  /** Row-major, as the parameter's own. */
  readonly values: Numbers;
}

/** What a state was made with, as far as going on depends on it. Null: made by a trainer, which knows no epochs. */
export interface StateSettings {
  /** Name of the update rule. */
  readonly optimizer: string;
  /** η, as the options gave it or the trainer had it last. */
  readonly learningRate: number;
  readonly seed: number;
  readonly batchSize: number | null;
  readonly shuffle: boolean | null;
  readonly monitor: Monitor | null;
  /** Examples trained on, and examples held back for validation. */
  readonly rows: number | null;
  readonly validationRows: number | null;
}

/** A state whose numbers are arrays, or stand for arrays. */
export interface StateOf<Numbers> {
  readonly settings: StateSettings;
  /** Whole epochs done. */
  readonly epoch: number;
  /** Steps done. */
  readonly step: number;
  /** Of the epoch that was interrupted: examples seen, and the sum of their costs. 0 at the end of an epoch. */
  readonly epochRows: number;
  readonly epochCost: number;
  readonly parameters: readonly NamedNumbers<Numbers>[];
  /** What the update rule keeps for each parameter: `state` is its name there, such as `m`. Empty before the first step. */
  readonly ruleState: readonly (NamedNumbers<Numbers> & { readonly state: string })[];
  /** The update rule's scalars, by name. */
  readonly ruleScalars: Readonly<Record<string, number>>;
  readonly schedule: ScheduleState;
  /** The best epoch (0 before the first), what it was judged by, and, with `patience`, its parameters. */
  readonly best: {
    readonly epoch: number;
    readonly judged: number;
    readonly parameters: readonly NamedNumbers<Numbers>[] | null;
  };
  readonly history: readonly EpochReport[];
}

/**
 * Everything the next step of a training follows from, beside the network's equations and the data: plain numbers and
 * arrays that `structuredClone` copies, the same on every engine. Going on from it gives the very bits of a training that was never interrupted.
 */
export type TrainingState = StateOf<Float64Array>;

/** The same state with other arrays: `change` is called on each once, always in the same order. */
export function withNumbers<From, To>(state: StateOf<From>, change: (numbers: From) => To): StateOf<To> {
  const changed = <Kind extends NamedNumbers<From>>(list: readonly Kind[]): (Omit<Kind, "values"> & { values: To })[] =>
    list.map((each) => ({ ...each, values: change(each.values) }));
  const { parameters, ruleState, best } = state;
  return {
    ...state,
    parameters: changed(parameters),
    ruleState: changed(ruleState),
    best: { ...best, parameters: best.parameters === null ? null : changed(best.parameters) },
  };
}

/** A copy of a network's parameters. */
export function copiedParameters(net: Network): NamedNumbers[] {
  return net.parameters.map(({ layer, name, values }) => ({ layer, name, values: values.slice() }));
}

/** Copies the numbers of a state's parameters into the network's arrays, which stay the same. */
export function fillParameters(net: Network, parameters: readonly NamedNumbers[]): void {
  for (const [i, { values }] of net.parameters.entries()) values.set(parameters[i]?.values ?? []);
}

/** A copy of what the update rule keeps in a session. */
export function* ruleStateReading(
  session: AnySession,
  net: Network,
  { states, stateNames }: UpdateEquations,
): Work<TrainingState["ruleState"]> {
  const result: (NamedNumbers & { readonly state: string })[] = [];
  for (const [i, variable] of states.entries()) {
    const parameter = net.parameters[Math.floor(i / stateNames.length)];
    const state = stateNames[i % stateNames.length];
    if (parameter === undefined || state === undefined) continue;
    const read = session.read(variable);
    const values = Float64Array.from(isLater(read) ? yield* answerOf(read) : read);
    result.push({ layer: parameter.layer, name: parameter.name, state, values });
  }
  return result;
}

/** Writes what `ruleStateReading` gave into a session; nothing, where no step was done. */
export function* ruleStateWriting(
  session: AnySession,
  { states }: UpdateEquations,
  ruleState: TrainingState["ruleState"],
): Work<void> {
  for (const [i, { values }] of ruleState.entries()) {
    const variable = states[i];
    if (variable !== undefined) yield* answerOf(session.write(variable, values));
  }
}
