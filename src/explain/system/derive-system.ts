import {
  add,
  evaluate,
  type Formula,
  multiply,
  number,
  shortened,
  simplify,
  stabilize,
  substitute,
  symbol,
  symbolsOf,
} from "../../formula/index.ts";
import { partialDerivative } from "../../graph/partial-derivative.ts";
import { compareWithDifferences } from "../../network/central-difference.ts";
import { computeValues, type EquationSystem, unknownQuantity } from "./equation-system.ts";

/** `∂of/∂by` of one equation, its other quantities held: one factor of the chain rule. */
export interface LocalDerivative {
  readonly of: string;
  readonly by: string;
  /** In the quantities of the system; the equation's own value stands in it by name: `y*(1 - y)`. */
  readonly formula: Formula;
}

/** The derivative of the cost with respect to one quantity. */
export interface CostDerivative {
  readonly by: string;
  /**
   * Every way from the cost to the quantity, as the local derivatives along it; the derivative is the sum of their
   * products. Null when there are more than `mostPaths` of them.
   */
  readonly paths: readonly (readonly LocalDerivative[])[] | null;
  /** Simplified, in the quantities of the system. */
  readonly symbolic: Formula;
  /** By the chain rule, from the cost backwards, in float64. */
  readonly value: number;
  /** By central differences of the cost, in float64; at a kink the nearest slope of those on both sides. */
  readonly numeric: number;
  /** `|value − numeric|` over their size. */
  readonly relativeError: number;
  /** True where the cost has a corner: any slope between the left and the right one is right. */
  readonly isKink: boolean;
}

/** A system of equations with every value and derivative. */
export interface SystemDerivation {
  readonly system: EquationSystem;
  /** Of every quantity the cost needs. */
  readonly values: Readonly<Record<string, number>>;
  readonly derivatives: readonly CostDerivative[];
  /** Of each equation by each quantity in it, in the order of the equations. */
  readonly locals: readonly LocalDerivative[];
  /** `∂C/∂q` of every quantity that the cost depends on; those in between are the textbook's errors δ. */
  readonly slopes: ReadonlyMap<string, number>;
}

/** More ways from cost to quantity are not written out. */
const mostPaths = 6;

/** Above this relative error an element is examined for a kink. What float64 differences leave is below 1e-8. */
const SUSPECT = 1e-6;

/**
 * Differentiates the cost of a system by some quantities: symbolically and in numbers, both by reverse accumulation, and
 * by central differences.
 *
 * @param by names of parameters, of what is given, or of quantities in between (then what they are computed from is
 * held: `∂C/∂z` is the textbook's δ). Default: every parameter.
 * @throws OptionError for a name the cost knows nothing of.
 * @throws DataError when a value is not finite.
 */
export function deriveSystem(system: EquationSystem, by?: readonly string[]): SystemDerivation {
  const values = computeValues(system);
  const known = [...Object.keys(system.parameters), ...Object.keys(system.given), ...system.equations.map(nameOf)];
  const wanted = by ?? Object.keys(system.parameters);
  for (const name of wanted) if (!known.includes(name)) throw unknownQuantity(name, known, "a quantity of the file");
  const locals = localDerivatives(system);
  const symbolic = accumulated(system, locals, (local) => local.formula, {
    zero: number(0),
    one: number(1),
    add,
    multiply,
  });
  const numbers = accumulated(system, locals, (local) => evaluate(local.formula, values), {
    zero: 0,
    one: 1,
    add: (left, right) => left + right,
    multiply: (left, right) => left * right,
  });
  const derivatives = wanted.map((name): CostDerivative => {
    const value = numbers.get(name) ?? 0;
    return {
      by: name,
      paths: pathsTo(name, system, locals),
      symbolic: shortened(symbolic.get(name) ?? number(0)),
      value,
      ...differenceFor(system, values, name, value),
    };
  });
  return { system, values, derivatives, locals, slopes: numbers };
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

/** Of each equation by each quantity it uses, leaving out those that are 0 everywhere; in the order of the equations. */
export function localDerivatives(system: EquationSystem): readonly LocalDerivative[] {
  return system.equations.flatMap(({ name, formula }) =>
    symbolsOf(formula).flatMap((by): readonly LocalDerivative[] => {
      const { derivative, value } = partialDerivative(inOneCall(formula), by);
      const isZero = derivative.kind === "number" && derivative.value === 0;
      return isZero ? [] : [{ of: name, by, formula: substitute(derivative, new Map([[value, symbol(name)]])) }];
    }),
  );
}

/** A sigmoid or tanh written out, `1/(1 + e^(-z))`, as the function: then its slope is in terms of itself, `y (1 - y)`. */
function inOneCall(formula: Formula): Formula {
  const stable = simplify(stabilize(formula));
  return stable.kind === "call" && (stable.name === "sigmoid" || stable.name === "tanh") ? stable : formula;
}

/** What the chain rule is carried out in: numbers, or formulas. */
interface Arithmetic<Value> {
  readonly zero: Value;
  readonly one: Value;
  readonly add: (left: Value, right: Value) => Value;
  readonly multiply: (left: Value, right: Value) => Value;
}

/**
 * Reverse accumulation: `∂C/∂u = Σ ∂C/∂v ∂v/∂u` over the quantities v that u is used for, from the cost back to the
 * first. Each local derivative is used once.
 */
function accumulated<Value>(
  system: EquationSystem,
  locals: readonly LocalDerivative[],
  valueOf: (local: LocalDerivative) => Value,
  { zero, one, add: plus, multiply: times }: Arithmetic<Value>,
): ReadonlyMap<string, Value> {
  const derivatives = new Map<string, Value>([[system.cost, one]]);
  for (const { name } of system.equations.toReversed()) {
    const upstream = derivatives.get(name);
    if (upstream === undefined) continue;
    for (const local of locals) {
      if (local.of !== name) continue;
      const share = upstream === one ? valueOf(local) : times(upstream, valueOf(local));
      const before = derivatives.get(local.by);
      derivatives.set(local.by, before === undefined || before === zero ? share : plus(before, share));
    }
  }
  return derivatives;
}

function pathsTo(
  name: string,
  system: EquationSystem,
  locals: readonly LocalDerivative[],
): readonly (readonly LocalDerivative[])[] | null {
  const pathsOf = new Map<string, readonly (readonly LocalDerivative[])[] | null>([[system.cost, [[]]]]);
  for (const { name: of } of system.equations.toReversed()) {
    const before = pathsOf.get(of);
    if (before === undefined) continue;
    for (const local of locals) {
      if (local.of !== of) continue;
      const sofar = pathsOf.get(local.by);
      const more = before?.map((path) => [...path, local]) ?? null;
      const all = sofar === null || more === null ? null : [...(sofar ?? []), ...more];
      pathsOf.set(local.by, all === null || all.length > mostPaths ? null : all);
    }
  }
  return pathsOf.get(name) ?? (pathsOf.has(name) ? null : []);
}

function differenceFor(
  system: EquationSystem,
  values: Readonly<Record<string, number>>,
  name: string,
  value: number,
): Pick<CostDerivative, "numeric" | "relativeError" | "isKink"> {
  const [compared] = compareWithDifferences(
    [value],
    {
      values: [values[name] ?? 0],
      here: values[system.cost] ?? Number.NaN,
      valueWith: (_, replacement) => costWith(system, name, replacement),
    },
    SUSPECT,
  );
  return {
    numeric: compared?.numeric ?? Number.NaN,
    relativeError: compared?.relativeError ?? Number.NaN,
    isKink: compared?.isKink ?? false,
  };
}

/** The cost with one quantity set to a value, whether or not it has an equation. */
function costWith(system: EquationSystem, name: string, value: number): number {
  const values: Record<string, number> = { ...system.given, ...system.parameters, [name]: value };
  for (const equation of system.equations) {
    if (equation.name !== name) values[equation.name] = evaluate(equation.formula, values);
  }
  return values[system.cost] ?? Number.NaN;
}
