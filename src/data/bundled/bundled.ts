import { bytesOfBase64 } from "../../base64.ts";
import { internalError, OptionError } from "../../errors.ts";
import { didYouMean } from "../../tree/nearest-name.ts";
import { shown } from "../../tree/reader.ts";
import type { Dataset } from "../../train/examples/dataset.ts";
import { circles } from "./circles.ts";
import { readCsv } from "../reading/csv.ts";
import { digits } from "./digits.ts";
import type { Task } from "../preprocessing.ts";
import { spirals } from "./spirals.ts";
import type { Table } from "../table.ts";
import { type Cell, tableOfRows } from "../reading/table-of-rows.ts";
import { xor } from "./xor.ts";

/** The names of the bundled sets. */
export type BundledName = "digits" | "iris" | "wine" | "breast-cancer" | "diabetes" | "xor" | "spirals" | "circles";

/** A data set that comes with the package, or is made by it. */
export interface BundledData {
  /** What the command line and `bundled` call it. */
  readonly name: BundledName;
  /** What it is, in a line. */
  readonly what: string;
  readonly rows: number;
  /** With the target, which is the last. */
  readonly columns: number;
  readonly task: Task;
  readonly source: string;
  readonly licence: string;
  /** Reads or makes it. */
  table(): Promise<Table>;
}

const CC_BY = "CC BY 4.0";
const MADE_HERE = "made by the package";

/** All of them, those with measured data first. More on each in data/NAME.md. */
export const bundledData: readonly BundledData[] = [
  {
    name: "digits",
    what: "handwritten digits, 8 × 8 pixels",
    rows: 1797,
    columns: 65,
    task: "classification",
    source: "Alpaydin and Kaynak (1998), UCI",
    licence: CC_BY,
    table: async () => tableOfDataset(await digits(), "digit"),
  },
  {
    name: "iris",
    what: "flowers of three species, by the length and width of sepals and petals",
    rows: 150,
    columns: 5,
    task: "classification",
    source: "Anderson and Fisher (1936), UCI",
    licence: CC_BY,
    table: async () => embedded((await import("./iris-bytes.generated.ts")).irisBytes),
  },
  {
    name: "wine",
    what: "wines of three cultivars, by chemical analysis",
    rows: 178,
    columns: 14,
    task: "classification",
    source: "Forina and others (1991), UCI",
    licence: CC_BY,
    table: async () => embedded((await import("./wine-bytes.generated.ts")).wineBytes),
  },
  {
    name: "breast-cancer",
    what: "tumors, benign or malignant, by their cell nuclei",
    rows: 569,
    columns: 31,
    task: "classification",
    source: "Wolberg, Street and Mangasarian (1995), UCI",
    licence: CC_BY,
    table: async () => embedded((await import("./breast-cancer-bytes.generated.ts")).breastCancerBytes),
  },
  {
    name: "diabetes",
    what: "course of diabetes over a year, by measurements of blood and body",
    rows: 442,
    columns: 11,
    task: "regression",
    source: "Efron, Hastie, Johnstone and Tibshirani (2004)",
    licence: "none stated",
    table: async () => embedded((await import("./diabetes-bytes.generated.ts")).diabetesBytes),
  },
  {
    name: "xor",
    what: "exclusive or of two inputs",
    rows: 4,
    columns: 3,
    task: "classification",
    source: MADE_HERE,
    licence: "MIT",
    table: async () => tableOfDataset(xor(), "xor"),
  },
  {
    name: "spirals",
    what: "points along three spiral arms",
    rows: 300,
    columns: 3,
    task: "classification",
    source: MADE_HERE,
    licence: "MIT",
    table: async () => tableOfDataset(spirals(), "arm"),
  },
  {
    name: "circles",
    what: "points on two circles, one in the other",
    rows: 200,
    columns: 3,
    task: "classification",
    source: MADE_HERE,
    licence: "MIT",
    table: async () => tableOfDataset(circles(), "circle"),
  },
];

/**
 * A bundled set as a table, by its name; the target is the last column.
 *
 * @example
 * ```ts
 * const { training, validation } = prepare(await bundled("iris"));
 * ```
 *
 * @throws OptionError when there is no set of that name.
 */
export async function bundled(name: BundledName): Promise<Table> {
  const found = bundledData.find((each) => each.name === name);
  if (found === undefined) {
    const names = bundledData.map((each) => each.name);
    const advice = didYouMean(name, names, "Take one of these, or read a file with readCsv.");
    throw new OptionError({ where: "bundled", expected: names.join(", "), got: shown(name), advice });
  }
  return found.table();
}

/** The table behind base64 of a gzipped CSV file with a header. */
async function embedded(base64: string): Promise<Table> {
  return readCsv(bytesOfBase64(base64), { header: true, delimiter: "," });
}

/** A data set as a table: inputs `x1`, `x2` …, then the target, classes by name. */
function tableOfDataset(data: Dataset, target: string): Table {
  const { examples, inputWidth, inputs, targets, classes } = data;
  if (targets.length !== examples) throw internalError("bundledData: expected one target per example, got others.");
  const names = [...Array.from({ length: inputWidth }, (_, k) => `x${k + 1}`), target];
  const rows = Array.from({ length: examples }, (_, i): Cell[] => {
    const value = targets[i] ?? 0;
    return [...inputs.subarray(i * inputWidth, (i + 1) * inputWidth), classes?.[value] ?? value];
  });
  return tableOfRows(rows, names);
}
