import { parseEquations } from "../explain/index.ts";
import type { Given } from "./sheet.ts";

/** A block of equations. */
export function givenEquations(name: string, text: string, line: number, _seed: number): Given {
  return { name, line, text, system: parseEquations(text), network: null, isVariant: false };
}

/** A block with a network. */
export function givenNetwork(name: string, text: string, line: number, seed: number): Given {
  return givenEquations(name, text, line, seed);
}
