import { answerKey } from "./answer-key.ts";
import { checkAnswer } from "./check-answer.ts";
import { type Answers, answerTo, mostPoints, pointsFor } from "./check-answers.ts";
import type { Question, Sheet } from "./sheet.ts";
import type { AnswerCheck, Verdict } from "./verdict.ts";

/** One of a class. */
export interface Learner {
  readonly name: string;
  readonly answers: Answers;
}

/** The answers of a class to a sheet. */
export interface ClassCheck {
  readonly questions: readonly QuestionGroups[];
  /** In the given order. */
  readonly learners: readonly { readonly name: string; readonly points: number }[];
  /** The points of the sheet. */
  readonly most: number;
}

/** The answers of a class to one question. */
export interface QuestionGroups {
  /** Id of the question. */
  readonly question: string;
  /** How many gave an answer; the sum of `counts`. */
  readonly answered: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Wrong answers, the most common first. */
  readonly groups: readonly AnswerGroup[];
}

/** Wrong answers that are mathematically equal, however they were typed. */
export interface AnswerGroup {
  /** As it was typed most often; of several such, the shortest. */
  readonly typed: string;
  readonly count: number;
  /** Who gave it, in the given order. */
  readonly names: readonly string[];
  /** The slip by its stable name; null when none was found. */
  readonly slip: string | null;
  /** What the first of them was told. */
  readonly message: string;
}

/**
 * Judges the answers of a class, as `checkAnswers` does those of each, and puts wrong answers together that are equal
 * by `answerKey`. Groups of one size stay in the order in which their first answers came.
 *
 * @throws FormulaError and DataError where `checkAnswer` does, for a question that cannot be judged.
 */
export function groupAnswers(sheet: Sheet, learners: readonly Learner[]): ClassCheck {
  const points = learners.map(() => 0);
  const earlier = learners.map((): Record<string, string> => ({}));
  const questions = sheet.questions.map((question) => {
    const judge = judgeOf(sheet, question);
    const given = learners.flatMap(({ name, answers }, i) => {
      const answer = answerTo(answers, question.id);
      if (answer === null) return [];
      const before = earlier[i] ?? {};
      const check = judge(answer, before);
      points[i] = (points[i] ?? 0) + pointsFor(question, check);
      earlier[i] = { ...before, [question.id]: answer };
      return [{ name, answer, check }];
    });
    return groupsOf(sheet, question, given);
  });
  return {
    questions,
    learners: learners.map(({ name }, i) => ({ name, points: points[i] ?? 0 })),
    most: mostPoints(sheet),
  };
}

interface GivenAnswer {
  readonly name: string;
  readonly answer: string;
  readonly check: AnswerCheck;
}

/** Judges each text once, where nothing but the text counts: many of a class type the same. */
function judgeOf(sheet: Sheet, question: Question): (answer: string, earlier: Answers) => AnswerCheck {
  if (question.kind === "number" && question.follows.length > 0) {
    return (answer, earlier) => checkAnswer(sheet, question.id, answer, { earlier });
  }
  const known = new Map<string, AnswerCheck>();
  return (answer, earlier) => {
    const check = known.get(answer) ?? checkAnswer(sheet, question.id, answer, { earlier });
    known.set(answer, check);
    return check;
  };
}

function groupsOf(sheet: Sheet, { id }: Question, given: readonly GivenAnswer[]): QuestionGroups {
  const counts: Record<Verdict, number> = { correct: 0, form: 0, close: 0, wrong: 0, unreadable: 0 };
  const wrong = new Map<string, GivenAnswer[]>();
  for (const each of given) {
    counts[each.check.verdict] += 1;
    if (each.check.verdict !== "wrong") continue;
    const text = each.answer.trim();
    // A text that has no key is equal to itself alone; the space keeps it apart from every key.
    const key = answerKey(sheet, id, text) ?? ` ${text}`;
    const equal = wrong.get(key);
    if (equal === undefined) wrong.set(key, [each]);
    else equal.push(each);
  }
  const groups = [...wrong.values()].map(groupOf).sort((left, right) => right.count - left.count);
  return { question: id, answered: given.length, counts, groups };
}

function groupOf(equal: readonly GivenAnswer[]): AnswerGroup {
  const first = equal[0]?.check;
  return {
    typed: mostCommon(equal.map(({ answer }) => answer.trim())),
    count: equal.length,
    names: equal.map(({ name }) => name),
    slip: first?.slip ?? null,
    message: first?.message ?? "",
  };
}

/** The text that comes most often; of several such the shortest, then the first. */
function mostCommon(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [best] = [...counts].sort(
    ([left, leftCount], [right, rightCount]) => rightCount - leftCount || left.length - right.length,
  );
  return best?.[0] ?? "";
}
