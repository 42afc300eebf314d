export { ModelError } from "../errors.ts";
export type { Json, JsonObject } from "./json.ts";
export { loadModel, type Model, saveModel, type Task } from "./model.ts";
export { decodeSafetensors, encodeSafetensors, type Tensor, type TensorFile } from "./safetensors.ts";
