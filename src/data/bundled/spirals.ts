import { checkOptions } from "../../network/known-options.ts";
import { OptionError } from "../../errors.ts";
import { checkedSeed, cosPi, dataStream, fillNormal, sinPi } from "../../random/index.ts";
import { type Dataset, dataset } from "../../train/examples/dataset.ts";

/** What `spirals` makes. */
export interface SpiralsOptions {
  /** Arms, each a class. Default 3. */
  readonly classes?: number;
  /** Points in all, dealt to the classes in turn. Default 300. */
  readonly examples?: number;
  /** Standard deviation of both coordinates about the arm, in units of the arms' outer radius. Default 0.02. */
  readonly noise?: number;
  /** Default 1. Equal options give equal points, bit for bit, on every machine. */
  readonly seed?: number;
}

/**
 * Points of the plane along spiral arms that wind once around the origin, one class an arm: a classic task that no
 * straight line solves. Arm c of K at s in (0, 1): (s·cos 2π(s + c/K), s·sin 2π(s + c/K)), plus noise; the points of
 * an arm are evenly spaced in s.
 *
 * @throws OptionError when an option is out of its range.
 */
export function spirals(options: SpiralsOptions = {}): Dataset<2, number> {
  checkOptions("spirals", options, { classes: true, examples: true, noise: true, seed: true });
  const { classes = 3, examples = 300, noise = 0.02 } = options;
  const seed = checkedSeed(options.seed ?? 1, "spirals");
  if (!Number.isSafeInteger(classes) || classes < 2) {
    throw new OptionError({
      where: "spirals",
      expected: "classes from 2 up",
      got: `${classes}`,
      advice: "Give a whole number, such as 3.",
    });
  }
  if (!Number.isSafeInteger(examples) || examples < classes) {
    throw new OptionError({
      where: "spirals",
      expected: `examples from ${classes} up, one a class`,
      got: `${examples}`,
      advice: "Give a whole number, such as 300.",
    });
  }
  if (!(noise >= 0 && noise < Infinity)) {
    throw new OptionError({
      where: "spirals",
      expected: "noise from 0 up",
      got: `${noise}`,
      advice: "Give a number such as 0.02.",
    });
  }
  const deviations = new Float64Array(2 * examples);
  fillNormal(deviations, { seed, stream: dataStream(0) });
  const pointsPerArm = Math.ceil(examples / classes);
  const inputs: [number, number][] = [];
  const labels: number[] = [];
  for (let i = 0; i < examples; i++) {
    const arm = i % classes;
    const along = (Math.floor(i / classes) + 0.5) / pointsPerArm;
    const halfTurns = 2 * (along + arm / classes);
    const deviationX = noise * (deviations[2 * i] ?? 0);
    const deviationY = noise * (deviations[2 * i + 1] ?? 0);
    inputs.push([along * cosPi(halfTurns) + deviationX, along * sinPi(halfTurns) + deviationY]);
    labels.push(arm);
  }
  return dataset({ inputs, targets: labels, classes: Array.from({ length: classes }, (_, arm) => String(arm)) });
}
