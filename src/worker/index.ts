export type { DerivedSubject, JobExamples, JobName, Jobs } from "./jobs.ts";
export type { SheetSource } from "./kept-sheets.ts";
export { type JobWorker, openWorker } from "./open-worker.ts";
