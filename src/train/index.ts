export type { ClassWeights } from "./class-weights.ts";
export type { Clipping } from "./clipping.ts";
export { type Dataset, type DatasetDefinition, dataset } from "./dataset.ts";
export { evaluate, type Score } from "./evaluate.ts";
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
} from "./metrics.ts";
export { type Monitor, monitorNames } from "./monitor.ts";
export { type Schedule, schedule, type ScheduleName, scheduleNames } from "./schedules.ts";
export { type Split, split, type SplitOptions } from "./split.ts";
export { train } from "./train.ts";
export { type Trainer, trainer, type TrainerOptions } from "./trainer.ts";
export type { EpochAnswer, EpochReport, TrainingOptions, TrainingResult } from "./training-options.ts";
export {
  type UpdateRule,
  updateRule,
  type UpdateRuleDefinition,
  type UpdateRuleName,
  updateRuleNames,
} from "./update-rules.ts";
export { weightsHash } from "./weights-hash.ts";
