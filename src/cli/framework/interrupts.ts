import process from "node:process";

/** Ctrl-C, for work that looks at a signal. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** From now on Ctrl-C aborts `signal`, and the second one ends the process; until what it returns is called. */
  readonly heed: () => () => void;
  /** As Ctrl-C would, for a terminal in which it is a key like any other. */
  readonly interrupt: () => void;
}

/**
 * Ctrl-C of this process. It does what it does by default, and ends the process at once, whatever is going on, except
 * where work heeds it: a listener would keep it from doing so while the program computes without a pause.
 */
export function processInterrupts(): Interrupts {
  const interruption = new AbortController();
  let heeding = 0;
  const onSignal = (): void => {
    // Both may have come in one pause, and are then told one after the other.
    if (interruption.signal.aborted) {
      process.off("SIGINT", onSignal);
      process.kill(process.pid, "SIGINT");
    }
    interruption.abort();
  };
  return {
    signal: interruption.signal,
    heed: () => {
      heeding += 1;
      if (heeding === 1) process.on("SIGINT", onSignal);
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        heeding -= 1;
        if (heeding === 0) process.off("SIGINT", onSignal);
      };
    },
    interrupt: () => interruption.abort(),
  };
}

/** Does work that looks at `signal`, and in which Ctrl-C aborts it. */
export async function heedingInterrupts<Result>(
  { heed }: { readonly heed?: Interrupts["heed"] },
  work: () => Promise<Result>,
): Promise<Result> {
  const stop = heed?.();
  try {
    return await work();
  } finally {
    stop?.();
  }
}
