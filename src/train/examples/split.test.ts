import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataError, OptionError } from "../../errors.ts";
import { type Dataset, dataset } from "./dataset.ts";
import { split } from "./split.ts";

/** Examples numbered from 0 in their only input; class c occurs `counts[c]` times, the classes in turn. */
function numbered(counts: readonly number[]): Dataset {
  const targets = counts.flatMap((count, label) => new Array<number>(count).fill(label));
  return dataset({
    inputs: targets.map((_, i) => [i]),
    targets,
    classes: counts.map((_, label) => `class ${label}`),
  });
}

const countsOf = (data: Dataset, classes: number): number[] =>
  Array.from({ length: classes }, (_, label) => data.targets.filter((target: number) => target === label).length);

describe("split", () => {
  test("puts every example into exactly one part", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2, max: 30 }), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        (counts, seed) => {
          const data = numbered(counts);
          const { training, validation } = split(data, { validation: 0.3, seed });
          const all = [...training.inputs, ...validation.inputs].toSorted((a, b) => a - b);
          expect(all).toEqual([...data.inputs]);
        },
      ),
    );
  });

  test("takes the same part of every class, to within one example", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        (counts, fraction) => {
          const { validation } = split(numbered(counts), { validation: fraction, seed: 1 });
          countsOf(validation, counts.length).forEach((count, label) => {
            expect(Math.abs(count - counts[label]! * fraction)).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });

  test("holds back the part asked for, rounded to whole examples", () => {
    expect(split(numbered([50, 50]), { validation: 0.25 }).validation.examples).toBe(25);
    expect(split(numbered([3]), { validation: 0.34 }).validation.examples).toBe(1);
  });

  test("is the same for the same seed and another for another", () => {
    const data = numbered([20, 20]);
    const inputsAt = (seed: number): number[] => [...split(data, { validation: 0.5, seed }).validation.inputs];
    expect(inputsAt(1)).toEqual(inputsAt(1));
    expect(inputsAt(1)).not.toEqual(inputsAt(2));
  });

  test("mixes values without regard to classes", () => {
    const inputs = Array.from({ length: 100 }, (_, i) => [i]);
    const { validation } = split(dataset({ inputs, targets: inputs }), { validation: 0.5, seed: 1 });
    expect([...validation.inputs].every((value, i, all) => i === 0 || value > all[i - 1]!)).toBe(false);
  });

  test.each([0, 1, -0.5, Number.NaN, 2])("refuses to hold back the part %d", (validation) => {
    expect(() => split(numbered([5, 5]), { validation })).toThrow(OptionError);
  });

  test("refuses to leave a part empty", () => {
    expect(() => split(numbered([1]), { validation: 0.5 })).toThrow(DataError);
  });
});
