export {
  type Activation,
  activation,
  type ActivationName,
  activationNames,
  type ElementwiseActivation,
  type Parameters,
  type SoftmaxActivation,
} from "./activations.ts";
export { type Cost, cost, type CostName, costNames, type CostOptions } from "./costs.ts";
export {
  type EquationsOptions,
  type ForwardNetwork,
  forwardNetwork,
  type LayerEquations,
  type NetworkEquations,
  networkEquations,
  type ParameterEquations,
} from "./equations.ts";
export { type ExampleWeights, meanOneWeights } from "./example-weights.ts";
export {
  type ComputeOptions,
  type Gradient,
  gradient,
  gradientAsync,
  type GradientOptions,
  type LayerGradient,
  type ParameterGradient,
} from "./gradient.ts";
export {
  type CheckedParameters,
  type ComparedGradient,
  type GradientCheck,
  gradientCheck,
  gradientCheckAsync,
  type GradientCheckOptions,
} from "./gradient-check.ts";
export type { ForwardEquations } from "./layer-equations.ts";
export { type Initializer, type InitializerName, initializerNames } from "./initializers.ts";
export { type DenseLayer, type DenseNetworkLayer, type DenseOptions, dense, isDense } from "./layers/dense.ts";
export type { Layer, NetworkLayer } from "./layers/layer-kind.ts";
export {
  type CommonSettings,
  type KindSettings,
  layerKind,
  type LayerKindDefinition,
  type OwnKind,
  type OwnLayer,
  type OwnParameter,
} from "./layers/own-kind.ts";
export { residual, type ResidualLayer } from "./layers/residual-block.ts";
export { shared, type SharedLayer } from "./layers/shared-layer.ts";
export {
  type Network,
  network,
  networkOfEquations,
  type NetworkOptions,
  type Parameter,
  type Regularization,
} from "./network.ts";
export { type Examples, type NetworkFile, networkFromJson, type NetworkJsonOptions } from "./json/network-from-json.ts";
export { type NetworkJson, networkToJson } from "./json/network-to-json.ts";
export {
  parameter,
  parameterReading,
  type ParameterVariable,
  parameterWriting,
  readParameters,
  writeParameters,
} from "./parameters.ts";
export { predict, predictAsync } from "./predict.ts";
export { type Predictor, predictor } from "./predictor.ts";
export { denseRows, isMatrix, type Matrix, type MatrixLike, type OfWidth, type Rows } from "./rows.ts";
export { denseTargets, type Labels, type Targets } from "./targets.ts";
