import {
  call,
  type Formula,
  type FunctionName,
  functions,
  functionWord,
  isFunctionName,
  parseFormula,
  symbol,
} from "../../formula/index.ts";
import { activation, isActivationName } from "../../network/activations.ts";

/** A function by its name, as a formula in z. */
export interface NamedFunction {
  /** As it is printed: `sigma`, `ReLU`, `silu`. */
  readonly name: string;
  readonly formula: Formula;
}

/**
 * An activation of this package (with its default parameters) or a function of formulas by its name, `sigmoid` or
 * `sigma` or `cosh`; null for any other name, for softmax, which is no function of one number, and for min and max.
 */
export function namedFunction(name: string): NamedFunction | null {
  if (name !== "softmax" && isActivationName(name)) {
    const { formula } = activation(name) as { readonly formula: Formula }; // as: all others act on one number
    const isBare = formula.kind === "call" && formula.name === name;
    return { name: wordOf(name), formula: isBare ? definitionOf(formula.name) : formula };
  }
  if (!isFunctionName(name)) return null;
  const parsed = parsedCall(name);
  if (parsed === null) return null;
  return isActivationName(parsed) ? namedFunction(parsed) : { name: wordOf(parsed), formula: definitionOf(parsed) };
}

function wordOf(name: string): string {
  // as: the keys of the table are its FunctionName
  return Object.hasOwn(functions, name) ? functionWord(name as FunctionName) : name;
}

/** By more elementary functions where there is such a formula: tanh(z) says more in terms of e. */
function definitionOf(name: FunctionName): Formula {
  const { definition } = functions[name];
  const z = symbol("z");
  return definition === null || name === "exp" || name === "sqrt" ? call(name, z) : definition(z);
}

/** The function that a name, which may be another one for it, is read as. */
function parsedCall(name: string): FunctionName | null {
  if (name === "min" || name === "max") return null;
  const formula = parseFormula(`${name}(z)`);
  return formula.kind === "call" ? formula.name : null;
}
