import { STEP } from "../../network/central-difference.ts";
import { evaluate, type Formula, symbol, symbolsOf, toReadableText, toText } from "../../formula/index.ts";
import { activation, dense, network } from "../../network/index.ts";
import { networkToJson } from "../../network/json/network-to-json.ts";
import { type ScalarQuestion, writtenOut } from "./scalar-question.ts";
import { shortNumber, visibleDifferences } from "../short-number.ts";
import type { Counterexample } from "../verdict.ts";

/** Values that are easy to put in by hand, first those that tell the most apart. */
const plainValues: readonly number[] = [1, 0, -1, 2, 0.5, -2, -0.5, 3, -3, 0.25, 4, -4];

/**
 * A place where a formula has another value than what is asked, with values that are easy to put in. Null when none of those
 * tried shows it.
 *
 * @param derivativeOf the function whose derivative is asked, by its name, for a central difference and a network of one
 * neuron with it; null otherwise
 */
export function scalarCounterexample(
  answer: Formula,
  question: ScalarQuestion,
  derivativeOf: string | null,
): Counterexample | null {
  const typed = writtenOut(answer, question.functions);
  const truth = writtenOut(question.truth, question.functions);
  const names = [...new Set([...symbolsOf(truth), ...symbolsOf(typed)])];
  if (question.definitions.size > 0) return null;
  const places = placesFor(names).filter((at) => question.domain === null || holds(question.domain, at, question));
  const values = places.map((at) => ({ at, typed: evaluate(typed, at), exact: evaluate(truth, at) }));
  const smooth = values.filter(({ at, exact }) => isSlope(exact, slopeAt(at, question, derivativeOf)));
  for (const { least, digits } of visibleDifferences) {
    const isFar = ({ typed: own, exact }: (typeof values)[number]): boolean => {
      const size = Math.max(Math.abs(own), Math.abs(exact), 1e-3);
      return Number.isFinite(exact) && !(Math.abs(own - exact) <= least * size);
    };
    // At a kink a central difference shows nothing.
    const found = smooth.find(isFar) ?? values.find(isFar);
    if (found !== undefined) return described(found, digits, question, derivativeOf);
  }
  return null;
}

/** Whether a central difference, where there is one, is near the derivative. */
function isSlope(exact: number, difference: number | null): boolean {
  return difference === null || Math.abs(exact - difference) <= 1e-5 * Math.max(1, Math.abs(exact));
}

/** The central difference of the function whose derivative is asked; null where none is. */
function slopeAt(
  at: Readonly<Record<string, number>>,
  { functions }: ScalarQuestion,
  derivativeOf: string | null,
): number | null {
  const formula = derivativeOf === null ? null : functions.formula(derivativeOf, 0);
  const [name] = formula === null ? [] : symbolsOf(formula);
  const z = at["z"];
  if (formula === null || name === undefined || z === undefined) return null;
  return (evaluate(formula, { [name]: z + STEP }) - evaluate(formula, { [name]: z - STEP })) / (2 * STEP);
}

/** Places with values that are easy to put in: of one quantity, from the plainest on; of several, all positive first. */
function placesFor(names: readonly string[]): readonly Readonly<Record<string, number>>[] {
  const lists = names.length > 1 ? [plainValues.filter((value) => value > 0), plainValues] : [plainValues];
  return lists.flatMap((list) =>
    list.map((_, first) =>
      Object.fromEntries(names.map((name, i) => [name, list[(first + 2 * i) % list.length] ?? 1])),
    ),
  );
}

/** A quantity as a page sets it: `η`, `∂C/∂w_1`. */
function shown(name: string): string {
  const readable = (each: string): string => toReadableText(symbol(each));
  const [, of, by] = /^\(partial(.+)\)\/\(partial(.+)\)$/.exec(name) ?? [];
  return of === undefined || by === undefined ? readable(name) : `∂${readable(of)}/∂${readable(by)}`;
}

function holds(domain: Formula, at: Readonly<Record<string, number>>, { functions }: ScalarQuestion): boolean {
  const condition = writtenOut(domain, functions);
  return symbolsOf(condition).every((name) => name in at) && evaluate(condition, at) !== 0;
}

function described(
  found: { readonly at: Readonly<Record<string, number>>; readonly typed: number; readonly exact: number },
  digits: number,
  question: ScalarQuestion,
  derivativeOf: string | null,
): Counterexample {
  const { at, exact } = found;
  const typed = Number.isFinite(found.typed) ? found.typed : null;
  const formula = derivativeOf === null ? null : question.functions.formula(derivativeOf, 0);
  const z = at["z"];
  const difference = slopeAt(at, question, derivativeOf);
  const place = Object.entries(at)
    .map(([each, value]) => `${shown(each)} = ${shortNumber(value)}`)
    .join(", ");
  const isBeside = difference !== null && isSlope(exact, difference);
  const beside = !isBeside ? "" : `, as does a central difference, ${shortNumber(difference)}`;
  const own = typed === null ? "your formula has no value" : `your formula gives ${shortNumber(typed, digits)}`;
  return {
    text: `At ${place === "" ? "every place" : place} ${own}; the right one gives ${shortNumber(exact, digits)}${beside}.`,
    at,
    typed,
    exact,
    difference,
    network: formula === null || z === undefined ? null : neuronWith(derivativeOf ?? "", formula, z),
  };
}

/** One neuron with the function at z: its target is one less than its output, so that its δ is f′(z). */
function neuronWith(name: string, formula: Formula, z: number): Counterexample["network"] {
  const f = activation(`${name}Function`, toText(formula));
  const net = network(1, [dense(1, f, { weights: [[1]], biases: [0] })], { cost: "quadratic" });
  const examples = { inputs: [[z]], targets: [[evaluate(formula, { z }) - 1]] };
  return { ...networkToJson(net), examples };
}
