import { checkOptions } from "../../network/known-options.ts";
import { OptionError } from "../../errors.ts";
import { checkedSeed, cosPi, dataStream, fillNormal, sinPi } from "../../random/index.ts";
import { type Dataset, dataset } from "../../train/examples/dataset.ts";

/** What `circles` makes. */
export interface CirclesOptions {
  /** Points in all, dealt to the two circles in turn. Default 200. */
  readonly examples?: number;
  /** Radius of the inner circle, that of the outer one being 1: above 0 and below 1. Default 0.5. */
  readonly factor?: number;
  /** Standard deviation of both coordinates about the circle. Default 0.05. */
  readonly noise?: number;
  /** Default 1. Equal options give equal points, bit for bit, on every machine. */
  readonly seed?: number;
}

/**
 * Points of the plane on two circles about the origin, class 0 the outer one, class 1 the inner: no straight line tells
 * them apart, the distance from the origin does. Point i of n on a circle of radius r: (r·cos 2πi/n, r·sin 2πi/n), plus
 * noise.
 *
 * @throws OptionError when an option is out of its range.
 */
export function circles(options: CirclesOptions = {}): Dataset<2, 2> {
  checkOptions("circles", options, { examples: true, factor: true, noise: true, seed: true });
  const { examples = 200, factor = 0.5, noise = 0.05 } = options;
  const seed = checkedSeed(options.seed ?? 1, "circles");
  if (!Number.isSafeInteger(examples) || examples < 2) {
    throw new OptionError({
      where: "circles",
      expected: "examples from 2 up, one a circle",
      got: `${examples}`,
      advice: "Give a whole number, such as 200.",
    });
  }
  if (!(factor > 0 && factor < 1)) {
    throw new OptionError({
      where: "circles",
      expected: "a factor above 0 and below 1",
      got: `${factor}`,
      advice: "Give a number such as 0.5.",
    });
  }
  if (!(noise >= 0 && noise < Infinity)) {
    throw new OptionError({
      where: "circles",
      expected: "noise from 0 up",
      got: `${noise}`,
      advice: "Give a number such as 0.05.",
    });
  }
  const deviations = new Float64Array(2 * examples);
  fillNormal(deviations, { seed, stream: dataStream(1) });
  const pointsPerCircle = Math.ceil(examples / 2);
  const inputs: [number, number][] = [];
  const labels: number[] = [];
  for (let i = 0; i < examples; i++) {
    const circle = i % 2;
    const radius = circle === 0 ? 1 : factor;
    const halfTurns = (2 * Math.floor(i / 2)) / pointsPerCircle;
    inputs.push([
      radius * cosPi(halfTurns) + noise * (deviations[2 * i] ?? 0),
      radius * sinPi(halfTurns) + noise * (deviations[2 * i + 1] ?? 0),
    ]);
    labels.push(circle);
  }
  return dataset({ inputs, targets: labels, classes: ["outer", "inner"] });
}
