export type { ClassWeights } from "./scores/class-weights.ts";
export type { Clipping } from "./rules/clipping.ts";
export { type Dataset, type DatasetDefinition, dataset } from "./examples/dataset.ts";
export { evaluate, evaluateAsync, type Score } from "./scores/evaluate.ts";
export {
  accuracy,
  type ClassScore,
  classScores,
  type ClassScores,
  confusionMatrix,
  meanAbsoluteError,
  meanSquaredError,
  predictedLabels,
  rSquared,
  topK,
} from "./scores/metrics.ts";
export { type Monitor, monitorNames } from "./scores/monitor.ts";
export { type Schedule, schedule, type ScheduleName, scheduleNames, type ScheduleState } from "./rules/schedules.ts";
export { type Split, split, type SplitOptions } from "./examples/split.ts";
export { train } from "./train.ts";
export { type Trainer, trainer, type TrainerOptions } from "./trainer.ts";
export type { EpochReport } from "./loop/epoch-report.ts";
export type { EpochAnswer, EpochMoment, TrainingOptions, TrainingResult } from "./loop/training-options.ts";
export type { NamedNumbers, StateOf, StateSettings, TrainingState } from "./loop/training-state.ts";
export {
  type UpdateRule,
  updateRule,
  type UpdateRuleDefinition,
  type UpdateRuleName,
  updateRuleNames,
} from "./rules/update-rules.ts";
export { trainingRanges } from "./loop/training-ranges.ts";
export { type TrainingProgram, trainingProgram, type TrainingProgramOptions } from "./loop/training-program.ts";
export type { UpdateEquations } from "./rules/update-equations.ts";
export { weightsHash } from "./loop/weights-hash.ts";
