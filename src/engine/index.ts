export type {
  Engine,
  EngineName,
  Executable,
  RunOptions,
  Session,
  Snapshot,
  StepsOptions,
  StepsResult,
  Table,
  Values,
} from "./engine.ts";
export { engineNamed, engineNames } from "./engines.ts";
