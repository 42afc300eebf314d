import { BackpassError, DataError, NetworkError } from "../../../errors.ts";
import { type Examples, type Network, type NetworkFile, networkFromJson } from "../../../network/index.ts";
import { readModelOrFile } from "../../files/model-on-disk.ts";
import { parsedJson } from "../../framework/read-file.ts";

/** A network with the examples that its file gives. */
export interface NetworkWithExamples {
  readonly net: Network;
  readonly examples: Examples;
}

/**
 * Reads NETWORK.json: a network and examples.
 *
 * @throws DataError when the file cannot be read, or has no examples.
 * @throws NetworkError when it is not JSON, or not a network; the message names the file and the place in it.
 */
export function readNetworkFile(path: string): NetworkWithExamples {
  const found = readModelOrFile(path);
  if (found.kind === "file") return networkFromBytes(path, found.bytes);
  throw new DataError(
    `${path}: expected a network with examples, got a trained model, which has none. ` +
      `Give it some: backpass explain ${path} DATA.`,
  );
}

/** The same from the bytes of the file. */
export function networkFromBytes(path: string, bytes: Uint8Array): NetworkWithExamples {
  const { net, examples } = networkFromText(path, new TextDecoder().decode(bytes));
  if (examples === null) {
    throw new DataError(
      `${path}: expected "examples" to compute gradients for, got none. ` +
        `Add "examples": { "inputs": [[…]], "targets": [[…]] }.`,
    );
  }
  return { net, examples };
}

/** The same from its text, with or without examples. */
export function networkFromText(path: string, text: string): NetworkFile {
  if (!/^\uFEFF?\s*[{[]/.test(text)) {
    throw new NetworkError(
      `${path}: expected a network as JSON, { "inputs": …, "layers": […] }, or a trained model, got another file. ` +
        "Name one of these two.",
    );
  }
  const json = parsedJson(path, text);
  try {
    return networkFromJson(json);
  } catch (error) {
    if (!(error instanceof BackpassError) || error.code === "internal") throw error;
    throw new NetworkError(`${path}: ${error.message}`);
  }
}
