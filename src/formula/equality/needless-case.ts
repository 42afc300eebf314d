import {
  childrenOf,
  evaluate,
  type Formula,
  literalValue,
  multiply,
  number,
  postorder,
  replaceSubformula,
  sameStructure,
} from "../index.ts";

/** More cases than an answer has. */
const mostCases = 6;

/**
 * The first part of a right answer that makes a difference of cases where there is none: with one of its sides in its place the
 * answer is right, with the other it is not. So `z > -100 ? right : 0` is told from `z > 0 ? 1 : 0` for the slope of the ReLU, which needs
 * both, however far out the case is that is wrong. Null when there is none.
 *
 * @param isRight whether a formula has the value asked for
 * @param isHarmless whether a part may stand though one of its sides would do: the answer, and what is right with that side in the part's
 * place, differ nowhere, or at a kink alone. Default never
 * @param truth what is asked: a case that it has, too, as the ReLU of a layer before, may stand in the answer. Default none
 */
export function needlessCase(
  answer: Formula,
  kinds: readonly Case["kind"][],
  isRight: (formula: Formula) => boolean,
  isHarmless: (right: Formula, part: Formula, side: Formula) => boolean = () => false,
  truth: Formula = zero,
): Formula | null {
  const own = postorder(truth).filter(({ kind }) => caseKinds.includes(kind));
  const conditions = new Set(postorder(answer).flatMap((part) => (part.kind === "choice" ? [part.condition] : [])));
  // 10^9 is one number.
  const isInside = new Set(postorder(answer).flatMap((part) => (isConstant(part) ? childrenOf(part) : [])));
  const cases = postorder(answer).flatMap((part): readonly Case[] => {
    if (isConstant(part)) return numberCase(part, isInside.has(part));
    if (conditions.has(part)) return [];
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
    .filter(({ kind, part }) => kinds.includes(kind) && !own.some((each) => sameStructure(each, part)))
    // Numbers come last: an answer may have many.
    .sort((left, right) => Number(left.kind === "large") - Number(right.kind === "large"))
    .slice(0, mostCases)
    .find(({ kind, part, sides }) => {
      const right = sides
        .map((side) => ({ side, formula: replaceSubformula(answer, part, side) }))
        .filter(({ formula }) => isRight(formula));
      const isNeedless = right.length > 0 && right.length < sides.length;
      if (kind === "tiny" || kind === "large") return isNeedless;
      return isNeedless && !right.some(({ side, formula }) => isHarmless(formula, part, side));
    });
  return found?.part ?? null;
}

/** The parts of formulas that can be cases. */
const caseKinds: readonly Formula["kind"][] = ["choice", "comparison", "call", "operation"];

/** What it changes is near the tolerance of samples. */
const tiny = 1e-9;
/** Beyond this a function may have gone as far as samples tell: tanh(14) is 1 but for 2e-12. */
const large = 10;

/**
 * A number that may stand for another: a tiny one for 0, where 1 in its place makes a difference; a large one for infinity, where it may be
 * doubled and 1 makes a difference.
 */
function numberCase(part: Formula, isInside: boolean): readonly Case[] {
  const value = Math.abs(evaluate(part, {}));
  if (value > 0 && value < tiny) return [caseOf("tiny", part, [zero, one])];
  return value > large && Number.isFinite(value) && !isInside
    ? [caseOf("large", part, [multiply(number(2), part), one])]
    : [];
}

interface Case {
  /** `extreme`: of min or max; `magnitude`: of abs, sign, ReLU or the root of a square; `tiny`, `large`: a number that samples cannot tell from 0, from infinity. */
  readonly kind: "choice" | "comparison" | "extreme" | "magnitude" | "tiny" | "large";
  readonly part: Formula;
  readonly sides: readonly Formula[];
}

function caseOf(kind: Case["kind"], part: Formula, sides: readonly Formula[]): Case {
  return { kind, part, sides };
}

const one: Formula = { kind: "number", value: 1 };
const zero: Formula = { kind: "number", value: 0 };

/** All kinds of cases. */
export const allCases: readonly Case["kind"][] = ["choice", "comparison", "extreme", "magnitude", "tiny", "large"];

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

/** Whether a formula is one number. */
export function isConstant(formula: Formula): boolean {
  return postorder(formula).every(({ kind }) => !["symbol", "application", "derivative", "sum"].includes(kind));
}
