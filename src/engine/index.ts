export type {
  Engine,
  EngineName,
  Executable,
  RunOptions,
  Session,
  SessionOptions,
  Snapshot,
  StepsOptions,
  StepsResult,
  Table,
  Values,
} from "./engine.ts";
export { engineNamed, engineNames } from "./engines.ts";
export { type Threads, threadsFor } from "./thread-count.ts";
