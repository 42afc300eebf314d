import { OptionError, ShapeError } from "../../errors.ts";
import type { Layer, NetworkLayer } from "./layer-kind.ts";
import { type DeclaredParameter, declaredParameters, kindOf } from "./kinds.ts";
import { isResidual, type ResidualLayer } from "./residual-block.ts";
import { isShared, type SharedLayer } from "./shared-layer.ts";
import type { SumLayer } from "./sum.ts";

/** A parameter of a network, before it has values, and the first ones that were given. */
export type PlacedParameter = DeclaredParameter & {
  /** 1 … L */
  readonly layer: number;
  /** Which of its layer's parameters it is, from 0. */
  readonly position: number;
  /** Row-major; null where they are to be drawn. */
  readonly given: Float64Array | null;
};

/** Layers as they are put into a network, one after the other. */
export class Placement {
  readonly layers: NetworkLayer[] = [];
  readonly parameters: PlacedParameter[] = [];
  /** What comes out of each layer, without the examples; at 0 the network's input. */
  readonly #shapes: (readonly number[])[];
  #last = 0;
  /** The layers that a shared layer was placed as, at its first place. */
  readonly #ownersOf = new Map<SharedLayer, readonly number[]>();
  /** Of a shared layer that is placed again: those whose parameters the next ones take. */
  #owners: number[] | null = null;

  /** @param inputs shape of an example. */
  constructor(inputs: readonly number[]) {
    this.#shapes = [inputs];
  }

  /** Shape of what the next layer will receive. */
  get shape(): readonly number[] {
    return this.#shapes[this.#last] ?? [];
  }

  /** Adds a layer that receives the one added before. @throws ShapeError, OptionError when it does not fit. */
  add(written: Layer): void {
    if (isResidual(written)) this.#addResidual(written);
    else if (isShared(written)) this.#addShared(written);
    else this.#place(written, [this.#last]);
  }

  #addResidual({ layers, activation }: ResidualLayer): void {
    const received = this.#last;
    for (const each of layers) this.add(each);
    const sum: SumLayer = { kind: "sum", units: sizeOf(this.shape), activation };
    this.#place(sum, [this.#last, received]);
  }

  #addShared(written: SharedLayer): void {
    // A shared layer inside another goes with the outer one.
    if (this.#owners !== null) {
      this.add(written.layer);
      return;
    }
    const first = this.layers.length;
    const known = this.#ownersOf.get(written);
    this.#owners = known === undefined ? null : [...known];
    this.add(written.layer);
    this.#owners = null;
    if (known === undefined) {
      this.#ownersOf.set(
        written,
        this.layers.slice(first).map(({ parametersOf }) => parametersOf),
      );
    }
  }

  #place(written: Layer, receives: readonly number[]): void {
    const number = this.layers.length + 1;
    const parametersOf = this.#owners?.shift() ?? number;
    const received = receives.map((each) => this.#shapes[each] ?? []);
    const kind = kindOf(written);
    const { layer: placed, given } = kind.place(written, { number, receives, parametersOf, received });
    // A layer without parameters shares none.
    const isOwn = declaredParameters({ ...placed, parametersOf: number }, received).length === 0;
    const layer = isOwn ? { ...placed, parametersOf: number } : placed;
    this.layers.push(layer);
    this.#shapes.push(layer.shape);
    this.#last = number;
    if (layer.parametersOf !== number) this.#checkShared(layer, received);
    for (const [position, declared] of declaredParameters(layer, received).entries()) {
      checkSize(declared);
      this.parameters.push({ ...declared, layer: number, position, given: given[declared.name] ?? null });
    }
  }

  /** A layer must receive what the one whose parameters it computes with does. */
  #checkShared({ number, parametersOf }: NetworkLayer, received: readonly (readonly number[])[]): void {
    const owner = this.layers[parametersOf - 1];
    const own = owner?.receives.map((each) => this.#shapes[each] ?? []) ?? [];
    const shown = (shapes: readonly (readonly number[])[]): string =>
      shapes.map((shape) => shape.join(" × ")).join(" and ");
    if (shown(own) === shown(received)) return;
    throw new ShapeError({
      where: `network: layer ${number}, which shares the parameters of layer ${parametersOf}`,
      expected: `${shown(own)} numbers received, as there`,
      got: shown(received),
      advice: "Change the width before it, or use a layer of its own.",
    });
  }
}

/** 2 GiB of float64: what one typed array may hold in every engine of JavaScript. */
const MOST_WEIGHTS = 2 ** 28;

function checkSize({ name, shape }: DeclaredParameter): void {
  if (sizeOf(shape) <= MOST_WEIGHTS) return;
  throw new OptionError({
    where: "network",
    expected: `at most ${MOST_WEIGHTS} ${name} in a layer`,
    got: shape.join(" × "),
    advice: "Make it narrower.",
  });
}

/** How many numbers a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
