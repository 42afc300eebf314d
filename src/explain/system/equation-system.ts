import { DataError, FormulaError, OptionError } from "../../errors.ts";
import { evaluate, type Formula, symbolsOf } from "../../formula/index.ts";
import { didYouMean } from "../../tree/nearest-name.ts";

/** `name = formula`, in other quantities of the system. */
export interface Equation {
  readonly name: string;
  readonly formula: Formula;
  /** Line of the file, from 1. */
  readonly line: number;
}

/** Scalar equations with values for what they start from: a network, written out. */
export interface EquationSystem {
  /** Those that the cost needs, each after those it uses; the last is the cost's. */
  readonly equations: readonly Equation[];
  readonly given: Readonly<Record<string, number>>;
  /** What the cost is differentiated by, with its present values. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The name of the cost. */
  readonly cost: string;
}

/**
 * The equations the cost needs, each after those it uses; else as they stand in the file.
 *
 * @throws FormulaError when equations go round in a circle, needed or not; it shows the circle.
 */
export function orderedEquations(text: string, equations: readonly Equation[], cost: string): readonly Equation[] {
  const byName = new Map(equations.map((each) => [each.name, each]));
  const order: Equation[] = [];
  const done = new Set<string>();
  const open: string[] = [];
  // The depth is that of the longest chain of equations, of which there are at most 1,000.
  const visit = (name: string): void => {
    const equation = byName.get(name);
    if (equation === undefined || done.has(name)) return;
    const start = open.indexOf(name);
    if (start >= 0) throw circle(text, [...open.slice(start), name], byName);
    open.push(name);
    for (const used of symbolsOf(equation.formula)) visit(used);
    open.pop();
    done.add(name);
    order.push(equation);
  };
  for (const { name } of equations) visit(name);
  const needed = new Set([cost]);
  for (const { name, formula } of order.toReversed()) {
    if (needed.has(name)) for (const used of symbolsOf(formula)) needed.add(used);
  }
  const kept = order.filter(({ name }) => needed.has(name));
  return [...kept.filter(({ name }) => name !== cost), ...kept.filter(({ name }) => name === cost)];
}

function circle(text: string, names: readonly string[], byName: ReadonlyMap<string, Equation>): FormulaError {
  // `names` goes from a quantity to what it uses; read the other way, each gives the next.
  const line = byName.get(names[0] ?? "")?.line ?? 1;
  const shown = names.toReversed().join(" → ");
  return new FormulaError(
    {
      where: "",
      place: { line },
      expected: "equations that can be computed one after the other",
      got: `a cycle, ${shown}`,
      advice: "Break it.",
    },
    text,
    { start: 0, end: text.length },
  );
}

/**
 * The system with other values for some of what is given or a parameter.
 *
 * @throws OptionError for another name, or a value that is not finite.
 */
export function withValues(system: EquationSystem, values: Readonly<Record<string, number>>): EquationSystem {
  const given = { ...system.given };
  const parameters = { ...system.parameters };
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isFinite(value)) {
      throw new OptionError({
        where: name,
        expected: "a finite value",
        got: String(value),
        advice: "Give a number such as 0.5.",
      });
    }
    if (Object.hasOwn(given, name)) given[name] = value;
    else if (Object.hasOwn(parameters, name)) parameters[name] = value;
    else throw unknownQuantity(name, [...Object.keys(given), ...Object.keys(parameters)], "a value of the file");
  }
  return { ...system, given, parameters };
}

/** The error for a name that is none of `known`. */
export function unknownQuantity(name: string, known: readonly string[], what: string): OptionError {
  const advice = didYouMean(name, known, "Choose one of these.");
  return new OptionError({
    where: "derive",
    expected: `${what} (${known.slice(0, 20).join(", ")})`,
    got: `"${name}"`,
    advice,
  });
}

/**
 * The value of every quantity, in float64: what is given, the parameters, then each equation in order.
 *
 * @throws DataError when one is not finite; it names the equation.
 */
export function computeValues(system: EquationSystem): Readonly<Record<string, number>> {
  const values: Record<string, number> = { ...system.given, ...system.parameters };
  for (const { name, formula, line } of system.equations) {
    const value = evaluate(formula, values);
    if (!Number.isFinite(value)) {
      throw new DataError({
        where: "",
        place: { line },
        expected: `a finite value of ${name}`,
        got: String(value),
        advice: "Change what it is computed from.",
      });
    }
    values[name] = value;
  }
  return values;
}
