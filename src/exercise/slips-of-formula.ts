import type { Formula } from "../formula/index.ts";
import { indexKinds } from "./index-kinds.ts";
import { isEqualInField } from "./judge-network.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import type { NetworkQuestion } from "./network-question.ts";
import type { ScalarQuestion } from "./scalar-question.ts";
import { equalityWith } from "./scalar-values.ts";
import { equalityOnSquare } from "./square-network.ts";

/** A slip by its stable name, and what to tell the learner. */
export interface Slip {
  readonly slip: string;
  readonly message: string;
}

const mutantsOfKey = new WeakMap<Formula, readonly Mutant[]>();

function mutants(key: Formula, asked: Formula | null, forms: readonly Formula[]): readonly Mutant[] {
  const known = mutantsOfKey.get(key);
  if (known !== undefined) return known;
  const made = mutantsOf(key, { asked, forms });
  mutantsOfKey.set(key, made);
  return made;
}

/**
 * The slip of a wrong formula about a network: the first mutant of the key that has the same values, on a network in which
 * all layers are as wide; else, for general questions, whether it is right for some networks.
 */
export function networkSlip(answer: Formula, key: Formula, question: NetworkQuestion): Slip | null {
  const isAnswer = equalityOnSquare(answer, question);
  if (isAnswer === null) return null;
  // A formula that is the key itself on a square network has its indices wrong, which is told otherwise.
  const found = isAnswer(key) ? undefined : mutants(key, question.asked, []).find(({ formula }) => isAnswer(formula));
  return found ?? rightForSome(answer, question);
}

/** Whether a formula that is wrong in general holds for one cost, one activation, or one layer. */
function rightForSome(answer: Formula, question: NetworkQuestion): Slip | null {
  const kinds = indexKinds(answer, question.scope);
  if (kinds.problems.length > 0) return null;
  const { model } = question;
  const holds = (changed: Partial<NetworkQuestion["model"]>, domain: Formula | null = question.domain): boolean =>
    isEqualInField(answer, kinds, { ...question, model: { ...model, ...changed }, domain });
  if (model.cost === "general" && holds({ cost: "quadratic" })) {
    return {
      slip: "only-quadratic-cost",
      message: "That is right for the quadratic cost only; the question is about any cost.",
    };
  }
  if (model.activation === "general") {
    if (holds({ activation: "sigmoid", outputActivation: "sigmoid" })) {
      return {
        slip: "only-sigmoid",
        message: "That is right for the sigmoid only; the question is about any activation function.",
      };
    }
    if (model.cost === "general" && holds({ cost: "quadratic", activation: "sigmoid", outputActivation: "sigmoid" })) {
      const message =
        "That is right for the quadratic cost with the sigmoid only; the question is about any cost and activation.";
      return { slip: "only-quadratic-cost-and-sigmoid", message };
    }
    if (holds({ activation: "identity", outputActivation: "identity" })) {
      return { slip: "only-linear", message: "That is right only where f(z) = z." };
    }
  }
  const [letter] = question.scope.layers;
  if (letter === undefined) return null;
  const layerIs = (offset: number): Formula => ({
    kind: "comparison",
    relation: "==",
    left: { kind: "symbol", name: letter, indices: [], layer: null },
    right: {
      kind: "operation",
      operator: "-",
      left: { kind: "symbol", name: "L", indices: [], layer: null },
      right: { kind: "number", value: offset },
    },
  });
  if (holds({}, layerIs(1))) {
    return {
      slip: "only-layer-before-last",
      message: `That is right for ${letter} = L-1 only; the question is about every such layer.`,
    };
  }
  if (holds({}, layerIs(0))) {
    return {
      slip: "only-last-layer",
      message: `That is right for ${letter} = L only; the question is about every layer.`,
    };
  }
  return null;
}

/** The slip of a wrong formula in plain quantities: the first mutant of the key, in any of its forms, that equals it. */
export function scalarSlip(
  answer: Formula,
  key: Formula,
  question: ScalarQuestion,
  about: { readonly asked: Formula | null; readonly forms: readonly Formula[] },
): Slip | null {
  const isAnswer = equalityWith(answer, question);
  return mutants(key, about.asked, about.forms).find(({ formula }) => isAnswer(formula)) ?? null;
}
