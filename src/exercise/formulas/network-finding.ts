import type { Formula } from "../../formula/index.ts";
import { indexKinds } from "../networks/index-kinds.ts";
import { compareOnNetworks } from "../networks/judge-network.ts";
import type { NetworkQuestion } from "../networks/network-question.ts";
import { whyNoTruth } from "../networks/true-values.ts";
import { caseMessage } from "./case-message.ts";
import { type Finding, notReadable, wrong } from "./finding.ts";

/**
 * What is wrong with a formula about a network, in the network's names; null where it has the value that is asked on all networks.
 * First whether its indices fit, then its values.
 */
export function comparedOnNetworks(answer: Formula, question: NetworkQuestion): Finding | null {
  const reason = whyNoTruth(question);
  if (reason !== null) return notReadable(`This question cannot be judged: what is asked has no value, ${reason}.`);
  const kinds = indexKinds(answer, question.scope);
  const [problem] = kinds.problems;
  // A sum that is missing, or a layer that is off by one, says more than that indices do not fit.
  if (problem !== undefined) return wrong({ message: problem.message, slip: problem.slip });
  const compared = compareOnNetworks(answer, kinds, question);
  if (compared.isEqual) return null;
  if (compared.needlessCase !== null) {
    return wrong({ message: caseMessage(compared.needlessCase), slip: "case", mayBeMutant: false });
  }
  if (compared.undefinedBecause !== null) {
    return wrong({ message: `This has no value everywhere: ${compared.undefinedBecause}.`, slip: "undefined" });
  }
  return wrong();
}
