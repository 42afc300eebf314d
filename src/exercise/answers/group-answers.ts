import {
  type AnswerOptions,
  type Answers,
  type JudgedAnswer,
  judgedAnswers,
  mostPoints,
  unknownIds,
} from "./check-answers.ts";
import { chosenPositions, inAuthorsOrder } from "./judge-choice.ts";
import { unreadable } from "../judgement.ts";
import type { Question, Sheet } from "../sheet.ts";
import { prepare, type PreparedQuestion, type PreparedSheet } from "./prepare.ts";
import type { AnswerCheck, Verdict } from "../verdict.ts";

/** One of a class. */
export interface Learner {
  readonly name: string;
  readonly answers: Answers;
  /** Of the variant that the answers are to. Default: that of the sheet. */
  readonly seed?: number | null;
  /** Ids of questions whose solution was shown to the learner: they earn nothing. Default none. */
  readonly shown?: readonly string[];
  /** Ids of questions that are answered by a number, not by a text: it counts as the number it is. Default none. */
  readonly byValue?: readonly string[];
}

/** The answers of a class to a sheet. */
export interface ClassCheck {
  readonly questions: readonly QuestionGroups[];
  /** In the given order. */
  readonly learners: readonly LearnerCheck[];
  /** The points of the sheet. */
  readonly most: number;
}

/** What one of a class answered, and what it earned. */
export interface LearnerCheck {
  readonly name: string;
  readonly seed: number;
  readonly points: number;
  /** Of every answered question, in the order of the sheet. */
  readonly answers: readonly LearnerAnswer[];
  /** Ids that were answered and are no questions of the sheet. */
  readonly unknown: readonly string[];
  /** Why this learner could not be judged, as with a seed that the sheet cannot be drawn for; null for nothing of that kind. */
  readonly problem: string | null;
}

/** One answer of a learner. */
export interface LearnerAnswer {
  /** Id of the question. */
  readonly question: string;
  /** As it was typed. */
  readonly answer: string;
  readonly verdict: Verdict;
  readonly points: number;
  readonly message: string;
  /** The slip by its stable name; null when none was found. `not-judged` where the question or the judge failed. */
  readonly slip: string | null;
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
  /** As it was typed most often; of several such, the shortest. Where letters mean other choices to others, the choices' texts. */
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
 * Judges the answers of a class, as `checkAnswers` does those of each, every learner by the variant of their seed, and puts wrong
 * answers together that are equal by `answerKey`. Where numbers are drawn, those of two seeds are equal when they come of the same slip.
 * Groups of one size stay in the order in which their first answers came.
 *
 * A learner whose answers cannot be judged stops nobody: what went wrong is said of that answer, or that learner.
 */
export function groupAnswers(sheet: Sheet, learners: readonly Learner[]): ClassCheck {
  const judge = judgeOfClass();
  const prepared = prepare(sheet);
  const judged = learners.map((learner) => judgedLearner(prepared, learner, judge));
  const questions = sheet.questions.map((question) =>
    groupsOf(
      question,
      judged.flatMap(({ learner, variant, answers }) => {
        const given = answers.find((each) => each.question.id === question.id);
        return given === undefined || variant === null ? [] : [{ ...given, name: learner.name, variant }];
      }),
    ),
  );
  return {
    questions,
    learners: judged.map(({ learner, variant, answers, problem }) => ({
      name: learner.name,
      seed: variant?.sheet.seed ?? learner.seed ?? sheet.seed,
      points: answers.reduce((sum, { points }) => sum + points, 0),
      answers: answers.map(({ question, answer, check, points }) => ({
        question: question.id,
        answer: answer.trim(),
        verdict: check.verdict,
        points,
        message: check.message,
        slip: check.slip,
      })),
      unknown: unknownIds(sheet, learner.answers),
      problem,
    })),
    most: mostPoints(sheet),
  };
}

interface JudgedLearner {
  readonly learner: Learner;
  /** Null when the sheet has none for the learner's seed. */
  readonly variant: PreparedSheet | null;
  readonly answers: readonly JudgedAnswer[];
  readonly problem: string | null;
}

type Judge = Parameters<typeof judgedAnswers>[3];

function judgedLearner(sheet: PreparedSheet, learner: Learner, judge: Judge): JudgedLearner {
  const { answers, seed = null, shown = [], byValue = [] } = learner;
  try {
    const variant = seed === null ? sheet : sheet.variant(seed);
    return { learner, variant, answers: judgedAnswers(variant, answers, { shown, byValue }, judge), problem: null };
  } catch (error) {
    return { learner, variant: null, answers: [], problem: `seed ${seed ?? sheet.sheet.seed}: ${errorText(error)}` };
  }
}

/** Judges each text once, where nothing but the text counts: many of a class type the same. */
function judgeOfClass(): Judge {
  const known = new Map<Question, Map<string, AnswerCheck>>();
  return (prepared, answer, options) => {
    const { question } = prepared;
    const isAlone = question.kind !== "number" || question.follows.length === 0;
    if (!isAlone) return fencedCheck(prepared, answer, options);
    const before = known.get(question) ?? new Map<string, AnswerCheck>();
    known.set(question, before);
    const text = `${options.isByValue === true ? "=" : ""} ${answer}`;
    const check = before.get(text) ?? fencedCheck(prepared, answer, options);
    before.set(text, check);
    return check;
  };
}

/** What cannot be judged is told of the one answer. */
function fencedCheck(prepared: PreparedQuestion, answer: string, options: AnswerOptions): AnswerCheck {
  try {
    return prepared.check(answer, options);
  } catch (error) {
    const message = `This answer could not be judged: ${errorText(error)}`;
    return { question: prepared.question.id, reading: null, hint: null, ...unreadable(message) };
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface GivenAnswer extends JudgedAnswer {
  readonly name: string;
  readonly variant: PreparedSheet;
}

function groupsOf({ id }: Question, given: readonly GivenAnswer[]): QuestionGroups {
  const counts: Record<Verdict, number> = { correct: 0, form: 0, close: 0, wrong: 0, unreadable: 0 };
  const isMixed = new Set(given.map(({ variant }) => variant)).size > 1;
  const wrong = new Map<string, GivenAnswer[]>();
  for (const each of given) {
    counts[each.check.verdict] += 1;
    if (each.check.verdict !== "wrong") continue;
    const key = groupKey(each, isMixed);
    const equal = wrong.get(key);
    if (equal === undefined) wrong.set(key, [each]);
    else equal.push(each);
  }
  const groups = [...wrong.values()]
    .map((equal) => groupOf(equal, isMixed))
    .sort((left, right) => right.count - left.count);
  return { question: id, answered: given.length, counts, groups };
}

/** What wrong answers share that belong together. */
function groupKey({ question, answer, check, variant }: GivenAnswer, isMixed: boolean): string {
  const isDrawn = isMixed && "given" in question && question.given?.isVariant === true;
  // The same slip leads to another number under every seed; the same number is nothing in common.
  if (isDrawn && question.kind === "number" && check.slip !== null) return ` slip ${check.slip} ${check.message}`;
  const text = answer.trim();
  const seed = isDrawn ? `seed ${variant.sheet.seed} ` : "";
  // A text that has no key is equal to itself alone; the space keeps it apart from every key.
  return seed + (variant.question(question.id).answerKey(text) ?? ` ${text}`);
}

function groupOf(equal: readonly GivenAnswer[], isMixed: boolean): AnswerGroup {
  const [one] = equal;
  const first = one?.check;
  // "(b) is not right" is about the letters of one of them.
  const isAboutLetters = isMixed && one !== undefined && "choices" in one.question && first?.slip !== "author";
  return {
    typed: mostCommon(equal.map((each) => (isMixed ? (chosenTexts(each) ?? each.answer.trim()) : each.answer.trim()))),
    count: equal.length,
    names: equal.map(({ name }) => name),
    slip: first?.slip ?? null,
    message: isAboutLetters ? "" : (first?.message ?? ""),
  };
}

/** The texts of the choices that an answer chooses; null where there is nothing to choose from. */
function chosenTexts({ question, answer }: GivenAnswer): string | null {
  if (!("choices" in question)) return null;
  const positions = chosenPositions(question, answer);
  if (positions === null) return null;
  const { choices } = inAuthorsOrder(question);
  return positions.map((position) => choices[position]?.text.text.trim() ?? "").join("; ") || "none";
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
