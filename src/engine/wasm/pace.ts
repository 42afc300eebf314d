/**
 * Chooses, job by job, whether threads work together or the host's works alone. Together is faster while every thread has
 * a core of its own; on a machine that is busy with other things the threads wait for whichever was put aside, and may
 * take ten times as long. Only the clock can tell. The choice decides when the numbers are there, never what they are.
 */
export interface Pace {
  /** True when the next job is for all threads. */
  isTogether(): boolean;
  /** Tells how long the job took. */
  report(isTogether: boolean, elapsedMs: number, steps: number): void;
}

/** The slower way is tried again, since things change, as long as trials have cost at most this part of the time. */
const TRIAL_SHARE = 0.03;

/** A pace that knows nothing yet. */
export function createPace(): Pace {
  // Milliseconds a step takes, the latest counting most; null before the first job.
  let alone: number | null = null;
  let together: number | null = null;
  let spentMs = 0;
  let lostMs = 0;
  return {
    isTogether: () => {
      if (together === null) return true;
      if (alone === null) return false;
      return lostMs > TRIAL_SHARE * spentMs ? together < alone : together >= alone;
    },
    report: (isTogether, elapsedMs, steps) => {
      const stepMs = elapsedMs / steps;
      spentMs += elapsedMs;
      const [same, other] = isTogether ? [together, alone] : [alone, together];
      if (same !== null && other !== null && same >= other) lostMs += Math.max(0, stepMs - other) * steps;
      const smoothed = same === null ? stepMs : (same + stepMs) / 2;
      if (isTogether) together = smoothed;
      else alone = smoothed;
    },
  };
}
