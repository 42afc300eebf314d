import { type Fault, ModelError } from "../errors.ts";

const ADVICE = "The file is damaged or was not written as safetensors: save or fetch it again.";

/** The error for a file that is not, or is no longer, what its format says. */
export function damaged(where: string, expected: string, got: string): ModelError {
  return damagedBy({ where, expected, got, advice: "" });
}

/** The same for a fault that a reader has found; what it advises is for files that people write. */
export function damagedBy(fault: Fault): ModelError {
  return new ModelError({ ...fault, advice: ADVICE });
}

/** A name from a file, cut to what a message can hold. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name);
}
