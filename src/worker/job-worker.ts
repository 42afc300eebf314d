import { serveJobs } from "./serve-jobs.ts";

// The program of the worker that `openWorker` starts. It must not import `openWorker`: bundlers make a bundle of its own for it.
serveJobs(globalThis);
