import { withBudget } from "../../formula/budget.ts";
import { evaluate, symbolsOf } from "../../formula/index.ts";
import { questionOf } from "./check-answer.ts";
import { formulaTruth } from "../formulas/formula-truth.ts";
import { inNetworkNames } from "../vocabulary/network-names.ts";
import { namesOfAsked, readAnswer } from "../typed/read-answer.ts";
import { vocabularyOf } from "../vocabulary/question-vocabulary.ts";
import { writtenOut } from "../scalars/scalar-question.ts";
import { keyOfScalar } from "../scalars/scalar-values.ts";
import { chosenPositions } from "./judge-choice.ts";
import { answerOperations } from "../operations.ts";
import type { Question, Sheet } from "../sheet.ts";
import { keyOnSquare } from "../networks/square-network.ts";

/**
 * A text that two answers to a question share when they are mathematically equal, however they are written; null for one that
 * cannot be read, or would take too much work. Numbers are compared at the decimals asked for, choices by what is chosen, whichever
 * letters stand for it.
 *
 * @throws OptionError when the sheet has no such question.
 */
export function answerKey(sheet: Sheet, id: string, answer: string): string | null {
  const question = questionOf(sheet, id);
  try {
    return withBudget(answerOperations, () => keyOf(sheet, question, answer));
  } catch {
    // Whatever it is: an answer without a key is equal to itself alone, and no learner keeps others from being told apart.
    return null;
  }
}

function keyOf(sheet: Sheet, question: Question, answer: string): string | null {
  switch (question.kind) {
    case "formula": {
      const { vocabulary, asked, names, judge, networkNames } = formulaTruth(sheet, question);
      const read = readAnswer(answer, vocabulary, { formula: asked, names });
      if (read.kind !== "read" || judge === null) return null;
      return judge.kind === "network"
        ? keyOnSquare(inNetworkNames(read.formula, networkNames), judge.question)
        : keyOfScalar(read.formula, judge.question);
    }
    case "number": {
      const names = namesOfAsked(question.asks.text, null);
      const read = readAnswer(answer, vocabularyOf(sheet, question), { formula: null, names });
      if (read.kind !== "read") return null;
      const formula = writtenOut(read.formula, new Map());
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
