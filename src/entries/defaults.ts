export { type DataFacts, factsOf } from "../defaults/index.ts";
export { AUTO, type OptionTable, readOptions, type RunOption } from "../defaults/index.ts";
export { networkFor, type Settings, trainingOptionsFor } from "../defaults/index.ts";
export { type ChosenSettings, type RequestedSettings, type SettingChoice, settingsFor } from "../defaults/index.ts";
export { settingsJson, settingsOptions } from "../defaults/index.ts";
export { epochsToRefit, type Refit, refitted } from "../defaults/index.ts";
export {
  type DataRequest,
  type NamedImages,
  type SplitPart,
  type TrainingData,
  trainingDataOfImages,
  trainingDataOfTable,
} from "../defaults/index.ts";
export type { ColumnSuspects } from "../defaults/column-suspects.ts";
export type { WholeData } from "../defaults/training-data.ts";
