import { apart, OverBudget } from "../formula/budget.ts";
import { sheetOperations } from "./operations.ts";

type Outcome<Value> = { readonly value: Value } | { readonly error: OverBudget };

/**
 * Keeps what was worked out for an object, under a text, as long as the object lives. It is worked out apart from the budget of
 * whoever asks first; what takes more than a sheet's own part may take is not tried again.
 *
 * @returns a function that throws OverBudget, for the same object and text always.
 */
export function keptFor<Value>(): (key: object, text: string, work: () => Value) => Value {
  const all = new WeakMap<object, Map<string, Outcome<Value>>>();
  return (key, text, work) => {
    const ofKey = all.get(key) ?? new Map<string, Outcome<Value>>();
    all.set(key, ofKey);
    const outcome = ofKey.get(text) ?? outcomeOf(work);
    ofKey.set(text, outcome);
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
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
