import type { Network } from "../../network/index.ts";
import type { FittedData } from "../../train/examples/fitted-data.ts";
import { activationShape, FLAT_SLOPE } from "../../network/activation-shape.ts";
import { adviceFor, answersWithoutCost, takesLogarithm } from "../../network/last-layer.ts";
import { type Finding, listed, percent, place, shown } from "./finding.ts";
import type { NetworkFigures } from "./layer-figures.ts";

/** `t_j` of example i, whatever form the targets have. */
export function targetAt(net: Network, data: FittedData, i: number, j: number): number {
  if (!data.hasLabels) return data.targets[i * net.outputs + j] ?? Number.NaN;
  return data.targets[i] === j ? 1 : net.cost.otherClasses;
}

/** Beyond an end of f by this part of its width: a target at the end itself is reached to any accuracy. */
const MARGIN = 1e-3;

/** Targets outside of what the last activation can answer. */
export function findUnreachableTargets(net: Network, data: FittedData): readonly Finding[] {
  const activation = net.layers.at(-1)?.activation;
  // A softmax with labels is what it is made for; hinge labels of −1 are margins, not answers.
  if (activation === undefined || (data.hasLabels && net.cost.otherClasses === 0)) return [];
  const { least, most } = activationShape(activation);
  const margin = Number.isFinite(most - least) ? MARGIN * (most - least) : MARGIN;
  let [low, high, beyond, oddSums] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < data.examples; i++) {
    let sum = 0;
    let isBeyond = false;
    for (let j = 0; j < net.outputs; j++) {
      const t = targetAt(net, data, i, j);
      sum += t;
      low = Math.min(low, t);
      high = Math.max(high, t);
      isBeyond ||= t < least - margin || t > most + margin;
    }
    beyond += Number(isBeyond);
    oddSums += Number(activation.kind === "softmax" && Math.abs(sum - 1) > MARGIN);
  }
  const share = Math.max(beyond, oddSums) / data.examples;
  if (share === 0) return [];
  const isSum = beyond === 0;
  const range = `from ${shown(least)} to ${shown(most)}`
    .replace("from -Infinity", "without end below, up")
    .replace("to Infinity", "up, without end");
  return [
    {
      kind: "unreachableTargets",
      where: place({ layer: net.layers.length }),
      evidence: { leastTarget: low, mostTarget: high, leastAnswer: least, mostAnswer: most, share },
      text: isSum
        ? `The targets of ${percent(share)} of the examples do not add up to 1, as the answers of a softmax do.`
        : `Targets go from ${shown(low)} to ${shown(high)}, but ${activation.name} answers ${range}: ${percent(share)} of the ` +
          "examples cannot be met.",
      why: {
        equation: "activation",
        term: "a_j^L",
        text: "No weights bring a beyond the ends of f; training only drives z outward, where f is flat.",
      },
      remedies: isSum
        ? ["Use sigmoid outputs with binaryCrossEntropy where several classes can hold at once."]
        : ["Use identity in the last layer for amounts.", "Or scale the targets into the range of the activation."],
    },
  ];
}

/** A cost that does not go with the last activation: softmax without its logarithm, or a logarithm of what may be below 0. */
export function findUnfitCost(net: Network): readonly Finding[] {
  const activation = net.layers.at(-1)?.activation;
  if (activation === undefined) return [];
  const where = place({ layer: net.layers.length });
  if (activation.kind === "softmax" && net.outputs === 1) {
    return [
      {
        kind: "unfitCost",
        where,
        evidence: { outputs: 1 },
        text: "The last layer is a softmax of one unit, whose answer is 1 for every example.",
        why: {
          equation: "BP1",
          term: "f′(z_j^L)",
          text: "The answers of a softmax add up to 1, so that a single one cannot change: its slope is 0.",
        },
        remedies: [
          "Use one sigmoid with binaryCrossEntropy for two classes.",
          "Or a softmax with a unit for each class.",
        ],
      },
    ];
  }
  const takesLog = takesLogarithm(net.cost);
  if (activation.kind === "softmax" && !takesLog) {
    return [
      {
        kind: "unfitCost",
        where,
        evidence: { outputs: net.outputs },
        text: `The ${net.cost.name} cost does not go with softmax: where an answer is wrong and sure, hardly any error is left.`,
        why: {
          equation: "BP1",
          term: "f′(z_j^L)",
          text: "Softmax has the slope a (1 − a), which is next to 0 for a sure answer; only the logarithm of crossEntropy cancels it, to δ = a − t.",
        },
        remedies: ["Use crossEntropy with softmax.", "Or sigmoid outputs with this cost."],
      },
    ];
  }
  const last = { units: net.outputs, activation };
  const fault = answersWithoutCost(last, net.cost);
  if (fault !== null) {
    const { least, most } = activationShape(activation);
    return [
      {
        kind: "unfitCost",
        where,
        evidence: { leastAnswer: least, mostAnswer: most },
        text: `The ${net.cost.name} cost has no finite value where ${activation.name} ${fault}, whatever the target is.`,
        why: {
          equation: "BP1",
          term: "∂C_x/∂a_j^L",
          text: "It divides by a, and has no meaning where a is not between 0 and 1.",
        },
        remedies: [`${adviceFor(net.cost)}.`, "Or meanSquaredError with these answers."],
      },
    ];
  }
  if (net.cost.name !== "crossEntropy" || activation.kind === "softmax") return [];
  return [
    {
      kind: "unfitCost",
      where,
      evidence: { outputs: net.outputs },
      text:
        `The crossEntropy cost asks for a softmax, but the last layer is ${activation.name}: answers that are large for ` +
        "every class at once cost nothing.",
      why: {
        equation: "BP1",
        term: "∂C_x/∂a_j^L",
        text: "It is -t/a: 0 for the outputs of the other classes, so that nothing makes them small.",
      },
      remedies: ["Use softmax in the last layer.", "Or binaryCrossEntropy with sigmoid, which judges every output."],
    },
  ];
}

/** Part of the examples that may be wrong beyond help: some always are, in data that overlap. */
const MOST_STUCK = 0.1;

/** Outputs that are flat where they are wrong, so that no error comes of it. */
export function findSaturatedOutputs(net: Network, data: FittedData, figures: NetworkFigures): readonly Finding[] {
  const activation = net.layers.at(-1)?.activation;
  if (activation === undefined || (activation.kind !== "softmax" && activationShape(activation).flatSides !== 2))
    return [];
  const { least, most } = activationShape(activation);
  const stuckOf = new Array<number>(net.outputs).fill(0);
  let stuckExamples = 0;
  let errorSquares = 0;
  for (let i = 0; i < data.examples; i++) {
    let isStuck = false;
    for (let j = 0; j < net.outputs; j++) {
      const at = i * net.outputs + j;
      const difference = Math.abs((figures.answers[at] ?? 0) - targetAt(net, data, i, j));
      const delta = Math.abs(figures.errors[at] ?? 0);
      // Wrong by more than half of all there is, flat, and without an error to show for it.
      const isLost =
        difference > (most - least) / 2 &&
        Math.abs(figures.slopes[at] ?? 0) < FLAT_SLOPE &&
        delta < FLAT_SLOPE * difference;
      if (!isLost) continue;
      isStuck = true;
      stuckOf[j] = (stuckOf[j] ?? 0) + 1;
      errorSquares += delta * delta;
    }
    stuckExamples += Number(isStuck);
  }
  const share = stuckExamples / data.examples;
  if (share < MOST_STUCK) return [];
  const neurons = stuckOf.flatMap((count, j) => (count > 0 ? [j + 1] : []));
  const error = Math.sqrt(errorSquares / stuckOf.reduce((sum, count) => sum + count, 0));
  return [
    {
      kind: "saturatedOutputs",
      where: place({ layer: net.layers.length, neurons }),
      evidence: { share, shareBound: MOST_STUCK, error, slopeBound: FLAT_SLOPE },
      text:
        `${percent(share)} of the examples are answered wrong by a saturated output (${listed(neurons)}): |f′(z)| is below ` +
        `${FLAT_SLOPE} there, and δ only ${shown(error)}.`,
      why: {
        equation: "BP1",
        term: "f′(z_j^L)",
        text: "It multiplies the difference between answer and target, and leaves next to nothing.",
      },
      remedies: [
        activation.name === "sigmoid"
          ? "Use binaryCrossEntropy: with sigmoid its δ is a − t."
          : "Use a cost that cancels f′, or identity outputs.",
        "Start with smaller weights and biases in the last layer.",
      ],
    },
  ];
}

/** How often the largest class may occur for each example of the smallest. */
const LARGEST_IMBALANCE = 10;

/** A few examples say nothing of how often a class comes. */
const FEWEST_EXAMPLES = 10;

/** Targets that say too little: all alike, or one class drowned by another. */
export function findPoorTargets(net: Network, data: FittedData): readonly Finding[] {
  const counts = classCounts(net, data);
  const constant = constantOutputs(net, data);
  const isConstant =
    counts === null ? constant.length === net.outputs : counts.filter((count) => count > 0).length === 1;
  if (isConstant && data.examples >= FEWEST_EXAMPLES) {
    return [
      {
        kind: "constantTargets",
        where: place({ layer: net.layers.length }),
        evidence: { examples: data.examples, target: data.targets[0] ?? Number.NaN },
        text: `All ${data.examples} examples have the same target: there is nothing to tell apart.`,
        why: {
          equation: "BP3",
          term: "delta_j^l",
          text: "δ asks the same of every example; the biases alone can meet it.",
        },
        remedies: ["Check how the target was read: the right column, and rows of more than one kind."],
      },
    ];
  }
  if (counts === null || data.examples < FEWEST_EXAMPLES) return [];
  const occurring = counts.filter((count) => count > 0);
  const [fewest, most] = [Math.min(...occurring), Math.max(...occurring)];
  if (most < LARGEST_IMBALANCE * fewest) return [];
  const nameOf = (label: number): string => JSON.stringify(data.classes?.[label] ?? String(label));
  const [rare, common] = [counts.indexOf(fewest), counts.indexOf(most)];
  return [
    {
      kind: "classImbalance",
      where: place({ layer: net.layers.length, neurons: net.outputs > 1 ? [rare + 1] : null }),
      evidence: { fewest, most, ratio: most / fewest, ratioBound: LARGEST_IMBALANCE, examples: data.examples },
      text:
        `Class ${nameOf(rare)} has ${fewest} of ${data.examples} examples, class ${nameOf(common)} ${most}: ` +
        `always answering ${nameOf(common)} is right for ${percent(most / data.examples)}.`,
      why: {
        equation: "BP3",
        term: "delta_j^l",
        text: "The gradient is a mean over the examples: the few of a rare class hardly move it.",
      },
      remedies: [
        "Judge by precision and recall of each class, not by accuracy.",
        "Repeat the rows of the rare class, or collect more of them.",
      ],
    },
  ];
}

/** Examples of each class; null where the targets are amounts. */
function classCounts(net: Network, data: FittedData): number[] | null {
  if (!data.hasLabels && !data.isOneOfTwo) return null;
  const counts = new Array<number>(data.hasLabels ? net.outputs : 2).fill(0);
  for (const target of data.targets) {
    const label = data.hasLabels ? target : Number(target === 1);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

function constantOutputs(net: Network, data: FittedData): number[] {
  if (data.hasLabels) return [];
  return Array.from({ length: net.outputs }, (_, j) => j).filter((j) => {
    for (let i = 1; i < data.examples; i++) if (targetAt(net, data, i, j) !== targetAt(net, data, 0, j)) return false;
    return true;
  });
}

/**
 * How much of what there is to learn the answers have: from 0, as good as one answer for all, to 1. For targets of two
 * values and classes by right answers, else R².
 */
export function learnedPart(net: Network, data: FittedData, { answers }: NetworkFigures): number {
  const { outputs } = net;
  let [right, residual, total] = [0, 0, 0];
  const values = new Set(data.hasLabels ? [] : data.targets.slice(0, 1000));
  const isOfTwo = outputs === 1 && values.size === 2;
  const middle = [...values].reduce((sum, value) => sum + value / values.size, 0);
  const means = Array.from({ length: outputs }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < data.examples; i++) sum += targetAt(net, data, i, j) / data.examples;
    return sum;
  });
  for (let i = 0; i < data.examples; i++) {
    let best = 0;
    for (let j = 0; j < outputs; j++) {
      const a = answers[i * outputs + j] ?? Number.NaN;
      const t = targetAt(net, data, i, j);
      if (a > (answers[i * outputs + best] ?? Number.NaN)) best = j;
      residual += (a - t) ** 2;
      total += (t - (means[j] ?? 0)) ** 2;
    }
    const isRight = isOfTwo
      ? (answers[i] ?? 0) >= middle === (data.targets[i] ?? 0) >= middle
      : data.hasLabels && data.targets[i] === best;
    right += Number(isRight);
  }
  if (!data.hasLabels && !isOfTwo) return total === 0 ? 0 : 1 - residual / total;
  const shares = data.hasLabels
    ? (classCounts(net, data) ?? [])
    : [...values].map((value) => data.targets.filter((t) => t === value).length);
  const chance = Math.max(...shares) / data.examples;
  return chance === 1 ? 0 : (right / data.examples - chance) / (1 - chance);
}
