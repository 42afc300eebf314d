import { readFileSync } from "node:fs";
import { BackpassError, DataError, NetworkError } from "../errors.ts";
import { networkFromJson } from "../network/index.ts";

type NetworkFile = ReturnType<typeof networkFromJson>;

/** A network with the examples that its file gives. */
export interface NetworkWithExamples {
  readonly net: NetworkFile["net"];
  readonly examples: NonNullable<NetworkFile["examples"]>;
}

/**
 * Reads NETWORK.json: a network and examples.
 *
 * @throws DataError when the file cannot be read, or has no examples.
 * @throws NetworkError when it is not JSON, or not a network; the message names the file and the place in it.
 */
export function readNetworkFile(path: string): NetworkWithExamples {
  const { net, examples } = networkOf(path, parsed(path, textOf(path)));
  if (examples === null || examples === undefined) {
    throw new DataError(
      `${path}: expected "examples" to compute gradients for, got none. ` +
        `Add "examples": { "inputs": [[…]], "targets": [[…]] }.`,
    );
  }
  return { net, examples };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const got = reason === "ENOENT" ? "no such file" : reason === "EISDIR" ? "a folder" : reason;
    throw new DataError(`${path}: expected a file to read, got ${got}. Check the path.`);
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // What V8 says of the place differs between versions, and may quote the text, line breaks included.
    const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
    throw new NetworkError(`${path}: expected JSON, got a text that is none: ${reason}. Correct it there.`);
  }
}

function networkOf(path: string, json: unknown): NetworkFile {
  try {
    return networkFromJson(json);
  } catch (error) {
    if (!(error instanceof BackpassError) || error.code === "internal") throw error;
    throw new NetworkError(`${path}: ${error.message}`);
  }
}
