export { type DataFacts, factsOf } from "./data-facts.ts";
export { AUTO, type OptionTable, readOptions, type RunOption } from "./option.ts";
export { networkFor, type Settings, trainingOptionsFor } from "./settings.ts";
export { type ChosenSettings, type RequestedSettings, type SettingChoice, settingsFor } from "./settings-for.ts";
export { settingsJson, settingsOptions } from "./settings-options.ts";
export { epochsToRefit, type Refit, refitted } from "./refit.ts";
export {
  type DataRequest,
  type NamedImages,
  type SplitPart,
  type TrainingData,
  trainingDataOfImages,
  trainingDataOfTable,
} from "./training-data.ts";
