import { internalError } from "../../errors.ts";
import { fraction, identifier, type Notation, row, sign } from "../../formula/index.ts";
import {
  deriveNetwork,
  type LayerGroup,
  type NetworkDerivation,
  type NetworkEquation,
} from "../network/derive-network.ts";
import { costOfOne, inIndices, layerNotation, quantityNotation } from "../network/index-notation.ts";

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
const at = (symbol: string, letters: readonly string[]): Notation =>
  quantityNotation(symbol, letters, layerNotation(0, l));
const sum = (index: string, body: Notation): Notation => ({ kind: "sum", index: identifier(index), body });
const partial = (below: Notation): Notation =>
  fraction(row(sign("partial"), identifier("C")), row(sign("partial"), below));
const mean: Notation = fraction({ kind: "number", text: "1" }, identifier("n"));
const gradient: Notation = { kind: "quantity", plain: "∂C/∂w_jk^l", inner: partial(at("w", ["j", "k"])) };

let derivation: NetworkDerivation | null = null;

/** Right sides of the equations of a network with any f and any C, read off its graph. */
function derived(which: "hidden" | "last", of: (group: LayerGroup) => NetworkEquation | null): Notation {
  derivation ??= deriveNetwork();
  const group = derivation.groups.find(({ isLast }) => isLast === (which === "last"));
  const equation = group === undefined ? null : of(group);
  if (equation === null) throw internalError("a network with any f has no such equation.");
  // x is not shown below a Σ_x: of a mean, one example is like the next.
  return inIndices(equation.formula, equation.reader, { ...equation.view, isSummedOverExamples: false });
}

/**
 * The equations by name. Those of the layers and of backpropagation are read off the graph of a network with any f and any C,
 * which `networkEquations` makes. Source: Nielsen, "Neural networks and deep learning",
 * chapter 2, BP1 to BP4; sheets/backpropagation.md.
 */
export const textbookEquations: Readonly<Record<EquationName, TextbookEquation>> = {
  get forward() {
    return equal(
      at("z", ["j"]),
      derived("hidden", ({ weightedInput }) => weightedInput),
    );
  },
  get activation() {
    return equal(
      quantityNotation("a", ["j"], last),
      derived("last", ({ activation }) => activation),
    );
  },
  cost: equal(identifier("C"), row(mean, sign("times"), sum("x", costOfOne()))),
  get BP1() {
    return equal(
      quantityNotation("delta", ["j"], last),
      derived("last", ({ error }) => error),
    );
  },
  get BP2() {
    return equal(
      at("delta", ["j"]),
      derived("hidden", ({ error }) => error),
    );
  },
  get BP3() {
    return equal(
      gradient,
      derived("hidden", ({ meanWeightGradient }) => meanWeightGradient),
    );
  },
  get BP4() {
    return equal(
      partial(at("b", ["j"])),
      derived("hidden", ({ meanBiasGradient }) => meanBiasGradient),
    );
  },
  update: {
    left: at("w", ["j", "k"]),
    relation: "becomes",
    right: row(at("w", ["j", "k"]), sign("minus"), quantityNotation("eta", [], null), sign("times"), gradient),
  },
};

function equal(left: Notation, right: Notation): TextbookEquation {
  return { left, relation: "equals", right };
}
