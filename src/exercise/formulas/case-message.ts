import { isConstant } from "../../formula/equality/needless-case.ts";
import { type Formula, toText } from "../../formula/index.ts";

/** What is said of a part of a formula that tells cases apart where there are none. */
export function caseMessage(part: Formula): string {
  if (isConstant(part)) return `That is nearly equal, not equal: ${toText(part)} does not belong there.`;
  if (part.kind === "call" && (part.name === "min" || part.name === "max")) {
    return `What is asked has no such bound as ${toText(part)}.`;
  }
  if (part.kind === "call" || part.kind === "operation") {
    return `What is asked does not change where the sign of what is in ${toText(part)} does.`;
  }
  const condition = part.kind === "choice" ? part.condition : part;
  return `What is asked does not depend on whether ${toText(condition)}, and one of the two cases is wrong.`;
}
