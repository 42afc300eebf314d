import { compare, type Formula, number, subtract, symbol } from "../../formula/index.ts";
import { indexKinds } from "../indices/index-kinds.ts";
import { compareOnNetworks, isEqualInField, valuesOnNetworks } from "../networks/judge-network.ts";
import { hasWidths } from "../networks/points-of-question.ts";
import type { Mutant } from "./mutants.ts";
import type { NetworkModel } from "../networks/network-model.ts";
import type { NetworkQuestion } from "../networks/network-question.ts";
import { compareScalars, type ScalarQuestion } from "../scalars/scalar-question.ts";
import { equalityWith, valuesOfScalars } from "../scalars/scalar-values.ts";
import { nearSlip, type Slip } from "./proportion.ts";
import { equalityOnSquare } from "../networks/square-network.ts";

/** What a slip is looked for in: the key, and the wrong formulas that one slip makes of it. */
export interface KeyAndMutants {
  readonly key: Formula;
  readonly mutants: () => readonly Mutant[];
}

/**
 * The slip of a wrong formula about a network: the first mutant of the key that has the same values, on a network in which
 * all layers are as wide; else, for general questions, whether it is right for some networks.
 */
export function networkSlip(answer: Formula, { key, mutants }: KeyAndMutants, question: NetworkQuestion): Slip | null {
  const isAnswer = equalityOnSquare(answer, question);
  if (isAnswer === null) return null;
  // A formula that is the key itself on a square network has its indices wrong, which is told otherwise.
  const isKey = isAnswer(key);
  const found = isKey ? undefined : mutants().find(({ formula }) => isAnswer(formula));
  // A layer that is off is right for some layers, and that says more.
  const isLayer = found?.slip === "layer";
  if (found !== undefined) return (isLayer ? rightForSome(answer, question) : null) ?? found;
  const some = rightForSome(answer, question);
  // On this network all layers are as wide, so it tells nothing of widths, nor of an index of the wrong layer.
  const tellsAll = !hasWidths(answer) && !(isKey && indexKinds(answer, question.scope).problems.length > 0);
  if (some !== null || !tellsAll) return some;
  return nearSlip(answer, valuesOnNetworks(answer, question), (formula) => {
    const kinds = indexKinds(formula, question.scope);
    return kinds.problems.length === 0 && compareOnNetworks(formula, kinds, question).isEqual;
  });
}

/** Networks for which a formula may be right that is wrong in general, the plainest first. */
const special: readonly { readonly slip: string; readonly name: string; readonly model: Partial<NetworkModel> }[] = [
  { slip: "only-quadratic-cost", name: "the quadratic cost", model: { cost: "quadratic" } },
  { slip: "only-sigmoid", name: "the sigmoid", model: { activation: "sigmoid", outputActivation: "sigmoid" } },
  { slip: "only-tanh", name: "tanh", model: { activation: "tanh", outputActivation: "tanh" } },
  { slip: "only-linear", name: "f(z) = z", model: { activation: "identity", outputActivation: "identity" } },
];

/** Another cost that a question about one may be answered for. */
const classes = {
  slip: "only-cross-entropy",
  name: "the cross-entropy of several classes",
  model: { cost: "crossEntropy" },
} as const;

/** Whether a formula that is wrong in general holds for one cost, one activation, or one layer. */
function rightForSome(answer: Formula, question: NetworkQuestion): Slip | null {
  const kinds = indexKinds(answer, question.scope);
  if (kinds.unbound.length > 0) return null;
  const { model } = question;
  const holds = (changed: Partial<NetworkModel>, domain: Formula | null = question.domain): boolean =>
    isEqualInField(answer, kinds, question.changed(changed, domain));
  const isGeneral = ({ cost, activation }: Partial<NetworkModel>): boolean =>
    (cost === undefined || model.cost === "general") &&
    (activation === undefined || (model.activation === "general" && model.outputActivation === "general"));
  const [quadratic, ...activations] = special;
  const both = activations.map(({ slip, name, model: changed }) => ({
    slip: `only-quadratic-cost-and-${slip.replace("only-", "")}`,
    name: `the quadratic cost with ${name}`,
    model: { ...quadratic?.model, ...changed },
  }));
  // Indices that do not fit in general may fit in one layer, but not with one cost.
  const models = kinds.problems.length > 0 || model.net !== null ? [] : [...special, ...both];
  const found = models.find((each) => isGeneral(each.model) && holds(each.model));
  if (found !== undefined) {
    return { slip: found.slip, message: `That is right for ${found.name} only; the question is about any.` };
  }
  const others = kinds.problems.length > 0 || model.net !== null ? [] : [...special, classes];
  const other = others.find((each) => !isGeneral(each.model) && holds(each.model));
  if (other !== undefined) {
    return { slip: other.slip, message: `That would be right for ${other.name}, but the question has another.` };
  }
  const [letter] = question.scope.layers;
  if (letter === undefined) return null;
  const layers = layersOf(letter).find(({ domain }) => holds({}, domain));
  if (layers === undefined) return null;
  return { slip: layers.slip, message: `That is right for ${layers.which} only; the question is about ${layers.all}.` };
}

interface Layers {
  readonly slip: string;
  readonly domain: Formula;
  readonly which: string;
  readonly all: string;
}

/** Layers for which a formula may be right that is wrong for others, the most of them first. */
function layersOf(letter: string): readonly Layers[] {
  const last = symbol("L");
  const layer = symbol(letter);
  const before = (offset: number): Formula => compare("==", layer, subtract(last, number(offset)));
  return [
    {
      slip: "not-first-layer",
      domain: compare(">", layer, number(1)),
      which: `${letter} > 1`,
      all: "the first layer, too",
    },
    { slip: "not-last-layer", domain: compare("<", layer, last), which: `${letter} < L`, all: "the last layer, too" },
    { slip: "only-layer-before-last", domain: before(1), which: `${letter} = L-1`, all: "every such layer" },
    { slip: "only-last-layer", domain: before(0), which: `${letter} = L`, all: "every layer" },
  ];
}

/** The slip of a wrong formula in plain quantities: the first mutant of the key, in any of its forms, that equals it. */
export function scalarSlip(
  answer: Formula,
  { mutants }: Pick<KeyAndMutants, "mutants">,
  question: ScalarQuestion,
): Slip | null {
  const isAnswer = equalityWith(answer, question);
  const found = mutants().find(({ formula }) => isAnswer(formula));
  if (found !== undefined) return found;
  const [typed = [], exact = []] = valuesOfScalars([answer, question.truth], question);
  const pairs = typed.map((value, i) => ({ typed: value, exact: exact[i] ?? Number.NaN }));
  return nearSlip(answer, pairs, (formula) => compareScalars(formula, question).equal);
}
