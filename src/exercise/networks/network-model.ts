import type { DefinedFunction } from "../../formula/index.ts";
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
