import { internalError } from "../../errors.ts";
import { type Axis, axis } from "../../graph/index.ts";
import { denseKind } from "./dense.ts";
import { sumKind } from "./sum.ts";
import type { Layer, LayerKind, NetworkLayer, ParameterDeclaration } from "./layer-kind.ts";

/** The kinds of this package by name; a network's layers name theirs, so that they can be sent to a worker. */
const kinds: ReadonlyMap<string, LayerKind> = new Map<string, LayerKind>([
  ["dense", denseKind],
  ["sum", sumKind],
]);

/** Every kind's name. */
export const kindNames: readonly string[] = [...kinds.keys()];

/** The kind of a layer, or null for a name that is none of this package's. */
export function kindNamed(name: string): LayerKind | null {
  return kinds.get(name) ?? null;
}

/** The kind of a layer of a network. */
export function kindOf(layer: Layer | NetworkLayer): LayerKind {
  const own = "own" in layer ? layer.own : null;
  const kind = own ?? kindNamed(layer.kind);
  if (kind === null) throw internalError(`layer kind "${layer.kind}" is unknown.`);
  return kind;
}

/** A parameter that a layer has, by name, symbol and shape. */
export type DeclaredParameter = Omit<ParameterDeclaration, "axes"> & { readonly shape: readonly number[] };

/**
 * The parameters of a network's layer. None for a layer that computes with those of another.
 *
 * @param received shapes of what it receives, without the examples.
 */
export function declaredParameters(
  layer: NetworkLayer,
  received: readonly (readonly number[])[],
): readonly DeclaredParameter[] {
  if (layer.parametersOf !== layer.number) return [];
  const axes: readonly (readonly Axis[])[] = received.map((shape) => shape.map((size) => axis("received", size)));
  return kindOf(layer)
    .parameters(layer, axes)
    .map(({ axes: own, ...declared }) => ({ ...declared, shape: own.map(({ size }) => size) }));
}
