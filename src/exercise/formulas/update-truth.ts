import {
  derivative,
  type Formula,
  number,
  parseFormula,
  scripted,
  simplify,
  substitute,
  symbol,
  type SymbolFormula,
  toText,
} from "../../formula/index.ts";
import { updateRule, type UpdateRuleName } from "../../train/index.ts";

/** Names of an update rule that a question may have symbols of its own for: what is trained, settings, state, `eta`, `t`, `g`. */
export function updateRuleSymbols(rule: UpdateRuleName): readonly string[] {
  const { settings, scalars, state } = updateRule(rule);
  const named = [...scalars, ...state].map(({ name }) => name).filter((name) => name !== "g");
  return ["w", "g", "eta", "t", ...Object.keys(settings), ...named];
}

/**
 * What one step of an update rule makes of a parameter, or of one of the rule's own quantities, as a formula in the symbols of
 * a question: `w_1 - eta*(partialC)/(partialw_1)` for `next w_1` by `sgd`.
 *
 * @param next the parameter, or the symbol that stands for one of the rule's quantities
 * @param parameter the parameter that is trained
 * @param symbols for names of the rule (settings, `eta`, `t`, `g`, its state before the step) what stands for them in the
 * question: a symbol or a number. A setting that is not named has its default; a state, its own name.
 * @returns null when the rule has no such quantity
 */
export function updateTruth(
  rule: UpdateRuleName,
  next: SymbolFormula,
  parameter: SymbolFormula,
  symbols: Readonly<Record<string, string>>,
): Formula | null {
  const { settings, scalars, state, update } = updateRule(rule);
  const read = (text: string): Formula => {
    const parsed = parseFormula(text);
    return parsed.kind === "symbol" ? symbol(parsed.name) : parsed;
  };
  const cost = scripted("C", [], null);
  const values = new Map<string, Formula>([
    ["w", parameter],
    ["g", derivative(cost, parameter)],
    ["eta", symbol("eta")],
    ...Object.entries(settings).map(([name, value]): [string, Formula] => [name, number(value)]),
    ...Object.entries(symbols).map(([name, text]): [string, Formula] => [name, read(text)]),
  ]);
  const known = (formula: Formula): Formula => substitute(formula, values);
  for (const { name, formula } of [...scalars, ...state]) {
    const value = simplify(known(formula));
    values.set(name, value);
    const calledHere = symbols[name];
    const isAsked = toText(next) === (calledHere ?? name) && toText(next) !== toText(parameter);
    if (isAsked) return value;
  }
  return toText(next) === toText(parameter) ? simplify(known(update)) : null;
}
