import type { Verdict } from "../verdict.ts";

/** What a judge finds of a formula that was read; of a wrong one, `nameSlip` says more. */
export interface Finding {
  readonly verdict: Exclude<Verdict, "close">;
  /** What there is to say; null for a wrong formula of which no more is known. */
  readonly message: string | null;
  /** The slip by a stable name; null for none. */
  readonly slip: string | null;
  /** Whether the answer may be one of the key's mutants; false where the message says it all. */
  readonly mayBeMutant: boolean;
  /** Whether there may be a place with numbers that shows it. */
  readonly mayBeShown: boolean;
}

const said = { slip: null, mayBeMutant: false, mayBeShown: false } as const;

/** Right, and in the form that was asked for. */
export const right: Finding = { ...said, verdict: "correct", message: "Right." };

/** The right value in another form. */
export function otherForm(message: string, slip: string): Finding {
  return { ...said, verdict: "form", message, slip };
}

/** Nothing that can be judged. */
export function notReadable(message: string): Finding {
  return { ...said, verdict: "unreadable", message };
}

/** Wrong; by default nothing is known but that, and everything may be looked for. */
export function wrong(known: Partial<Omit<Finding, "verdict">> = {}): Finding {
  return { verdict: "wrong", message: null, slip: null, mayBeMutant: true, mayBeShown: true, ...known };
}
