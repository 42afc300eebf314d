import { OptionError } from "../errors.ts";
import { errorMessage } from "../train/remote/error-message.ts";
import { didYouMean } from "../tree/nearest-name.ts";
import type { JobMessage, JobPort, JobRequest } from "./job-messages.ts";
import { jobs } from "./jobs.ts";

/** Does a job by its name. @throws OptionError when there is none of that name, and whatever the job throws. */
export function doJob(name: string, data: readonly unknown[]): unknown {
  if (!Object.hasOwn(jobs, name)) {
    const names = Object.keys(jobs);
    throw new OptionError({
      where: "worker",
      expected: `a job (${names.join(", ")})`,
      got: JSON.stringify(name),
      advice: didYouMean(name, names, "Choose one."),
    });
  }
  // as: it is a name of the table; each job checks what it is given
  const job = jobs[name as keyof typeof jobs] as (...data: readonly unknown[]) => unknown;
  return job(...data);
}

/** Does the jobs that come through a port, one after the other, and says that it is ready for them. */
export function serveJobs(port: JobPort): void {
  port.addEventListener("message", ({ data: message }) => {
    const { id, name, data } = message as JobRequest; // as: `openWorker` is at the other end
    port.postMessage(answerTo(id, name, data));
  });
  port.postMessage({ kind: "ready" });
}

function answerTo(id: number, name: string, data: readonly unknown[]): JobMessage {
  try {
    return { kind: "done", id, result: doJob(name, data) };
  } catch (error) {
    return { kind: "failed", id, error: errorMessage(error) };
  }
}
