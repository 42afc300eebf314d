import { BackpassError, ModelError } from "../errors.ts";
import { loadModel, type Model } from "../model/index.ts";
import type { OperandDefinition } from "./definition.ts";
import { readBytes } from "./read-file.ts";

/** MODEL, as every command takes it. */
export const modelOperand: OperandDefinition = { name: "MODEL", description: "model.safetensors, as train wrote it" };

/**
 * Reads a model's file.
 *
 * @throws DataError when there is no such file.
 * @throws ModelError when it is no model, or damaged; the message names the file.
 */
export function readModelFile(path: string): Model {
  return modelFromBytes(path, readBytes(path));
}

/** The same from the bytes of the file. */
export function modelFromBytes(path: string, bytes: Uint8Array): Model {
  try {
    return loadModel(bytes);
  } catch (error) {
    if (!(error instanceof BackpassError) || error.code === "internal") throw error;
    throw new ModelError(`${path}: ${error.message}`);
  }
}
