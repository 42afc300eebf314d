import { EngineError } from "../errors.ts";
import { errorFrom } from "../train/remote/error-message.ts";
import { whyNotReady } from "../train/remote/worker-start.ts";
import type { JobMessage, JobRequest } from "./job-messages.ts";
import type { JobName, Jobs } from "./jobs.ts";

/** A worker that explains, judges and diagnoses, so that the page goes on drawing. */
export interface JobWorker {
  /**
   * Has a job done: `await worker.run("checkAnswer", { source }, "delta", "a - t")`.
   *
   * Rejects with what the job throws, and with an EngineError when the worker breaks down or is closed before.
   */
  run<Name extends JobName>(name: Name, ...data: Parameters<Jobs[Name]>): Promise<ReturnType<Jobs[Name]>>;
  /** Ends the worker. Jobs that are not done are given up; a later job starts another worker. */
  close(): void;
}

/** What does jobs: a worker, or where there can be none this very thread. */
interface Doer {
  readonly run: (name: string, data: readonly unknown[]) => Promise<unknown>;
  readonly close: () => void;
}

/**
 * A worker for jobs, which is started with the first of them. Where the host has no web workers, the page's policy forbids
 * them, or the program is not beside this file, the calling thread does the jobs, with the same results.
 */
export function openWorker(): JobWorker {
  let doer: Promise<Doer> | null = null;
  return {
    run: async (name, ...data) => {
      doer ??= startDoer();
      const started = await doer;
      // as: the job of that name gives this
      return (await started.run(name, data)) as ReturnType<Jobs[typeof name]>;
    },
    close: () => {
      void doer?.then((each) => each.close());
      doer = null;
    },
  };
}

async function startDoer(): Promise<Doer> {
  if (typeof Worker === "undefined") return thisThread();
  let worker: Worker;
  try {
    // As bundlers know it: they look for this very form.
    worker = new Worker(new URL("./job-worker.js", import.meta.url), { type: "module", name: "backpass jobs" });
  } catch {
    return thisThread();
  }
  if ((await whyNotReady(worker)) === null) return doerOf(worker);
  worker.terminate();
  return thisThread();
}

async function thisThread(): Promise<Doer> {
  // Loaded only here: a page whose worker does the jobs needs nothing of them.
  const { doJob } = await import("./serve-jobs.ts");
  return { run: (name, data) => Promise.resolve().then(() => doJob(name, data)), close: () => {} };
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

function doerOf(worker: Worker): Doer {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let broken: EngineError | null = null;
  const breakDown = (got: string): void => {
    broken = new EngineError({
      where: "worker",
      expected: "the worker to go on",
      got,
      advice: "Close it and ask again.",
    });
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
    worker.terminate();
  };
  worker.addEventListener("error", ({ message }) => breakDown(message || "its end"));
  worker.addEventListener("messageerror", () => breakDown("a message that cannot be read"));
  worker.addEventListener("message", ({ data }) => {
    const message = data as JobMessage; // as: `serveJobs` is at the other end
    if (message.kind === "ready") return;
    const job = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === "done") job?.resolve(message.result);
    else job?.reject(errorFrom(message.error));
  });
  return {
    run: (name, data) =>
      new Promise((resolve, reject) => {
        if (broken !== null) throw broken;
        last += 1;
        const request: JobRequest = { id: last, name, data };
        // Throws for what no message can carry, which rejects.
        worker.postMessage(request, []);
        waiting.set(last, { resolve, reject });
      }),
    close: () => breakDown("its end, as it was closed"),
  };
}
