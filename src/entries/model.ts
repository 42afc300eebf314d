export type { Json, JsonObject } from "../model/index.ts";
export { type Model, modelFor } from "../model/index.ts";
export type { LabelPredictions } from "../model/index.ts";
export { loadModel, saveModel } from "../model/index.ts";
export { type ClassPredictions, type NumberPredictions, type Predictions, predictWith } from "../model/index.ts";
export { decodeSafetensors, encodeSafetensors, type Tensor, type TensorFile } from "../model/index.ts";
