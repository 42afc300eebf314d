export { engineFrom, engineNames } from "../engine/index.ts";
export type {
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
  Threads,
  Values,
} from "../engine/index.ts";
export type { Promised } from "../engine/engine.ts";
