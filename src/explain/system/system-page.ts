import { checkOptions } from "../../network/known-options.ts";
import {
  add,
  childrenOf,
  enclosed,
  evaluate,
  foldFormula,
  type Formula,
  fraction,
  multiply,
  type Notation,
  notationToText,
  number,
  parenthesized,
  row,
  sign,
  simplify,
  symbol,
  typeset,
} from "../../formula/index.ts";
import type { CostDerivative, LocalDerivative, SystemDerivation } from "./derive-system.ts";
import { type Block, type Page, type Section, type Step, step } from "../page/page.ts";
import { derivativeWithPrimes, type Primes } from "./primes.ts";

/** Formulas with more parts than this are left out of a page: nobody reads them. */
const MOST_PARTS = 400;

/** What a page about a system may show beside its derivatives. */
export interface SystemPageOptions {
  /** η, to carry out the update. Default: the update is shown in letters. */
  readonly learningRate?: number;
}

/** The page about a system: every quantity on the way forward, every derivative on the way back, the update. */
export function systemPage(derivation: SystemDerivation, options: SystemPageOptions = {}): Page {
  checkOptions("systemPage", options, { learningRate: true });
  const { system, derivatives } = derivation;
  const names = derivatives.map(({ by }) => by).join(", ");
  const updated = derivatives.filter(({ by }) => Object.hasOwn(system.parameters, by));
  return {
    title: `Every derivative of ${system.cost}`,
    summary: `The equations forward, then the chain rule from ${system.cost} back to ${names}.`,
    sections: [
      forwardSection(derivation),
      localSection(derivation),
      ...(derivatives.some(({ paths }) => paths === null) ? [stepwiseSection(derivation)] : []),
      {
        title: "Backward",
        text: "The chain rule: the local derivatives along every way to the quantity, multiplied; the ways, added up.",
        blocks: derivatives.map((each) => derivativeBlock(derivation, each)),
      },
      ...(updated.length === 0 ? [] : [updateSection(derivation, updated, options.learningRate)]),
    ],
  };
}

function forwardSection({ system, values }: SystemDerivation): Section {
  const leaf = (name: string): Block => equation(quantity(name), [step(value(values[name] ?? 0))]);
  return {
    title: "Forward",
    text: null,
    blocks: [
      ...Object.keys(system.given).map(leaf),
      ...Object.keys(system.parameters).map(leaf),
      ...system.equations.map(({ name, formula }) =>
        equation(quantity(name), [step(row(shown(formula), sign("equals"), value(values[name] ?? 0)))]),
      ),
    ],
  };
}

function localSection({ system, values, derivatives }: SystemDerivation): Section {
  const used = new Map(
    derivatives
      .flatMap(({ paths }) => (paths ?? []).flat())
      .map((local) => [`${local.of} ${local.by}`, local] as const),
  );
  const order = system.equations.map(({ name }) => name);
  const locals = [...used.values()].sort((left, right) => order.indexOf(right.of) - order.indexOf(left.of));
  const blocks = locals.map((local) => {
    const primes: Primes = new Map();
    const withPrimes = primedDerivative({ system, local, primes });
    const parts: Notation[] = withPrimes === null ? [] : [shown(withPrimes, primes), sign("equals")];
    const isNumber = local.formula.kind === "number";
    const result = isNumber ? [] : [sign("equals"), value(evaluate(local.formula, values))];
    return equation(partial(local.of, local.by), [step(row(...parts, shown(local.formula), ...result))]);
  });
  return { title: "Local derivatives", text: "Of each equation with respect to each quantity in it.", blocks };
}

/** Where there are too many ways to write out: each quantity's derivative from those of what it is used for. */
function stepwiseSection({ system, locals, slopes }: SystemDerivation): Section {
  const inBetween = system.equations.map(({ name }) => name).filter((name) => name !== system.cost && slopes.has(name));
  const blocks = inBetween.toReversed().map((name) => {
    const sum = onestep(name, system.cost, locals);
    return equation(partial(system.cost, name), [step(row(sum, sign("equals"), value(slopes.get(name) ?? 0)))]);
  });
  const text = "There are too many ways to write out. Step by step, each derivative follows from those before it.";
  return { title: "Step by step", text, blocks };
}

/** `Σ ∂C/∂u ∂u/∂name` over the quantities u that it is used for. */
function onestep(name: string, cost: string, locals: readonly LocalDerivative[]): Notation {
  const terms = locals
    .filter(({ by }) => by === name)
    .map((local) =>
      local.of === cost ? direct(local) : row(partial(cost, local.of), sign("dot"), partial(local.of, name)),
    );
  return row(...terms.flatMap((term, i) => [...(i === 0 ? [] : [sign("plus")]), term]));
}

function derivativeBlock(derivation: SystemDerivation, derivative: CostDerivative): Block {
  const { system, values } = derivation;
  const { by, paths, symbolic, numeric: difference } = derivative;
  const steps: Step[] = [];
  if (paths === null) steps.push(step(onestep(by, system.cost, derivation.locals)));
  else if (paths.length > 0 && by !== system.cost) {
    const isPlain = paths.length === 1 && paths[0]?.length === 1;
    if (!isPlain) steps.push(step(sumOfPaths(paths)));
    const primes: Primes = new Map();
    const withPrimes = primedPaths(derivation, paths, primes);
    if (withPrimes !== null && isShort(withPrimes)) steps.push(step(shown(withPrimes, primes)));
  }
  if (isShort(symbolic)) {
    steps.push(step(shown(symbolic)));
    if (childrenOf(symbolic).length > 0) steps.push(step(withNumbers(symbolic, values)));
  }
  const kink = derivative.isKink ? ", at a kink" : "";
  const why = `differences give ${notationToText(value(difference))}${kink}`;
  if (symbolic.kind === "number") steps.pop();
  steps.push(step(value(derivative.value), why));
  return equation(partial(system.cost, by), steps);
}

function updateSection(
  { system, values }: SystemDerivation,
  derivatives: readonly CostDerivative[],
  learningRate: number | undefined,
): Section {
  const blocks = derivatives.map(({ by, value: slope }) => {
    const rule = row(quantity(by), sign("minus"), quantity("eta"), sign("times"), partial(system.cost, by));
    const steps: Step[] = [step(rule, null, "becomes")];
    if (learningRate !== undefined) {
      const now = values[by] ?? 0;
      const carried = row(
        value(now),
        sign("minus"),
        value(learningRate),
        sign("dot"),
        slope < 0 ? parenthesized(value(slope)) : value(slope),
      );
      steps.push(step(row(carried, sign("equals"), value(now - learningRate * slope))));
    }
    return equation(quantity(by), steps);
  });
  return { title: "Update", text: "One step of gradient descent, with learning rate η.", blocks };
}

// Notation ----------------------------------------------------------------------------------------------------------

function equation(left: Notation, steps: readonly Step[]): Block {
  return { kind: "equation", name: null, left, steps };
}

function quantity(name: string): Notation {
  return typeset(symbol(name)).notation;
}

/** `∂of/∂by` */
export function partial(of: string, by: string): Notation {
  return fraction(row(sign("partial"), quantity(of)), row(sign("partial"), quantity(by)));
}

function shown(formula: Formula, primes: Primes = new Map()): Notation {
  return typeset(formula, { symbol: ({ name }) => primes.get(name) ?? null }).notation;
}

/** The formula with its quantities' values in place of their names. */
function withNumbers(formula: Formula, values: Readonly<Record<string, number>>): Notation {
  const { notation } = typeset(formula, {
    symbol: ({ name }) => typeset(number(rounded(values[name] ?? Number.NaN))),
    product: () => "dot",
  });
  return notation;
}

/**
 * What the cost's own equation adds when the quantity is used there, too. Written out, since ∂C/∂w is the whole sum's
 * name.
 */
function direct({ formula }: LocalDerivative): Notation {
  return enclosed(typeset(formula), typeset(multiply(number(2), number(3))).level);
}

function sumOfPaths(paths: readonly (readonly LocalDerivative[])[]): Notation {
  const products = paths.map((path) => {
    const [only, second] = path;
    if (only !== undefined && second === undefined) return direct(only);
    return row(...path.flatMap(({ of, by }, i) => [...(i === 0 ? [] : [sign("dot")]), partial(of, by)]));
  });
  return row(...products.flatMap((product, i) => [...(i === 0 ? [] : [sign("plus")]), product]));
}

/** The sum of products along the paths, with primes; null where there is no named function on the way. */
function primedPaths(
  { system }: SystemDerivation,
  paths: readonly (readonly LocalDerivative[])[],
  primes: Primes,
): Formula | null {
  const before = primes.size;
  const known = new Map<LocalDerivative, Formula>();
  const factorOf = (local: LocalDerivative): Formula => {
    const factor = known.get(local) ?? primedDerivative({ system, local, primes }) ?? local.formula;
    known.set(local, factor);
    return factor;
  };
  const products = paths.map((path) => path.map(factorOf).reduce(multiply));
  const total = simplify(products.reduce(add));
  return primes.size === before ? null : total;
}

function primedDerivative(where: {
  readonly system: SystemDerivation["system"];
  readonly local: LocalDerivative;
  readonly primes: Primes;
}): Formula | null {
  const found = where.system.equations.find(({ name }) => name === where.local.of);
  return found === undefined ? null : derivativeWithPrimes(found.formula, where.local.by, where.primes);
}

function isShort(formula: Formula): boolean {
  return foldFormula<number>(formula, (_, parts) => parts.reduce((sum, each) => sum + each, 1)) <= MOST_PARTS;
}

// Numbers -----------------------------------------------------------------------------------------------------------

/** Six significant digits: what tells two ways to a number apart, and still can be read. */
function rounded(exact: number): number {
  return Number(exact.toPrecision(6));
}

function value(exact: number): Notation {
  if (!Number.isFinite(exact)) return { kind: "words", text: String(exact) };
  return typeset(number(rounded(exact))).notation;
}
