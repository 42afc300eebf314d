import { localDerivatives, type LocalDerivative } from "../../explain/index.ts";
import {
  type Formula,
  evaluate,
  multiply,
  type Notation,
  number,
  postorder,
  row,
  sign,
  symbol,
  symbolsOf,
  symbolText,
  typeset,
} from "../../formula/index.ts";
import type { NumberSubject } from "../numbers/prepare-number.ts";
import { type SystemTerm, termKey, termOf } from "../numbers/system-names.ts";
import { expressionIn, slopesFrom, slopesTo, type SystemState, systemState } from "../numbers/system-values.ts";
import type { Given } from "../sheet.ts";
import type { EquationRow } from "../prose/sheet-document.ts";
import { chained, equationRow, partialNotation, quantityNotation } from "./derivation.ts";

/** What earlier questions of a sheet have worked out of each given block: numbers of questions by `termKey`. */
export type KnownValues = Map<Given, Map<string, number>>;

/**
 * How the number that a question asks for follows from its equations: every equation on the way forward, then the chain rule back,
 * one derivative after the other, each in letters and in numbers. What an earlier question has worked out is taken from there.
 *
 * @param known is added to: what this question works out, under its number.
 */
export function workedNumber(
  { system, asked }: NumberSubject,
  known: KnownValues,
  ownNumber: number,
): readonly EquationRow[] {
  const { given } = system;
  const asks = asked()?.asks;
  if (asks === undefined) return [];
  const before = known.get(given) ?? new Map<string, number>();
  known.set(given, before);
  const work = new Work(system.own(), { known: before, ownNumber, isInNumbers: true });
  const terms = postorder(asks).flatMap((part) => termOf(given, part) ?? []);
  for (const term of terms) work.workOut(term);
  const isTerm = termOf(given, asks) !== null;
  if (!isTerm) {
    const { formula, values } = expressionIn(work.state, asks);
    work.rows.push(
      equationRow(typeset(asks).notation, chained(inNumbers(formula, values), numeral(evaluate(formula, values)))),
    );
  }
  return work.rows;
}

/**
 * How a derivative follows from a given system of equations, in letters alone: the chain rule back, one derivative after the other.
 * Empty for anything else.
 */
export function workedInLetters(given: Given, asked: Formula): readonly EquationRow[] {
  const term = asked.kind === "derivative" || asked.kind === "symbol" ? termOf(given, asked) : null;
  if (term === null || term.by === null) return [];
  const work = new Work(systemState(given), { known: new Map(), ownNumber: 1, isInNumbers: false });
  work.workOut(term);
  return work.rows;
}

interface WorkOptions {
  readonly known: Map<string, number>;
  readonly ownNumber: number;
  /** False: in letters alone. */
  readonly isInNumbers: boolean;
}

/** Rows, as they are found. */
class Work {
  readonly rows: EquationRow[] = [];
  readonly state: SystemState;
  readonly #known: Map<string, number>;
  readonly #number: number;
  readonly #isInNumbers: boolean;
  readonly #done = new Set<string>();
  readonly #locals: readonly LocalDerivative[];

  constructor(state: SystemState, { known, ownNumber, isInNumbers }: WorkOptions) {
    this.state = state;
    this.#known = known;
    this.#number = ownNumber;
    this.#isInNumbers = isInNumbers;
    this.#locals = localDerivatives(state.given.system);
  }

  workOut(term: SystemTerm): void {
    if (term.by === null) this.#forward(term.of);
    else this.#backward(term.of, term.by);
  }

  /** True when it is worked out already, in a row above or in an earlier question. */
  #isThere(term: SystemTerm, value: number): boolean {
    const key = termKey(term);
    if (this.#done.has(key)) return true;
    this.#done.add(key);
    const from = this.#known.get(key);
    if (from === undefined || from === this.#number) {
      this.#known.set(key, this.#number);
      return false;
    }
    this.rows.push(equationRow(this.#left(term), numeral(value), `from question ${from}`));
    return true;
  }

  /** A quantity, after what its equation needs. */
  #forward(name: string): void {
    const equation = this.state.given.system.equations.find((each) => each.name === name);
    const value = this.state.values[name] ?? Number.NaN;
    // What is given stands in the sheet; in letters, so do the equations.
    if (!this.#isInNumbers) return;
    if (equation === undefined || this.#isThere({ of: name, by: null }, value)) return;
    for (const used of symbolsOf(equation.formula)) this.#forward(used);
    const { formula } = equation;
    const isNumber = symbolsOf(formula).length === 0;
    this.rows.push(equationRow(quantityNotation(name), inLetters(formula)));
    if (!isNumber) this.rows.push(equationRow(null, chained(inNumbers(formula, this.state.values), numeral(value))));
  }

  /** `∂of/∂by`, after every derivative between the two. */
  #backward(of: string, by: string): void {
    const slopes = slopesFrom(this.state, of);
    const reached = slopesTo(this.state, by);
    if (of === by || !slopes.has(by)) {
      const why = of === by ? null : `${of} does not depend on it`;
      this.rows.push(equationRow(this.#left({ of, by }), numeral(of === by ? 1 : 0), why));
      return;
    }
    const between = this.state.given.system.equations
      .map(({ name }) => name)
      .filter((name) => name !== of && slopes.has(name) && reached.has(name))
      .toReversed();
    const wanted = [...between.filter((name) => name !== by), by];
    const open = this.#open(of, wanted);
    // The values that the factors have in them.
    for (const name of open) {
      for (const { formula } of this.#factors(of, name, slopes))
        symbolsOf(formula).forEach((used) => this.#forward(used));
    }
    for (const name of wanted) {
      const isOpen = open.includes(name);
      const isUsed = name === by || this.#locals.some((local) => local.of === name && open.includes(local.by));
      if (!isOpen && !isUsed) continue;
      if (!this.#isThere({ of, by: name }, slopes.get(name) ?? 0)) this.#chainRule(of, name, slopes);
    }
  }

  /** Those of the derivatives that no earlier question has worked out, and that are needed for the last. */
  #open(of: string, wanted: readonly string[]): readonly string[] {
    const open = new Set<string>();
    const visit = (name: string): void => {
      const from = this.#known.get(termKey({ of, by: name }));
      if (open.has(name) || (from !== undefined && from !== this.#number)) return;
      open.add(name);
      for (const local of this.#locals)
        if (local.by === name && local.of !== of && wanted.includes(local.of)) visit(local.of);
    };
    const last = wanted.at(-1);
    if (last !== undefined) visit(last);
    return wanted.filter((name) => open.has(name));
  }

  #factors(of: string, by: string, slopes: ReadonlyMap<string, number>): readonly LocalDerivative[] {
    return this.#locals.filter((local) => local.by === by && (local.of === of || slopes.has(local.of)));
  }

  #chainRule(of: string, by: string, slopes: ReadonlyMap<string, number>): void {
    const factors = this.#factors(of, by, slopes);
    const sum = (termOfSum: (local: LocalDerivative) => Notation): Notation =>
      row(...factors.flatMap((local, i) => [...(i === 0 ? [] : [sign("plus")]), termOfSum(local)]));
    const isDirect = factors.every((local) => local.of === of);
    if (!isDirect) {
      const rule = sum((local) =>
        local.of === of
          ? inLetters(local.formula)
          : row(
              this.#left({ of, by: local.of }),
              sign("dot"),
              partialNotation(quantityNotation(local.of), quantityNotation(by)),
            ),
      );
      this.rows.push(equationRow(this.#left({ of, by }), rule, this.rows.length === 0 ? "the chain rule" : null));
    }
    const letters = sum(({ of: through, formula }) =>
      through === of
        ? inLetters(formula)
        : row(this.#left({ of, by: through }), sign("dot"), enclosed(inLetters(formula), formula)),
    );
    this.rows.push(equationRow(isDirect ? this.#left({ of, by }) : null, letters));
    if (!this.#isInNumbers) return;
    if (isDirect && factors.every(({ formula }) => symbolsOf(formula).length === 0)) return;
    const numbers = sum(({ of: through, formula }) => {
      const factor = inNumbers(formula, this.state.values);
      if (through === of) return factor;
      const upstream = slopes.get(through) ?? 0;
      return row(
        inParentheses(numeral(upstream), upstream < 0),
        sign("dot"),
        enclosed(factor, formula, this.state.values),
      );
    });
    this.rows.push(equationRow(null, chained(numbers, numeral(slopes.get(by) ?? 0))));
  }

  /** A quantity or derivative; in a network ∂C/∂z is the error δ. */
  #left({ of, by }: SystemTerm): Notation {
    if (by === null) return quantityNotation(of);
    const { system, network } = this.state.given;
    const isError = network !== null && of === system.cost && by.startsWith("z_");
    return isError
      ? quantityNotation(by.replace(/^z/, "delta"))
      : partialNotation(quantityNotation(of), quantityNotation(by));
  }
}

type Values = Readonly<Record<string, number>>;
/** In parentheses where it is no factor: a sum, or what begins with a minus, in letters or, with `values`, in numbers. */
function enclosed(notation: Notation, formula: Formula, values: Values | null = null): Notation {
  const isNegative =
    formula.kind === "number"
      ? formula.value < 0
      : values !== null && formula.kind === "symbol" && (values[symbolText(formula)] ?? 0) < 0;
  return inParentheses(notation, isNegative || needsParentheses(formula));
}

/** A sum, or a sign, after a dot. */
function needsParentheses(formula: Formula): boolean {
  return typeset(formula).level < typeset(multiply(symbol("u"), symbol("v"))).level;
}

function inParentheses(inner: Notation, isNeeded: boolean): Notation {
  return isNeeded ? { kind: "fenced", fence: "parentheses", inner } : inner;
}

/** The formula with its quantities by their names, which may have scripts. */
function inLetters(formula: Formula): Notation {
  const { level } = typeset(symbol("a"));
  return typeset(formula, {
    symbol: ({ name }) => (/[_^]/.test(name) ? { notation: quantityNotation(name), level } : null),
  }).notation;
}

/** The formula with values in place of names. */
function inNumbers(formula: Formula, values: Values): Notation {
  return typeset(formula, {
    symbol: (part) => typeset(number(rounded(values[symbolText(part)] ?? Number.NaN))),
    product: () => "dot",
  }).notation;
}

/** Six significant digits, two to four more than a sheet asks for. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

function numeral(value: number): Notation {
  return typeset(number(rounded(value))).notation;
}
