import { EngineError } from "../../errors.ts";
import type { Port } from "./remote-messages.ts";
import { whyNotReady } from "./worker-start.ts";

/** A worker that is ready to train. */
export interface WorkerLoan {
  /**
   * Has work done by the worker, and gives it back. @throws EngineError when the worker breaks down.
   */
  use<Result>(work: (worker: Port) => Promise<Result>): Promise<Result>;
}

/** How long a worker without work is kept: programs that train again and again for an epoch need start only one. */
const KEPT_MS = 5000;

/** The worker without work, if there is one, and what ends it. */
const idle: { worker: Worker | null; timer: ReturnType<typeof setTimeout> | undefined } = {
  worker: null,
  timer: undefined,
};

/**
 * A worker, new or from before; or the reason why there is none: the host has none, the page's policy forbids it, or its
 * program is not where it should be, as a bundler knows nothing of it or the page is a file.
 */
export async function borrowWorker(): Promise<WorkerLoan | string> {
  const kept = idle.worker;
  if (kept !== null) {
    clearTimeout(idle.timer);
    idle.worker = null;
    return loanOf(kept);
  }
  if (typeof Worker === "undefined") return "the host has no Worker";
  let worker: Worker;
  try {
    // As bundlers know it: they look for this very form.
    worker = new Worker(new URL("./training-worker.js", import.meta.url), { type: "module", name: "backpass" });
  } catch (error) {
    return String(error);
  }
  const reason = await whyNotReady(worker);
  if (reason === null) return loanOf(worker);
  worker.terminate();
  return reason;
}

function loanOf(worker: Worker): WorkerLoan {
  return {
    use: async (work) => {
      const listening = new AbortController();
      const { signal } = listening;
      let isBroken = false;
      const breakdown = new Promise<never>((_, reject) => {
        const fail = (what: string): void => {
          isBroken = true;
          reject(
            new EngineError({
              where: "train",
              expected: "the worker to go on",
              got: what,
              advice: 'Train again from the parameters of the last epoch; with where: "here" there is no worker.',
            }),
          );
        };
        worker.addEventListener("error", ({ message }) => fail(message || "its end"), { signal });
        worker.addEventListener("messageerror", () => fail("a message that cannot be read"), { signal });
      });
      try {
        return await Promise.race([work(worker), breakdown]);
      } finally {
        listening.abort();
        if (isBroken || idle.worker !== null) worker.terminate();
        else keep(worker);
      }
    },
  };
}

function keep(worker: Worker): void {
  idle.worker = worker;
  idle.timer = setTimeout(() => {
    idle.worker = null;
    worker.terminate();
  }, KEPT_MS);
}
