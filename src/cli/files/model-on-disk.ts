import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { bundledData } from "../../data/index.ts";
import { BackpassError, DataError, ModelError } from "../../errors.ts";
import { loadModel, type Model } from "../../model/index.ts";
import type { OperandDefinition } from "../framework/definition.ts";
import { kindOfPath, readBytes } from "../framework/read-file.ts";

/** MODEL, as every command takes it. */
export const modelOperand: OperandDefinition = {
  name: "MODEL",
  description: "Folder of a run, such as runs/iris, or its model.safetensors, as train wrote it",
};

/** The name of a model in the folder of its run. */
export const MODEL_NAME = "model.safetensors";

/** What an operand leads to: a trained model, or a file that is none, such as a network's JSON. */
export type ModelOrFile =
  | { readonly kind: "model"; readonly path: string; readonly model: Model }
  | { readonly kind: "file"; readonly path: string; readonly bytes: Uint8Array };

/**
 * Reads what an operand names: a model's file, the folder of a run (then its model), or another file. Every command that
 * takes a model asks here.
 *
 * @throws DataError when there is no such file, or the folder is not that of a run.
 * @throws ModelError when it is a damaged model; the message names the file.
 */
export function readModelOrFile(operand: string): ModelOrFile {
  const kind = kindOfPath(operand);
  if (kind === "nothing" && bundledData.some(({ name }) => name === operand)) {
    throw new DataError(
      `${operand}: expected a model first, got the name of bundled data. Name the folder of a run before it: runs/${operand}.`,
    );
  }
  const isFolder = kind === "folder";
  const path = isFolder ? join(operand, MODEL_NAME) : operand;
  if (isFolder && !existsSync(path)) {
    throw new DataError(
      `${operand}: expected a model or the folder of a run, with ${MODEL_NAME} in it, got a folder without. ` +
        "Name one that train wrote, such as runs/iris.",
    );
  }
  const bytes = readBytes(path, { isFound: isFolder });
  // A model starts with the length of its header, of which the last bytes are 0; no text has such bytes.
  const isModel = path.endsWith(".safetensors") || bytes.subarray(0, 8).includes(0);
  return isModel ? { kind: "model", path, model: modelFromBytes(path, bytes) } : { kind: "file", path, bytes };
}

/**
 * Reads a model, by its file or the folder of its run.
 *
 * @throws DataError when there is no such file.
 * @throws ModelError when it is no model, or damaged; the message names the file.
 */
export function readModelFile(operand: string): Model {
  const found = readModelOrFile(operand);
  if (found.kind === "model") return found.model;
  const folder = dirname(operand);
  const isOfRun = ["run.json", "report.html", "curves.svg"].includes(basename(operand));
  const advice =
    isOfRun && existsSync(join(folder, MODEL_NAME))
      ? `Name the folder of its run: ${folder}.`
      : "Name the folder of a run that train wrote, such as runs/iris; the model comes first, then the data.";
  throw new ModelError(`${operand}: expected a model, got another file. ${advice}`);
}

function modelFromBytes(path: string, bytes: Uint8Array): Model {
  try {
    return loadModel(bytes);
  } catch (error) {
    if (!(error instanceof BackpassError) || error.code === "internal") throw error;
    throw new ModelError(`${path}: ${error.message}`);
  }
}
