import { OptionError } from "../../errors.ts";
import type { Layer, NetworkLayer } from "./layer-kind.ts";
import { type DeclaredParameter, declaredParameters, kindOf } from "./kinds.ts";

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
    this.#place(written, [this.#last]);
  }

  #place(written: Layer, receives: readonly number[]): void {
    const number = this.layers.length + 1;
    const received = receives.map((each) => this.#shapes[each] ?? []);
    const { layer, given } = kindOf(written).place(written, { number, receives, parametersOf: number, received });
    this.layers.push(layer);
    this.#shapes.push(layer.shape);
    this.#last = number;
    for (const [position, declared] of declaredParameters(layer, received).entries()) {
      checkSize(declared);
      this.parameters.push({ ...declared, layer: number, position, given: given[declared.name] ?? null });
    }
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
