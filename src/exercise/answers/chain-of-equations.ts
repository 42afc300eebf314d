import type { Formula } from "../../formula/index.ts";
import { type Judgement, notRight } from "../judgement.ts";
import { readingOf } from "../typed/typeset-reading.ts";

/**
 * A chain of equations, `… = … = …`: the last member is the answer, and those before it have to be equal to it, of which one may be
 * in the terms that are asked. A chain that is not true is not accepted, whatever stands at its end.
 */
export function withMembers(
  judgement: Judgement,
  before: readonly Formula[],
  judge: (member: Formula) => Judgement,
): Judgement {
  if (!isEqual(judgement)) return judgement;
  let best = judgement;
  for (const member of before) {
    const own = judge(member);
    if (!isEqual(own)) {
      const text = `The last member is right, but ${readingOf(member).text} before it is not equal to it.`;
      return notRight("wrong", `${text} ${own.message}`, "chain");
    }
    if (own.verdict === "correct" && best.verdict === "form") best = own;
  }
  return best;
}

function isEqual({ verdict }: Judgement): boolean {
  return verdict === "correct" || verdict === "form" || verdict === "close";
}
