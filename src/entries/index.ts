export { BackpassError, type ErrorCode, type ErrorJson, type Expectation, type Fault } from "../errors.ts";
export {
  DataError,
  EngineError,
  FormulaError,
  ModelError,
  NetworkError,
  type Span,
  type TextPlace,
} from "../errors.ts";
export { type NotFinite, NumericError, OptionError, ShapeError, SheetError, type SheetFault } from "../errors.ts";
export type { AsynchronousEngine, Engine, EngineName, SynchronousEngine, Values } from "../engine/index.ts";

export {
  type Activation,
  activation,
  type ActivationName,
  activationNames,
  type Parameters,
} from "../network/index.ts";
export type { ElementwiseActivation, SoftmaxActivation } from "../network/index.ts";
export { type Cost, cost, type CostName, costNames, type CostOptions } from "../network/index.ts";
export { type Initializer, type InitializerName, initializerNames } from "../network/index.ts";
export { type DenseLayer, type DenseOptions, dense } from "../network/index.ts";
export { type Network, network, type NetworkOptions, type Parameter, parameter } from "../network/index.ts";
export { type DenseNetworkLayer, isDense, type Layer, type NetworkLayer } from "../network/index.ts";
export {
  type CommonSettings,
  type KindSettings,
  layerKind,
  type LayerKindDefinition,
  type OwnKind,
  type OwnLayer,
  type OwnParameter,
} from "../network/index.ts";
export { residual, type ResidualLayer, shared, type SharedLayer } from "../network/index.ts";
export { type ComputeOptions, type Gradient, gradient, gradientAsync, type GradientOptions } from "../network/index.ts";
export { type ExampleWeights, type LayerGradient, type ParameterGradient } from "../network/index.ts";
export { predict, predictAsync, type Predictor, predictor } from "../network/index.ts";
export type { CheckedParameters, ComparedGradient, GradientCheck, GradientCheckOptions } from "../network/index.ts";
export { gradientCheck, gradientCheckAsync } from "../network/index.ts";
export { type Examples, type NetworkFile, networkFromJson, type NetworkJsonOptions } from "../network/index.ts";
export { type NetworkJson, networkToJson } from "../network/index.ts";
export type { Labels, Matrix, MatrixLike, Regularization, Rows, Targets } from "../network/index.ts";

export { type Dataset, type DatasetDefinition, dataset } from "../train/index.ts";
export { type Split, split, type SplitOptions } from "../train/index.ts";
export { type ClassWeights, type EpochReport, type Monitor, train } from "../train/index.ts";
export type { TrainingOptions, TrainingResult } from "../train/index.ts";
export type { EpochMoment, NamedNumbers, StateOf, StateSettings, TrainingState } from "../train/index.ts";
export type { ScheduleState } from "../train/index.ts";
export { type Trainer, trainer, type TrainerOptions } from "../train/index.ts";
export { evaluate, evaluateAsync, type Score, weightsHash } from "../train/index.ts";
export { type UpdateRule, updateRule, type UpdateRuleDefinition } from "../train/index.ts";
export { type UpdateRuleName, updateRuleNames } from "../train/index.ts";
export { type Schedule, schedule, type ScheduleName, scheduleNames } from "../train/index.ts";
export { accuracy, classScores, confusionMatrix, topK } from "../train/index.ts";
export { meanAbsoluteError, meanSquaredError, predictedLabels, rSquared } from "../train/index.ts";

export type { ElementwiseName } from "../network/activations.ts";
export type { ScaledName } from "../network/initializers.ts";
export type { LayerJson } from "../network/json/layer-json.ts";
export type { NamedFormulaJson } from "../network/json/named-formula.ts";
export type {
  KindEquations,
  LayerKind,
  OutputsOf,
  ParameterDeclaration,
  PlacedLayer,
  Position,
  Received,
} from "../network/layers/layer-kind.ts";
export type { OfWidth, WidthCheck } from "../network/rows.ts";
export type { Fits } from "../train/examples/fitted-data.ts";
export type { EpochAnswer } from "../train/loop/training-options.ts";
export type { Clipping } from "../train/rules/clipping.ts";
export type { ScheduleSettings } from "../train/rules/schedules.ts";
export type { Equation as UpdateEquation } from "../train/rules/update-rules.ts";
export type { ClassScore, ClassScores } from "../train/scores/metrics.ts";
export type { Place } from "../tree/reader.ts";
export type { TreeSource } from "../tree/reader.ts";
