import { apart } from "../../formula/budget.ts";
import { type Formula, NoValue } from "../../formula/index.ts";
import { dense, networkOfEquations } from "../../network/index.ts";
import { networkToJson } from "../../network/json/network-to-json.ts";
import { differenceOfCost } from "./difference-of-cost.ts";
import { hashOf } from "./drawn-values.ts";
import { evaluateOnNetwork, type Place } from "./evaluate-on-network.ts";
import type { IndexKinds } from "../indices/index-kinds.ts";
import { layerExpression } from "../indices/layer-expression.ts";
import type { Quantity } from "./network-point.ts";
import type { NetworkQuestion } from "./network-question.ts";
import { quantitiesIn } from "./network-shapes.ts";
import {
  type ChosenModel,
  type Choice,
  chosenModel,
  generalChoices,
  isFinitePoint,
  pointOf,
  type RealPoint,
} from "./real-point.ts";
import { truthsOn } from "./true-values.ts";
import { shortNumber, visibleDifferences } from "../short-number.ts";
import type { Counterexample } from "../verdict.ts";

/** From the smallest on; square ones too, on which formulas with indices of the wrong layer have a value. */
const shapes: readonly (readonly number[])[] = [
  [1, 1],
  [1, 1, 1],
  [2, 1],
  [1, 2],
  [1, 2, 1],
  [2, 2],
  [2, 2, 2],
  [1, 2, 2],
  [2, 3, 2],
  [2, 2, 2, 2],
  [1, 1, 1, 1],
];

/** The only choice of these whose f falls somewhere. */
const withNegativeSlopes: Choice = { activation: "silu", cost: "quadratic" };

/**
 * The smallest network found on which a formula has another value than backpropagation gives, with the value of a central
 * difference beside it. Null when there is none among those tried, or the formula has no value on any of them.
 */
export function networkCounterexample(
  answer: Formula,
  kinds: IndexKinds,
  question: NetworkQuestion,
): Counterexample | null {
  // An index that stands for no neuron has no value on any.
  if (kinds.unbound.length > 0) return null;
  for (const { least, digits } of visibleDifferences) {
    for (const widths of shapesFor(question)) {
      for (const choice of [...generalChoices.toReversed(), withNegativeSlopes]) {
        const point = plainPoint(question, chosenModel(question.model, choice), widths);
        const found = point === null ? null : differingPlace(answer, kinds, { question, point, least });
        if (found === null || point === null) continue;
        return described(found, digits, question, point);
      }
    }
  }
  return null;
}

/** A network that is given has its own widths; a question about a third neuron needs one. */
function shapesFor({ model, scope, asked }: NetworkQuestion): readonly (readonly number[])[] {
  const { net } = model;
  if (net !== null) return [[net.inputs, ...net.layers.map(({ units }) => units)]];
  if (scope.chain !== null) return shapes.filter((widths) => widths.every((width) => width === 1));
  const neurons = quantitiesIn(asked).flatMap(({ indices }) =>
    indices.map((index) => (index.kind === "number" ? index.value : 1)),
  );
  const most = Math.max(1, ...neurons);
  return most <= 2 ? shapes : shapes.map((widths) => widths.map((width) => width + most - 2));
}

interface Found {
  readonly place: Place;
  readonly typed: number;
  readonly exact: number;
}

function differingPlace(
  answer: Formula,
  kinds: IndexKinds,
  about: {
    readonly question: NetworkQuestion;
    readonly point: RealPoint;
    readonly least: number;
  },
): Found | null {
  const { question, point, least } = about;
  for (const { place, truth } of truthsOn(question, point)) {
    try {
      const typed = evaluateOnNetwork(answer, kinds, point, place);
      const exact = truth ?? Number.NaN;
      const size = Math.max(Math.abs(typed), Math.abs(exact), 1e-3);
      if (Number.isFinite(typed) && Math.abs(typed - exact) > least * size) return { place, typed, exact };
    } catch (error) {
      if (!(error instanceof NoValue)) throw error;
    }
  }
  return null;
}

function described(
  { place, typed, exact }: Found,
  digits: number,
  question: NetworkQuestion,
  point: RealPoint,
): Counterexample {
  const { net, inputs, targets, widths } = point;
  const by = differentiatedBy(question.asked, { ...place, L: point.layers.length });
  const difference = by === null ? null : differenceOfCost(point, by);
  const names = [...question.scope.free.keys(), ...question.scope.layers];
  const at = Object.fromEntries(names.map((name) => [name, place[name] ?? 0]));
  const where = names.length === 0 ? "" : ` with ${names.map((name) => `${name} = ${place[name] ?? 0}`).join(", ")}`;
  const last = net.layers.at(-1)?.activation.name ?? "";
  const first = net.layers[0]?.activation.name ?? "";
  const made = [...new Set([first, last]), `cost ${net.cost.name}`].join(", ");
  const truth = by === null ? "the network has" : "backpropagation gives";
  const beside = difference === null ? "" : ` and a central difference ${shortNumber(difference)}`;
  return {
    text: `In a ${widths.join("-")} network (${made})${where} your formula gives ${shortNumber(typed, digits)}; ${truth} ${shortNumber(exact, digits)}${beside}.`,
    at,
    typed,
    exact,
    difference,
    network: { ...networkToJson(net), examples: { inputs: [Array.from(inputs)], targets: [Array.from(targets)] } },
  };
}

/** What C is differentiated by in what is asked: z for δ. Null where it is no derivative of C. */
function differentiatedBy(asked: Formula, place: Place): Quantity | null {
  const symbol =
    asked.kind === "derivative" && asked.of.name === "C" ? asked.by : asked.kind === "symbol" ? asked : null;
  if (symbol === null || (asked.kind === "symbol" && symbol.name !== "delta")) return null;
  const value = (formula: Formula | null): number => {
    const expression = formula === null ? null : layerExpression(formula);
    return expression === null ? 0 : (expression.base === null ? 0 : (place[expression.base] ?? 0)) + expression.offset;
  };
  return {
    name: asked.kind === "symbol" ? "z" : symbol.name,
    indices: symbol.indices.map(value),
    layer: symbol.layer === null ? null : value(symbol.layer),
  };
}

/** A network with plain numbers; made at nobody's expense, and kept. Null where it has no finite numbers. */
function plainPoint(question: NetworkQuestion, chosen: ChosenModel, widths: readonly number[]): RealPoint | null {
  const { library, model } = question;
  const key = [chosen.key, ...widths].join(" ");
  const kept = `${key} ${library.modelKey(model)}`;
  const [known] = library.plain.get(kept) ?? [];
  if (known !== undefined) return known;
  const point = apart(Number.POSITIVE_INFINITY, () => newPlainPoint(question, chosen, { key, widths }));
  library.plain.set(kept, [point]);
  return point;
}

/** A network whose numbers have one decimal, so that they can be read; always the same for these widths and names. */
function newPlainPoint(
  question: NetworkQuestion,
  { activationOf, cost, isSoftmax }: ChosenModel,
  { key, widths }: { readonly key: string; readonly widths: readonly number[] },
): RealPoint | null {
  /** A tenth from −0.9 to 0.9, not 0; no two of a network's first numbers are the same. */
  const tenth = (name: string): number => {
    const size = 1 + (hashOf(`${key} ${name}`) % 9);
    return hashOf(`sign ${key} ${name}`) % 3 === 0 ? -size / 10 : size / 10;
  };
  const layers = widths.slice(1).map((units, i) =>
    dense(units, activationOf(i + 1, widths.length - 1), {
      weights: Array.from({ length: units }, (_, j) =>
        Array.from({ length: widths[i] ?? 1 }, (_each, k) => tenth(`w${i} ${j} ${k}`)),
      ),
      biases: Array.from({ length: units }, (_, j) => tenth(`b${i} ${j}`)),
    }),
  );
  const given = question.model.net;
  const net = networkOfEquations(widths[0] ?? 1, layers, {
    cost,
    ...(given === null ? {} : { regularization: given.regularization }),
  });
  const inputs = Array.from({ length: net.inputs }, (_, k) => tenth(`x${k}`));
  const targets = Array.from({ length: net.outputs }, (_, j) =>
    isSoftmax ? (j === 0 ? 1 : 0) : Math.abs(tenth(`t${j}`)),
  );
  const point = pointOf(net, { inputs, targets }, question.model);
  return isFinitePoint(point) ? point : null;
}
