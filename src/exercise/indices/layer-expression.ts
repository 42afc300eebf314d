import type { Formula } from "../../formula/index.ts";

/** A layer as it is written: `l+1` is base "l", offset 1; `2` has no base. */
export interface LayerExpression {
  /** "l", "L", or null for a number. */
  readonly base: string | null;
  readonly offset: number;
}

/** The layer a formula says; null when it says none (`2l`, `l/2`, a fraction). */
export function layerExpression(formula: Formula): LayerExpression | null {
  switch (formula.kind) {
    case "number":
      return Number.isInteger(formula.value) ? { base: null, offset: formula.value } : null;
    case "symbol":
      return formula.indices.length === 0 && formula.layer === null ? { base: formula.name, offset: 0 } : null;
    case "negate": {
      const operand = layerExpression(formula.operand);
      return operand === null || operand.base !== null ? null : shifted({ base: null, offset: 0 }, -operand.offset);
    }
    case "operation": {
      const left = layerExpression(formula.left);
      const right = layerExpression(formula.right);
      if (left === null || right === null) return null;
      if (formula.operator === "+" && (left.base === null || right.base === null)) {
        return { base: left.base ?? right.base, offset: left.offset + right.offset };
      }
      return formula.operator === "-" && right.base === null ? shifted(left, -right.offset) : null;
    }
    default:
      return null;
  }
}

/** The layer `by` layers further. */
export function shifted({ base, offset }: LayerExpression, by: number): LayerExpression {
  return { base, offset: offset + by };
}

/** Whether both say the same layer in every network, or in every one of so many layers. */
export function isSameLayer(left: LayerExpression, right: LayerExpression, depth: number | null = null): boolean {
  const [one, other] = [left, right].map((each) =>
    each.base === "L" && depth !== null ? { base: null, offset: depth + each.offset } : each,
  );
  return one?.base === other?.base && one?.offset === other?.offset;
}

/** `l`, `l+1`, `L-1`, `2` */
export function layerText({ base, offset }: LayerExpression): string {
  if (base === null) return String(offset);
  return offset === 0 ? base : `${base}${offset < 0 ? "-" : "+"}${Math.abs(offset)}`;
}
