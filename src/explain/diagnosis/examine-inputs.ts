import { fillNormal } from "../../random/index.ts";
import type { FittedData } from "../../train/examples/fitted-data.ts";
import type { Network } from "../../network/index.ts";
import { type Measure, shuffledColumn } from "./examine-columns.ts";
import { type Finding, listed, percent, place, shown } from "./finding.ts";
import { targetAt } from "./examine-outputs.ts";

/** What one input `a_k^0` is like over the examples. */
interface Column {
  readonly k: number;
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
  /** Root of the mean square. */
  readonly size: number;
}

/**
 * Size (root mean square) up to which inputs need no scaling. First weights are drawn for inputs about 1 in size; at 10, z
 * is so large that a sigmoid's slope is below 0.0001.
 */
const LARGEST_SIZE = 10;
/** Inputs all below this start as if there were none: z is next to the bias for every example. */
const SMALLEST_SIZE = 0.01;
/** A column whose mean is this many deviations from 0 acts as a second bias; what varies in it is hardly seen. */
const LARGEST_OFFSET = 100;

/** Inputs too large, too small or too far from 0 for the weights that meet them. */
export function findUnscaledInputs(data: FittedData, names: readonly string[]): readonly Finding[] {
  const columns = columnsOf(data, names);
  const varied = columns.filter(({ deviation }) => deviation > 0);
  if (varied.length === 0) return [];
  const large = varied.filter(({ size }) => size > LARGEST_SIZE);
  const distant = varied.filter(({ mean, deviation }) => Math.abs(mean) > LARGEST_OFFSET * deviation);
  const biggest = varied.reduce((most, each) => (each.size > most.size ? each : most));
  const isSmall = biggest.size < SMALLEST_SIZE;
  if (large.length === 0 && distant.length === 0 && !isSmall) return [];
  const found = large.length > 0 ? large : distant.length > 0 ? distant : varied;
  const smallest = varied.reduce((least, each) => (each.size < least.size ? each : least));
  const labels = found.map(({ name }) => name);
  const text =
    large.length > 0
      ? `${counted(found)} far larger than 1: ${listed(labels)}, up to ${shown(biggest.size)} in size (root mean square).`
      : distant.length > 0
        ? `${counted(found)} far from 0 beside how much they vary: ${listed(labels)}.`
        : `All inputs are next to 0: the largest is ${shown(biggest.size)} in size (root mean square).`;
  return [
    {
      kind: "unscaledInputs",
      where: place({ layer: 1, columns: labels }),
      evidence: {
        columns: found.length,
        largestSize: biggest.size,
        smallestSize: smallest.size,
        largestOffset: Math.max(...varied.map(({ mean, deviation }) => Math.abs(mean) / deviation)),
        sizeBound: isSmall ? SMALLEST_SIZE : LARGEST_SIZE,
        offsetBound: LARGEST_OFFSET,
      },
      text,
      why: {
        equation: "BP3",
        term: "a_k^(l-1)",
        text: isSmall
          ? "In layer 1 it is the input: the gradient is as small as the inputs are."
          : "In layer 1 it is the input: weights of large columns get gradients as much larger, and one learning rate cannot suit all.",
      },
      remedies: [
        "Bring every column to mean 0 and deviation 1: prepare does, and train does unless told --standardize off.",
      ],
    },
  ];
}

function counted(columns: readonly Column[]): string {
  return columns.length === 1 ? "1 input is" : `${columns.length} inputs are`;
}

/** With fewer rows, columns agree by chance. */
const FEWEST_ROWS = 10;
/** Of the rows in which one of two equal columns differs from its most frequent value, at least: flecks in the corner of images agree by chance. */
const FEWEST_VARIED = 0.05;
/** Largest difference of two standardized values that are the same: float32 has 24 bits. */
const SAME = 1e-4;

/** Columns that say the same as another, up to scale and offset. */
export function findDuplicateColumns(data: FittedData, names: readonly string[]): readonly Finding[] {
  if (data.examples < FEWEST_ROWS) return [];
  const standardized = columnsOf(data, names)
    .filter(({ deviation }) => deviation > 0)
    .map((column) => ({ column, values: standardizedValues(data, column) }))
    .filter(({ values }) => variedPart(values) >= FEWEST_VARIED);
  const groups = equalGroups(standardized);
  const copies = groups.flatMap((group) => group.slice(1));
  if (copies.length === 0) return [];
  const pairs = groups.map((group) => group.join(" = "));
  return [
    {
      kind: "duplicateColumns",
      where: place({ layer: 1, columns: groups.flat() }),
      evidence: { copies: copies.length, rows: data.examples, differenceBound: SAME },
      text: `${copies.length === 1 ? "1 input says" : `${copies.length} inputs say`} the same as another: ${listed(pairs, 3)}.`,
      why: {
        equation: "BP3",
        term: "a_k^(l-1)",
        text: "It is the same for both columns, so their weights get the same gradient, and what they say counts twice.",
      },
      remedies: ["Leave all but one of them out."],
    },
  ];
}

function equalGroups(columns: readonly { readonly column: Column; readonly values: Float64Array }[]): string[][] {
  // Equal columns have equal products with any numbers: those of one random row order them, so that few are compared.
  const probe = new Float64Array(columns[0]?.values.length ?? 0);
  fillNormal(probe, { seed: 1, stream: 0 });
  const ordered = columns
    .map((each) => ({ ...each, product: each.values.reduce((sum, value, i) => sum + value * (probe[i] ?? 0), 0) }))
    .sort((left, right) => left.product - right.product);
  const groups: { readonly first: Float64Array; readonly members: Column[] }[] = [];
  for (const { column, values } of ordered) {
    // Only neighbors in that order can be the same.
    const group = groups
      .slice(-3)
      .find(({ first }) => values.every((value, i) => Math.abs(value - (first[i] ?? 0)) < SAME));
    if (group === undefined) groups.push({ first: values, members: [column] });
    else group.members.push(column);
  }
  return groups
    .filter(({ members }) => members.length > 1)
    .map(({ members }) => members.sort((left, right) => left.k - right.k).map(({ name }) => name));
}

/** Part of a target's variance that a single column may explain, as it is or in the order of its values. What is measured has noise; a copy of the answer has none. */
const MOST_EXPLAINED = 0.999;

/**
 * Columns that hold the answer itself.
 *
 * @param measure how good the answers to some data are, of a network that answers well; null for others.
 */
export function findLeakingColumns(
  net: Network,
  data: FittedData,
  names: readonly string[],
  measure: Measure | null = null,
): readonly Finding[] {
  if (data.examples < FEWEST_ROWS) return [];
  const found = columnsOf(data, names)
    .filter(({ deviation }) => deviation > 0)
    .map((column) => ({ column, explained: explainedPart(net, data, column) }))
    .filter(({ explained }) => explained >= MOST_EXPLAINED);
  if (found.length === 0) return [];
  const labels = found.map(({ column }) => column.name);
  const shuffled = found.reduce((all, { column }) => shuffledColumn(all, column.k), data);
  const without = measure === null ? null : { learned: measure(data), learnedWithout: measure(shuffled) };
  const rests =
    without === null
      ? ""
      : ` Of what there is to learn the answers have ${percent(without.learned)}, and ` +
        `${percent(Math.max(0, without.learnedWithout))} when its values are shuffled among the rows.`;
  return [
    {
      kind: "leakingColumn",
      where: place({ layer: 1, columns: labels }),
      evidence: {
        explained: Math.max(...found.map(({ explained }) => explained)),
        explainedBound: MOST_EXPLAINED,
        rows: data.examples,
        ...without,
      },
      text: `${found.length === 1 ? "1 input gives" : `${found.length} inputs give`} the target away: ${listed(labels)}.${rests}`,
      why: {
        equation: "BP3",
        term: "a_k^(l-1)",
        text: "It goes along with δ from example to example, so that its weight grows, and the others have nothing left to learn.",
      },
      remedies: [
        "Ask whether the column will be known when predictions are made; if not, leave it out.",
        "If it is, there is nothing to learn: use the column.",
      ],
    },
  ];
}

/**
 * Of classes, the part of the column's variance that lies between them (η²), where every class has its own value; of
 * amounts, the squared correlation.
 */
function explainedPart(net: Network, data: FittedData, column: Column): number {
  const values = standardizedValues(data, column);
  if (!data.hasLabels && !data.isOneOfTwo) {
    const order = ranks(values);
    return Math.max(
      ...Array.from({ length: net.outputs }, (_, j) => {
        const targets = Array.from(values, (_, i) => targetAt(net, data, i, j));
        const straight = squaredCorrelation(values, targets);
        // A logarithm of the target, or its square, gives it away as well. Of a few values, ties say nothing.
        if (data.inputWidth === 1 || new Set(targets).size < FEWEST_ROWS || new Set(values).size < FEWEST_ROWS)
          return straight;
        return Math.max(straight, squaredCorrelation(order, [...ranks(targets)]));
      }),
    );
  }
  const groups = new Map<number, { sum: number; count: number }>();
  for (const [i, value] of values.entries()) {
    const label = data.targets[i] ?? 0;
    const group = groups.get(label) ?? { sum: 0, count: 0 };
    group.sum += value;
    group.count += 1;
    groups.set(label, group);
  }
  const means = [...groups.values()].map(({ sum, count }) => sum / count).sort((left, right) => left - right);
  // A column that is one of two values tells one class from the rest, not each from each.
  if (means.some((mean, i) => i > 0 && mean - (means[i - 1] ?? 0) < SAME)) return 0;
  return [...groups.values()].reduce((sum, group) => sum + group.sum ** 2 / group.count, 0) / data.examples;
}

/** Positions in order of size, to mean 0 and deviation 1; equal values share the mean of theirs. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0));
  const found = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end += 1;
    for (let at = start; at < end; at++) found[order[at] ?? 0] = (start + end - 1) / 2;
    start = end;
  }
  const mean = (found.length - 1) / 2;
  const deviation = Math.sqrt(found.reduce((sum, rank) => sum + (rank - mean) ** 2, 0) / found.length);
  return deviation === 0 ? found.fill(0) : found.map((rank) => (rank - mean) / deviation);
}

function squaredCorrelation(values: Float64Array, targets: readonly number[]): number {
  const mean = targets.reduce((sum, t) => sum + t, 0) / targets.length;
  let [product, squares] = [0, 0];
  for (const [i, t] of targets.entries()) {
    product += (values[i] ?? 0) * (t - mean);
    squares += (t - mean) ** 2;
  }
  return squares === 0 ? 0 : product ** 2 / (squares * targets.length);
}

function columnsOf({ inputs, inputWidth, examples }: FittedData, names: readonly string[]): readonly Column[] {
  const sums = new Float64Array(inputWidth);
  const squares = new Float64Array(inputWidth);
  const first = inputs.subarray(0, inputWidth);
  // About the first value: a column of large, nearly equal numbers would lose its deviation to rounding.
  for (let start = 0; start < inputs.length; start += inputWidth) {
    for (let k = 0; k < inputWidth; k++) {
      const value = (inputs[start + k] ?? 0) - (first[k] ?? 0);
      sums[k] = (sums[k] ?? 0) + value / examples;
      squares[k] = (squares[k] ?? 0) + (value * value) / examples;
    }
  }
  return Array.from({ length: inputWidth }, (_, k) => {
    const [shift, square] = [sums[k] ?? 0, squares[k] ?? 0];
    const mean = (first[k] ?? 0) + shift;
    const deviation = Math.sqrt(Math.max(0, square - shift * shift));
    return { k, name: names[k] ?? `input ${k + 1}`, mean, deviation, size: Math.hypot(mean, deviation) };
  });
}

/** To mean 0 and deviation 1; zeros where they do not vary. */
function standardizedValues({ inputs, inputWidth, examples }: FittedData, { k }: Column): Float64Array {
  const values = new Float64Array(examples);
  for (let i = 0; i < examples; i++) values[i] = inputs[i * inputWidth + k] ?? 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return deviation === 0 ? values.fill(0) : values.map((value) => (value - mean) / deviation);
}

/** Part of the values that are not the most frequent one. */
function variedPart(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return 1 - Math.max(...counts.values()) / values.length;
}
