import type { ClassCheck, LearnerCheck } from "../index.ts";

/** A file of a class that could not be read, or is not of this sheet. */
export interface LeftOut {
  /** Its name in the folder. */
  readonly file: string;
  /** What is wrong with it. */
  readonly message: string;
}

/** A class, judged: what is written about it, in whatever format. */
export interface ClassReport extends Omit<ClassCheck, "learners"> {
  readonly title: string;
  /** In the order of their files; two of one name have the names of their files beside it. */
  readonly learners: readonly (LearnerCheck & { readonly file: string })[];
  /** What was not judged, and why. */
  readonly leftOut: readonly LeftOut[];
  /** What else is to be said of files. */
  readonly notes: readonly string[];
}
