import { nearestName } from "../formula/index.ts";

/** ` Did you mean "sigmoid"?`, to end a message with, or nothing when no known name is close to what was given. */
export function nearest(given: unknown, known: readonly string[]): string {
  const name = typeof given === "string" ? nearestName(given, known) : null;
  return name === null ? "" : ` Did you mean "${name}"?`;
}
