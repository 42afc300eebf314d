import { FormulaError, internalError, type Span } from "../../errors.ts";
import {
  add,
  choose,
  divide,
  type Formula,
  multiply,
  number,
  parseTextbook,
  sameStructure,
  spellGreek,
  subtract,
  toText,
  type Vocabulary,
} from "../../formula/index.ts";
import { withoutWrapping } from "../../formula/read/latex-wrapping.ts";
import { plainCharacters } from "../../formula/read/typed-characters.ts";
import { type MatrixProblem, readMatrixAnswer } from "../matrices/read-matrix-answer.ts";
import { cutAnswer, type CutAnswer } from "./answer-members.ts";
import { withoutBatchMean } from "./batch-mean.ts";
import { withoutOldMarks, withoutStepMark } from "./step-marks.ts";

/** An answer that was understood, or why it was not. */
export type AnswerReading =
  | {
      readonly kind: "read";
      /** What is judged: the last member of a chain. */
      readonly formula: Formula;
      /** How that was typed. */
      readonly text: string;
      /** The members before it, which have to be equal to it: `… = …`. Empty for most. */
      readonly before: readonly Formula[];
      /** What is wrong whatever its numbers are, where it was read as vectors and matrices; null otherwise. */
      readonly problem: MatrixProblem | null;
    }
  | { readonly kind: "unreadable"; readonly message: string; readonly span: Span | null };

/**
 * Reads a typed answer. What is asked may be restated before an `=`: `delta_j^l = …`,
 * `next w1 = …`, `w^{new} = …`, `w -= …`. Vectors and matrices are read into the indices of what is asked.
 *
 * @param vocabulary with the names that other books have, `withSynonyms`
 * @param asked what the question asks for, and how that may be called
 */
export function readAnswer(typed: string, vocabulary: Vocabulary, asked: Asked): AnswerReading {
  if (typed.trim() === "") return { kind: "unreadable", message: "There is no answer yet.", span: null };
  const text = typed.length > longest ? typed : withoutWrapping(typed);
  const lost = lostPower.exec(text);
  if (lost !== null) return lostExponent(text, lost);
  const { members, operator } = cutAnswer(text, (left) => isAsked(left, vocabulary, asked));
  const [first = { text, start: 0 }, ...others] = members;
  let at = first.start;
  try {
    if (others.length === 0) return readMember(text, vocabulary, asked.formula);
    if (/(?:sum|[∑Σ])\s*_?\s*\p{L}\s*$/u.test(first.text)) {
      const message =
        "Expected the limits of a sum in brackets, got none around them. Write sum_(k=1)^(n_l), or sum_k.";
      return { kind: "unreadable", message, span: { start: 0, end: first.text.length } };
    }
    const isStep = isOfStep(asked);
    const isDropped = first.text.trim() === "" || restatesAsked(first.text, vocabulary, asked);
    if (!isDropped) {
      const problem = leftSideProblem(first.text, vocabulary, asked, operator);
      if (problem !== null) {
        return { kind: "unreadable", message: problem, span: { start: 0, end: first.text.length } };
      }
    }
    if (operator !== null && !isStep) {
      const message = `Expected "=" after what is asked, got "${operator}=", which is a step. Write the formula alone.`;
      return { kind: "unreadable", message, span: { start: 0, end: others[0]?.start ?? text.length } };
    }
    const last = others.at(-1);
    // `0.288 = C`: what is asked may stand at the end, too.
    const isTurned = !isDropped && last !== undefined && isAsked(last.text, vocabulary, asked);
    const kept = (isDropped ? others : members).slice(0, isTurned ? -1 : undefined);
    const read = kept.map((member) => {
      at = member.start;
      return readMember(isStep ? withoutOldMarks(member.text, first.text) : member.text, vocabulary, asked.formula);
    });
    const end = read.at(-1);
    if (end?.kind !== "read") throw internalError("an answer has at least one member");
    const formula = operator === null ? end.formula : stepOf(first.text, operator, end.formula, vocabulary);
    const before = read.slice(0, -1).flatMap((each) => (each.kind === "read" ? [each.formula] : []));
    const problem = read.map((each) => (each.kind === "read" ? each.problem : null)).find((each) => each !== null);
    return { kind: "read", formula, text: end.text, before, problem: problem ?? null };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const span = { start: error.span.start + at, end: error.span.end + at };
    return { kind: "unreadable", message: error.message.replace(/^formula: /, "").replace(/^./, upper), span };
  }
}

/** Of a formula; longer ones are refused before anything is done with them. */
const longest = 1_000;

/** A formula for a neuron, else one of vectors and matrices. @throws FormulaError when it is neither. */
function readMember(typed: string, vocabulary: Vocabulary, asked: Formula | null): AnswerReading {
  const text = withoutBatchMean(typed, vocabulary, asked);
  try {
    const formula = parseTextbook(text, vocabulary);
    return { kind: "read", formula: asIndicator(formula, text), text, before: [], problem: null };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const matrix = asked === null ? null : readMatrixAnswer(text, vocabulary, asked, error);
    if (matrix === null) throw error;
    return { kind: "read", formula: matrix.formula, text, before: [], problem: matrix.problem };
  }
}

/** `[z > 0]` alone is 1 or 0 and no condition: its brackets say so. */
function asIndicator(formula: Formula, text: string): Formula {
  if (formula.kind !== "comparison") return formula;
  let depth = 0;
  for (const [i, character] of Array.from(text).entries()) {
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    const isSign = /[<>≤≥≠]/u.test(character) || /^(?:==|!=|\\(?:[lg]eq?|[lg]t|neq?)(?![A-Za-z]))/u.test(text.slice(i));
    if (depth === 0 && isSign) return formula;
  }
  return choose(formula, number(1), number(0));
}

/** `w -= …` is `w - (…)`. */
function stepOf(left: string, operator: "+" | "-" | "*" | "/", change: Formula, vocabulary: Vocabulary): Formula {
  const before = parseTextbook(left, vocabulary);
  const build = { "+": add, "-": subtract, "*": multiply, "/": divide }[operator];
  return build(before, change);
}

/** A power of ten whose exponent has come down in copying, `2.1·10−3`: its minus stands close on both sides. */
const lostPower = /(?:(?:[0-9]\s*(?:[·⋅×*x∙•]|\\cdot|\\times)\s*)|^\s*[-−]?)10[-−–]([0-9]{1,2})(?![0-9.,])/u;

function lostExponent(text: string, found: RegExpExecArray): AnswerReading {
  const start = found.index + found[0].lastIndexOf("10");
  const end = found.index + found[0].length;
  const message = `Expected a power of ten, got "${text.slice(start, end)}", whose exponent has come down to the line. Write 10^(-${found[1] ?? ""}); for a difference, put blanks around the minus.`;
  return { kind: "unreadable", message, span: { start, end } };
}

function upper(letter: string): string {
  return letter.toUpperCase();
}

/** Whether a text is one of some names, however it is typed: `w₁`, `w_{1}` and `w1`. */
function isName(text: string, names: readonly string[]): boolean {
  const plain = (each: string): string =>
    spellGreek(plainCharacters(each).plain)
      .replaceAll(/[_^]?\{\s*\}/gu, "")
      .replaceAll(/[\s_$\\*(){}[\]]/gu, "")
      .toLowerCase();
  return names.some((name) => plain(name) === plain(text));
}

/** What the question asks for: a formula, and names before an `=`. */
export interface Asked {
  readonly formula: Formula | null;
  readonly names: readonly string[];
}

/** Whether a quantity after a step is asked, as in `w^{new} = …` and `w -= …`. */
function isOfStep({ names }: Asked): boolean {
  return names.some((name) => /^next\s/u.test(name));
}

/** @throws FormulaError when it cannot be read */
function restatesAsked(left: string, vocabulary: Vocabulary, asked: Asked): boolean {
  if (isName(left, asked.names)) return true;
  if (isOfStep(asked)) {
    const bare = withoutStepMark(left.trim());
    if (bare !== null && isName(bare, asked.names)) return true;
  }
  const { formula } = asked;
  if (formula === null) return false;
  const read = readMember(left, vocabulary, formula);
  return read.kind === "read" && read.problem === null && sameStructure(read.formula, formula);
}

function isAsked(left: string, vocabulary: Vocabulary, asked: Asked): boolean {
  try {
    return restatesAsked(left, vocabulary, asked);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return false;
  }
}

/**
 * What is wrong with a left side that does not restate what is asked: it names something else. Null where it is a formula, or a
 * derivative, and so a step on the way that is judged. @throws FormulaError when it cannot be read.
 */
function leftSideProblem(
  left: string,
  vocabulary: Vocabulary,
  asked: Asked,
  operator: CutAnswer["operator"],
): string | null {
  const read = readMember(left, vocabulary, asked.formula);
  // ∂C/∂z_j^l is what δ_j^l is; any other derivative is what somebody else asks.
  const names = asked.formula?.kind === "symbol" ? ["symbol", "application"] : ["symbol", "application", "derivative"];
  const isMember = read.kind === "read" && !names.includes(read.formula.kind);
  if (isMember && operator === null) return null;
  const [expected] = asked.names;
  const hint = expected === undefined ? "Leave the left side out." : `Leave it out, or write ${expected} there.`;
  return `Expected an answer for ${expected ?? "what is asked"}, got one for ${left.trim()}. ${hint}`;
}

/** What a quantity that is asked for may be called before an `=`. */
export function namesOfAsked(text: string | null, formula: Formula | null): readonly string[] {
  const names = text === null ? [] : [text];
  return formula === null ? names : [...names, toText(formula)];
}
