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
export { engineNamed } from "./engines.ts";
export { type Threads, threadsFor } from "./thread-count.ts";
