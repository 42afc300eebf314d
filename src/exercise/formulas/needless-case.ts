import { type Formula, literalValue, postorder, replaceSubformula } from "../../formula/index.ts";

/** More cases than an answer has. */
const mostCases = 6;

/**
 * The first part of a right answer that makes a difference of cases where there is none: with one of its sides in its place the
 * answer is right, with the other it is not. So `z > -100 ? right : 0` is told from `z > 0 ? 1 : 0` for the slope of the ReLU, which needs
 * both, however far out the case is that is wrong. Null when there is none.
 *
 * @param isRight whether a formula has the value asked for
 * @param isHarmless whether the answer and what it is with a side that is right differ where no value is wrong: at a kink. Default never
 */
export function needlessCase(
  answer: Formula,
  kinds: readonly Case["kind"][],
  isRight: (formula: Formula) => boolean,
  isHarmless: (right: Formula) => boolean = () => false,
): Formula | null {
  const conditions = new Set(postorder(answer).flatMap((part) => (part.kind === "choice" ? [part.condition] : [])));
  const cases = postorder(answer).flatMap((part): readonly Case[] => {
    if (part.kind === "number" && part.value > 0 && part.value < tiny) return [caseOf("tiny", part, [zero, one])];
    if (conditions.has(part) || isConstant(part)) return [];
    if (part.kind === "choice")
      return isConstant(part.condition) ? [] : [caseOf("choice", part, [part.then, part.otherwise])];
    if (part.kind === "comparison") return [caseOf("comparison", part, [one, zero])];
    const square = rootOfSquare(part);
    if (square !== null) return [caseOf("magnitude", part, [square, { kind: "negate", operand: square }])];
    if (part.kind !== "call") return [];
    const [first = zero] = part.arguments;
    switch (part.name) {
      case "min":
      case "max":
        return [caseOf("extreme", part, part.arguments)];
      case "abs":
        return [caseOf("magnitude", part, [first, { kind: "negate", operand: first }])];
      case "relu":
        return [caseOf("magnitude", part, [first, zero])];
      case "sign":
        return [caseOf("magnitude", part, [one, { kind: "negate", operand: one }])];
      default:
        return [];
    }
  });
  const found = cases
    .filter(({ kind }) => kinds.includes(kind))
    .slice(0, mostCases)
    .find(({ part, sides }) => {
      const right = sides.map((side) => replaceSubformula(answer, part, side)).filter(isRight);
      return right.length > 0 && right.length < sides.length && !right.some(isHarmless);
    });
  return found?.part ?? null;
}

/** What it changes is near the tolerance of samples. */
const tiny = 1e-9;

interface Case {
  /** `extreme`: of min or max; `magnitude`: of abs, sign, ReLU or the root of a square; `tiny`: a number that samples cannot tell from 0. */
  readonly kind: "choice" | "comparison" | "extreme" | "magnitude" | "tiny";
  readonly part: Formula;
  readonly sides: readonly Formula[];
}

function caseOf(kind: Case["kind"], part: Formula, sides: readonly Formula[]): Case {
  return { kind, part, sides };
}

const one: Formula = { kind: "number", value: 1 };
const zero: Formula = { kind: "number", value: 0 };

/** All kinds of cases. */
export const allCases: readonly Case["kind"][] = ["choice", "comparison", "extreme", "magnitude", "tiny"];

/** u of √(u²), which is |u|; null of anything else. */
function rootOfSquare(part: Formula): Formula | null {
  const root =
    part.kind === "call" && part.name === "sqrt"
      ? part.arguments[0]
      : part.kind === "operation" && part.operator === "^" && literalValue(part.right) === 1 / 2
        ? part.left
        : undefined;
  const isSquare = root?.kind === "operation" && root.operator === "^" && literalValue(root.right) === 2;
  return isSquare ? root.left : null;
}

function isConstant(formula: Formula): boolean {
  return postorder(formula).every(({ kind }) => !["symbol", "application", "derivative", "sum"].includes(kind));
}
