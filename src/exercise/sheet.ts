import type { EquationSystem } from "../explain/index.ts";
import type { ActivationName, CostName, Network } from "../network/index.ts";
import type { UpdateRuleName } from "../train/index.ts";

/** A piece of a sheet's text with its place, so that a message can point at it. Lines and columns count from 1. */
export interface Located {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A problem sheet, read from its Markdown file. What is wrong with its keys is `lintSheet`'s to say. */
export interface Sheet {
  readonly title: string;
  /** The file as it was given. */
  readonly source: string;
  /** Decides the values that were drawn for ranges. */
  readonly seed: number;
  /** Of numeric answers, unless a question says otherwise. Default 3. */
  readonly decimals: number;
  /** What `f` stands for: "general" (any), or one activation by name. */
  readonly activation: "general" | ActivationName;
  /** Of the output layer, where it is another. */
  readonly outputActivation: "general" | ActivationName;
  /** What `C` stands for. */
  readonly cost: "general" | CostName;
  /** What answers may be typed with, where a question does not say otherwise. */
  readonly symbols: readonly DeclaredSymbol[];
  /** Functions that have formulas: `swish(z) = z/(1 + e^(-z))`; those of the formula language need no definition. */
  readonly functions: readonly Located[];
  /** Named systems and networks that questions take their values from. */
  readonly given: ReadonlyMap<string, Given>;
  /** In the order of the file. */
  readonly blocks: readonly SheetBlock[];
  /** All questions, in order. */
  readonly questions: readonly Question[];
}

/**
 * A symbol as it is declared, by its pattern: `w_jk^l` (two indices and a layer), `z_j^l`, `t_j`, `n_l`, `eta`, `w_1`,
 * `f(z)` (a function), `C`.
 */
export interface DeclaredSymbol extends Located {
  /** What it is, for the reader; "" when nothing is said. */
  readonly meaning: string;
}

/** Where numbers come from. */
export interface Given {
  readonly name: string;
  readonly line: number;
  /** The block's text with a number drawn for every range. */
  readonly text: string;
  /** As scalar equations: an equation file's own, or a network's written out for its first example. */
  readonly system: EquationSystem;
  /** The network, where it is one; with its first example. */
  readonly network: {
    readonly net: Network;
    readonly input: readonly number[];
    readonly target: readonly number[];
  } | null;
  /** True when some of its values were drawn. */
  readonly isVariant: boolean;
}

/** A piece of a sheet, in order. */
export type SheetBlock =
  | { readonly kind: "prose"; readonly line: number; readonly markdown: string }
  /** A network drawn with these widths, n_0 first, and the names of its parts instead of numbers. */
  | { readonly kind: "drawing"; readonly line: number; readonly widths: readonly number[]; readonly caption: string }
  /** A given system or network, where the sheet shows it. */
  | { readonly kind: "given"; readonly line: number; readonly given: Given }
  | { readonly kind: "question"; readonly line: number; readonly question: Question };

/** A question, of any kind. */
export type Question = FormulaQuestion | NumberQuestion | ChoiceQuestion;

interface QuestionBase {
  readonly id: string;
  readonly line: number;
  readonly column: number;
  /** What is asked, in Markdown with `$maths$`. */
  readonly text: Located;
  /** Default 1. */
  readonly points: number;
  /** Shown one after the other, after wrong answers. */
  readonly hints: readonly Located[];
  /** The test of answers that the author has chosen; null: `equal`. Only formulas have others. */
  readonly test: ChosenTest | null;
  /** Wrong answers with what to say of them, before those that are found without the author. */
  readonly slips: readonly AuthorSlip[];
}

/**
 * How answers to a question for a formula are compared with what is true:
 *
 * - `equal`: any formula that is equal, in the question's terms where it has some.
 * - `upToConstant`: one that differs by a constant.
 * - `multipleOf`: one that is a constant times it, other than 0.
 * - `factored`: one that is equal, and factored.
 * - `expanded`: one that is equal, and multiplied out.
 * - `inTerms`: one that is equal, and written in the question's terms alone.
 */
export type AnswerTestName = "equal" | "upToConstant" | "multipleOf" | "factored" | "expanded" | "inTerms";

/** A test of answers, where the author names it. */
export interface ChosenTest {
  readonly name: AnswerTestName;
  readonly line: number;
  readonly column: number;
}

/** A wrong answer that the author expects. */
export interface AuthorSlip {
  readonly answer: Located;
  readonly message: string;
}

/** A question whose answer is a formula. */
export interface FormulaQuestion extends QuestionBase {
  readonly kind: "formula";
  /**
   * The quantity that is asked, which says what is true: `delta_j^l`, `(partialC)/(partialw_jk^l)` (by backpropagation),
   * `sigma'(z)` (by differentiation), `next w_1` (with `rule`). Null: the key alone says it.
   */
  readonly asks: Located | null;
  /** For `asks: next …`: the update rule. */
  readonly rule: UpdateRuleName | null;
  /** Settings of the rule: symbols for its own names, `momentum: mu`. */
  readonly ruleSymbols: Readonly<Record<string, string>>;
  /** What answers may be typed with here; null: the sheet's symbols, or those of `given`. */
  readonly symbols: readonly DeclaredSymbol[] | null;
  /** "In terms of": a right answer with other symbols or functions has the wrong form. Null: anything that can be read. */
  readonly terms: readonly Located[] | null;
  /** Where it is to hold: `z > 0`. Null: everywhere. */
  readonly domain: Located | null;
  readonly given: Given | null;
  /** Null: left blank. `derive` as a text: the checker derives it. */
  readonly key: Located | null;
  readonly activation: Sheet["activation"];
  readonly outputActivation: Sheet["activation"];
  readonly cost: Sheet["cost"];
}

/** A question whose answer is a number, computed from what is given. */
export interface NumberQuestion extends QuestionBase {
  readonly kind: "number";
  /** A quantity of the system: `C`, `z1`, `a_2^1`; a derivative: `dC/dw1`; or a formula in those. */
  readonly asks: Located;
  readonly given: Given;
  readonly decimals: number;
  /** Ids of earlier questions whose answers a later part may go on with (error carried forward). */
  readonly follows: readonly string[];
  /** The author's own number, to be proven; null: none typed, as it should be. */
  readonly key: Located | null;
}

/** A question with choices, of which one ("choice") or any number ("multiple choice") are right. */
export interface ChoiceQuestion extends QuestionBase {
  readonly kind: "choice" | "multiple choice";
  /** In the order in which they are shown, that of the seed. */
  readonly choices: readonly Choice[];
}

/** One of the choices of a question. */
export interface Choice {
  /** Where the author wrote it among the choices, from 0; it stands elsewhere where choices are shuffled. */
  readonly position: number;
  readonly text: Located;
  readonly isRight: boolean;
  /** A comparison that holds exactly when the choice is right, for the linter: `abs(sigma'(20)) < 1e-6`. */
  readonly claim: Located | null;
}
