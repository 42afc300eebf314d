import {
  enclosed,
  foldFormula,
  type Formula,
  identifier,
  DIAGONAL,
  applied,
  type MatrixText,
  multiply,
  type Notation,
  number,
  parenthesized,
  power,
  row,
  scripts,
  sign,
  symbol,
  TRANSPOSED,
  type Typeset,
  typeset,
  withChildren,
} from "../../formula/index.ts";

/** A formula of whole vectors and matrices as it was read: `(w^(l+1))ᵀ δ^(l+1) ⊙ f′(z^l)`. */
export function matrixNotation({ formula, signs }: MatrixText): Notation {
  const parts = new Map<string, Typeset>();
  const set = (part: Formula): Typeset => typeset(part, { symbol: ({ name }) => parts.get(name) ?? null });
  const asPart = (laidOut: Typeset): Formula => {
    const name = `part ${parts.size}`;
    parts.set(name, laidOut);
    return symbol(name);
  };
  const whole = foldFormula<Formula>(formula, (original, children) => {
    const part = withChildren(original, children);
    if (part.kind === "application" && part.name === TRANSPOSED) {
      const inner = set(part.argument);
      const base = isPlain(inner.notation) ? inner.notation : parenthesized(inner.notation);
      return asPart({ notation: scripts(base, null, sign("transposed")), level: powerLevel });
    }
    if (part.kind === "application" && part.name === DIAGONAL) {
      const inner = parenthesized(set(part.argument).notation);
      return asPart({ notation: applied(identifier("diag"), inner), level: atomLevel });
    }
    if (part.kind === "operation" && part.operator === "*" && signs.get(original) === "⊙") {
      const sides = [set(part.left), set(part.right)].map((side) => enclosed(side, productLevel));
      const [left, right] = sides;
      if (left === undefined || right === undefined) return part;
      return asPart({ notation: row(left, sign("elementwise"), right), level: productLevel });
    }
    return part;
  });
  return set(whole).notation;
}

const productLevel = typeset(multiply(number(2), number(3))).level;
const powerLevel = typeset(power(number(2), number(3))).level;
const atomLevel = typeset(number(1)).level;

/** A letter without scripts needs no parentheses before ᵀ. */
function isPlain(notation: Notation): boolean {
  return notation.kind === "quantity" && notation.inner.kind !== "scripts";
}
