export {
  type EquationsOptions,
  type ForwardEquations,
  type ForwardNetwork,
  forwardNetwork,
  type LayerEquations,
  type NetworkEquations,
  networkEquations,
  type ParameterEquations,
} from "../network/index.ts";
export { type ParameterVariable, readParameters, writeParameters } from "../network/index.ts";
export type { Clipping, TrainingProgram, TrainingProgramOptions, UpdateEquations } from "../train/index.ts";
export { trainingProgram } from "../train/index.ts";
export type { ScalarState, ScalarSteps } from "../train/rules/update-equations.ts";
