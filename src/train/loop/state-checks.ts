import { OptionError } from "../../errors.ts";
import type { Network } from "../../network/index.ts";
import { isObject, shown } from "../../tree/reader.ts";
import type { UpdateEquations } from "../rules/update-equations.ts";
import type { NamedNumbers, StateSettings, TrainingState } from "./training-state.ts";

/** What is said of each setting that has to be the same. */
const advice: Readonly<Record<keyof StateSettings, string>> = {
  optimizer: "What the rule keeps belongs to it alone.",
  learningRate: "The schedule has changed the rate since. Leave learningRate out.",
  seed: "It decides which rows are held back, their order and dropout.",
  batchSize: "The state is of the middle of an epoch; other batches can begin where an epoch ends.",
  shuffle: "The state is of the middle of an epoch; another order can begin where an epoch ends.",
  monitor: "The best epoch so far was judged by it.",
  rows: "Train on the same data.",
  validationRows: "Give the same validation as before: rows held back then must not be trained on now.",
};

/**
 * Compares what a state was made with to what it is to go on with. What a trainer left open (null) fits everything.
 *
 * @throws OptionError that names the first setting that differs.
 */
export function checkSame(where: string, state: TrainingState, now: Partial<StateSettings>): void {
  for (const [key, value] of Object.entries(now) as [keyof StateSettings, StateSettings[keyof StateSettings]][]) {
    const before = state.settings[key];
    if (before === null || value === null || before === value) continue;
    throw new OptionError({
      where: [where, "from"],
      expected: `${key} ${shown(before)}, which the state was made with`,
      got: shown(value),
      advice: advice[key],
    });
  }
}

/**
 * Checks that something is a training state, and of such a network.
 *
 * @throws OptionError
 */
export function checkState(where: string, net: Network, from: unknown): asserts from is TrainingState {
  const isState =
    isObject(from) &&
    isObject(from["settings"]) &&
    isObject(from["best"]) &&
    isObject(from["ruleScalars"]) &&
    [from["epoch"], from["step"], from["epochRows"]].every((count) => Number.isSafeInteger(count)) &&
    [from["parameters"], from["ruleState"], from["history"]].every((list) => Array.isArray(list));
  if (!isState) {
    throw new OptionError({
      where: [where, "from"],
      expected: "a training state",
      got: shown(from),
      advice: "It is what train's result has as state, what onEpoch's second argument gives, and trainer's state().",
    });
  }
  // as: its parts are checked next
  const { parameters, best } = from as unknown as TrainingState;
  for (const list of [parameters, ...(best.parameters === null ? [] : [best.parameters])]) {
    const [expected, got] = [shapeOf(net.parameters), shapeOf(list)];
    if (expected === got) continue;
    throw new OptionError({
      where: [where, "from"],
      expected: `the state of a network with the parameters ${expected}`,
      got,
      advice: "Make the network with the same layers.",
    });
  }
}

/**
 * Checks that what the update rule kept is what it keeps now.
 *
 * @throws OptionError
 */
export function checkRuleState(where: string, net: Network, state: TrainingState, rule: UpdateEquations): void {
  if (state.step === 0 && state.ruleState.length === 0) return;
  const kept = net.parameters.flatMap((each) => rule.stateNames.map((name) => ({ ...described(each), state: name })));
  const [expected, got] = [shapeOf(kept), shapeOf(state.ruleState)];
  if (expected === got) return;
  throw new OptionError({
    where: [where, "from"],
    expected: `what the optimizer keeps with these settings: ${expected || "nothing"}`,
    got: got || "nothing",
    advice: "Give the optimizer the state was made with.",
  });
}

function described({ layer, name, values }: NamedNumbers): NamedNumbers {
  return { layer, name, values };
}

/** Names and lengths: "weights 1 (12), biases 1 (4)". */
function shapeOf(list: readonly (NamedNumbers & { readonly state?: string })[]): string {
  return list
    .map(({ layer, name, state, values }) => {
      const length = ArrayBuffer.isView(values) ? values.length : "no numbers";
      return `${state === undefined ? "" : `${state} of `}${name} ${layer} (${length})`;
    })
    .join(", ");
}
