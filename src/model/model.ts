import { adviceUnlessPromise, isObject, shown } from "../tree/reader.ts";
import { checkNetwork } from "../network/check-network.ts";
import { inputWidth, outputWidth, type Preprocessing, type Task } from "../data/preprocessing.ts";
import { targetNames, targetsIn } from "../data/columns/several-targets.ts";
import { ModelError } from "../errors.ts";
import type { Network } from "../network/index.ts";
import { quoted } from "./damaged.ts";
import type { JsonObject } from "./json.ts";

/** A network with all that is needed to use it on new data. */
export interface Model {
  readonly network: Network;
  readonly task: Task;
  /** How a table becomes the network's inputs; null when it is given them directly. */
  readonly preprocessing: Preprocessing | null;
  /**
   * Names of the classes in the order of the outputs; one output may decide between two: above the middle, the second.
   * Of a multilabel task the names of the labels, one per output. Null for numbers, and where there are no names.
   */
  readonly classes: readonly string[] | null;
  /** Figures of the training, for people to read; anything that JSON can hold. */
  readonly summary: JsonObject | null;
}

/**
 * The model of a network that was trained on a prepared table: task and classes are those of the preprocessing.
 *
 * @param summary figures of the training, if they are to be kept.
 * @throws ModelError when network and preprocessing do not fit each other.
 */
export function modelFor(net: Network, preprocessing: Preprocessing, summary: JsonObject | null = null): Model {
  // Callers without types pass null for a network that no table was prepared for.
  if (!isObject(preprocessing) || !isObject(preprocessing.target)) {
    throw new ModelError({
      where: "modelFor",
      expected: "the preprocessing that prepare gives",
      got: shown(preprocessing),
      advice:
        'Without one, write the model itself: { network: net, task: "regression", preprocessing: null, ' +
        "classes: null, summary: null }.",
    });
  }
  const { task } = preprocessing;
  const classes = namesIn(preprocessing);
  const model: Model = { network: net, task, preprocessing, classes, summary };
  checkModel(model);
  return model;
}

/**
 * Refuses what is no model, for callers without types: a network alone, or the bytes of a file.
 *
 * @throws ModelError that says how to make one.
 */
export function checkIsModel(where: string, model: unknown): void {
  if (isObject(model) && isObject(model["network"]) && "preprocessing" in model) {
    checkNetwork(`${where}: network`, model["network"]);
    return;
  }
  const isNetwork = isObject(model) && Array.isArray(model["layers"]);
  const advice = isNetwork
    ? "Make one of it: modelFor(net, preprocessing), with the preprocessing that prepare gives."
    : "Make one: modelFor(net, preprocessing), or loadModel(bytes).";
  const got = isNetwork ? "a network" : shown(model);
  throw new ModelError({ where, expected: "a model", got, advice: adviceUnlessPromise(model, advice) });
}

/**
 * What must hold for a model whether it comes from code or from a file.
 *
 * @throws ModelError when a weight is not finite, or preprocessing, task or classes do not fit the network.
 */
export function checkModel(model: Model): void {
  checkIsModel("saveModel", model);
  const { network: net, classes, task } = model;
  for (const [name, { values }] of parametersOf(net)) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    throw new ModelError({
      where: ["model", `${name}[${bad}]`],
      expected: "a finite number",
      got: `${values[bad]}`,
      advice: "Save the network as it was before it diverged.",
    });
  }
  const count = net.outputs === 1 && task !== "multilabel" ? 2 : net.outputs;
  const isForOutputs = classes === null || classes.length === count;
  if (!isForOutputs || new Set(classes).size !== (classes?.length ?? 0)) {
    throw new ModelError({
      where: "model",
      expected: `a name of its own for each of the ${count} ${task === "multilabel" ? "labels" : "classes"}`,
      got: quoted(classes?.join(", ") ?? ""),
      advice: "Give them in the order of the outputs.",
    });
  }
  if (task === "multilabel" && net.layers.at(-1)?.activation.name !== "sigmoid") {
    throw new ModelError({
      where: "model",
      expected: "sigmoid in the last layer for the task multilabel, where several labels may hold at once",
      got: net.layers.at(-1)?.activation.name ?? "none",
      advice: "Train it with sigmoid and binaryCrossEntropy.",
    });
  }
  if (classes !== null && task === "regression") {
    throw new ModelError({
      where: "model",
      expected: `no classes for a ${task}`,
      got: `${classes.length}`,
      advice: "Drop them, or change the task.",
    });
  }
  checkPreprocessing(model);
}

function checkPreprocessing({ network: net, preprocessing, classes, task }: Model): void {
  if (preprocessing === null) return;
  const { target } = preprocessing;
  const advice = "Save the preprocessing that the network was trained with.";
  if (inputWidth(preprocessing) !== net.inputs) {
    throw new ModelError({
      where: "model",
      expected: `preprocessing for the network's ${net.inputs} inputs`,
      got: `${inputWidth(preprocessing)}`,
      advice,
    });
  }
  if (preprocessing.task !== task) {
    throw new ModelError({
      where: "model",
      expected: `preprocessing for a ${task}`,
      got: `a ${preprocessing.task}`,
      advice,
    });
  }
  const outputs = outputWidth(preprocessing);
  if (task !== "classification" && net.outputs !== outputs) {
    const count = outputs === 1 ? "one output for the target" : `${outputs} outputs for the targets`;
    throw new ModelError({
      where: "model",
      expected: `${count} ${quoted(targetNames(preprocessing))}`,
      got: `${net.outputs}`,
      advice,
    });
  }
  const names = namesIn(preprocessing);
  if (names !== null && JSON.stringify(names) !== JSON.stringify(classes)) {
    throw new ModelError({
      where: "model",
      expected:
        `the ${target.kind === "classes" && task === "classification" ? "classes" : "labels"} of its ` +
        `preprocessing, ${quoted(names.join(", "))}`,
      got: classes === null ? "none" : quoted(classes.join(", ")),
      advice: "Give those, in that order.",
    });
  }
}

/** What a parameter is called in a file: `layers.1.weights`. */
export function tensorName({ layer, name }: { readonly layer: number; readonly name: string }): string {
  return `layers.${layer}.${name}`;
}

/** The network's own arrays under the names they have in a file. */
export function parametersOf(net: Network): ReadonlyMap<string, { shape: readonly number[]; values: Float64Array }> {
  const named = new Map<string, { shape: readonly number[]; values: Float64Array }>();
  for (const each of net.parameters) named.set(tensorName(each), each);
  return named;
}

/** The names of the outputs: of classes, or of labels; null for amounts. */
function namesIn(preprocessing: Preprocessing): readonly string[] | null {
  const { task, target } = preprocessing;
  if (task === "multilabel") return targetsIn(preprocessing).map(({ name }) => name);
  return target.kind === "classes" ? target.classes : null;
}
