import type { Formula } from "../../formula/index.ts";
import type { SystemState } from "./system-values.ts";
import type { NumberRead } from "./typed-number.ts";

/** A slip by its stable name, and what to say of it; never the right number. */
export interface NamedSlip {
  readonly slip: string;
  readonly message: string;
}

/** A number that someone arrives at by a slip. */
export interface SlipValue extends NamedSlip {
  readonly value: number;
}

/** A typed number that is not right, and what was asked. */
export interface WrongNumber {
  readonly asks: Formula;
  readonly state: SystemState;
  /** The true value. */
  readonly exact: number;
  readonly typed: NumberRead;
  /** Asked for. */
  readonly decimals: number;
}
