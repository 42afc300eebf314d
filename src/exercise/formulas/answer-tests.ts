import type { Formula } from "../../formula/index.ts";
import type { AnswerTestName } from "../sheet.ts";
import { expandedProblem } from "./expanded-form.ts";
import { factoredProblem } from "./factored-form.ts";

/** How answers are compared with what is true: what a question names under `test`. */
export interface AnswerTest {
  /** What is right, in words: "a formula that …". */
  readonly accepts: string;
  /** How the value has to be related to what is asked. */
  readonly value: "equal" | "upToConstant" | "multipleOf";
  /** What is told of an answer whose value is not; null for what is told of any wrong answer. */
  readonly unequal: string | null;
  /**
   * What is wanted of the form, before a colon and what `problem` says; null where any form is right. `inTerms` is judged by the
   * question's terms, which go with every test.
   */
  readonly form: {
    readonly wanted: string;
    readonly slip: string;
    /** What an answer with the right value lacks of the form; null for nothing. `key`: the author's, where there is one. */
    readonly problem: (answer: Formula, key: Formula | null) => string | null;
  } | null;
}

/** The tests of answers by name. */
export const answerTests: Readonly<Record<AnswerTestName, AnswerTest>> = {
  equal: { accepts: "is equal to what is asked", value: "equal", unequal: null, form: null },
  upToConstant: {
    accepts: "differs from what is asked by a constant, as one antiderivative does from another",
    value: "upToConstant",
    unequal: "This differs from what is asked, and not by a constant.",
    form: null,
  },
  multipleOf: {
    accepts: "is what is asked times a constant other than 0",
    value: "multipleOf",
    unequal: "This is not what is asked, and no constant times it, either.",
    form: null,
  },
  factored: {
    accepts: "is equal to what is asked, and a product that cannot be factored further",
    value: "equal",
    unequal: null,
    form: { wanted: "The value is right, but it is to be factored", slip: "not-factored", problem: factoredProblem },
  },
  expanded: {
    accepts: "is equal to what is asked, and a sum in which nothing is left to multiply out",
    value: "equal",
    unequal: null,
    form: {
      wanted: "The value is right, but it is to be multiplied out",
      slip: "not-expanded",
      problem: expandedProblem,
    },
  },
  inTerms: {
    accepts: "is equal to what is asked, and written in the named terms alone",
    value: "equal",
    unequal: null,
    form: null,
  },
};

/** Their names. */
export const answerTestNames: readonly AnswerTestName[] = [
  "equal",
  "upToConstant",
  "multipleOf",
  "factored",
  "expanded",
  "inTerms",
];
