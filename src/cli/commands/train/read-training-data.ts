import type { Task } from "../../../data/index.ts";
import { OptionError } from "../../../errors.ts";
import { readSource } from "../../files/data-source.ts";
import type { Arguments } from "../../framework/arguments.ts";
import { bytesFor, checkMemory } from "../../framework/memory.ts";
import type { Terminal } from "../../framework/terminal.ts";
import {
  type DataRequest,
  type TrainingData,
  trainingDataOfImages,
  trainingDataOfTable,
} from "../../../defaults/training-data.ts";

/** Reads them. @throws OptionError when one is out of its range. */
export function readDataRequest(args: Arguments): DataRequest {
  const validation = args.given("validation");
  const isPart = (value: number): boolean => value >= 0 && value < 1;
  return {
    target: args.given("target"),
    task:
      args.given("task") === null ? null : args.choice<Task>("task", ["classification", "multilabel", "regression"]),
    validation: validation === null ? null : args.number("validation", "a fraction from 0 up, below 1", isPart),
    standardize: args.choice("standardize", ["on", "off"]) === "on",
    maxCategories: args.given("max-categories") === null ? null : args.wholeNumber("max-categories", 1),
    testPath: args.given("test"),
    seed: args.wholeNumber("seed", 0),
    split: readSplit(args),
    weights: args.given("weights"),
  };
}

/** `random`, `last` or `group:COLUMN`. */
function readSplit(args: Arguments): DataRequest["split"] {
  const text = args.text("split");
  const group = /^group:(.+)$/s.exec(text)?.[1];
  if (group !== undefined) return { group };
  if (text === "random" || text === "last") return text;
  throw new OptionError(
    `${args.where("split")}: expected random, last or group:COLUMN, got "${text}". Write group:patient to hold back whole groups of the column patient.`,
  );
}

/**
 * Reads DATA, and `--test`, and prepares them.
 *
 * @throws DataError when there is nothing to learn from, or it does not fit into memory.
 * @throws OptionError for options about columns where there are none.
 */
export async function readTrainingData(
  operand: string,
  requested: DataRequest,
  args: Arguments,
  terminal: Terminal,
): Promise<TrainingData> {
  const source = await readSource(operand, args, terminal);
  return source.kind === "images"
    ? trainingDataOfImages(source, requested)
    : trainingDataOfTable(
        source.name,
        source.table,
        requested,
        async (like) => {
          if (requested.testPath === null) return null;
          const test = await readSource(requested.testPath, args, terminal, { like });
          if (test.kind === "table") return test.table;
          throw new OptionError(
            `--test: expected a table, as DATA is, got ${requested.testPath}, a folder. Name a file.`,
          );
        },
        // A column of words becomes an input a word: what counts is how many there are then.
        ({ rows, inputs }) => checkMemory(source.name, bytesFor(rows, inputs)),
      );
}
