import { nearestName } from "../tree/nearest-name.ts";
import { knownElsewhere } from "./other-names.ts";

/**
 * ` Did you mean "sigmoid"?`, to end a message with: the name that another library's is here (`mse`, `lr`), else the one
 * that is close to what was given, or nothing when there is none.
 */
export function nearest(given: unknown, known: readonly string[]): string {
  if (typeof given !== "string") return "";
  const name = knownElsewhere(given, known) ?? nearestName(given, known) ?? completed(given, known);
  return name === null ? "" : ` Did you mean "${name}"?`;
}

/** The only name that begins as given, from three letters on. */
function completed(given: string, known: readonly string[]): string | null {
  const starting = given.length < 3 ? [] : known.filter((name) => name.startsWith(given));
  return starting.length === 1 ? (starting[0] ?? null) : null;
}
