import { type Finding, percent, place, shown } from "./finding.ts";

/** What is asked of an epoch: its cost. Reports of `train` have it. */
export interface EpochCost {
  /** Mean cost of the epoch's examples. */
  readonly cost: number;
  /** That of validation: without dropout, and at the end of the epoch, it has less noise. */
  readonly validation?: { readonly cost: number } | null;
}

/** Below this many epochs a course cannot be told from chance. */
const FEWEST_EPOCHS = 5;
/** Rises of the cost among the steps from epoch to epoch. Noise alone makes it rise in up to half of them, but by little. */
const MOST_RISES = 0.3;
/** Mean size of a rise beside the cost: batches of a few dozen examples stay below. */
const LARGEST_RISE = 0.2;
/** A later cost above the first by this part has not just stayed where it was: noise of the batches is less. */
const LARGEST_EXCESS = 0.05;
/** A cost below this part of the first has been learned, whatever it does then. */
const LEARNED = 0.25;
/** A run that takes off less than this of the first cost … */
const SMALLEST_FALL = 0.2;
/** … and still falls at its end as it did on average, by this part at least, has not arrived anywhere. */
const STILL_FALLING = 0.5;

/** A run that takes off less than this has not begun, even where a schedule has ended its last steps. */
const NO_FALL = 0.01;

/**
 * What the cost's course says of the learning rate.
 *
 * @param answersWell of a network that does, it is not asked whether its steps were too small.
 */
export function findLearningRate(history: readonly EpochCost[], answersWell: boolean): readonly Finding[] {
  const costs = history.map(({ cost }) => cost);
  const held = history.flatMap(({ validation }) => validation?.cost ?? []);
  const large = tooLarge(costs);
  if (large !== null || answersWell) return large ?? [];
  return tooSmall(costs) ?? (held.length === costs.length ? tooSmall(held) : null) ?? [];
}

function tooLarge(costs: readonly number[]): readonly Finding[] | null {
  const [first = Number.NaN] = costs;
  const last = costs.at(-1) ?? Number.NaN;
  const isFinite = costs.every(Number.isFinite);
  if (costs.length === 0 || (isFinite && costs.length < FEWEST_EPOCHS)) return null;
  const late = costs.slice(Math.floor(costs.length / 2));
  const rises = late.flatMap((cost, i) => {
    const before = late[i - 1];
    return before !== undefined && cost > before ? [(cost - before) / Math.abs(before)] : [];
  });
  const riseShare = rises.length / Math.max(1, late.length - 1);
  const meanRise = rises.reduce((sum, rise) => sum + rise, 0) / Math.max(1, rises.length);
  const lateMean = late.reduce((sum, cost) => sum + cost, 0) / late.length;
  const isDiverging = !isFinite || lateMean > first + LARGEST_EXCESS * Math.abs(first);
  const isJumping = riseShare > MOST_RISES && meanRise > LARGEST_RISE && lateMean > LEARNED * first;
  if (!isDiverging && !isJumping) return null;
  return [
    {
      kind: "learningRateTooLarge",
      where: place(),
      evidence: {
        firstCost: first,
        lastCost: last,
        lateMean,
        riseShare,
        meanRise,
        riseShareBound: MOST_RISES,
        riseBound: LARGEST_RISE,
      },
      text: isDiverging
        ? `The cost went from ${shown(first)} in the first epoch to ${shown(last)} in the last of ${costs.length}: the steps overshoot.`
        : `The cost jumps: it rose in ${percent(riseShare)} of the later epochs, by ${percent(meanRise)} on average.`,
      why: {
        equation: "update",
        term: "eta",
        text: "The gradient is the slope at one point; with η so large the step ends where the slope is another.",
      },
      remedies: [
        "Divide the learning rate by 10.",
        "Or let it fall during the run (schedule cosine), and clip the gradients by their norm.",
      ],
    },
  ];
}

function tooSmall(costs: readonly number[]): readonly Finding[] | null {
  const [first = Number.NaN] = costs;
  const last = costs.at(-1) ?? Number.NaN;
  if (costs.length < FEWEST_EPOCHS || !(first > 0)) return null;
  const falls = costs.slice(1).map((cost, i) => (costs[i] ?? Number.NaN) - cost);
  const fall = (first - last) / first;
  const meanFall = (first - last) / falls.length;
  const lastThird = falls.slice(-Math.max(1, Math.round(falls.length / 3)));
  const lateFall = lastThird.reduce((sum, each) => sum + each, 0) / lastThird.length;
  const isSteady = falls.every((each) => each > 0);
  const isUnderWay = fall < SMALLEST_FALL && lateFall >= STILL_FALLING * meanFall;
  if (!isSteady || !(isUnderWay || fall < NO_FALL)) return null;
  return [
    {
      kind: "learningRateTooSmall",
      where: place(),
      evidence: {
        epochs: costs.length,
        firstCost: first,
        lastCost: last,
        fall,
        fallBound: SMALLEST_FALL,
        meanFall,
        lateFall,
      },
      text: `In ${costs.length} epochs the cost fell by ${percent(fall)} only, from ${shown(first)} to ${shown(last)}.`,
      why: {
        equation: "update",
        term: "eta",
        text: "Every step goes downhill, but it is so short that most of the way is left.",
      },
      remedies: ["Multiply the learning rate by 10.", "Or use adam, which scales each weight's step by itself."],
    },
  ];
}
