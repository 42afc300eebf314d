export type { Json, JsonObject } from "./json.ts";
export { type Model, modelFor } from "./model.ts";
export type { LabelPredictions } from "./label-predictions.ts";
export { loadModel, saveModel } from "./model-file.ts";
export { type ClassPredictions, type NumberPredictions, type Predictions, predictWith } from "./predict-with.ts";
export { decodeSafetensors, encodeSafetensors, type Tensor, type TensorFile } from "./safetensors.ts";
