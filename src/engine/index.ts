export type {
  AnyExecutable,
  AnySession,
  AsynchronousEngine,
  AsynchronousExecutable,
  AsynchronousSession,
  Engine,
  EngineName,
  EngineProperties,
  Executable,
  RowFunction,
  RunOptions,
  Session,
  SessionOptions,
  Snapshot,
  StepsOptions,
  StepsResult,
  SynchronousEngine,
  Table,
  Values,
} from "./engine.ts";
export { engineFrom, engineNames, resolvedName, synchronousEngine } from "./engines.ts";
export { type Threads, threadsFor } from "./thread-count.ts";
export { answerOf, finish, finishNow, inSession, isLater, type Work } from "./work.ts";
