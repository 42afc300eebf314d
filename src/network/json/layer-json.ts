import { NetworkError } from "../../errors.ts";
import { isObject, located, type Place, placeOf, readFields, readList, readText, shown } from "../../tree/reader.ts";
import type { Activation } from "../activations.ts";
import { denseKind } from "../layers/dense.ts";
import { kindNamed, kindNames, kindOf } from "../layers/kinds.ts";
import type { Layer, LayerKind, NetworkLayer } from "../layers/layer-kind.ts";
import { Placement } from "../layers/placement.ts";
import { residual } from "../layers/residual-block.ts";
import { shared, type SharedLayer } from "../layers/shared-layer.ts";
import { activationJson, type NamedFormulaJson, readActivation } from "./named-formula.ts";

/** A layer in a file: its kind, the kind's settings, and its parameters by name; or a residual block of such. */
export interface LayerJson {
  /** Default "dense". */
  readonly kind?: string;
  readonly units?: number;
  readonly activation?: NamedFormulaJson;
  readonly dropout?: number;
  /** Row j, column k, as in `w_jk`. */
  readonly weights?: number[][];
  readonly biases?: number[];
  /** The layers whose output is added to what the first of them receives. */
  readonly residual?: readonly LayerJson[];
  /** A name that layers with the same parameters have in common; all but the first have nothing else. */
  readonly shared?: string;
  readonly [setting: string]: unknown;
}

/** The layers of a network as a file has them: residual blocks within each other, each with the sum that ends it. */
export function layersJson(
  layers: readonly NetworkLayer[],
  parametersOf: (layer: NetworkLayer) => object,
): readonly LayerJson[] {
  const isLent = new Set(layers.filter((each) => each.parametersOf !== each.number).map((each) => each.parametersOf));
  const own = (layer: NetworkLayer): LayerJson => {
    const { kind, number, parametersOf: owner } = layer;
    if (owner !== number) return { shared: `layer ${owner}` };
    return {
      ...(isLent.has(number) ? { shared: `layer ${number}` } : {}),
      ...(kind === "dense" ? {} : { kind }),
      ...kindOf(layer).toJson(layer),
      ...parametersOf(layer),
    };
  };
  /** Those after layer `first` up to layer `last`. */
  const between = (first: number, last: number): readonly LayerJson[] => {
    const found: LayerJson[] = [];
    for (let at = last; at !== first;) {
      const layer = layers[at - 1];
      const [before = 0, skipped] = layer?.receives ?? [];
      if (layer === undefined) break;
      found.unshift(skipped === undefined ? own(layer) : { residual: between(skipped, before), ...sumJson(layer) });
      at = skipped ?? before;
    }
    return found;
  };
  return between(0, layers.length);
}

function sumJson({ activation }: { readonly activation: Activation }): LayerJson {
  return activation.name === "identity" ? {} : { activation: activationJson(activation) };
}

/** Reads the layers of one file, of which several may share parameters. */
export interface LayerReader {
  /**
   * @param received shape of what the layer receives, without the examples.
   * @throws NetworkError that names the place.
   */
  read(place: Place, received: readonly number[]): Layer;
}

/** @param given those of one's own that the file may have. */
export function layerReader(given: readonly { readonly kind: LayerKind }[]): LayerReader {
  const kinds = given.map(({ kind }) => kind);
  const lent = new Map<string, SharedLayer>();

  const read = (place: Place, received: readonly number[]): Layer => {
    const { value } = place;
    if (!isObject(value)) return denseKind.readJson(place, [received]);
    if (Object.hasOwn(value, "shared")) return readShared(place, received);
    if (Object.hasOwn(value, "residual")) return readResidual(place, received);
    const { kind: name = "dense" } = value;
    const kind = kinds.find((each) => each.name === name) ?? builtIn(name);
    if (kind !== null) return kind.readJson(without(place, "kind"), [received]);
    const names = [...kindNames.filter((each) => each !== "sum"), ...kinds.map((each) => each.name)];
    throw new NetworkError({
      where: `${place.path}.kind`,
      expected: `one of ${names.join(", ")}`,
      got: shown(name),
      advice: "A kind of your own is given to the reader: { kinds: [yours] }.",
    });
  };

  const readShared = (place: Place, received: readonly number[]): SharedLayer => {
    const rest = without(place, "shared");
    const name = readText({ ...place, path: `${place.path}.shared`, value: textOf(place) });
    const isAlone = isObject(rest.value) && Object.keys(rest.value).length === 0;
    const known = lent.get(name);
    if (isAlone !== (known !== undefined)) {
      throw new NetworkError({
        where: place.path,
        expected: isAlone ? "a layer of this name before it" : "nothing beside the name of a layer from before",
        got: shown(name),
        advice: 'Write the layer at its first place, and { "shared": "name" } at the others.',
      });
    }
    const layer = known ?? located(place, () => shared(read(rest, received)));
    lent.set(name, layer);
    return layer;
  };

  const readResidual = (place: Place, received: readonly number[]): Layer => {
    const fields = readFields(place, ["residual", "activation"]);
    const inner = new Placement(received);
    const layers: Layer[] = [];
    for (const each of readList(placeOf(fields, "residual", '"residual": [ { "units": 8 } ]', place))) {
      const layer = read(each, inner.shape);
      layers.push(layer);
      located(each, () => inner.add(layer));
    }
    const f = fields.activation === undefined ? "identity" : readActivation(fields.activation);
    return located(place, () => residual(layers, f));
  };

  return { read };
}

function builtIn(name: unknown): LayerKind | null {
  return typeof name === "string" && name !== "sum" ? kindNamed(name) : null;
}

function textOf({ value }: Place): unknown {
  return isObject(value) ? value["shared"] : undefined;
}

function without(place: Place, key: string): Place {
  if (!isObject(place.value)) return place;
  const { [key]: _, ...rest } = place.value;
  return { ...place, value: rest };
}
