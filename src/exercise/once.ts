import { apart, OverBudget } from "../formula/budget.ts";
import { sheetOperations } from "./operations.ts";

type Outcome<Value> = { readonly value: Value } | { readonly error: OverBudget };

/**
 * Work that is done when its result is first asked for, and then never again. It has a budget of its own, apart from that of
 * whoever asks first, so that no verdict depends on what was asked before; what takes more than that is not tried again.
 *
 * @returns a function that gives the result, or throws the same OverBudget always.
 */
export function once<Value>(work: () => Value): () => Value {
  let outcome: Outcome<Value> | null = null;
  return () => {
    outcome ??= outcomeOf(work);
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  };
}

/** The same for each of some names, which have to be few: what was worked out is kept as long as the function. */
export function oncePerName<Value>(work: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, () => Value>();
  return (name) => {
    const before = known.get(name) ?? once(() => work(name));
    known.set(name, before);
    return before();
  };
}

function outcomeOf<Value>(work: () => Value): Outcome<Value> {
  try {
    return { value: apart(sheetOperations, work) };
  } catch (error) {
    if (error instanceof OverBudget) return { error };
    throw error;
  }
}
