import { type Expectation, FormulaError } from "../../errors.ts";
import {
  evaluate,
  type Formula,
  nearestName,
  number,
  scripted,
  substitute,
  symbol,
  type SymbolFormula,
  symbolText,
  toText,
} from "../../formula/index.ts";
import type { EquationSystem } from "../../explain/index.ts";
import type { Given } from "../sheet.ts";

/** A quantity of a system (`by` null), or the derivative `∂of/∂by`; both by their names in the system. */
export interface SystemTerm {
  readonly of: string;
  readonly by: string | null;
}

/** Every name of a system: what is given, the parameters, then the equations in order. */
export function namesOf({ given, parameters, equations }: EquationSystem): readonly string[] {
  return [...Object.keys(given), ...Object.keys(parameters), ...equations.map(({ name }) => name)];
}

/**
 * What a formula names, if it names something by itself: a symbol, a derivative, or `delta` with the scripts of a `z`, which is
 * `∂C/∂z`. Null for any other formula.
 *
 * A symbol finds its quantity also where only the writing of its scripts differs: `w_1`, `w1` and `w_(1)` are the same, if the system
 * has only one of them. In a network `a_k^0` is `x_k`, and layers may be counted from `L`.
 *
 * @throws FormulaError when a symbol is no quantity of the system.
 */
export function termOf(given: Given, formula: Formula): SystemTerm | null {
  if (formula.kind === "derivative") {
    return { of: quantityName(given, formula.of), by: quantityName(given, formula.by) };
  }
  if (formula.kind !== "symbol") return null;
  const name = findName(given, formula);
  if (name !== null) return { of: name, by: null };
  const input = errorInput(given, formula);
  if (input !== null) return { of: given.system.cost, by: input };
  throw unknownQuantity(given, formula);
}

/** `z_2`, `∂C/∂w_1`, `w_12^1`: as messages call it, and as it can be typed. */
export function termText({ of, by }: SystemTerm): string {
  return by === null ? nameText(of) : `∂${nameText(of)}/∂${nameText(by)}`;
}

function nameText(name: string): string {
  return name.replace(/\^\(([0-9]+)\)/, "^$1").replace(/^(\p{L}+)([0-9]+)$/u, "$1_$2");
}

/** True for the same quantity, or the same derivative. */
export function isSameTerm(left: SystemTerm, right: SystemTerm): boolean {
  return left.of === right.of && left.by === right.by;
}

function quantityName(given: Given, wanted: SymbolFormula): string {
  const name = findName(given, wanted);
  if (name === null) throw unknownQuantity(given, wanted);
  return name;
}

function findName(given: Given, wanted: SymbolFormula): string | null {
  const names = namesOf(given.system);
  const counted = withCountedScripts(given, wanted);
  const text = symbolText(counted);
  if (names.includes(text)) return text;
  const alike = names.filter((name) => loosely(name) === loosely(text));
  if (alike.length === 1) return alike[0] ?? null;
  const isInput = given.network !== null && counted.name === "a" && isZero(counted.layer);
  return isInput ? findName(given, { ...counted, name: "x", layer: null }) : null;
}

/** The z of a δ: `delta_j^l` is `∂C/∂z_j^l`. */
function errorInput(given: Given, wanted: SymbolFormula): string | null {
  const plain = /^delta(?:_?([0-9]+))?$/.exec(wanted.name);
  return plain === null ? null : findName(given, { ...wanted, name: `z${plain[1] ?? ""}` });
}

/** Scripts worked out: `a_1^(L-1)` of a network of 3 layers is `a_1^2`. */
function withCountedScripts(given: Given, wanted: SymbolFormula): SymbolFormula {
  const layers = given.network?.net.layers.length ?? null;
  const counted = (script: Formula): Formula => {
    const known = layers === null ? script : substitute(script, new Map([["L", number(layers)]]));
    try {
      const value = evaluate(known, {});
      return Number.isFinite(value) ? number(value) : script;
    } catch (error) {
      if (error instanceof FormulaError) return script;
      throw error;
    }
  };
  return scripted(wanted.name, wanted.indices.map(counted), wanted.layer === null ? null : counted(wanted.layer));
}

function loosely(name: string): string {
  return name.replace(/[_(){},\s]/g, "");
}

function isZero(formula: Formula | null): boolean {
  return formula?.kind === "number" && formula.value === 0;
}

function unknownQuantity(given: Given, wanted: SymbolFormula): FormulaError {
  const text = toText(wanted);
  return new FormulaError({ where: "formula", ...noQuantity(given, text) }, text, { start: 0, end: text.length });
}

/** What is said of a text that is no quantity of a system: the quantities there are, and the nearest. */
export function noQuantity(given: Given, text: string): Expectation {
  const names = namesOf(given.system);
  const nearest = nearestName(text, names);
  const shown = names.slice(0, 20).map((name) => termText({ of: name, by: null }));
  const more = names.length > shown.length ? " …" : "";
  const advice = nearest === null ? "Use one of these." : `Did you mean ${termText({ of: nearest, by: null })}?`;
  const errors = names.some((name) => /^z(?![\p{L}])/u.test(name)) ? ", delta with the scripts of z" : "";
  return { expected: `a quantity of "${given.name}" (${shown.join(", ")}${more}${errors})`, got: text, advice };
}

/** A symbol that stands for a quantity or a derivative under the name that no other has. */
export function termSymbol(term: SystemTerm): Formula {
  return symbol(termKey(term));
}

/** The name of that symbol. */
export function termKey({ of, by }: SystemTerm): string {
  return by === null ? of : `∂${of}/∂${by}`;
}
