import {
  type Arithmetic,
  fieldArithmetic as fieldWith,
  float64Arithmetic,
  NotRational,
  NoValue,
} from "../../formula/index.ts";
import { drawnElement } from "./drawn-values.ts";

/** Float64, in which a quotient with the divisor 0 is no value, and e^u is the runtime's exponential. */
export const realArithmetic: Arithmetic<number> = {
  ...float64Arithmetic,
  operation: (operator, u, v, formula) => {
    if (operator === "/" && v === 0) throw new NoValue("it divides by 0");
    const isExponential = operator === "^" && formula?.left.kind === "constant" && formula.left.name === "e";
    return isExponential ? Math.exp(v) : float64Arithmetic.operation(operator, u, v);
  },
};

/** The finite field that answers are compared in; e and pi are always the same elements of it. */
export const fieldArithmetic: Arithmetic<bigint> = fieldWith(drawnElement);

/**
 * The field, in which a function that is not rational is any function: its value at an element is drawn from that element.
 * So a network has values here whatever its activations are, and of σ it is known that σ′ = σ(1 − σ), since its derivative
 * is that formula; what holds with such functions holds with the real ones.
 *
 * @param draw an element by a name.
 * @param apply a function by its name, as `Arithmetic` has it.
 */
export function drawnFunctions(
  draw: (name: string) => bigint,
  apply: (name: string, primes: number, argument: bigint) => bigint,
): Arithmetic<bigint> {
  const field = fieldArithmetic;
  const orDrawn = (value: () => bigint, name: string): bigint => {
    try {
      return value();
    } catch (error) {
      if (error instanceof NotRational) return draw(name);
      throw error;
    }
  };
  return {
    ...field,
    apply,
    operation: (operator, u, v, formula) => {
      if (operator !== "^") return field.operation(operator, u, v, formula);
      const isExponential = formula?.left.kind === "constant" && formula.left.name === "e";
      return orDrawn(() => field.operation("^", u, v, formula), isExponential ? `exp ${v}` : `power ${u} ${v}`);
    },
    call: (name, u, v, formula) =>
      orDrawn(() => field.call(name, u, v, formula), v === undefined ? `${name} ${u}` : `${name} ${u} ${v}`),
    comparison: (relation, u, v) => draw(`${relation} ${u} ${v}`),
    // Right for a condition of 1 and of 0; and a condition is an element of which no more is known.
    choice: (condition, then, otherwise) => {
      const other = otherwise();
      return field.operation("+", other, field.operation("*", condition, field.operation("-", then(), other)));
    },
  };
}
