import { divide, evaluate, type Formula, number, substitute, subtract, symbolsOf } from "../../formula/index.ts";
import { plainForm, type ScalarQuestion, writtenOut } from "./scalar-question.ts";

/** Two formulas of which one is to be the other plus a constant, or a constant times it. */
export type Relation = "upToConstant" | "multipleOf";

/** A question about equality in place of one about another relation. */
interface EqualityQuestion {
  readonly answer: Formula;
  readonly question: ScalarQuestion;
}

/** Values that symbols are given, the plainest first: the i-th symbol has the i-th of a list, turned by one each time. */
const values: readonly number[] = [1, 2, 3, 0.5, 4, 5, -1, -2, 0.25, 6, -3, -0.5];

/**
 * The same question, asked about equality: at a place p, `answer - answer(p)` has to be equal to `truth - truth(p)`, or
 * `answer/answer(p)` to `truth/truth(p)`. So a constant may have symbols in it that the truth has not, as the `c` of an antiderivative.
 * Null where no place is found at which both have values that tell.
 */
export function askedAsEquality(
  answer: Formula,
  question: ScalarQuestion,
  relation: Relation,
): EqualityQuestion | null {
  const [own, truth] = [plainForm(answer, question), plainForm(question.truth, question)];
  const names = symbolsOf(truth);
  const others = symbolsOf(own).filter((name) => !names.includes(name));
  for (let turn = 0; turn < values.length; turn += 1) {
    const place = Object.fromEntries(names.map((name, i) => [name, values[(i + turn) % values.length] ?? 1]));
    const everywhere = { ...place, ...Object.fromEntries(others.map((name) => [name, 0.75])) };
    const [mine, theirs] = [own, truth].map((formula) => evaluate(formula, everywhere));
    const isUsable = [mine, theirs].every(
      (value) => value !== undefined && Number.isFinite(value) && (relation === "upToConstant" || value !== 0),
    );
    if (!isUsable || !isInDomain(question, everywhere)) continue;
    const fixed = new Map(Object.entries(place).map(([name, value]) => [name, number(value)]));
    const [ownThere, truthThere] = [substitute(own, fixed), substitute(truth, fixed)];
    const [left, right] =
      relation === "upToConstant"
        ? [subtract(own, ownThere), subtract(truth, truthThere)]
        : [divide(own, ownThere), divide(truth, truthThere)];
    return { answer: left, question: { ...question, truth: right, key: null } };
  }
  return null;
}

function isInDomain({ domain, functions }: ScalarQuestion, at: Readonly<Record<string, number>>): boolean {
  if (domain === null) return true;
  const condition = writtenOut(domain, functions);
  return symbolsOf(condition).every((name) => name in at) && evaluate(condition, at) !== 0;
}
