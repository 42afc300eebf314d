import {
  add,
  divide,
  enclosed,
  evaluate,
  type Formula,
  identifier,
  multiply,
  type Notation,
  number,
  row,
  scripts,
  sign,
  symbolsOf,
  typeset,
  type Typeset,
} from "../../formula/index.ts";
import type { Axis, Node } from "../../graph/index.ts";
import type { GraphReader, IndexName, NamedTerm, SumTerm, Term } from "./graph-formula.ts";
import { arranged, sumNotation } from "./index-notation.ts";

/** A Σ of so few terms is written out where it stands. */
const MOST_IN_LINE = 4;

/** One term of a Σ, such as `w_21 a_1`. */
export interface NumberedTerm {
  /** Number of the neuron that the term is of, from 1: the value of the index. */
  readonly neuron: number;
  readonly notation: Notation;
  /** The same with numbers. */
  readonly numbers: Notation;
  readonly value: number;
}

/** A Σ term by term: those written out and the rest add up to `total`. */
export interface NumberedSum {
  /** The largest in magnitude, largest first. */
  readonly terms: readonly NumberedTerm[];
  /** How many terms are not written out, and what they add up to. */
  readonly rest: { readonly count: number; readonly total: number };
  readonly total: number;
}

/** The right side of an equation for one neuron of one example, in letters and in numbers. */
export interface NumberedEquation {
  /** With each quantity's own indices; null where a Σ has too many terms to be written out. */
  readonly concrete: Notation | null;
  /** With numbers; a Σ of many terms is its total. */
  readonly numbers: Notation;
  /** In float64, from the quantities as the engine has them. */
  readonly value: number;
  readonly sums: readonly NumberedSum[];
}

/** An index with the position it stands at, from 0. */
export interface Position extends IndexName {
  readonly position: number;
}

/** Where an equation is worked out. */
export interface NumberedAt {
  /** Positions of the free indices. */
  readonly positions: readonly Position[];
  /** The value of a quantity at some positions. */
  readonly valueOf: (node: Node, positions: readonly number[]) => number;
  /** Index x has one value, which is not shown. */
  readonly examples: Axis;
  /** Terms of a Σ that are written out. */
  readonly most: number;
}

/** Puts the numbers of one neuron into an equation of a graph. */
export function numberedEquation(formula: Formula, { terms }: GraphReader, at: NumberedAt): NumberedEquation {
  const sums = new Map<string, NumberedSum>();

  const valueOfTerm = (term: Term | undefined, positions: readonly Position[]): number => {
    if (term === undefined) return Number.NaN;
    if (term.kind === "count") return term.axis === at.examples ? 1 : term.axis.size;
    if (term.kind === "named") return at.valueOf(term.node, positionsOf(term, positions));
    return valuesOfSum(term, positions).reduce((total, value) => total + value, 0);
  };
  const valueOf = (part: Formula, positions: readonly Position[]): number =>
    evaluate(part, Object.fromEntries(symbolsOf(part).map((name) => [name, valueOfTerm(terms.get(name), positions)])));
  const valuesOfSum = ({ index, body }: SumTerm, positions: readonly Position[]): number[] =>
    Array.from({ length: index.axis.size }, (_, position) => valueOf(body, [...positions, { ...index, position }]));

  const inLetters = (part: Formula, positions: readonly Position[]): Typeset =>
    typeset(arranged(part, terms), {
      symbol: ({ name }) => {
        const term = terms.get(name);
        if (term?.kind === "named") return atom(concreteTerm(term, positions, at.examples));
        if (term?.kind === "count") return numeral(valueOfTerm(term, positions));
        const sum = sums.get(name);
        if (sum !== undefined && sum.rest.count === 0) return written(sum, ({ notation }) => notation);
        return sumNotation("k", atom(identifier("…")));
      },
    });
  const inNumbers = (part: Formula, positions: readonly Position[]): Typeset =>
    typeset(arranged(part, terms), {
      symbol: ({ name }) => {
        const sum = sums.get(name);
        if (sum !== undefined && sum.rest.count === 0) return written(sum, ({ numbers }) => numbers);
        return numeral(sum?.total ?? valueOfTerm(terms.get(name), positions));
      },
      product: () => "dot",
    });
  const numberedSum = (term: SumTerm): NumberedSum => {
    const values = valuesOfSum(term, at.positions);
    const order = [...values.keys()].sort((i, k) => Math.abs(values[k] ?? 0) - Math.abs(values[i] ?? 0) || i - k);
    const most = values.length <= MOST_IN_LINE ? MOST_IN_LINE : at.most;
    const shown = order.slice(0, most).map((position): NumberedTerm => {
      const positions = [...at.positions, { ...term.index, position }];
      return {
        neuron: position + 1,
        notation: inLetters(term.body, positions).notation,
        numbers: inNumbers(term.body, positions).notation,
        value: values[position] ?? 0,
      };
    });
    const others = order.slice(most);
    return {
      terms: shown,
      rest: { count: others.length, total: others.reduce((total, position) => total + (values[position] ?? 0), 0) },
      total: values.reduce((total, value) => total + value, 0),
    };
  };

  for (const name of symbolsOf(formula)) {
    const term = terms.get(name);
    if (term?.kind === "sum") sums.set(name, numberedSum(term));
  }
  const isShort = [...sums.values()].every(isInLine);
  return {
    concrete: isShort ? inLetters(formula, at.positions).notation : null,
    numbers: inNumbers(formula, at.positions).notation,
    value: valueOf(formula, at.positions),
    sums: [...sums.values()],
  };
}

/** True for a Σ that is written out where it stands. */
export function isInLine({ terms, rest }: NumberedSum): boolean {
  return rest.count === 0 && terms.length <= MOST_IN_LINE;
}

/** The terms one after the other where they are few, else the total. */
function written(sum: NumberedSum, of: (term: NumberedTerm) => Notation): Typeset {
  if (!isInLine(sum)) return numeral(sum.total);
  // In the order of the neurons, as one would write them.
  const terms = [...sum.terms].sort((one, other) => one.neuron - other.neuron).map(of);
  const notation = row(...terms.flatMap((each, i) => (i === 0 ? [each] : [sign("plus"), each])));
  return { notation, level: terms.length === 1 ? FACTOR : SUM };
}

const PRODUCT = typeset(multiply(number(2), number(3))).level;
// A product within a product needs no parentheses.
const FACTOR = typeset(divide(number(2), number(3))).level;
const SUM = typeset(add(number(2), number(3))).level;

function atom(notation: Notation): Typeset {
  return { notation, level: typeset(number(1)).level };
}

/** Six significant digits; a negative one in parentheses where it is not the first thing to be read. */
export function numeral(value: number): Typeset {
  if (!Number.isFinite(value)) return atom({ kind: "words", text: String(value) });
  const { notation, level } = typeset(number(Math.abs(rounded(value))));
  if (rounded(value) >= 0) return { notation, level };
  return { notation: row(sign("negative"), enclosed({ notation, level }, PRODUCT)), level: NEGATION };
}

// Looser than a product, so that a factor stands in parentheses; a term after a plus sign does, too.
const NEGATION = SUM;

/** A number by itself. */
export function numeralNotation(value: number): Notation {
  return numeral(value).notation;
}

/** Six significant digits: what tells two ways to a number apart, and still can be read. */
export function rounded(exact: number): number {
  return Number(exact.toPrecision(6));
}

function positionsOf({ indices }: NamedTerm, positions: readonly Position[]): number[] {
  return indices.map(
    (index) => positions.find(({ axis, run }) => axis === index.axis && run === index.run)?.position ?? 0,
  );
}

function concreteTerm(term: NamedTerm, positions: readonly Position[], examples: Axis): Notation {
  const { symbol = "?", layer = null } = term.node.label ?? {};
  const shown = { ...term, indices: term.indices.filter(({ axis }) => axis !== examples) };
  const numbers = positionsOf(shown, positions).map((position) => position + 1);
  const widest = Math.max(0, ...shown.indices.map(({ axis }) => axis.size));
  return concreteQuantity(symbol, numbers, { layer, widest });
}

/** `w_21^3`, and `w_2,17^3` where a number may have two digits. */
export function concreteQuantity(
  symbol: string,
  numbers: readonly number[],
  { layer, widest }: { readonly layer: number | null; readonly widest: number },
): Notation {
  const digits = numbers.map((each): Notation => ({ kind: "number", text: String(each) }));
  const isTight = widest < 10;
  const below = digits.flatMap((each, i) => (i === 0 || isTight ? [each] : [sign("comma"), each]));
  const above: Notation | null = layer === null ? null : { kind: "number", text: String(layer) };
  const text = numbers.length === 0 ? "" : `_${numbers.join(isTight ? "" : ",")}`;
  return {
    kind: "quantity",
    plain: `${symbol}${text}${layer === null ? "" : `^${layer}`}`,
    inner: scripts(identifier(symbol), below.length === 0 ? null : row(...below), above),
  };
}
