import { asciiMinus } from "../../page/minus-signs.ts";
import type { ClassReport } from "./class-report.ts";

/** A class for programs: each learner's answers with verdicts and points, each question's groups of wrong answers. */
export function classJson({ title, questions, learners, most, leftOut, notes }: ClassReport): object {
  return {
    title,
    most,
    learners: learners.map(({ name, file, seed, points, answers, unknown }) => ({
      name,
      file,
      seed,
      points,
      answers: answers.map((each) => ({ ...each, message: asciiMinus(each.message) })),
      unknown,
    })),
    questions: questions.map((question) => ({
      ...question,
      groups: question.groups.map((group) => ({ ...group, message: asciiMinus(group.message) })),
    })),
    unknown: unknownOf(learners),
    badFiles: leftOut,
    notes,
  };
}

function unknownOf(
  learners: ClassReport["learners"],
): readonly { readonly id: string; readonly names: readonly string[] }[] {
  const ids = new Set(learners.flatMap(({ unknown }) => unknown));
  return [...ids].map((id) => ({
    id,
    names: learners.filter(({ unknown }) => unknown.includes(id)).map(({ name }) => name),
  }));
}
