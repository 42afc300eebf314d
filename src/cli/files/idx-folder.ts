import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type IdxArray, idxDataset, readIdx } from "../../data/reading/idx.ts";
import { DataError } from "../../errors.ts";
import type { Dataset } from "../../train/examples/dataset.ts";
import { readBytes } from "../framework/read-file.ts";

/** Images and labels of a folder. */
export interface IdxFolder {
  readonly training: Dataset;
  /** Null when the folder has none. */
  readonly test: Dataset | null;
}

/**
 * Reads a folder as MNIST and its relatives come: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, and the same for
 * `t10k` or `test`, each perhaps gzipped. What counts is that the names hold `images` or `labels`, and `t10k` or `test`.
 *
 * @throws DataError when files are missing, or damaged.
 */
export async function readIdxFolder(folder: string): Promise<IdxFolder> {
  const names = readdirSync(folder).sort();
  const find = (what: "images" | "labels", isTest: boolean): string | undefined => {
    const found = names.filter((name) => name.toLowerCase().includes(what) && /t10k|test/i.test(name) === isTest);
    // Unpacked beside its archive: the same data, sooner read.
    return found.find((name) => !name.endsWith(".gz")) ?? found[0];
  };
  const [images, labels] = [find("images", false), find("labels", false)];
  if (images === undefined || labels === undefined) {
    if (names.includes("model.safetensors")) {
      throw new DataError(
        `${folder}: expected data, got the folder of a run. Name the file with the rows; a model comes first: ` +
          `backpass predict ${folder} DATA.`,
      );
    }
    const got = names.slice(0, 5).join(", ") + (names.length > 5 ? ", …" : "");
    throw new DataError(
      `${folder}: expected a folder with IDX files such as train-images-idx3-ubyte and train-labels-idx1-ubyte, got ` +
        `${got || "an empty folder"}. Name a folder with such files, or a single CSV file.`,
    );
  }
  const [testImages, testLabels] = [find("images", true), find("labels", true)];
  const labelsOfTraining = await idxFile(folder, labels);
  const training = idxDataset(await idxFile(folder, images), labelsOfTraining);
  if (testImages === undefined || testLabels === undefined) return { training, test: null };
  const test = idxDataset(await idxFile(folder, testImages), await idxFile(folder, testLabels), training.outputWidth);
  checkAlike(folder, training, test);
  return { training, test };
}

async function idxFile(folder: string, name: string): Promise<IdxArray> {
  const path = join(folder, name);
  return readIdx(readBytes(path, { isFound: true }), path);
}

function checkAlike(folder: string, training: Dataset, test: Dataset): void {
  if (training.inputWidth !== test.inputWidth) {
    throw new DataError(
      `${folder}: expected test images of ${training.inputWidth} pixels, as for training, got ${test.inputWidth}. ` +
        "Take both from the same set.",
    );
  }
  if (training.outputWidth === test.outputWidth) return;
  throw new DataError(
    `${folder}: expected test labels up to ${training.outputWidth - 1}, as for training, got ${test.outputWidth - 1}. ` +
      "Take both from the same set.",
  );
}
