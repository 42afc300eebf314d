import type { JobPort } from "./job-messages.ts";
import { serveJobs } from "./serve-jobs.ts";

// The program of the worker that `openWorker` starts. It must not import `openWorker`: bundlers make a bundle of its own for it.
serveJobs(globalThis as unknown as JobPort); // as: the types are a page's, this is a worker
