import type { Span } from "../errors.ts";
import type { NetworkJson } from "../network/index.ts";

/**
 * - `correct`: right, and in the asked terms.
 * - `form`: the right value, but not in the terms that were asked for.
 * - `close`: a number off by less than ten units of its last asked decimal, or given with one decimal too few.
 * - `wrong`
 * - `unreadable`: not understood, or no answer at all; never costs an attempt.
 */
export type Verdict = "correct" | "form" | "close" | "wrong" | "unreadable";

/** The answer as it was understood. */
export interface Reading {
  readonly text: string;
  readonly latex: string;
  readonly mathml: string;
}

/** Where a wrong formula can be seen to be wrong. */
export interface Counterexample {
  /** One sentence with the numbers. */
  readonly text: string;
  /** The indices, the layer and the plain symbols it is for: `{ "j": 1, "k": 2, "l": 1 }`, `{ "z": 0.5 }`. */
  readonly at: Readonly<Record<string, number>>;
  /** The value of the typed formula; null where it has none. */
  readonly typed: number | null;
  /** The true value, by backpropagation or differentiation. */
  readonly exact: number;
  /** The same by central differences; null where nothing is differentiated. */
  readonly difference: number | null;
  /** A network with one example that shows it, as a file that `backpass explain` opens; null where none is needed. */
  readonly network: (NetworkJson & { readonly examples: ExampleJson }) | null;
}

/** The example of a network's file. */
export interface ExampleJson {
  readonly inputs: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
}

/** The judgement of one answer. */
export interface AnswerCheck {
  /** Id of the question. */
  readonly question: string;
  readonly verdict: Verdict;
  /** Null when it could not be read. */
  readonly reading: Reading | null;
  /** What to tell the learner: why it is wrong, which slip was made, what could not be read. Never the right answer. */
  readonly message: string;
  /** The part of the answer that an unreadable one stumbles over; null otherwise. */
  readonly span: Span | null;
  /** The slip, by a stable name (`sign`, `factor-missing`, `transposed` …); null when none was found. */
  readonly slip: string | null;
  /** The author's hint for this attempt; null when there is none (left), or none is needed. */
  readonly hint: string | null;
  readonly counterexample: Counterexample | null;
}

/** What is known of the learner beside the answer. */
export interface CheckOptions {
  /** How many wrong answers the learner has given to this question before: decides the hint. Default 0. */
  readonly attempts?: number;
  /** The learner's answers to earlier questions, by id, for error carried forward. Default none. */
  readonly earlier?: Readonly<Record<string, string>>;
  /**
   * Whether a numeral counts as the number that it is, whatever its decimals: in a file that keeps numbers, 0.700 is 0.7. Default
   * false.
   */
  readonly isByValue?: boolean;
}

/** What `lintSheet` found. */
export interface SheetFinding {
  readonly kind: SheetFindingKind;
  /** Id of the question; null when it belongs to none. */
  readonly question: string | null;
  readonly line: number;
  readonly column: number;
  /** "expected …, got …": what is wrong, with the numbers that show it, and what to do. */
  readonly message: string;
  /** A key that is right, where the linter found one. */
  readonly suggestion: string | null;
}

/**
 * - `key-wrong`: the key is not equal to what is asked.
 * - `key-blank`: there is no key; or it is `derive`, and none was found.
 * - `key-unreadable`: the key, what is asked or the domain cannot be read.
 * - `key-misread`: the key is wrong as it is read, and right typed a little otherwise (`suggestion`).
 * - `key-not-in-terms`: the key is right, and not in the terms of the question.
 * - `key-not-in-form`: the key is right, and not in the form that the question's test wants: not factored, not multiplied out.
 * - `key-constant`: the key speaks of the network, and has the same value on every one.
 * - `undefined-point`: no finite value where the question is asked, or values that differences do not confirm.
 * - `no-right-choice`, `several-right-choices`: not one choice is right, or more than one where one is asked for.
 * - `choice-wrong`: a choice's mark and its claim say different things.
 * - `decimals-ambiguous`: with so few decimals a wrong number counts as right.
 * - `symbol-unused`: declared, and used nowhere.
 * - `maths-unreadable`: mathematics in a text, a declaration, a claim or a slip that cannot be read.
 * - `slip-right`: a wrong answer that the author expects is right.
 * - `test-meaningless`: a test of answers for a question that has no formula as its answer, or one that every number passes.
 */
export type SheetFindingKind =
  | "key-wrong"
  | "key-blank"
  | "key-unreadable"
  | "key-misread"
  | "key-not-in-terms"
  | "key-not-in-form"
  | "key-constant"
  | "undefined-point"
  | "no-right-choice"
  | "several-right-choices"
  | "choice-wrong"
  | "decimals-ambiguous"
  | "symbol-unused"
  | "maths-unreadable"
  | "slip-right"
  | "test-meaningless";
