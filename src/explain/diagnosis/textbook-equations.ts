import {
  applied,
  fraction,
  identifier,
  type Notation,
  parenthesized,
  row,
  scripts,
  sign,
} from "../../formula/index.ts";
import { costOfOne, layerNotation, quantityNotation } from "../network/index-notation.ts";

/** The equations that findings point at: forward, cost, the four of backpropagation, and the update. */
export type EquationName = "forward" | "activation" | "cost" | "BP1" | "BP2" | "BP3" | "BP4" | "update";

/** An equation of the textbook. */
export interface TextbookEquation {
  readonly left: Notation;
  readonly relation: "equals" | "becomes";
  readonly right: Notation;
}

const l = { layer: 0, name: "l" } as const;
const last = layerNotation(0, { layer: 0, name: "L" });
const at = (symbol: string, letters: readonly string[], offset = 0): Notation =>
  quantityNotation(symbol, letters, layerNotation(offset, l));
const prime = scripts(identifier("f"), null, sign("prime"));
const ofZ = (plain: string, z: Notation): Notation => ({
  kind: "quantity",
  plain,
  inner: row(prime, sign("apply"), parenthesized(z)),
});
const sum = (index: string, body: Notation): Notation => ({ kind: "sum", index: identifier(index), body });
const partial = (below: Notation, above: Notation): Notation =>
  fraction(row(sign("partial"), above), row(sign("partial"), below));
const mean: Notation = fraction({ kind: "number", text: "1" }, identifier("n"));
const slopeOfCost: Notation = {
  kind: "quantity",
  plain: "∂C_x/∂a_j^L",
  inner: partial(quantityNotation("a", ["j"], last), costOfOne()),
};
const errorOf = (letters: readonly string[]): Notation => at("delta", letters);
const gradient: Notation = {
  kind: "quantity",
  plain: "∂C/∂w_jk^l",
  inner: partial(at("w", ["j", "k"]), identifier("C")),
};

/** Source: Nielsen, "Neural networks and deep learning", chapter 2, BP1 to BP4; sheets/backpropagation.md. */
export const textbookEquations: Readonly<Record<EquationName, TextbookEquation>> = {
  forward: {
    left: at("z", ["j"]),
    relation: "equals",
    right: row(sum("k", row(at("w", ["j", "k"]), sign("times"), at("a", ["k"], -1))), sign("plus"), at("b", ["j"])),
  },
  activation: {
    left: quantityNotation("a", ["j"], last),
    relation: "equals",
    right: applied(identifier("f"), parenthesized(quantityNotation("z", ["j"], last))),
  },
  cost: { left: identifier("C"), relation: "equals", right: row(mean, sign("times"), sum("x", costOfOne())) },
  BP1: {
    left: quantityNotation("delta", ["j"], last),
    relation: "equals",
    right: row(slopeOfCost, sign("times"), ofZ("f′(z_j^L)", quantityNotation("z", ["j"], last))),
  },
  BP2: {
    left: errorOf(["j"]),
    relation: "equals",
    right: row(
      ofZ("f′(z_j^l)", at("z", ["j"])),
      sign("times"),
      sum("k", row(at("w", ["k", "j"], 1), sign("times"), at("delta", ["k"], 1))),
    ),
  },
  BP3: {
    left: gradient,
    relation: "equals",
    right: row(mean, sign("times"), sum("x", row(at("a", ["k"], -1), sign("times"), errorOf(["j"])))),
  },
  BP4: {
    left: partial(at("b", ["j"]), identifier("C")),
    relation: "equals",
    right: row(mean, sign("times"), sum("x", errorOf(["j"]))),
  },
  update: {
    left: at("w", ["j", "k"]),
    relation: "becomes",
    right: row(at("w", ["j", "k"]), sign("minus"), quantityNotation("eta", [], null), sign("times"), gradient),
  },
};
