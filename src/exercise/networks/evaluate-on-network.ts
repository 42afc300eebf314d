import { spend } from "../../formula/budget.ts";
import type { Comparison, Formula, SymbolFormula } from "../../formula/index.ts";
import { literalValue } from "../../formula/literal-value.ts";
import { NoValue } from "./arithmetic.ts";
import { type IndexKinds } from "../indices/index-kinds.ts";
import { type LayerExpression, layerExpression } from "../indices/layer-expression.ts";
import {
  derivativeValue,
  isOfExample,
  isOfNetwork,
  type NetworkPoint,
  type Quantity,
  quantityValue,
} from "./network-point.ts";

/** The numbers that indices (from 1) and letters of layers stand for: `{ j: 1, k: 2, l: 1 }`. `L` is the network's. */
export type Place = Readonly<Record<string, number>>;

/** Operations of the budget that one part of a formula takes on one network, most of them for its place. */
const STEP = 4;

interface Evaluation<Value> {
  readonly point: NetworkPoint<Value>;
  readonly kinds: IndexKinds;
}

/**
 * The value of a formula in the textbook's notation, for one network and one choice of indices.
 *
 * @throws NoValue where a quantity is not there, or something is divided by 0.
 * @throws NotRational where the arithmetic is exact, and the formula is not rational.
 * @throws OverBudget where sums within sums take more than the budget has.
 */
export function evaluateOnNetwork<Value>(
  formula: Formula,
  kinds: IndexKinds,
  point: NetworkPoint<Value>,
  place: Place,
): Value {
  return valueOf(formula, { ...place, L: point.layers.length }, { point, kinds });
}

function valueOf<Value>(formula: Formula, place: Place, evaluation: Evaluation<Value>): Value {
  const { point } = evaluation;
  const { arithmetic } = point;
  spend(STEP);
  const part = (each: Formula): Value => valueOf(each, place, evaluation);
  switch (formula.kind) {
    case "number":
      return arithmetic.number(formula.value);
    case "constant":
      return arithmetic.constant(formula.name);
    case "symbol":
      return symbolValue(formula, place, evaluation);
    case "negate":
      return arithmetic.negate(part(formula.operand));
    case "operation": {
      const left = part(formula.left);
      if (formula.operator === "^" && isNatural(formula.left)) {
        return arithmetic.exponential(part(formula.right), literalValue(formula.right));
      }
      const right = part(formula.right);
      switch (formula.operator) {
        case "+":
          return arithmetic.add(left, right);
        case "-":
          return arithmetic.add(left, arithmetic.negate(right));
        case "*":
          return arithmetic.multiply(left, right);
        case "/":
          return arithmetic.divide(left, right);
        case "^":
          return arithmetic.power(left, right, literalValue(formula.right));
      }
    }
    // Every operator returns: nothing falls through.
    case "call": {
      const [exponent] = formula.arguments;
      if (formula.name === "exp" && exponent !== undefined) {
        return arithmetic.exponential(part(exponent), literalValue(exponent));
      }
      return arithmetic.call(formula.name, formula.arguments.map(part));
    }
    case "comparison": {
      const isSame = comparedIndices(formula, place);
      if (isSame !== null) return isSame ? arithmetic.one : arithmetic.zero;
      return arithmetic.compare(formula.relation, part(formula.left), part(formula.right));
    }
    case "choice":
      return part(arithmetic.isZero(part(formula.condition)) ? formula.otherwise : formula.then);
    case "application":
      return point.apply(formula.name, formula.primes, part(formula.argument));
    case "derivative":
      return derivativeValue(point, quantityOf(formula.of, place), quantityOf(formula.by, place));
    case "sum": {
      const { index, from, to, body } = formula;
      const layer = evaluation.kinds.layerOfSum.get(formula);
      const first = from === null ? 1 : limitOf(from, place, point);
      const last = to === null ? widthOf(layer, place, point) : limitOf(to, place, point);
      let total = arithmetic.zero;
      for (let i = first; i <= last; i += 1) {
        total = arithmetic.add(total, valueOf(body, { ...place, [index]: i }, evaluation));
      }
      return total;
    }
  }
}

/** Whether `i = j` (or `i != j`) holds for two letters of neurons; null for any other comparison. */
function comparedIndices({ relation, left, right }: Comparison, place: Place): boolean | null {
  if (relation !== "==" && relation !== "!=") return null;
  const [i, j] = [left, right].map((side) =>
    side.kind === "symbol" && side.indices.length === 0 && side.layer === null ? place[side.name] : undefined,
  );
  if (i === undefined || j === undefined) return null;
  return (i === j) === (relation === "==");
}

function isNatural(formula: Formula): boolean {
  return formula.kind === "constant" && formula.name === "e";
}

function symbolValue<Value>(symbol: SymbolFormula, place: Place, { point, kinds }: Evaluation<Value>): Value {
  if (symbol.name === "n" && symbol.layer === null && symbol.indices.length === 1) {
    const [layer] = symbol.indices;
    return point.arithmetic.number(widthOf(layer === undefined ? null : layerExpression(layer), place, point));
  }
  const quantity = quantityOf(symbol, place);
  if (isOfNetwork(symbol) || (kinds.isChain && isOfExample(symbol.name))) return quantityValue(point, quantity);
  if (symbol.indices.length === 0 && symbol.layer === null) {
    const letter = place[symbol.name];
    return letter === undefined ? point.scalar(symbol.name) : point.arithmetic.number(letter);
  }
  if (symbol.layer === null && ["w", "b", "z", "a", "delta"].includes(symbol.name)) {
    throw new NoValue(`${symbol.name} does not say its layer`);
  }
  return point.scalar(`${symbol.name} ${quantity.indices.join(" ")} ${String(quantity.layer)}`);
}

/** @throws NoValue when an index or a layer has no number here. */
function quantityOf(symbol: SymbolFormula, place: Place): Quantity {
  return {
    name: symbol.name,
    indices: symbol.indices.map((index) => numberOf(layerExpression(index), place, symbol.name)),
    layer: symbol.layer === null ? null : numberOf(layerExpression(symbol.layer), place, symbol.name),
  };
}

function numberOf(expression: LayerExpression | null, place: Place, name: string): number {
  const base = expression === null ? undefined : expression.base === null ? 0 : place[expression.base];
  if (base === undefined || expression === null) throw new NoValue(`an index of ${name} stands for nothing`);
  return base + expression.offset;
}

function widthOf<Value>(
  layer: LayerExpression | null | undefined,
  place: Place,
  { widths }: NetworkPoint<Value>,
): number {
  if (layer === null || layer === undefined) throw new NoValue("a sum runs over no layer");
  const width = widths[numberOf(layer, place, "n")];
  if (width === undefined) throw new NoValue("a sum runs over a layer that is not there");
  return width;
}

function limitOf<Value>(limit: Formula, place: Place, point: NetworkPoint<Value>): number {
  if (limit.kind === "symbol" && limit.name === "n" && limit.indices[0] !== undefined) {
    return widthOf(layerExpression(limit.indices[0]), place, point);
  }
  return numberOf(layerExpression(limit), place, "a sum");
}
