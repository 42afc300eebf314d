import { call, divide, type Formula, number, subtract } from "../../formula/index.ts";
import { indexKinds } from "../indices/index-kinds.ts";
import { compareOnNetworks, valuesOnNetworks } from "../networks/judge-network.ts";
import type { NetworkQuestion } from "../networks/network-question.ts";
import type { AnswerTest } from "./answer-tests.ts";
import { caseMessage } from "./case-message.ts";
import { type Finding, notReadable, wrong } from "./finding.ts";

/**
 * What is wrong with a formula about a network, in the network's names; null where it has the value that is asked on all networks.
 * First whether its indices fit, then its values.
 */
export function comparedOnNetworks(
  answer: Formula,
  question: NetworkQuestion,
  value: AnswerTest["value"] = "equal",
): Finding | null {
  const reason = question.whyNoTruth();
  if (reason !== null) return notReadable(`This question cannot be judged: what is asked has no value, ${reason}.`);
  const kinds = indexKinds(answer, question.scope);
  const [problem] = kinds.problems;
  // A sum that is missing, or a layer that is off by one, says more than that indices do not fit.
  if (problem !== undefined) return wrong({ message: problem.message, slip: problem.slip });
  const related = value === "equal" ? answer : relatedOnNetworks(answer, question, value);
  const compared = compareOnNetworks(related, kinds, question);
  if (compared.isEqual) return null;
  if (compared.needlessCase !== null) {
    return wrong({ message: caseMessage(compared.needlessCase), slip: "case", mayBeMutant: false });
  }
  if (compared.undefinedBecause !== null) {
    return wrong({ message: `This has no value everywhere: ${compared.undefinedBecause}.`, slip: "undefined" });
  }
  return wrong();
}

/** Fractions with denominators up to this are taken for what a quotient of float64 values stands for. */
const MOST_BELOW = 64;
/** Relative difference of float64 values that may have come of rounding. */
const TOLERANCE = 1e-10;

/**
 * The formula that has to be equal where the answer may be off by a constant, or by a factor: the answer without what it is off by on
 * the first network. The answer itself where that is no number.
 */
function relatedOnNetworks(answer: Formula, question: NetworkQuestion, value: "upToConstant" | "multipleOf"): Formula {
  const pairs = valuesOnNetworks(answer, question) ?? [];
  const first = pairs.find(({ exact }) => value === "upToConstant" || exact !== 0);
  if (first === undefined) return answer;
  const constant = value === "upToConstant" ? first.typed - first.exact : first.typed / first.exact;
  if (!Number.isFinite(constant) || (value === "multipleOf" && constant === 0)) return answer;
  const fraction = fractionNear(constant);
  return value === "upToConstant" ? subtract(answer, fraction) : divide(answer, fraction);
}

/** Exact where it is a plain fraction; a number such as π as a formula with no exact value, so that values decide. */
function fractionNear(value: number): Formula {
  for (let below = 1; below <= MOST_BELOW; below += 1) {
    const above = Math.round(value * below);
    const isNear = Math.abs(value - above / below) <= TOLERANCE * Math.max(1, Math.abs(value));
    if (isNear) return below === 1 ? number(above) : divide(number(above), number(below));
  }
  return call("log", number(Math.exp(value)));
}
