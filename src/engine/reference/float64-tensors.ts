import { compileFormula } from "../../formula/index.ts";
import type { TensorArithmetic } from "../../graph/tensor-arithmetic.ts";

/** Float64 in typed arrays, formulas compiled. A NaN makes a maximum NaN. */
export const float64Tensors: TensorArithmetic<Float64Array> = {
  allocate: (length) => new Float64Array(length),
  fill: (target, value) => target.forEach((_, i) => (target[i] = value(i))),
  sumOfProducts: (target, left, right) => () => {
    for (let i = 0; i < target.length; i++) {
      let sum = 0;
      for (let k = 0; k < left.terms.length; k++) {
        sum += left.values[left.at[i]! + left.terms[k]!]! * right.values[right.at[i]! + right.terms[k]!]!;
      }
      target[i] = sum;
    }
  },
  apply: (target, formula, operands) => {
    const names = Object.keys(operands);
    const evaluate = compileFormula(formula, names);
    const columns = Object.values(operands);
    const point = new Float64Array(names.length);
    return () => {
      for (let i = 0; i < target.length; i++) {
        for (let n = 0; n < columns.length; n++) point[n] = columns[n]!.values[columns[n]!.at[i]!]!;
        target[i] = evaluate(point);
      }
    };
  },
  reduce: (target, reduction, { values, at, terms }) => {
    const isMax = reduction === "max";
    const divisor = reduction === "mean" ? terms.length : 1;
    return () => {
      for (let i = 0; i < target.length; i++) {
        let result = isMax ? -Infinity : 0;
        for (let k = 0; k < terms.length; k++) {
          const term = values[at[i]! + terms[k]!]!;
          result = isMax ? Math.max(result, term) : result + term;
        }
        target[i] = result / divisor;
      }
    };
  },
};
