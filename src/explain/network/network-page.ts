import {
  applied,
  fraction,
  identifier,
  type Notation,
  number,
  parenthesized,
  row,
  scripts,
  sign,
  symbol,
  typeset,
} from "../../formula/index.ts";
import type { LayerGroup, NetworkDerivation, NetworkEquation } from "./derive-network.ts";
import { costOfOne, inIndices, layerNotation, quantityNotation, sumNotation } from "./index-notation.ts";
import { inMatrices } from "./matrix-notation.ts";
import { type Block, type Page, type Section, step, type Step } from "../page/page.ts";
import { plainly } from "./plain-definition.ts";
import { withTargetsThatAddUpTo1 } from "./target-sum.ts";

/** The page about a network: forward, the four equations back with each step named, as matrices, and the update. */
export function networkPage(derivation: NetworkDerivation): Page {
  const { cost, groups } = derivation;
  const isGeneral = cost === null;
  const kinds = groups.map((group) => activationName(group)).join(", ");
  return {
    title: isGeneral ? "Backpropagation" : `Backpropagation: ${kinds}, ${readable(cost.name)} cost`,
    summary: isGeneral
      ? "The equations of a network of any depth with activation f and cost C: forward, the error δ back, the derivatives, the update."
      : "The equations of this network, read off the graph that trains it: forward, the error δ back, the derivatives, the update.",
    sections: [forward(derivation), backward(derivation), matrices(derivation), update(derivation)],
  };
}

// Forward -----------------------------------------------------------------------------------------------------------

function forward(derivation: NetworkDerivation): Section {
  const blocks: Block[] = derivation.groups.flatMap((group) => {
    const { weightedInput: z, activation: a } = group;
    const ofZ = of("z", z);
    const activated =
      group.definition === null ? applied(identifier("f"), parenthesized(ofZ)) : activationNotation(group, ofZ);
    return [
      equation(`${groupName(group)}, weighted input`, ofZ, [step(inIndices(z.formula, z.reader, z.view))]),
      equation(`${groupName(group)}, activation`, of("a", a), [step(activated)]),
    ];
  });
  blocks.push(...costBlocks(derivation));
  return {
    title: "Forward",
    text: "Layers count 1 to L; layer 0 is the input x. Index j runs over the neurons of a layer, k over those of the layer beside it.",
    blocks,
  };
}

/** The textbook's formula of an activation, applied to z; softmax from its graph. */
function activationNotation({ definition, activation: a }: LayerGroup, z: Notation): Notation {
  if (definition === null || definition.activation.kind === "softmax") return inIndices(a.formula, a.reader, a.view);
  return typeset(plainly(definition.activation), { symbol: ({ name }) => (name === "z" ? atom(z) : null) }).notation;
}

function costBlocks({ cost, outputs, regularization }: NetworkDerivation): readonly Block[] {
  const last = layerNotation(0, { layer: 0, name: "L" });
  const meanOfAll: Notation = { kind: "sum", index: identifier("x"), body: costOfOne() };
  const mean = row(fraction({ kind: "number", text: "1" }, identifier("n")), sign("times"), meanOfAll);
  const penalty = penaltyNotation(regularization);
  const blocks: Block[] = [];
  if (cost === null) {
    const any = applied(identifier("C"), parenthesized(quantityNotation("a", [], last)));
    blocks.push(equation("Cost of one example", costOfOne(), [step(any)]));
  } else {
    const ofOutput = typeset(plainly(cost), {
      symbol: ({ name }) => {
        if (name === "a") return atom(quantityNotation("a", ["j"], last));
        return name === "t" ? atom(quantityNotation("t", ["j"], null)) : null;
      },
    });
    const total = sumNotation("j", ofOutput).notation;
    const share = fraction({ kind: "number", text: "1" }, typeset(number(outputs ?? 1)).notation);
    const ofOne = cost.over === "mean" && outputs !== 1 ? row(share, sign("times"), total) : total;
    blocks.push(equation(`Cost of one example, ${readable(cost.name)}`, costOfOne(), [step(ofOne)]));
  }
  const whole = penalty === null ? mean : row(mean, sign("plus"), penalty);
  blocks.push(equation("Cost of n examples", identifier("C"), [step(whole)]));
  return blocks;
}

function penaltyNotation({ l1, l2 }: NetworkDerivation["regularization"]): Notation | null {
  const w = quantityNotation("w", [], null);
  const sum = (body: Notation): Notation => ({ kind: "sum", index: identifier("w"), body });
  const size: Notation = { kind: "fenced", fence: "bars", inner: w };
  const square = scripts(w, null, { kind: "number", text: "2" });
  const terms: Notation[] = [];
  if (l1 > 0) terms.push(row(typeset(number(l1)).notation, sign("times"), sum(size)));
  if (l2 > 0) {
    const half = fraction(typeset(number(l2)).notation, { kind: "number", text: "2" });
    terms.push(row(half, sign("times"), sum(square)));
  }
  if (terms.length === 0) return null;
  return row(...terms.flatMap((term, i) => (i === 0 ? [term] : [sign("plus"), term])));
}

// Backward ----------------------------------------------------------------------------------------------------------

function backward(derivation: NetworkDerivation): Section {
  const backwards = derivation.groups.toReversed();
  const blocks: Block[] = backwards.map((group) => errorBlock(group));
  const [last] = backwards;
  if (last !== undefined) blocks.push(...gradientBlocks(last, derivation));
  return {
    title: "Backward",
    text: "The error δ of a neuron is the derivative of one example's cost with respect to its weighted input. Each layer's δ follows from that of the layer after it.",
    blocks,
  };
}

function errorBlock(group: LayerGroup): Block {
  const { error: e, isLast } = group;
  const z = of("z", e);
  const definition = fraction(row(sign("partial"), costOfOne()), row(sign("partial"), z));
  const result = inIndices(e.formula, e.reader, e.view);
  const why = isLast ? "the chain rule through the cost and f" : "the chain rule through the next layer and f";
  const steps: Step[] = [step(definition, "by definition"), step(result, why)];
  const ones = withTargetsThatAddUpTo1(e.formula, e.reader);
  if (ones !== null) {
    steps.push(step(inIndices(ones, e.reader, e.view), "as the targets of an example add up to 1"));
  }
  return equation(errorName(group), of("delta", e), steps);
}

function gradientBlocks(group: LayerGroup, { regularization, groups }: NetworkDerivation): readonly Block[] {
  const { weightGradient: w, biasGradient: b, meanWeightGradient: meanW } = asLayerL(group);
  const meanB = asLayerL(group).meanBiasGradient;
  const isPenalized = regularization.l1 > 0 || regularization.l2 > 0;
  const ofWeights = (what: Notation): Notation => derivativeOf(what, quantityNotation("w", ["j", "k"], layerOf(w)));
  const ofBias = (what: Notation): Notation => derivativeOf(what, quantityNotation("b", ["j"], layerOf(w)));
  const average = isPenalized ? "the mean over n examples, and the penalty's own" : "the mean over n examples";
  const blocks: Block[] = [
    equation("BP3: derivative with respect to a weight", ofWeights(costOfOne()), [
      step(inIndices(w.formula, w.reader, w.view)),
    ]),
    equation(null, ofWeights(identifier("C")), [step(inIndices(meanW.formula, meanW.reader, meanW.view), average)]),
  ];
  const bias = b ?? groups.map((each) => asLayerL(each).biasGradient).find((each) => each !== null) ?? null;
  if (bias !== null) {
    blocks.push(
      equation("BP4: derivative with respect to a bias", ofBias(costOfOne()), [
        step(inIndices(bias.formula, bias.reader, bias.view)),
      ]),
    );
  }
  if (meanB !== null) {
    blocks.push(
      equation(null, ofBias(identifier("C")), [
        step(inIndices(meanB.formula, meanB.reader, meanB.view), "the mean over n examples"),
      ]),
    );
  }
  return blocks;
}

/** The same equations for any layer l: those of weights and biases are the same in all. */
function asLayerL(
  group: LayerGroup,
): Pick<LayerGroup, "weightGradient" | "biasGradient" | "meanWeightGradient" | "meanBiasGradient"> {
  const general = (each: NetworkEquation): NetworkEquation => ({ ...each, view: { ...each.view, name: "l" } });
  return {
    weightGradient: general(group.weightGradient),
    biasGradient: group.biasGradient === null ? null : general(group.biasGradient),
    meanWeightGradient: general(group.meanWeightGradient),
    meanBiasGradient: group.meanBiasGradient === null ? null : general(group.meanBiasGradient),
  };
}

// Matrices and update -----------------------------------------------------------------------------------------------

function matrices({ groups }: NetworkDerivation): Section {
  const blocks: Block[] = [];
  for (const group of groups) {
    blocks.push(
      equation(`${groupName(group)}, weighted input`, bare("z", group.weightedInput), [
        step(matrixForm(group.weightedInput)),
      ]),
    );
  }
  for (const group of groups.toReversed()) {
    const steps = [step(matrixForm(group.error))];
    const ones = withTargetsThatAddUpTo1(group.error.formula, group.error.reader);
    if (ones !== null) {
      const reduced = { ...group.error, formula: ones };
      steps.push(step(matrixForm(reduced), "as the targets of an example add up to 1"));
    }
    blocks.push(equation(errorName(group), bare("delta", group.error), steps));
  }
  const last = groups.at(-1);
  if (last !== undefined) {
    const { weightGradient: w, biasGradient: b } = asLayerL(last);
    const byWeights = derivativeOf(costOfOne(), quantityNotation("w", [], layerOf(w)));
    blocks.push(equation("BP3: derivative with respect to the weights", byWeights, [step(matrixForm(w))]));
    if (b !== null) {
      const byBiases = derivativeOf(costOfOne(), quantityNotation("b", [], layerOf(b)));
      blocks.push(equation("BP4: derivative with respect to the biases", byBiases, [step(matrixForm(b))]));
    }
  }
  return {
    title: "As matrices",
    text: "The same for all neurons of a layer at once: ⊙ multiplies element by element; a function, or a number beside a vector, takes each element.",
    blocks,
  };
}

function update({ groups }: NetworkDerivation): Section {
  const layer = identifier("l");
  const rule = (name: string, letters: readonly string[]): Block => {
    const parameter = quantityNotation(name, letters, layer);
    const slope = derivativeOf(identifier("C"), parameter);
    return equation(null, parameter, [
      step(row(parameter, sign("minus"), quantityNotation("eta", [], null), sign("times"), slope), null, "becomes"),
    ]);
  };
  const hasBias = groups.some(({ biasGradient }) => biasGradient !== null);
  return {
    title: "Update",
    text: "A step of gradient descent with learning rate η, for every layer l.",
    blocks: [rule("w", ["j", "k"]), ...(hasBias ? [rule("b", ["j"])] : [])],
  };
}

// Parts -------------------------------------------------------------------------------------------------------------

function equation(name: string | null, left: Notation, steps: readonly Step[]): Block {
  return { kind: "equation", name, left, steps };
}

function atom(notation: Notation): ReturnType<typeof typeset> {
  return { notation, level: typeset(symbol("a")).level };
}

function layerOf({ view }: NetworkEquation): Notation {
  return layerNotation(view.layer, view) ?? identifier(view.name);
}

/** `z_j^l` */
function of(name: string, where: NetworkEquation): Notation {
  return quantityNotation(name, ["j"], layerOf(where));
}

function bare(name: string, where: NetworkEquation): Notation {
  return quantityNotation(name, [], layerOf(where));
}

function derivativeOf(what: Notation, by: Notation): Notation {
  return fraction(row(sign("partial"), what), row(sign("partial"), by));
}

function matrixForm({ formula, reader, view, axes }: NetworkEquation): Notation {
  return inMatrices(formula, reader, view, axes);
}

function activationName({ definition }: LayerGroup): string {
  const name = definition?.activation.name ?? "f";
  return name === "relu" ? "ReLU" : readable(name);
}

/** `binaryCrossEntropy` as words. */
function readable(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `Output layer L = 3 (softmax)`, `Layers l = 1, 2 (ReLU)` */
function groupName(group: LayerGroup): string {
  const { layers, isLast, definition } = group;
  if (definition === null) return isLast ? "Output layer" : "Hidden layers";
  const name = activationName(group);
  if (isLast) return `Output layer L = ${layers.join("")} (${name})`;
  return `${layers.length === 1 ? "Hidden layer" : "Hidden layers"} l = ${layers.join(", ")} (${name})`;
}

function errorName(group: LayerGroup): string {
  return group.isLast ? "BP1: error of the output layer" : `BP2: error of ${lower(groupName(group))}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
