import { type Formula, NoValue, NotRational } from "../../formula/index.ts";
import { evaluateOnNetwork } from "./evaluate-on-network.ts";
import { type IndexKinds, indexKinds } from "../indices/index-kinds.ts";
import { allCases, needlessCase } from "../../formula/equality/needless-case.ts";
import { differAtKinksOnly, strayCase, withinRanges } from "./kinks.ts";
import type { NetworkQuestion } from "./network-question.ts";
import { hasWidths } from "./points-of-question.ts";

/** How a formula compares with the truth on networks. */
export interface NetworkComparison {
  readonly isEqual: boolean;
  /** `exact`: decided in the finite field. `sampled`: by float64 on real networks alone. */
  readonly method: "exact" | "sampled";
  /** Why the formula has no value somewhere, where it has none; null otherwise. */
  readonly undefinedBecause: string | null;
  /** A part that tells cases apart where there are none; null otherwise. */
  readonly needlessCase: Formula | null;
}

/** Relative difference of two float64 values that still counts as equal: sums of some twenty products. */
const TOLERANCE = 1e-11;

/**
 * Compares a formula with what the question asks for, for every choice of indices and layers on several networks: exactly,
 * in a finite field, where it is rational in the network's quantities; and against backpropagation by the reference
 * engine. The index kinds of `answer` must have no problems.
 */
export function compareOnNetworks(answer: Formula, kinds: IndexKinds, question: NetworkQuestion): NetworkComparison {
  const compared = comparedOnNetworks(answer, kinds, question);
  if (!compared.isEqual || compared.method === "exact") return compared;
  const isRight = (formula: Formula): boolean =>
    comparedOnNetworks(formula, indexKinds(formula, question.scope), question).isEqual;
  const { model } = question;
  const own = withinRanges(answer, model);
  const isHarmless = (right: Formula): boolean => differAtKinksOnly(own, right, model);
  const needless = needlessCase(own, allCases, isRight, isHarmless) ?? strayCase(own, model);
  return needless === null ? compared : { ...different("sampled"), needlessCase: needless };
}

function comparedOnNetworks(answer: Formula, kinds: IndexKinds, question: NetworkQuestion): NetworkComparison {
  const field = compareInField(answer, kinds, question);
  if (field.outcome === "equal") return { ...different("exact"), isEqual: true };
  if (field.outcome === "undefined") return { ...different("exact"), undefinedBecause: field.reason };
  const isDecided = field.outcome === "different" && field.isComplete;
  if (isDecided) return different("exact");
  return compareOnRealNetworks(answer, kinds, question);
}

function different(method: NetworkComparison["method"]): NetworkComparison {
  return { isEqual: false, method, undefinedBecause: null, needlessCase: null };
}

/** Whether a formula is equal to what is asked in the field alone: where true, it is so for every network of the model. */
export function isEqualInField(answer: Formula, kinds: IndexKinds, question: NetworkQuestion): boolean {
  return compareInField(answer, kinds, question).outcome === "equal";
}

type FieldOutcome =
  | { readonly outcome: "equal" | "unknown" }
  | { readonly outcome: "different"; readonly isComplete: boolean }
  | { readonly outcome: "undefined"; readonly reason: string };

function compareInField(answer: Formula, kinds: IndexKinds, question: NetworkQuestion): FieldOutcome {
  let compared = 0;
  for (const { point, truths } of fieldCases(answer, question)) {
    for (const { place, truth } of truths()) {
      try {
        const value = evaluateOnNetwork(answer, kinds, point, place);
        compared += 1;
        if (truth === null) return { outcome: "unknown" };
        if (truth !== value) return { outcome: "different", isComplete: point.isComplete };
      } catch (error) {
        if (error instanceof NotRational) return { outcome: "unknown" };
        if (error instanceof NoValue) return { outcome: "undefined", reason: error.message };
        throw error;
      }
    }
  }
  return { outcome: compared > 0 ? "equal" : "unknown" };
}

function* fieldCases(answer: Formula, { field, further }: NetworkQuestion): ReturnType<NetworkQuestion["field"]> {
  yield* field();
  if (hasWidths(answer)) yield* further();
}

function compareOnRealNetworks(answer: Formula, kinds: IndexKinds, question: NetworkQuestion): NetworkComparison {
  let compared = 0;
  for (const { point, truths } of question.real()) {
    for (const { place, truth } of truths()) {
      try {
        const value = evaluateOnNetwork(answer, kinds, point, place);
        compared += 1;
        if (truth === null || !isNearlyEqual(value, truth)) return different("sampled");
      } catch (error) {
        if (!(error instanceof NoValue)) throw error;
        return { ...different("sampled"), undefinedBecause: error.message };
      }
    }
  }
  return { ...different("sampled"), isEqual: compared > 0 };
}

/** The values of a formula and the true ones on all networks in float64; null where the formula has none somewhere. */
export function valuesOnNetworks(
  answer: Formula,
  question: NetworkQuestion,
): readonly { readonly typed: number; readonly exact: number }[] | null {
  const kinds = indexKinds(answer, question.scope);
  const values: { typed: number; exact: number }[] = [];
  for (const { point, truths } of question.real()) {
    for (const { place, truth } of truths()) {
      try {
        values.push({ typed: evaluateOnNetwork(answer, kinds, point, place), exact: truth ?? Number.NaN });
      } catch (error) {
        if (!(error instanceof NoValue)) throw error;
        return null;
      }
    }
  }
  return values;
}

/** NaN equals nothing. */
export function isNearlyEqual(left: number, right: number): boolean {
  if (!Number.isFinite(left) || !Number.isFinite(right)) return false;
  return Math.abs(left - right) <= TOLERANCE * Math.max(Math.abs(left), Math.abs(right)) + 1e-14;
}
