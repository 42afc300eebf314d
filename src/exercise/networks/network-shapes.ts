import { type Formula, postorder, type SymbolFormula } from "../../formula/index.ts";
import { layerExpression } from "../indices/layer-expression.ts";
import type { AskedOfNetworks } from "./network-question.ts";

/** Widths of the networks that decide: all different in each, so that an index cannot run over the wrong layer unseen. */
const shapes: readonly (readonly number[])[] = [
  [3, 2, 4],
  [2, 4, 3, 5],
  [4, 3, 5, 2],
];

/** Further ones for formulas with widths in them, which might be made for those above: `(n_l - 2)*(n_l - 3)`. */
export const furtherShapes: readonly (readonly number[])[] = [[7, 6, 8]];

/** Where no quantity has an index, there is one neuron in each layer. */
const chains: readonly (readonly number[])[] = [
  [1, 1, 1],
  [1, 1, 1, 1],
];

/** No network that is drawn on paper is larger; what names further neurons or layers has no value on any. */
const [MOST_NEURONS, MOST_LAYERS] = [12, 8];

/** Widths of layers that are added to a network, no two in a row the same. */
const added: readonly number[] = [3, 4, 2, 5];

/**
 * The widths of the networks on which answers to a question are tried: those of the network that is given; else some with as many
 * neurons and layers as what is asked and the key speak of by number.
 */
export function shapesOf(question: AskedOfNetworks): readonly (readonly number[])[] {
  const { asked, key, domain, scope, model } = question;
  if (model.net !== null) {
    const widths = [model.net.inputs, ...model.net.layers.map(({ units }) => units)];
    return [widths, widths, widths];
  }
  const { neuron, layer } = numbersIn([asked, ...(key === null ? [] : [key])]);
  const wider = scope.chain !== null ? 0 : Math.max(0, Math.min(neuron, MOST_NEURONS) - 2);
  const plain = (scope.chain !== null ? chains : shapes).map((widths) => widths.map((width) => width + wider));
  const deeper = (widths: readonly number[], depth: number): readonly number[] => [
    ...widths.slice(0, depth + 1),
    ...Array.from({ length: Math.max(0, depth + 1 - widths.length) }, (_, i) =>
      scope.chain !== null ? 1 : (added[i % added.length] ?? 3) + wider,
    ),
  ];
  if (scope.depth !== null) return plain.map((widths) => deeper(widths, Math.min(scope.depth ?? 1, MOST_LAYERS)));
  const needed = Math.min(layer, MOST_LAYERS);
  if (needed > 3) return [...plain, ...plain.slice(0, 2).map((widths, i) => deeper(widths, needed + i))];
  // What holds for l > 1 and what holds for l = L - 1 are told apart by four layers.
  return domain === null || scope.layers.length === 0
    ? plain
    : [...plain, ...plain.slice(1, 2).map((widths) => deeper(widths, 4))];
}

/** The largest numbers of a neuron and of a layer that formulas speak of; `l+2` needs as many layers as 3. */
function numbersIn(formulas: readonly Formula[]): { readonly neuron: number; readonly layer: number } {
  let neuron = 0;
  let layer = 0;
  for (const { indices, layer: own } of formulas.flatMap(quantitiesIn)) {
    for (const index of indices) if (index.kind === "number") neuron = Math.max(neuron, index.value);
    const expression = own === null ? null : layerExpression(own);
    if (expression === null) continue;
    const { base, offset } = expression;
    layer = Math.max(layer, base === null ? offset : base === "L" ? 1 - offset : 1 + offset);
  }
  return { neuron, layer };
}

/** The symbols of a formula, also those below a ∂. */
export function quantitiesIn(formula: Formula): readonly SymbolFormula[] {
  return postorder(formula).flatMap((part) =>
    part.kind === "symbol" ? [part] : part.kind === "derivative" ? [part.of, part.by] : [],
  );
}
