import { withBudget } from "../../formula/budget.ts";
import { checkOptions } from "../../network/known-options.ts";
import { type Judged, notJudged } from "../judgement.ts";
import { answerOperations } from "../operations.ts";
import { authorWords, hintText } from "../prose/author-words.ts";
import type { Question } from "../sheet.ts";
import type { AnswerCheck, CheckOptions } from "../verdict.ts";
import { checkFormula } from "./check-formula.ts";
import { checkNumber } from "./check-number.ts";
import { judgeChoice } from "./judge-choice.ts";
import type { Subjects } from "./subjects.ts";

/** The verdict on an answer to a question of a sheet: of its kind's judge, with the author's words and hint. */
export function checkQuestion(
  subjects: Subjects,
  question: Question,
  answer: string,
  options: CheckOptions,
): AnswerCheck {
  checkOptions("checkAnswer", options, { attempts: true, earlier: true, isByValue: true });
  const { reading, judgement } = fenced(() =>
    withBudget(answerOperations, () => judged(subjects, question, answer, options)),
  );
  const { sheet } = subjects;
  const { verdict, slip } = judgement;
  // A number that is right but for its decimals needs no hint how to find it.
  const isDone = verdict === "correct" || verdict === "unreadable" || slip === "too-few-decimals";
  const hint = isDone ? null : hintText(sheet, question, options.attempts ?? 0);
  const message = slip === "author" ? authorWords(sheet, question, judgement.message) : judgement.message;
  return { question: question.id, reading, hint, ...judgement, message };
}

/** What is judged, or why it could not be. */
function fenced(judge: () => Judged): Judged {
  try {
    return judge();
  } catch (error) {
    return { reading: null, judgement: notJudged(error) };
  }
}

function judged(subjects: Subjects, question: Question, answer: string, options: CheckOptions): Judged {
  switch (question.kind) {
    case "formula":
      return checkFormula(subjects.formula(question).withKey(), answer);
    case "number":
      return checkNumber(subjects.number(question), answer, options, (id) => {
        const earlier = subjects.sheet.questions.find((each) => each.id === id);
        return earlier?.kind === "number" ? subjects.number(earlier) : null;
      });
    default:
      return { reading: null, judgement: judgeChoice(question, answer) };
  }
}
