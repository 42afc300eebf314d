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
          throw new OptionError({
            where: "--test",
            expected: "a table, as DATA is",
            got: `${requested.testPath}, a folder`,
            advice: "Name a file.",
          });
        },
        // A column of words becomes an input a word: what counts is how many there are then.
        ({ rows, inputs }) => checkMemory(source.name, bytesFor(rows, inputs)),
      );
}
