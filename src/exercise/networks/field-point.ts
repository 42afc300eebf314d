import { derivativeInOwnTerms } from "../../explain/function/own-form.ts";
import { differentiate, foldFormula, type Formula, simplify, stabilize } from "../../formula/index.ts";
import { literalValue } from "../../formula/literal-value.ts";
import { type Activation, activation, type Cost, cost } from "../../network/index.ts";
import { type Arithmetic, fieldArithmetic, NotRational } from "./arithmetic.ts";
import { drawnElement } from "./drawn-values.ts";
import { derivativeOfActivation } from "../vocabulary/function-table.ts";
import { givenActivation, type NetworkModel } from "./network-model.ts";
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
  readonly isSoftmax: boolean;
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
  const depth = widths.length - 1;
  const functions = functionsOfLayers(model, depth, draw);
  const [f = unknownFunction("f", draw)] = functions;
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
    layers.push({ ...parameters, z, ...activations(z, functions[l - 1] ?? f, draw) });
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
    isComplete: functions.every((each) => each.isComplete) && slopes.isComplete,
    scalar: (name) => draw(`scalar ${name}`),
    apply: (name, primes, argument) => {
      if (name !== "f" && !isActivation(name, model)) {
        if (model.functions.formula(name, 0) !== null) throw new NotRational("the function has no exact value");
        return draw(`function ${name} ${primes} ${argument}`);
      }
      if (primes === 0) return f.value(argument);
      return primes === 1 ? f.slope(argument) : draw(`f ${primes} ${argument}`);
    },
  };
}

function isActivation(name: string, { activation: given, net }: NetworkModel): boolean {
  return net === null && given !== "general" && given !== "softmax" && name === given;
}

function isSoftmaxLast({ outputActivation, net }: NetworkModel): boolean {
  return net === null ? outputActivation === "softmax" : net.layers.at(-1)?.activation.kind === "softmax";
}

/** f of layers 1 … L; of those that are equal, one. */
function functionsOfLayers(
  model: NetworkModel,
  depth: number,
  draw: (name: string) => bigint,
): readonly FieldFunction[] {
  if (model.net === null) {
    const f = fieldFunction("f", model.activation, draw);
    const last = model.outputActivation === model.activation ? f : fieldFunction("g", model.outputActivation, draw);
    return Array.from({ length: depth }, (_, i) => (i === depth - 1 ? last : f));
  }
  const known = new Map<string, FieldFunction>();
  return Array.from({ length: depth }, (_, i) => {
    const own = givenActivation(model, i + 1, depth);
    if (own === null) return unknownFunction("f", draw);
    const f = known.get(own.name) ?? fieldFunction(`f ${own.name}`, own, draw);
    known.set(own.name, f);
    return f;
  });
}

function activations(
  z: readonly bigint[],
  f: FieldFunction,
  draw: (name: string) => bigint,
): { readonly a: readonly bigint[]; readonly slopes: readonly (readonly bigint[])[] } {
  const { add, zero, divide } = fieldArithmetic;
  if (!f.isSoftmax) return { a: z.map(f.value), slopes: diagonal(z.map(f.slope), zero) };
  const exponentials = z.map((each) => draw(`exp ${each}`));
  const total = exponentials.reduce(add, zero);
  const a = exponentials.map((each) => divide(each, total));
  return { a, slopes: softmaxSlopes(fieldArithmetic, a) };
}

function unknownFunction(name: string, draw: (name: string) => bigint, isSoftmax = false): FieldFunction {
  return {
    isComplete: true,
    isSoftmax,
    value: (z) => draw(`${name} ${z}`),
    slope: (z) => draw(`${name} 1 ${z}`),
  };
}

function fieldFunction(
  name: string,
  given: NetworkModel["activation"] | Activation,
  draw: (name: string) => bigint,
): FieldFunction {
  const unknown = unknownFunction(
    name,
    draw,
    given === "softmax" || (typeof given === "object" && given.kind === "softmax"),
  );
  const { value, slope } = unknown;
  if (given === "general") return unknown;
  const built = typeof given === "object" ? given : activation(given);
  const formula = built.kind === "elementwise" ? built.formula : null;
  if (formula === null) return unknown;
  const isSoftmax = false;
  const own = derivativeInOwnTerms(formula, "z", "own");
  const derivative = derivativeOfActivation({ name: built.name, formula }, 1);
  try {
    const rational = (z: bigint): bigint => fieldValue(formula, new Map([["z", z]]));
    rational(2n);
    return { isComplete: true, isSoftmax, value: rational, slope: (z) => fieldValue(derivative, new Map([["z", z]])) };
  } catch (error) {
    if (!(error instanceof NotRational)) throw error;
  }
  if (own === null) return { isComplete: false, isSoftmax, value, slope };
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
    return { isComplete: false, isSoftmax, value, slope: inOwnTerms };
  } catch (error) {
    if (!(error instanceof NotRational)) throw error;
    return { isComplete: false, isSoftmax, value, slope };
  }
}

/** Targets of a softmax layer add up to 1, on which `δ = a − t` rests. */
function drawnTargets(count: number, model: NetworkModel, draw: (name: string) => bigint): readonly bigint[] {
  const { add, negate, zero, one } = fieldArithmetic;
  const targets = Array.from({ length: count }, (_, j) => draw(`t ${j}`));
  if (!isSoftmaxLast(model)) return targets;
  const others = targets.slice(1);
  return [add(one, negate(others.reduce(add, zero))), ...others];
}

/** C of the example. @throws NotRational when the cost is not rational */
function costValue(
  model: NetworkModel,
  outputs: readonly bigint[],
  targets: readonly bigint[],
  draw: (name: string) => bigint,
): bigint {
  const given = costOf(model);
  if (given === null) return draw("C");
  const { formula, over } = given;
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

/** Null: any. */
function costOf({ cost: given, net }: NetworkModel): Cost | null {
  if (net !== null) return net.cost;
  return given === "general" ? null : cost(given);
}

function costSlopes(
  model: NetworkModel,
  outputs: readonly bigint[],
  targets: readonly bigint[],
  draw: (name: string) => bigint,
): { readonly values: readonly bigint[]; readonly isComplete: boolean } {
  const drawn = outputs.map((a, j) => draw(`slope ${j} ${a}`));
  const given = costOf(model);
  if (given === null) return { values: drawn, isComplete: true };
  const { formula, over } = given;
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
