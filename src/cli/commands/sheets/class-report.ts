import type { ClassCheck, LearnerCheck } from "../../../exercise/index.ts";
import type { LeftOut } from "./class-folder.ts";

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
