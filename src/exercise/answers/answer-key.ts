import { withBudget } from "../../formula/budget.ts";
import { evaluate, symbolsOf } from "../../formula/index.ts";
import { keyOnSquare } from "../networks/square-network.ts";
import { answerOperations } from "../operations.ts";
import { writtenOut } from "../scalars/scalar-question.ts";
import { keyOfScalar } from "../scalars/scalar-values.ts";
import type { Question } from "../sheet.ts";
import { inNetworkNames } from "../vocabulary/network-names.ts";
import { chosenPositions } from "./judge-choice.ts";
import type { Subjects } from "./subjects.ts";

/**
 * A text that two answers to a question share when they are mathematically equal, however they are written; null for one that
 * cannot be read, or would take too much work.
 */
export function answerKeyOf(subjects: Subjects, question: Question, answer: string): string | null {
  try {
    return withBudget(answerOperations, () => keyOf(subjects, question, answer));
  } catch {
    // Whatever it is: an answer without a key is equal to itself alone, and no learner keeps others from being told apart.
    return null;
  }
}

function keyOf(subjects: Subjects, question: Question, answer: string): string | null {
  switch (question.kind) {
    case "formula": {
      const subject = subjects.formula(question);
      const { judge, networkNames } = subject.truth();
      const read = subject.read(answer);
      if (read.kind !== "read" || judge === null) return null;
      return judge.kind === "network"
        ? keyOnSquare(inNetworkNames(read.formula, networkNames), judge.question)
        : keyOfScalar(read.formula, judge.question);
    }
    case "number": {
      const read = subjects.number(question).read(answer);
      if (read.kind !== "read") return null;
      const formula = writtenOut(read.formula, subjects.functions);
      return symbolsOf(formula).length === 0
        ? evaluate(formula, {}).toFixed(question.decimals)
        : answer.replaceAll(/\s/g, "");
    }
    default: {
      const positions = chosenPositions(question, answer);
      return positions === null ? null : `choices ${positions.join(" ")}`;
    }
  }
}
