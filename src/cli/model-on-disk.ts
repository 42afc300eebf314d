import { join } from "node:path";
import { BackpassError, ModelError } from "../errors.ts";
import { loadModel, type Model } from "../model/index.ts";
import type { OperandDefinition } from "./definition.ts";
import { kindOfPath, readBytes } from "./read-file.ts";

/** MODEL, as every command takes it. */
export const modelOperand: OperandDefinition = {
  name: "MODEL",
  description: "model.safetensors as train wrote it, or the folder of its run",
};

/** The file of a model: the path itself, or of a run's folder the model in it. Bundled and other folders stay as they are. */
export function modelPathOf(path: string): string {
  const inFolder = join(path, "model.safetensors");
  return kindOfPath(path) === "folder" && kindOfPath(inFolder) === "file" ? inFolder : path;
}

/**
 * Reads a model's file.
 *
 * @param path of the model, or of the folder of a run.
 * @throws DataError when there is no such file.
 * @throws ModelError when it is no model, or damaged; the message names the file.
 */
export function readModelFile(path: string): Model {
  const file = modelPathOf(path);
  return modelFromBytes(file, readBytes(file));
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
