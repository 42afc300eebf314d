import { spend } from "./budget.ts";
import { level, levelOf, partLevels } from "./precedence.ts";
import type { Formula, Operation, Summation, SymbolFormula } from "./tree.ts";
import { foldFormula } from "./walk.ts";

/**
 * A formula as text that `parseFormula` reads back to the same tree, with no more parentheses than that needs (and
 * around a negative exponent, where they help the eye). Symbols must have names the parser reads.
 */
export function toText(formula: Formula): string {
  return foldFormula<string>(formula, (part, parts) => {
    const text = textOf(part, parts);
    // Parts that are shared are written out wherever they stand.
    spend(text.length >> 4);
    return text;
  });
}

/** The name a symbol goes by in text and in tables of values: `w`, or `w_jk^(l+1)` with its scripts. */
export function symbolText(symbol: SymbolFormula): string {
  const indices = symbol.indices.map(toText);
  const separator = indices.every((index) => index.length === 1) ? "" : ",";
  const inner = indices.join(separator);
  const subscript = indices.length === 0 ? "" : `_${/^\w+$/.test(inner) ? inner : `(${inner})`}`;
  return symbol.name + subscript + (symbol.layer === null ? "" : `^${layerText(symbol.layer)}`);
}

function layerText(layer: Formula): string {
  const text = toText(layer);
  return /^(?:\p{L}|[0-9]+)$/u.test(text) ? text : `(${text})`;
}

function textOf(formula: Formula, parts: readonly string[]): string {
  switch (formula.kind) {
    case "number":
      return String(formula.value);
    case "constant":
      return formula.name;
    case "symbol":
      return symbolText(formula);
    case "call":
      return `${formula.name}(${parts.join(", ")})`;
    case "application":
      return `${formula.name}${"'".repeat(formula.primes)}(${parts.join("")})`;
    case "derivative":
      return `(partial${symbolText(formula.of)})/(partial${symbolText(formula.by)})`;
    case "sum":
      return `sum_${limitsText(formula)} ${enclose(formula.body, parts[0], level.summation)}`;
    case "negate":
      return `-${enclose(formula.operand, parts[0], level.summation)}`;
    case "comparison":
      return operands(formula, [formula.left, formula.right], parts).join(` ${formula.relation} `);
    case "operation":
      return operationText(formula, parts);
    case "choice": {
      const children = [formula.condition, formula.then, formula.otherwise];
      const [condition, then, otherwise] = operands(formula, children, parts);
      return `${condition} ? ${then} : ${otherwise}`;
    }
  }
}

function operationText(formula: Operation, [left = "", right = ""]: readonly string[]): string {
  const { operator } = formula;
  const spacing = operator === "+" || operator === "-" ? " " : "";
  const parts = [
    // After a quantity with scripts `^` is its layer.
    operator === "^" && hasScripts(formula.left) ? `(${left})` : left,
    // For the eye: e^(z_j^l), and a/((partialC)/(partialw_1)).
    (operator === "^" && hasScripts(formula.right)) || (operator === "/" && formula.right.kind === "derivative")
      ? `(${right})`
      : right,
  ];
  return operands(formula, [formula.left, formula.right], parts).join(spacing + operator + spacing);
}

function hasScripts(formula: Formula): boolean {
  return formula.kind === "symbol" && (formula.indices.length > 0 || formula.layer !== null);
}

function limitsText({ index, from, to }: Summation): string {
  return (from === null ? index : `(${index}=${toText(from)})`) + (to === null ? "" : `^(${toText(to)})`);
}

function operands(whole: Formula, children: readonly Formula[], texts: readonly string[]): readonly string[] {
  const levels = partLevels(whole);
  return children.map((child, position) => enclose(child, texts[position], levels[position] ?? level.choice));
}

function enclose(child: Formula, text: string | undefined, lowest: number): string {
  return levelOf(child) < lowest ? `(${text ?? ""})` : (text ?? "");
}
