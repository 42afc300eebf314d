import {
  call,
  type Formula,
  multiply,
  negate,
  number,
  rewriteFormula,
  sameStructure,
  stabilize,
} from "../../formula/index.ts";

/**
 * An equal formula in which differences that become small are written as what becomes small: `1 − sigmoid(u)` as
 * `sigmoid(−u)`, `1 − tanh(u)^2` as `4 sigmoid(2u) sigmoid(−2u)`. Intervals and envelopes are narrower for it.
 */
export function inDecayingForms(formula: Formula): Formula {
  return stabilize(rewriteFormula(formula, withoutTanhSquare));
}

const one = number(1);

function withoutTanhSquare(part: Formula): Formula {
  if (part.kind !== "operation" || part.operator !== "-" || !sameStructure(part.left, one)) return part;
  const u = argumentOfSquare(part.right);
  if (u === null) return part;
  const double = multiply(number(2), u);
  return multiply(number(4), multiply(call("sigmoid", double), call("sigmoid", negate(double))));
}

/** u of tanh(u)^2, else null. */
function argumentOfSquare(part: Formula): Formula | null {
  if (part.kind !== "operation" || part.operator !== "^" || !sameStructure(part.right, number(2))) return null;
  const { left } = part;
  return left.kind === "call" && left.name === "tanh" ? (left.arguments[0] ?? null) : null;
}
