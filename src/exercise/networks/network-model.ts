import { type DefinedFunction, toText } from "../../formula/index.ts";
import type { ActivationName, CostName } from "../../network/index.ts";

/** What a question says of its network: one by name, or "general" for any. */
export interface NetworkModel {
  /** f, of all layers but perhaps the last. */
  readonly activation: "general" | ActivationName;
  readonly outputActivation: "general" | ActivationName;
  readonly cost: "general" | CostName;
  /** Functions that the sheet defines. */
  readonly functions: ReadonlyMap<string, DefinedFunction>;
}

/** A text that equal models share, functions included: what is kept for a model is kept under it. */
export function modelKey({ activation, outputActivation, cost, functions }: NetworkModel): string {
  const bodies = [...functions].map(([name, { parameters, body }]) => `${name}(${parameters.join()})=${toText(body)}`);
  return [activation, outputActivation, cost, ...bodies].join(" ");
}
