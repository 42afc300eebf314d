import { derivativeInOwnTerms } from "../../explain/own-form.ts";
import { differentiate, foldFormula, type Formula, simplify, stabilize } from "../../formula/index.ts";
import { literalValue } from "../../formula/lower.ts";
import { activation, cost } from "../../network/index.ts";
import { type Arithmetic, fieldArithmetic, NotRational } from "./arithmetic.ts";
import { drawnElement } from "./drawn-values.ts";
import { functionFormula } from "../formulas/function-by-name.ts";
import type { NetworkModel } from "./network-model.ts";
import type { NetworkPoint } from "./network-point.ts";
import { backward, diagonal, type ForwardLayer, softmaxSlopes, weightedInputs } from "./point-parts.ts";

/** A network over the field of integers modulo 2^61 − 1. */
export interface FieldPoint extends NetworkPoint<bigint> {
  /**
   * True when nothing is known of the question's network that the field does not know: then two formulas that differ here are
   * different.
   */
  readonly isComplete: boolean;
}

/** f in the field: `value` and `slope` at a weighted input. */
interface FieldFunction {
  readonly isComplete: boolean;
  readonly value: (z: bigint) => bigint;
  readonly slope: (z: bigint) => bigint;
}

/**
 * A network whose weights, biases and inputs are random elements of the field, carried forward and back exactly. A function
 * of which nothing is known is one that no formula can imitate: its value at each element is drawn from that element. Of
 * f = σ it is known that f′ = f(1 − f), found and not looked up (`derivativeInOwnTerms`); a general cost has a drawn slope
 * `∂C/∂a_j` for each output.
 */
export function fieldPoint(model: NetworkModel, widths: readonly number[], seed: string): FieldPoint {
  const draw = (name: string): bigint => drawnElement(`${seed} ${name}`);
  const f = fieldFunction("f", model.activation, draw);
  const last = model.outputActivation === model.activation ? f : fieldFunction("g", model.outputActivation, draw);
  const inputs = Array.from({ length: widths[0] ?? 1 }, (_, k) => draw(`x ${k}`));
  const layers: ForwardLayer<bigint>[] = [];
  for (let l = 1; l < widths.length; l += 1) {
    const before = layers.at(-1)?.a ?? inputs;
    const neurons = Array.from({ length: widths[l] ?? 1 }, (_, j) => j);
    const parameters = {
      w: neurons.map((j) => before.map((_, k) => draw(`w ${l} ${j} ${k}`))),
      b: neurons.map((j) => draw(`b ${l} ${j}`)),
    };
    const z = weightedInputs(fieldArithmetic, parameters, before);
    const isLast = l === widths.length - 1;
    layers.push({ ...parameters, z, ...activations(z, { model, f: isLast ? last : f, isLast, draw }) });
  }
  const outputs = layers.at(-1)?.a ?? [];
  const targets = drawnTargets(outputs.length, model, draw);
  const slopes = costSlopes(model, outputs, targets, draw);
  return {
    arithmetic: fieldArithmetic,
    widths,
    inputs,
    targets,
    layers: backward(fieldArithmetic, inputs, layers, slopes.values),
    // A getter, as a cost with logarithms has no value here, but its slopes have.
    get cost() {
      return costValue(model, outputs, targets, draw);
    },
    isComplete: f.isComplete && last.isComplete && slopes.isComplete,
    scalar: (name) => draw(`scalar ${name}`),
    apply: (name, primes, argument) => {
      if (name !== "f" && !isActivation(name, model)) throw new NotRational("the function has no exact value");
      if (primes === 0) return f.value(argument);
      return primes === 1 ? f.slope(argument) : draw(`f ${primes} ${argument}`);
    },
  };
}

function isActivation(name: string, { activation: given }: NetworkModel): boolean {
  return given !== "general" && given !== "softmax" && name === given;
}

function activations(
  z: readonly bigint[],
  about: {
    readonly model: NetworkModel;
    readonly f: FieldFunction;
    readonly isLast: boolean;
    readonly draw: (name: string) => bigint;
  },
): { readonly a: readonly bigint[]; readonly slopes: readonly (readonly bigint[])[] } {
  const { add, zero, divide } = fieldArithmetic;
  const isSoftmax = about.isLast && about.model.outputActivation === "softmax";
  if (!isSoftmax) return { a: z.map(about.f.value), slopes: diagonal(z.map(about.f.slope), zero) };
  const exponentials = z.map((each) => about.draw(`exp ${each}`));
  const total = exponentials.reduce(add, zero);
  const a = exponentials.map((each) => divide(each, total));
  return { a, slopes: softmaxSlopes(fieldArithmetic, a) };
}

function fieldFunction(name: string, given: NetworkModel["activation"], draw: (name: string) => bigint): FieldFunction {
  const value = (z: bigint): bigint => draw(`${name} ${z}`);
  const slope = (z: bigint): bigint => draw(`${name} 1 ${z}`);
  if (given === "general" || given === "softmax") return { isComplete: true, value, slope };
  const built = activation(given);
  const formula = built.kind === "elementwise" ? built.formula : null;
  if (formula === null) return { isComplete: true, value, slope };
  const own = derivativeInOwnTerms(formula, "z", "own");
  const known = functionFormula(given, 1, new Map());
  try {
    const rational = (z: bigint): bigint => fieldValue(formula, new Map([["z", z]]));
    rational(2n);
    const derivative = known ?? formula;
    return { isComplete: true, value: rational, slope: (z) => fieldValue(derivative, new Map([["z", z]])) };
  } catch (error) {
    if (!(error instanceof NotRational)) throw error;
  }
  if (own === null) return { isComplete: false, value, slope };
  const inOwnTerms = (z: bigint): bigint =>
    fieldValue(
      own,
      new Map([
        ["own", value(z)],
        ["z", z],
      ]),
    );
  try {
    inOwnTerms(2n);
    // Other relations, such as σ(−z) = 1 − σ(z), the field does not know.
    return { isComplete: false, value, slope: inOwnTerms };
  } catch (error) {
    if (!(error instanceof NotRational)) throw error;
    return { isComplete: false, value, slope };
  }
}

/** Targets of a softmax layer add up to 1, on which `δ = a − t` rests. */
function drawnTargets(count: number, model: NetworkModel, draw: (name: string) => bigint): readonly bigint[] {
  const { add, negate, zero, one } = fieldArithmetic;
  const targets = Array.from({ length: count }, (_, j) => draw(`t ${j}`));
  if (model.outputActivation !== "softmax") return targets;
  const others = targets.slice(1);
  return [add(one, negate(others.reduce(add, zero))), ...others];
}

/** C of the example. @throws NotRational when the cost is not rational */
function costValue(
  { cost: given }: NetworkModel,
  outputs: readonly bigint[],
  targets: readonly bigint[],
  draw: (name: string) => bigint,
): bigint {
  if (given === "general") return draw("C");
  const { formula, over } = cost(given);
  const { zero, add, divide } = fieldArithmetic;
  const ofOutput = (a: bigint, j: number): bigint => fieldValue(formula, valuesOf(a, targets[j]));
  const total = outputs.map(ofOutput).reduce(add, zero);
  return over === "mean" ? divide(total, BigInt(outputs.length)) : total;
}

function valuesOf(a: bigint, t: bigint | undefined): ReadonlyMap<string, bigint> {
  return new Map([
    ["a", a],
    ["t", t ?? 0n],
  ]);
}

function costSlopes(
  { cost: given }: NetworkModel,
  outputs: readonly bigint[],
  targets: readonly bigint[],
  draw: (name: string) => bigint,
): { readonly values: readonly bigint[]; readonly isComplete: boolean } {
  const drawn = outputs.map((a, j) => draw(`slope ${j} ${a}`));
  if (given === "general") return { values: drawn, isComplete: true };
  const { formula, over } = cost(given);
  const slope = simplify(differentiate(simplify(stabilize(formula)), "a"));
  try {
    const share = over === "mean" ? BigInt(outputs.length) : 1n;
    const values = outputs.map((a, j) => {
      return fieldArithmetic.divide(fieldValue(slope, valuesOf(a, targets[j])), share);
    });
    return { values, isComplete: true };
  } catch (error) {
    if (!(error instanceof NotRational)) throw error;
    return { values: drawn, isComplete: false };
  }
}

/** A plain formula in the field. @throws NotRational */
export function fieldValue(formula: Formula, values: ReadonlyMap<string, bigint>): bigint {
  return plainValue(formula, fieldArithmetic, (name) => {
    const value = values.get(name);
    if (value === undefined) throw new NotRational(`no value for ${name}`);
    return value;
  });
}

function plainValue<Value>(
  formula: Formula,
  arithmetic: Arithmetic<Value>,
  symbolValue: (name: string) => Value,
): Value {
  const { zero, add, negate, multiply, divide, power, number, constant, call, compare, isZero } = arithmetic;
  return foldFormula<Value>(formula, (part, [first = zero, second = zero, third = zero]) => {
    switch (part.kind) {
      case "number":
        return number(part.value);
      case "constant":
        return constant(part.name);
      case "symbol":
        return symbolValue(part.name);
      case "negate":
        return negate(first);
      case "operation":
        switch (part.operator) {
          case "+":
            return add(first, second);
          case "-":
            return add(first, negate(second));
          case "*":
            return multiply(first, second);
          case "/":
            return divide(first, second);
          case "^":
            return power(first, second, literalValue(part.right));
        }
      // Every operator returns: nothing falls through.
      case "call":
        return call(part.name, [first, second]);
      case "comparison":
        return compare(part.relation, first, second);
      case "choice":
        return isZero(first) ? third : second;
      default:
        throw new NotRational("not a plain formula");
    }
  });
}
