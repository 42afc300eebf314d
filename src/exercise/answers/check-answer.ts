import { checkIsSheet } from "../check-is-sheet.ts";
import { checkOptions } from "../../network/known-options.ts";
import { OptionError } from "../../errors.ts";
import { withBudget, withinBudget } from "../../formula/budget.ts";
import { type Formula, toText } from "../../formula/index.ts";
import { didYouMean } from "../../tree/nearest-name.ts";
import { authorWords, hintText } from "../prose/author-words.ts";
import { questionWithKey } from "../formulas/derived-key.ts";
import { formulaTruth } from "../formulas/formula-truth.ts";
import { judgeChoice } from "./judge-choice.ts";
import { meantTexts } from "../typed/meant-texts.ts";
import { judgeFormula, verdictOf } from "../formulas/judge-formula.ts";
import { type Judgement, notJudged, notRight, unreadable } from "../judgement.ts";
import { answerOperations, slipOperations } from "../operations.ts";
import { judgeNumber } from "../numbers/judge-number.ts";
import { namesOfAsked, readAnswer } from "../typed/read-answer.ts";
import { vocabularyOf } from "../vocabulary/question-vocabulary.ts";
import type { FormulaQuestion, NumberQuestion, Question, Sheet } from "../sheet.ts";
import { readingOf, readingOfNotation } from "../typed/typeset-reading.ts";
import type { MatrixProblem } from "../matrices/read-matrix-answer.ts";
import type { AskedNumber, EarlierNumber } from "../numbers/typed-number.ts";
import type { AnswerCheck, CheckOptions } from "../verdict.ts";

/**
 * Judges a typed answer: reads it in the textbook's notation, and compares it with what the question's equations say. The same
 * answer has the same verdict always; one that takes more than so many operations is `unreadable`, with the slip `too-large`.
 *
 * Whatever else goes wrong is no error of the learner, and must not keep others from their verdicts: where the question itself cannot
 * be judged (`lintSheet` finds it), or the judge fails, the answer is `unreadable` with the slip `not-judged`, and the message says why.
 *
 * @throws OptionError when the sheet has no such question.
 */
export function checkAnswer(sheet: Sheet, id: string, answer: string, options: CheckOptions = {}): AnswerCheck {
  checkIsSheet("checkAnswer", sheet);
  checkOptions("checkAnswer", options, { attempts: true, earlier: true, isByValue: true });
  const question = questionOf(sheet, id);
  const { reading, judgement } = fenced(() =>
    withBudget(answerOperations, () => judged(sheet, question, answer, options)),
  );
  const { verdict, slip } = judgement;
  // A number that is right but for its decimals needs no hint how to find it.
  const isDone = verdict === "correct" || verdict === "unreadable" || slip === "too-few-decimals";
  const hint = isDone ? null : hintText(sheet, question, options.attempts ?? 0);
  const message = slip === "author" ? authorWords(sheet, question, judgement.message) : judgement.message;
  return { question: id, reading, hint, ...judgement, message };
}

/** The question with this id. @throws OptionError when the sheet has none. */
export function questionOf(sheet: Sheet, id: string): Question {
  const question = sheet.questions.find((each) => each.id === id);
  if (question !== undefined) return question;
  const ids = sheet.questions.map((each) => each.id);
  const advice = didYouMean(id, ids, "Choose one of these.");
  throw new OptionError(`question: expected one of ${ids.join(", ")}, got "${id}". ${advice}`);
}

/** What is judged, or why it could not be. */
function fenced(judge: () => Judged): Judged {
  try {
    return judge();
  } catch (error) {
    return { reading: null, judgement: notJudged(error) };
  }
}

interface Judged {
  readonly reading: AnswerCheck["reading"];
  readonly judgement: Judgement;
}

function judged(sheet: Sheet, question: Question, answer: string, options: CheckOptions): Judged {
  switch (question.kind) {
    case "formula":
      return judgedFormula(sheet, questionWithKey(sheet, question), answer);
    case "number":
      return judgedNumber(sheet, question, answer, options);
    default:
      return { reading: null, judgement: judgeChoice(question, answer) };
  }
}

function judgedFormula(sheet: Sheet, question: FormulaQuestion, answer: string): Judged {
  const { vocabulary, asked, names } = formulaTruth(sheet, question);
  const read = readAnswer(answer, vocabulary, { formula: asked, names });
  if (read.kind === "unreadable") return { reading: null, judgement: unreadable(read.message, read.span) };
  if (read.problem !== null) return ofWrongShape(read.problem);
  const judge = (formula: Formula): Judgement => judgeFormula(sheet, question, formula);
  const first = withMembers(judge(read.formula), read.before, judge);
  const own = withinBudget(
    slipOperations,
    () => withAuthorSlip(first, sheet, question, read.formula),
    () => first,
  );
  const judgement =
    own.verdict === "wrong" &&
    withinBudget(
      slipOperations,
      () => isRightAsMeant(sheet, question, answer),
      () => false,
    )
      ? { ...own, ...bracketsMissing }
      : own;
  return { reading: readingOf(read.formula), judgement };
}

/** Rows and columns that do not fit: wrong whatever the numbers are. */
function ofWrongShape({ notation, message, slip }: MatrixProblem): Judged {
  return { reading: readingOfNotation(notation), judgement: notRight("wrong", message, slip) };
}

/**
 * A chain of equations, `… = … = …`: the last member is the answer, and those before it have to be equal to it, of which one may be
 * in the terms that are asked. A chain that is not true is not accepted, whatever stands at its end.
 */
function withMembers(
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

const bracketsMissing = {
  slip: "brackets-missing",
  message:
    "Brackets are missing: a layer or an exponent of more than one sign is typed in brackets, as in a_k^(l-1). Look at what was read.",
};

/** Whether a wrong answer is right but for brackets that were left out. */
function isRightAsMeant(sheet: Sheet, question: FormulaQuestion, answer: string): boolean {
  const { vocabulary, asked, names } = formulaTruth(sheet, question);
  return meantTexts(answer).some((text) => {
    const read = readAnswer(text, vocabulary, { formula: asked, names });
    return read.kind === "read" && verdictOf(sheet, question, read.formula) === "correct";
  });
}

/** What the author says of a wrong answer that was expected goes before what is found without the author. */
function withAuthorSlip(judgement: Judgement, sheet: Sheet, question: FormulaQuestion, answer: Formula): Judgement {
  if (judgement.verdict !== "wrong") return judgement;
  const { vocabulary, asked, names } = formulaTruth(sheet, question);
  for (const slip of question.slips) {
    const read = readAnswer(slip.answer.text, vocabulary, { formula: asked, names });
    if (read.kind !== "read") continue;
    const instead: FormulaQuestion = { ...question, asks: null, key: slip.answer, rule: null, terms: null, slips: [] };
    if (verdictOf(sheet, keptAs(question, slip.answer.text, instead), answer) === "correct") {
      return { ...judgement, message: slip.message, slip: "author" };
    }
  }
  return judgement;
}

const slipQuestions = new WeakMap<FormulaQuestion, Map<string, FormulaQuestion>>();

/** The question whose key is an expected wrong answer, one object for each, so that what is worked out for it is kept. */
function keptAs(question: FormulaQuestion, answer: string, instead: FormulaQuestion): FormulaQuestion {
  const kept = slipQuestions.get(question) ?? new Map<string, FormulaQuestion>();
  slipQuestions.set(question, kept);
  const known = kept.get(answer);
  if (known === undefined) kept.set(answer, instead);
  return known ?? instead;
}

function judgedNumber(sheet: Sheet, question: NumberQuestion, answer: string, options: CheckOptions): Judged {
  const vocabulary = vocabularyOf(sheet, question);
  const asked = askedNumber(sheet, question);
  if (asked === null) return { reading: null, judgement: unreadable("What this question asks for cannot be read.") };
  const read = readAnswer(answer, vocabulary, { formula: asked.asks, names: namesOfAsked(question.asks.text, null) });
  if (read.kind === "unreadable") return { reading: null, judgement: unreadable(read.message, read.span) };
  const earlier = question.follows.flatMap((id) => {
    const typed = options.earlier?.[id];
    return typed === undefined ? [] : earlierNumber(sheet, id, typed);
  });
  const slips = question.slips.flatMap(({ answer: { text }, message }) => {
    const slip = readAnswer(text, vocabulary, { formula: null, names: [] });
    return slip.kind === "read" ? [{ answer: { formula: slip.formula, text }, message }] : [];
  });
  const isByValue = options.isByValue ?? false;
  const judge = (formula: Formula, text: string): Judgement =>
    judgeNumber(asked, { formula, text, isByValue }, { earlier, slips });
  const own = judge(read.formula, read.text);
  const judgement = withMembers(own, read.before, (member) => judge(member, toText(member)));
  return { reading: readingOf(read.formula), judgement };
}

/** What a question for a number asks for; null when that cannot be read. */
export function askedNumber(sheet: Sheet, question: NumberQuestion): AskedNumber | null {
  const read = readAnswer(question.asks.text, vocabularyOf(sheet, question), { formula: null, names: [] });
  return read.kind === "read" ? { question, asks: read.formula } : null;
}

function earlierNumber(sheet: Sheet, id: string, text: string): readonly EarlierNumber[] {
  const question = sheet.questions.find((each) => each.id === id);
  if (question?.kind !== "number") return [];
  const asked = askedNumber(sheet, question);
  if (asked === null) return [];
  const names = namesOfAsked(question.asks.text, null);
  const read = readAnswer(text, vocabularyOf(sheet, question), { formula: asked.asks, names });
  return read.kind !== "read" ? [] : [{ ...asked, answer: { formula: read.formula, text } }];
}
