import type { RowIdentity, ScaleCells } from "../../data/index.ts";
import { permutation } from "../../random/index.ts";
import type { FittedData } from "../../train/examples/fitted-data.ts";
import { type Finding, listed, percent, place, shown } from "./finding.ts";

/** A column that seems to name or count the rows, by the name of its input. */
export interface SuspectColumn extends RowIdentity {
  readonly name: string;
}

/** How a network does on the rows that were held back, beside an answer that does not look at the inputs. */
export interface HeldBackScore {
  readonly measure: "accuracy" | "r2";
  readonly value: number;
  readonly baseline: number;
  /** Rows that were held back. */
  readonly examples: number;
}

/** Part of what there is to learn that the answers to some data have, from 0 to 1: see `learnedPart`. */
export type Measure = (data: FittedData) => number;

/** Cells that set the scale of a column: standardized, all others are next to the same. */
export function findScaleCells(cells: readonly ScaleCells[]): readonly Finding[] {
  if (cells.length === 0) return [];
  const worst = cells.reduce((most, each) => (each.ratio > most.ratio ? each : most));
  const each = cells.map(
    ({ name, value, row, times }) =>
      `${name} (${shown(value)} in row ${row}${times > 1 ? ` and ${times - 1} more` : ""})`,
  );
  return [
    {
      kind: "scaleOfFewCells",
      where: place({ layer: 1, columns: cells.map(({ name }) => name) }),
      evidence: {
        columns: cells.length,
        value: worst.value,
        row: worst.row,
        cells: worst.cells,
        leastOfOthers: worst.others[0],
        greatestOfOthers: worst.others[1],
        ratio: worst.ratio,
      },
      text:
        `A few cells stand far apart from all others of their column: ${listed(each, 4)}. In ${worst.name} the others lie ` +
        `between ${shown(worst.others[0])} and ${shown(worst.others[1])}; with these cells the deviation is ` +
        `${shown(worst.ratio)} times as large.`,
      why: {
        equation: "BP3",
        term: "a_k^(l-1)",
        text: "In layer 1 it is the input, divided by that deviation: what varies among the other rows becomes that much smaller.",
      },
      remedies: [
        `Correct these cells, or leave the column out (--ignore). If the value stands for a missing one: --missing=${worst.value}.`,
      ],
    },
  ];
}

/** How much of what was learned may hang on a column that identifies rows. */
const MOST_BY_IDENTITY = 0.1;

/** Columns that seem to identify the rows, on which what the network has learned rests. */
export function findIdentifyingColumns(
  data: FittedData,
  names: readonly string[],
  suspects: readonly SuspectColumn[],
  measure: Measure,
): readonly Finding[] {
  if (suspects.length === 0 || data.inputWidth < 2) return [];
  const whole = measure(data);
  return suspects.flatMap(({ name, reason }): Finding[] => {
    const k = names.indexOf(name);
    if (k < 0) return [];
    const without = measure(shuffledColumn(data, k));
    if (!(whole - without > MOST_BY_IDENTITY)) return [];
    return [
      {
        kind: "identifyingColumn",
        where: place({ layer: 1, columns: [name] }),
        evidence: { learned: whole, learnedWithout: without, fallBound: MOST_BY_IDENTITY, rows: data.examples },
        text:
          `${name} may identify the row, and mean nothing for new rows: it ${reason}. With it the network learned ` +
          `${percent(whole)} of what there is to learn; with its values shuffled among the rows, ${percent(Math.max(0, without))}.`,
        why: {
          equation: "BP3",
          term: "a_k^(l-1)",
          text: "A number of its own for each row lets the weights learn the rows by heart; new rows have other numbers.",
        },
        remedies: [
          "Leave the column out (--ignore), and train again.",
          "If it is a quantity, measure on rows that come after the others: --split last.",
        ],
      },
    ];
  });
}

/** The same data with the values of one input in another order. */
export function shuffledColumn(data: FittedData, k: number): FittedData {
  const { inputs, inputWidth, examples } = data;
  const order = permutation(examples, 1, k);
  const copy = inputs.slice();
  for (let i = 0; i < examples; i++) copy[i * inputWidth + k] = inputs[(order[i] ?? 0) * inputWidth + k] ?? 0;
  return { ...data, inputs: copy };
}

/** An R² above the baseline's by less than this is no better: the baseline itself moves by more from split to split. */
const R2_MARGIN = 0.02;

/** A trained network whose answers on rows it has not seen are worth no more than one answer for all. */
export function findNoBetter(held: HeldBackScore | null): readonly Finding[] {
  if (held === null) return [];
  const { measure, value, baseline, examples } = held;
  // For accuracy one standard error of the baseline's.
  const margin = measure === "r2" ? R2_MARGIN : Math.sqrt((baseline * (1 - baseline)) / Math.max(1, examples));
  if (!(value <= baseline + margin)) return [];
  const [got, level] = measure === "r2" ? [shown(value), shown(baseline)] : [percent(value), percent(baseline)];
  return [
    {
      kind: "noBetterThanBaseline",
      where: place(),
      evidence: { value, baseline, margin, examples },
      text:
        measure === "r2"
          ? `On the ${examples} rows held back R² is ${got}; the mean as every answer has ${level}. The network is no better.`
          : `On the ${examples} rows held back ${got} are answered right; the most frequent answer for all has ${level}. ` +
            "The network is no better.",
      why: {
        equation: "cost",
        term: "C_x",
        text: "It became smaller for the rows that were trained on alone: what they have in common with others, if anything, was not found.",
      },
      remedies: [
        "Ask whether the inputs can say anything about the target: a column that should may be missing or read wrong.",
        "Take more rows, or fewer and smaller layers.",
      ],
    },
  ];
}
