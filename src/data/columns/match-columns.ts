import { DataError } from "../../errors.ts";
import { nearestName } from "../../tree/nearest-name.ts";
import type { Preprocessing } from "../preprocessing.ts";
import { targetsIn } from "./several-targets.ts";
import { categoryText } from "./text-codes.ts";

/** Where the columns of a model are in another file, counted from 0. */
export interface MatchedColumns {
  /** One per input of the preprocessing, in its order. */
  readonly inputs: readonly number[];
  /** One per target, in the order of the outputs; null where the file has none. */
  readonly targets: readonly (number | null)[];
}

/** The columns of a file: their names, or how many when it has no header. */
export type FileColumns = { readonly names: readonly string[] } | { readonly count: number };

/**
 * Finds the columns a model needs: by name where both files have a header, in any order and among others; else by
 * position, in a file with the training file's columns, or with all of them but the target.
 *
 * @throws DataError when one is not there.
 */
export function matchColumns(preprocessing: Preprocessing, file: FileColumns): MatchedColumns {
  return "names" in file && preprocessing.hasHeader
    ? matchNames(preprocessing, file.names)
    : matchPositions(preprocessing, "names" in file ? file.names.length : file.count);
}

function matchNames(preprocessing: Preprocessing, names: readonly string[]): MatchedColumns {
  const found = new Map(names.map((name, k) => [categoryText(name), k]));
  return {
    inputs: preprocessing.inputs.map(({ name }) => {
      const at = found.get(categoryText(name));
      if (at !== undefined) return at;
      const near = nearestName(name, names);
      const got = near === null ? listed(names) : `none; the nearest is ${JSON.stringify(near)}`;
      throw new DataError({
        where: "applyPreprocessing",
        expected: `a column ${JSON.stringify(name)}, as in training`,
        got,
        advice: "Give the file the columns that the model was trained with.",
      });
    }),
    targets: targetsIn(preprocessing).map((target) => found.get(categoryText(target.name)) ?? null),
  };
}

function matchPositions(preprocessing: Preprocessing, count: number): MatchedColumns {
  const { inputs, columns } = preprocessing;
  const targets = targetsIn(preprocessing);
  if (count === columns) {
    return {
      inputs: inputs.map(({ position }) => position - 1),
      targets: targets.map(({ position }) => position - 1),
    };
  }
  if (count === columns - targets.length) {
    return {
      inputs: inputs.map(
        ({ position }) => position - 1 - targets.filter((target) => target.position < position).length,
      ),
      targets: targets.map(() => null),
    };
  }
  throw new DataError({
    where: "applyPreprocessing",
    expected:
      `${columns} columns, as in training, or ${columns - targets.length} without the ` +
      (targets.length === 1 ? "target" : "targets"),
    got: `${count}`,
    advice: "Give the file the columns that the model was trained with, in that order.",
  });
}

function listed(names: readonly string[]): string {
  const first = names.slice(0, 8).map((name) => JSON.stringify(name));
  return names.length > 8 ? `${first.join(", ")} and ${names.length - 8} more` : first.join(", ");
}
