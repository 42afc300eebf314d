import { isSameShape, type Shape } from "./shape.ts";
import { type Chain, ShapeMismatch, transposed, typedProduct } from "./typed-matrix.ts";

/** What makes a product of the wrong shape one of the right shape: the slip that was made, if it was only one. */
export type MatrixSlip = "transposed" | "order" | "elementwise";

/**
 * The slip in a product: a factor transposed or not, two factors in the wrong order, ⊙ for a product of matrices or the other way
 * round. Null where no single one of them leads to the shape.
 */
export function matrixSlip({ factors, signs }: Chain, wanted: Shape): MatrixSlip | null {
  const fits = (chain: Chain): boolean => {
    try {
      return isSameShape(typedProduct(chain).shape, wanted);
    } catch (error) {
      if (error instanceof ShapeMismatch) return false;
      throw error;
    }
  };
  const isTransposed = factors.some((_, at) =>
    fits({ factors: factors.map((factor, i) => (i === at ? transposed(factor) : factor)), signs }),
  );
  if (isTransposed) return "transposed";
  const isSwapped = factors.some((_, at) => {
    const [left, right] = [factors[at], factors[at + 1]];
    return (
      left !== undefined && right !== undefined && fits({ factors: factors.with(at, right).with(at + 1, left), signs })
    );
  });
  if (isSwapped) return "order";
  const isOtherSign = signs.some((sign, at) => fits({ factors, signs: signs.with(at, sign === "⊙" ? "" : "⊙") }));
  return isOtherSign ? "elementwise" : null;
}
