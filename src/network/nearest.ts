import { nearestName } from "../formula/index.ts";

/** ` Did you mean "sigmoid"?`, to end a message with, or nothing when no known name is close to what was typed. */
export function nearest(typed: string, known: readonly string[]): string {
  const name = nearestName(typed, known);
  return name === null ? "" : ` Did you mean "${name}"?`;
}
