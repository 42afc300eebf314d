import { denseChain } from "../../network/dense-chain.ts";
import type { Network } from "../../network/index.ts";
import { activationShape, DEAD_SLOPE, FLAT_SLOPE } from "../../network/activation-shape.ts";
import { type Finding, listed, place, shown } from "./finding.ts";
import type { LayerFigures, NetworkFigures } from "./layer-figures.ts";

/**
 * Part of a layer's neurons that may be dead or flat. Networks that train well have some, up to a third in wide layers on
 * few examples; with more than half, the layer is no longer the one that was asked for.
 */
const MOST_LOST = 0.5;

/**
 * How much smaller or larger δ may be in one layer than in the last. One learning rate serves all layers: at a thousandth,
 * what the last layer learns in an epoch takes the other a thousand.
 */
const LARGEST_RATIO = 1000;

/** Numbers that are none: what follows from them says nothing more. */
export function findNotFinite(figures: NetworkFigures): readonly Finding[] {
  const order = ["w", "b", "z", "a"];
  const forward = figures.layers.flatMap(({ layer, notFinite }) =>
    order.filter((name) => notFinite.includes(name)).map((name) => ({ layer, name })),
  );
  const backward = figures.layers
    .toReversed()
    .flatMap(({ layer, notFinite }) =>
      ["delta", "dw", "db"].filter((name) => notFinite.includes(name)).map((name) => ({ layer, name })),
    );
  const [first] = [...forward, ...backward];
  if (first === undefined) return [];
  const isForward = order.includes(first.name);
  const name =
    first.name === "delta" ? "δ" : first.name === "dw" ? "∂C/∂w" : first.name === "db" ? "∂C/∂b" : first.name;
  return [
    {
      kind: "notFinite",
      where: place({ layer: first.layer }),
      evidence: { cost: figures.cost },
      text: `${name} of layer ${first.layer} is NaN or infinite, and so is all that follows from it.`,
      why: isForward
        ? {
            equation: "forward",
            term: "w_jk^l",
            text: "A number too large, or none, among w or z reaches every later z and a.",
          }
        : {
            equation: "BP2",
            term: "delta_k^(l+1)",
            text: "δ is passed on from layer to layer, and what is not finite with it.",
          },
      remedies: [
        "Ask for the factor that it comes from: diagnose --why with a weight of that layer.",
        "Start again with smaller weights, scaled inputs or a lower learning rate; the weights as they are cannot learn.",
      ],
    },
  ];
}

/** Neurons of a hidden layer that are all the same, and stay so. */
export function findIdenticalNeurons(net: Network): readonly Finding[] {
  return denseChain("diagnose", net)
    .slice(0, -1)
    .flatMap(({ units, inputs, weights, biases }, i): readonly Finding[] => {
      if (units === 1) return [];
      const isSame =
        weights.every((w, at) => w === weights[at % inputs]) && (biases?.every((b) => b === biases[0]) ?? true);
      if (!isSame) return [];
      const isZero = weights.every((w) => w === 0);
      return [
        {
          kind: "identicalNeurons",
          where: place({ layer: i + 1 }),
          evidence: { neurons: units, largestWeight: weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0) },
          text: `All ${units} neurons of layer ${i + 1} have the same weights${isZero ? ", 0" : ""}: they work as one.`,
          why: {
            equation: "BP2",
            term: "w_kj^(l+1)",
            text: isZero
              ? "Weights of 0 pass no error back, and neurons that start alike get the same gradient in every step."
              : "Neurons that start alike get the same gradient in every step, and so never differ.",
          },
          remedies: [
            "Draw the first weights at random: leave them out, or choose an initializer such as glorotUniform.",
          ],
        },
      ];
    });
}

/** ReLUs and their like that are off on every example. */
export function findDeadNeurons({ layers, examples }: NetworkFigures): readonly Finding[] {
  return layers
    .filter(({ deadNeurons, units }) => deadNeurons.length > MOST_LOST * units)
    .map(({ layer, units, deadNeurons, activation }) => ({
      kind: "deadNeurons",
      where: place({ layer, neurons: deadNeurons }),
      evidence: { dead: deadNeurons.length, neurons: units, examples, slopeBound: DEAD_SLOPE, shareBound: MOST_LOST },
      text:
        `${deadNeurons.length} of the ${units} ${activation} neurons of layer ${layer} are never active on these ` +
        `${examples} examples: ${listed(deadNeurons)}.`,
      why: {
        equation: "BP2",
        term: "f′(z_j^l)",
        text: "It is 0 for every example, so that no error reaches the neuron's weights: nothing can bring it back.",
      },
      remedies: [
        "Start again with a lower learning rate: one large step can push z below 0 for all examples.",
        "Use leakyRelu, whose slope is nowhere 0, or check that the biases are not far below 0.",
      ],
    }));
}

/** Sigmoids and their like that are flat on nearly every example, in hidden layers. */
export function findSaturatedNeurons(net: Network, { layers, examples }: NetworkFigures): readonly Finding[] {
  return layers
    .slice(0, -1)
    .filter(({ saturatedNeurons, units }) => saturatedNeurons.length > MOST_LOST * units)
    .map(({ layer, units, saturatedNeurons, saturated, slope }) => {
      const name = net.layers[layer - 1]?.activation.name ?? "";
      return {
        kind: "saturatedNeurons",
        where: place({ layer, neurons: saturatedNeurons }),
        evidence: {
          saturated: saturatedNeurons.length,
          neurons: units,
          examples,
          share: saturated ?? Number.NaN,
          slope,
          slopeBound: FLAT_SLOPE,
          shareBound: MOST_LOST,
        },
        text:
          `${saturatedNeurons.length} of the ${units} ${name} neurons of layer ${layer} are saturated: |f′(z)| is below ` +
          `${FLAT_SLOPE} on nearly all of these ${examples} examples.`,
        why: {
          equation: "BP2",
          term: "f′(z_j^l)",
          text: `It is ${shown(slope)} on average (root mean square), and every error on its way back is multiplied by it.`,
        },
        remedies: [
          "Start with smaller weights: glorotUniform is made for this activation.",
          "Scale the inputs, or use relu in hidden layers.",
        ],
      };
    });
}

/** δ that fades or grows on its way from the last layer to the first. */
export function findErrorFlow(net: Network, { layers }: NetworkFigures): readonly Finding[] {
  const last = layers.at(-1);
  if (last === undefined || layers.length < 2 || !(last.error > 0)) return [];
  const hidden = layers.slice(0, -1);
  const smallest = hidden.reduce((least, each) => (each.error < least.error ? each : least));
  const largest = hidden.reduce((most, each) => (each.error > most.error ? each : most));
  const findings: Finding[] = [];
  if (smallest.error < last.error / LARGEST_RATIO) findings.push(vanishing(net, smallest, last));
  if (largest.error > last.error * LARGEST_RATIO) findings.push(exploding(net, largest, last));
  return findings;
}

function vanishing(net: Network, at: LayerFigures, last: LayerFigures): Finding {
  const { factor, evidence, steps } = flow(at, last);
  const isSlope =
    at.slope <= factor ||
    activationShape(net.layers[at.layer - 1]?.activation ?? { kind: "softmax", name: "softmax" }).flatSides === 2;
  return {
    kind: "vanishingError",
    where: place({ layer: at.layer }),
    evidence,
    text:
      `The error fades on its way back: δ is ${shown(last.error)} in layer ${last.layer} and ${shown(at.error)} in layer ` +
      `${at.layer}, ${shown(factor)} times as large in each of ${steps} ${steps === 1 ? "step" : "steps"}.`,
    why: isSlope
      ? {
          equation: "BP2",
          term: "f′(z_j^l)",
          text: `Each layer multiplies the error by its slope, ${shown(at.slope)} in layer ${at.layer}; a sigmoid's is never above 1/4.`,
        }
      : {
          equation: "BP2",
          term: "w_kj^(l+1)",
          text: "Each layer multiplies the error by its weights, and they are small.",
        },
    remedies: [
      "Use relu with heNormal in hidden layers, or fewer of them.",
      "Draw the first weights as suits the activation (leave weights and initializer out).",
    ],
  };
}

function exploding(net: Network, at: LayerFigures, last: LayerFigures): Finding {
  const { factor, evidence, steps } = flow(at, last);
  const next = denseChain("diagnose", net)[at.layer]?.weights ?? new Float64Array(0);
  const largestWeight = next.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  return {
    kind: "explodingError",
    where: place({ layer: at.layer }),
    evidence: { ...evidence, largestWeight },
    text:
      `The error grows on its way back: δ is ${shown(last.error)} in layer ${last.layer} and ${shown(at.error)} in layer ` +
      `${at.layer}, ${shown(factor)} times as large in each of ${steps} ${steps === 1 ? "step" : "steps"}.`,
    why: {
      equation: "BP2",
      term: "w_kj^(l+1)",
      text: `Each layer multiplies the error by its weights; those of layer ${at.layer + 1} go up to ${shown(largestWeight)}.`,
    },
    remedies: [
      "Draw smaller first weights: heNormal for relu, glorotUniform for others.",
      "Clip the gradients by their norm (clip), and lower the learning rate.",
    ],
  };
}

function flow(
  at: LayerFigures,
  last: LayerFigures,
): { readonly factor: number; readonly steps: number; readonly evidence: Readonly<Record<string, number>> } {
  const steps = last.layer - at.layer;
  const ratio = at.error / last.error;
  const evidence = { error: at.error, lastError: last.error, ratio, ratioBound: LARGEST_RATIO, slope: at.slope };
  return { factor: ratio ** (1 / steps), steps, evidence };
}
