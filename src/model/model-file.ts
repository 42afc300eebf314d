import { readPreprocessing } from "../data/preprocessing/read-preprocessing.ts";
import type { Task } from "../data/preprocessing.ts";
import { ModelError } from "../errors.ts";
import {
  definitionFromJson,
  type NetworkDefinition,
  type NetworkJsonOptions,
} from "../network/json/network-from-json.ts";
import { definitionToJson } from "../network/json/network-to-json.ts";
import { checkOptions } from "../network/known-options.ts";
import { adviceUnlessPromise, shown } from "../tree/reader.ts";
import { sha256 } from "../sha256.ts";
import { damaged, quoted } from "./damaged.ts";
import { readJson, readJsonObject } from "./json.ts";
import { checkModel, type Model, parametersOf, tensorName } from "./model.ts";
import { decodeSafetensors, encodeSafetensors, type Tensor } from "./safetensors.ts";

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
 * @throws ModelError when a weight is not finite, or preprocessing, task or classes do not fit the network.
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
    ["network", JSON.stringify(definitionToJson(net))],
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
 * @param options.kinds layer kinds of your own that its network has.
 * @throws ModelError when the file is damaged or changed, was saved by a newer version or by another program, or its
 *   parts do not fit together.
 * @throws NetworkError when its network's definition is none.
 * @throws DataError when its preprocessing is none.
 */
export function loadModel(bytes: Uint8Array, options: NetworkJsonOptions = {}): Model {
  checkOptions("loadModel", options, { kinds: true });
  if (!((bytes as unknown) instanceof Uint8Array)) {
    const advice =
      "Read the file first: await readFile(path) of node:fs/promises, or new Uint8Array(await file.arrayBuffer()).";
    throw new ModelError({
      where: "loadModel",
      expected: "the bytes of a file (a Uint8Array)",
      got: shown(bytes),
      advice: adviceUnlessPromise(bytes, advice),
    });
  }
  const { tensors, metadata } = decodeSafetensors(bytes);
  checkOrigin(metadata);
  checkDigest(bytes, metadata.get("sha256"));
  const json = readJsonObject(metadata, "network");
  if (json === null) throw damaged("model", "a network in the metadata", "none");
  const definition = definitionFromJson(json, options);
  checkTensors(tensors, definition);
  const { parameters, network } = definition;
  const net = network(parameters.map((each) => Float64Array.from(tensors.get(tensorName(each))?.values ?? [])));
  const preprocessing = readJsonObject(metadata, "preprocessing");
  const model: Model = {
    network: net,
    task: readTask(metadata.get("task")),
    preprocessing: preprocessing === null ? null : readPreprocessing(preprocessing),
    classes: readClasses(metadata),
    summary: readJsonObject(metadata, "summary"),
  };
  checkModel(model);
  return model;
}

function checkOrigin(metadata: ReadonlyMap<string, string>): void {
  const format = metadata.get("format");
  if (format !== "backpass") {
    const got = format === undefined ? "a file that does not say so" : `format ${quoted(format)}`;
    throw new ModelError({
      where: "model",
      expected: "a file saved by backpass",
      got,
      advice: "Only such files hold a network.",
    });
  }
  const version = metadata.get("version") ?? "";
  if (version === String(VERSION)) return;
  if (/^[1-9]\d{0,5}$/.test(version) && Number(version) > VERSION) {
    throw new ModelError({
      where: "model",
      expected: `version ${VERSION} of the format`,
      got: version,
      advice: "A newer backpass saved it: update with npm install backpass@latest.",
    });
  }
  throw damaged("model", `version ${VERSION}`, version === "" ? "none" : quoted(version));
}

function checkDigest(bytes: Uint8Array, saved: string | undefined): void {
  const copy = bytes.slice();
  const atPlace = new TextDecoder().decode(copy.subarray(DIGEST_AT, DIGEST_AT + DIGEST_LENGTH));
  if (saved === undefined || saved.length !== DIGEST_LENGTH || saved !== atPlace) {
    throw new ModelError({
      where: "model",
      expected: "its SHA-256 at the start of the header",
      got: "another text",
      advice: "Another program wrote the file again: use the one that backpass saved.",
    });
  }
  const found = sha256(copy.fill(ZERO, DIGEST_AT, DIGEST_AT + DIGEST_LENGTH));
  if (found === saved) return;
  throw new ModelError({
    where: "model",
    expected: `a file with SHA-256 ${saved.slice(0, 16)}…`,
    got: `${found.slice(0, 16)}…`,
    advice: "It was changed after it was saved, or only part of it arrived: fetch it again.",
  });
}

/** Before any memory is set aside for the widths that the definition claims. */
function checkTensors(tensors: ReadonlyMap<string, Tensor>, { parameters }: NetworkDefinition): void {
  const expected = new Map(parameters.map((each) => [tensorName(each), each.shape] as const));
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
  if (text === "classification" || text === "multilabel" || text === "regression") return text;
  throw damaged(
    "model",
    'task "classification", "multilabel" or "regression"',
    text === undefined ? "none" : quoted(text),
  );
}

function readClasses(metadata: ReadonlyMap<string, string>): readonly string[] | null {
  const classes = readJson(metadata, "classes");
  if (classes === null) return null;
  if (Array.isArray(classes) && classes.every((name) => typeof name === "string")) return classes;
  throw damaged("model", "a list of names as classes", "another value");
}
