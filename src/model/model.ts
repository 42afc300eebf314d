import { ModelError } from "../errors.ts";
import { type Network, networkFromJson, networkToJson } from "../network/index.ts";
import { sha256 } from "../train/sha256.ts";
import { damaged, quoted } from "./header-reader.ts";
import { isObject, type JsonObject, readJson, readJsonObject } from "./json.ts";
import { decodeSafetensors, encodeSafetensors, type Tensor } from "./safetensors.ts";

/** What a model answers: one of some classes, or numbers. */
export type Task = "classification" | "regression";

/** A network with all that is needed to use it on new data. */
export interface Model {
  readonly network: Network;
  readonly task: Task;
  /** How a table becomes the network's inputs; null when it is given them directly. */
  readonly preprocessing: JsonObject | null;
  /** Names of the classes in the order of the outputs (two names when one output decides between two); null: none. */
  readonly classes: readonly string[] | null;
  /** Figures of the training, for people to read; anything that JSON can hold. */
  readonly summary: JsonObject | null;
}

/** Goes up when a file of before would be misread; a reader refuses versions above its own. */
const VERSION = 1;

// The digest is the first text of the header, so that it is always in the same place.
const DIGEST_AT = 8 + '{"__metadata__":{"sha256":"'.length;
const DIGEST_LENGTH = 64;
const ZERO = 0x30; // "0" in ASCII

/**
 * A model as the bytes of a safetensors file: tensors `layers.1.weights` `[n_1, n_0]`, `layers.1.biases` `[n_1]`, …, in
 * float32 if that holds every number exactly, else in float64; the rest is JSON in the metadata. `sha256` there is the
 * digest of the file itself, taken with zeros in the digest's place.
 *
 * @throws ModelError when a weight is not finite, or the names of the classes do not fit the outputs.
 */
export function saveModel(model: Model): Uint8Array<ArrayBuffer> {
  checkModel(model);
  const { network: net, preprocessing, classes, summary, task } = model;
  const values = parametersOf(net);
  const isSingle = [...values.values()].every(({ values: each }) =>
    each.every((value) => Math.fround(value) === value),
  );
  const tensors = new Map<string, Tensor>();
  for (const [name, { shape, values: each }] of values) {
    tensors.set(name, { shape, values: isSingle ? Float32Array.from(each) : each });
  }
  const metadata = new Map([
    ["sha256", "0".repeat(DIGEST_LENGTH)],
    ["format", "backpass"],
    ["version", String(VERSION)],
    ["task", task],
    ["network", JSON.stringify(definitionOf(net))],
  ]);
  for (const [name, value] of Object.entries({ preprocessing, classes, summary })) {
    if (value !== null) metadata.set(name, JSON.stringify(value));
  }
  const bytes = encodeSafetensors(tensors, metadata);
  bytes.set(new TextEncoder().encode(sha256(bytes)), DIGEST_AT);
  return bytes;
}

/**
 * The model in the bytes of a file, every number as it was saved.
 *
 * @throws ModelError when the file is damaged or changed, was saved by a newer version or by another program, or its
 *   parts do not fit together.
 * @throws NetworkError when its network's definition is none.
 */
export function loadModel(bytes: Uint8Array): Model {
  const { tensors, metadata } = decodeSafetensors(bytes);
  checkOrigin(metadata);
  checkDigest(bytes, metadata.get("sha256"));
  const definition = readJsonObject(metadata, "network");
  if (definition === null) throw damaged("model", "a network in the metadata", "none");
  checkTensors(tensors, definition);
  const { net } = networkFromJson(definition);
  for (const [name, { values }] of parametersOf(net)) values.set(tensors.get(name)?.values ?? []);
  const model: Model = {
    network: net,
    task: readTask(metadata.get("task")),
    preprocessing: readJsonObject(metadata, "preprocessing"),
    classes: readClasses(metadata),
    summary: readJsonObject(metadata, "summary"),
  };
  checkModel(model);
  return model;
}

/** The network's own arrays under the names they have in a file. */
function parametersOf(net: Network): ReadonlyMap<string, { shape: readonly number[]; values: Float64Array }> {
  const named = new Map<string, { shape: readonly number[]; values: Float64Array }>();
  for (const [i, { units, inputs }] of net.layers.entries()) {
    const parameters = net.parameters[i];
    if (parameters === undefined) continue;
    named.set(`layers.${i + 1}.weights`, { shape: [units, inputs], values: parameters.weights });
    if (parameters.biases !== null) named.set(`layers.${i + 1}.biases`, { shape: [units], values: parameters.biases });
  }
  return named;
}

/** The network's equations without its numbers, which the tensors hold. */
function definitionOf(net: Network): JsonObject {
  const { layers, ...definition } = networkToJson(net);
  // Data made for JSON; its type says so in other words.
  return {
    ...definition,
    layers: layers.map((layer) => {
      const { weights: _, biases: __, ...rest } = layer;
      return rest;
    }),
  } as unknown as JsonObject;
}

/** What must hold for a model whether it comes from code or from a file. */
function checkModel({ network: net, classes }: Model): void {
  for (const [name, { values }] of parametersOf(net)) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    throw new ModelError(
      `model: ${name}[${bad}]: expected a finite number, got ${values[bad]}. Save the network as it was before it diverged.`,
    );
  }
  const isNamed = classes === null || classes.length === net.outputs || (net.outputs === 1 && classes.length === 2);
  if (isNamed && new Set(classes).size === (classes?.length ?? 0)) return;
  throw new ModelError(
    `model: expected a name of its own for each of the ${net.outputs === 1 ? 2 : net.outputs} classes, ` +
      `got ${quoted(classes?.join(", ") ?? "")}. Give them in the order of the outputs.`,
  );
}

function checkOrigin(metadata: ReadonlyMap<string, string>): void {
  const format = metadata.get("format");
  if (format !== "backpass") {
    const got = format === undefined ? "a file that does not say so" : `format ${quoted(format)}`;
    throw new ModelError(`model: expected a file saved by backpass, got ${got}. Only such files hold a network.`);
  }
  const version = metadata.get("version") ?? "";
  if (version === String(VERSION)) return;
  if (/^[1-9]\d{0,5}$/.test(version) && Number(version) > VERSION) {
    throw new ModelError(
      `model: expected version ${VERSION} of the format, got ${version}. ` +
        "A newer backpass saved it: update with npm install backpass@latest.",
    );
  }
  throw damaged("model", `version ${VERSION}`, version === "" ? "none" : quoted(version));
}

function checkDigest(bytes: Uint8Array, saved: string | undefined): void {
  const copy = bytes.slice();
  const atPlace = new TextDecoder().decode(copy.subarray(DIGEST_AT, DIGEST_AT + DIGEST_LENGTH));
  if (saved === undefined || saved.length !== DIGEST_LENGTH || saved !== atPlace) {
    throw new ModelError(
      "model: expected its SHA-256 at the start of the header, got another text. " +
        "Another program wrote the file anew: use the one that backpass saved.",
    );
  }
  const found = sha256(copy.fill(ZERO, DIGEST_AT, DIGEST_AT + DIGEST_LENGTH));
  if (found === saved) return;
  throw new ModelError(
    `model: expected a file with SHA-256 ${saved.slice(0, 16)}…, got ${found.slice(0, 16)}…. ` +
      "It was changed after it was saved, or only part of it arrived: fetch it again.",
  );
}

/** Before any memory is set aside for the widths that the definition claims. */
function checkTensors(tensors: ReadonlyMap<string, Tensor>, { inputs, layers }: JsonObject): void {
  if (!Array.isArray(layers)) throw damaged("model", "layers in its network", "none");
  const expected = new Map<string, readonly unknown[]>();
  let width: unknown = inputs;
  for (const [i, layer] of (layers as readonly unknown[]).entries()) {
    if (!isObject(layer)) throw damaged("model", `layer ${i + 1} with its units`, "another value");
    const { units, bias } = layer;
    expected.set(`layers.${i + 1}.weights`, [units, width]);
    if (bias !== false) expected.set(`layers.${i + 1}.biases`, [units]);
    width = units;
  }
  for (const [name, shape] of expected) {
    const found = tensors.get(name)?.shape;
    if (found?.length === shape.length && shape.every((size, i) => size === found[i])) continue;
    const got = found === undefined ? "none" : `shape [${found.slice(0, 8).join(", ")}]`;
    throw damaged("model", `tensor ${name} of shape [${shape.map(String).join(", ")}]`, got);
  }
  const surplus = [...tensors.keys()].find((name) => !expected.has(name));
  if (surplus !== undefined) throw damaged("model", "only the tensors of its network", quoted(surplus));
}

function readTask(text: string | undefined): Task {
  if (text === "classification" || text === "regression") return text;
  throw damaged("model", 'task "classification" or "regression"', text === undefined ? "none" : quoted(text));
}

function readClasses(metadata: ReadonlyMap<string, string>): readonly string[] | null {
  const classes = readJson(metadata, "classes");
  if (classes === null) return null;
  if (Array.isArray(classes) && classes.every((name) => typeof name === "string")) return classes;
  throw damaged("model", "a list of names as classes", "another value");
}
