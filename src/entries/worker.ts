export type { DerivedSubject, JobExamples, JobName, Jobs } from "../worker/index.ts";
export type { SheetSource } from "../worker/index.ts";
export { type JobWorker, openWorker } from "../worker/index.ts";
