import {
  call,
  childrenOf,
  type Formula,
  negate,
  number,
  postorder,
  rewriteFormula,
  simplify,
  subtract,
  symbolsOf,
} from "../../formula/index.ts";
import { tailOf, tailSign } from "./tail-arithmetic.ts";

/**
 * The formula as it is from a distance on: |u| is u or −u there, a choice is one of its branches, where the sign of what
 * decides is proved. What stays undecided stays as written. Then |z − 3| − |z + 5| is seen to be −8 far to the right.
 */
export function resolvedTail(formula: Formula, by: string, start: number, side: 1 | -1): Formula {
  if (!postorder(formula).some(isSwitch)) return formula;
  const signOf = (u: Formula): -1 | 0 | 1 | null => {
    const simple = simplify(u);
    if (symbolsOf(simple).length === 0) return simple.kind === "number" && simple.value === 0 ? 0 : null;
    return tailSign(tailOf(simple, by, start, side));
  };
  return simplify(rewriteFormula(formula, (part) => resolvedPart(part, signOf)));
}

function isSwitch(part: Formula): boolean {
  if (part.kind === "comparison" || part.kind === "choice") return true;
  return part.kind === "call" && ["abs", "sign", "relu", "min", "max"].includes(part.name);
}

function resolvedPart(part: Formula, signOf: (u: Formula) => -1 | 0 | 1 | null): Formula {
  const [u = number(0), v = number(0), otherwise = number(0)] = childrenOf(part);
  if (part.kind === "choice") return u.kind === "number" ? (u.value === 0 ? otherwise : v) : part;
  if (!isSwitch(part) || symbolsOf(part).length === 0) return part;
  const hasTwo = part.kind === "comparison" || (part.kind === "call" && (part.name === "min" || part.name === "max"));
  const sign = signOf(hasTwo ? subtract(u, v) : u);
  if (sign === null) return part;
  if (part.kind === "comparison") {
    const order = sign < 0 ? "<" : sign > 0 ? ">" : "=";
    const holds = part.relation === "!=" ? order !== "=" : part.relation.includes(order);
    return number(holds ? 1 : 0);
  }
  if (part.kind !== "call") return part;
  switch (part.name) {
    case "abs":
      return sign < 0 ? negate(u) : u;
    case "sign":
      return number(sign);
    case "relu":
      return sign > 0 ? u : number(0);
    case "max":
      return sign > 0 ? u : v;
    case "min":
      return sign > 0 ? v : u;
    default:
      return call(part.name, u);
  }
}
